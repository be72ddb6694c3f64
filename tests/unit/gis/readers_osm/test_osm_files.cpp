// Formats and broken files.
#include <doctest/doctest.h>

#include <atomic>
#include <fstream>
#include <iterator>

#include <osmium/builder/attr.hpp>
#include <osmium/io/bzip2_compression.hpp>
#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/pbf_output.hpp>
#include <osmium/io/writer.hpp>
#include <osmium/io/xml_output.hpp>

#include "gis/readers/osm.hpp"
#include "tests/unit/gis/readers_osm/osm_text.hpp"

using namespace citytwin;
using namespace citytwin::gis;

namespace {

// A street of many nodes and a building, written in the given format; the file's bytes.
std::string written(const std::string& format) {
  const test::TempFile file("formats", "");
  osmium::io::Header header;
  header.add_box(osmium::Box{9.0, 45.0, 9.1, 45.1});
  osmium::io::Writer writer(osmium::io::File(file.path().string(), format), header,
                            osmium::io::overwrite::allow);
  osmium::memory::Buffer buffer(1U << 20U, osmium::memory::Buffer::auto_grow::yes);
  using namespace osmium::builder::attr;  // NOLINT(google-build-using-namespace)
  std::vector<osmium::object_id_type> street;
  for (int n = 1; n <= 20'000; ++n) {
    osmium::builder::add_node(buffer, _id(n), _location(9.0 + 1e-6 * n, 45.0 + 3e-6 * ((n * 7919) % 1000)));
    street.push_back(n);
  }
  street.resize(1500);
  osmium::builder::add_way(buffer, _id(1), _nodes(street), _tag("highway", "primary"));
  osmium::builder::add_way(buffer, _id(2), _nodes({1, 2, 3, 1}), _tag("building", "yes"));
  writer(std::move(buffer));
  writer.close();
  std::ifstream in(file.path(), std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string first_error(const Result<OsmRead>& read) {
  for (const auto& d : read.diagnostics().items())
    if (d.severity == Severity::error) return d.code;
  return {};
}

std::string error_of(const std::string& bytes, const RunContext& context = {}) {
  const test::TempFile file("broken.osm", bytes);
  return first_error(read_osm(file.path(), "osm", context));
}

}  // namespace

TEST_CASE("xml, gzip, bzip2 and pbf tell the same, whatever the file is called") {
  for (const char* format : {"osm", "osm.gz", "osm.bz2", "pbf"}) {
    CAPTURE(format);
    const test::TempFile file("any.name", written(format));
    const auto read = read_osm(file.path(), "osm", RunContext{});
    REQUIRE(read.ok());
    CHECK(read->node_count == 20'000);
    REQUIRE(read->roads.size() == 1);
    CHECK(read->roads[0].nodes.size() == 1500);
    CHECK(read->buildings.size() == 1);
    REQUIRE(read->header_box.has_value());
    CHECK(read->header_box->max.x == doctest::Approx(9.1));
  }
}

TEST_CASE("a cut file is an error with its name, in every format and at many places") {
  for (const char* format : {"osm", "osm.gz", "osm.bz2", "pbf"}) {
    const std::string whole = written(format);
    for (const double share : {0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99}) {
      CAPTURE(format);
      CAPTURE(share);
      const auto keep = static_cast<std::size_t>(share * static_cast<double>(whole.size()));
      const std::string code = error_of(whole.substr(0, keep));
      CHECK((code == "osm.unreadable" || code == "osm.not_osm"));
    }
  }
}

TEST_CASE("files that are no OSM data") {
  CHECK(error_of("hello, I am a text file") == "osm.not_osm");
  CHECK(error_of("<html><body>404</body></html>") == "osm.unreadable");
  CHECK(error_of("<?xml version=\"1.0\"?><osm version=\"0.6\"></osm>") == "osm.empty");
  CHECK(error_of("<?xml version=\"1.0\"?><osm version=\"0.6\"><node id=\"1\" lat=\"91\" lon=\"9\"/></osm>") ==
        "osm.no_valid_node");
  // Entities are refused, so a "billion laughs" file cannot grow.
  CHECK(
      error_of(
          "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;\">]>"
          "<osm version=\"0.6\"><node id=\"1\" lat=\"1\" lon=\"1\"><tag k=\"n\" v=\"&b;\"/></node></osm>") ==
      "osm.unreadable");
}

TEST_CASE("ways without their nodes: a file that was cut between two blocks") {
  test::OsmText osm;
  osm.node(1, 0, 0).node(2, 1, 0);
  for (long way = 1; way <= 30; ++way) osm.way(way, {1, 2, 900 + way}, {{"highway", "primary"}});
  CHECK(error_of(osm.xml()) == "osm.mostly_incomplete");
  test::OsmText nodes;
  nodes.node(1, 0, 0).node(2, 1, 0);
  const test::TempFile file("nodes.osm", nodes.xml());
  CHECK(read_osm(file.path(), "osm", RunContext{}).diagnostics().has("osm.no_ways"));
}

TEST_CASE("a broken line is named") {
  const test::TempFile file("line.osm",
                            "<?xml version=\"1.0\"?>\n<osm version=\"0.6\">\n<node id=\"1\" lat=\"1\"\n");
  const auto read = read_osm(file.path(), "osm", RunContext{});
  REQUIRE(!read.ok());
  const auto& error = read.diagnostics().items().front();
  CHECK(error.where.line >= 3);
  CHECK(error.where.file == file.path().filename().string());
}

TEST_CASE("without bounds the box of the nodes is there and said so") {
  test::OsmText osm;
  osm.node(1, 0, 0).node(2, 5, 7);
  const test::TempFile file("nobounds.osm", osm.xml());
  const auto read = read_osm(file.path(), "osm", RunContext{});
  REQUIRE(read.ok());
  CHECK(!read->header_box.has_value());
  CHECK(read.diagnostics().has("osm.no_bounds"));
  CHECK(read->node_box.max.y == doctest::Approx(45.007));
}

TEST_CASE("memory is estimated first, and the user can stop") {
  RunContext small;
  small.memory_limit_bytes = 1000;
  CHECK(error_of(written("pbf"), small) == "memory.too_large");
  std::atomic<bool> stop{true};
  RunContext stopped;
  stopped.stop = &stop;
  const test::TempFile file("stop.osm", written("osm"));
  CHECK_THROWS_AS(static_cast<void>(read_osm(file.path(), "osm", stopped)), Stopped);
}
