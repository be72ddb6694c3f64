#include "tests/bad_input/files.hpp"

#include <sqlite3.h>
#include <zip.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "gis/io/city_file.hpp"
#include "tests/unit/gis/io/sample_city.hpp"

namespace citytwin::bad_input {
namespace {

constexpr double kWest = 7.418, kSouth = 43.728, kStep = 0.001;

struct Node {
  long id;
  double lon, lat;
};
struct Way {
  long id;
  std::vector<long> nodes;
  std::vector<std::pair<std::string, std::string>> tags;
};
struct Town {
  std::vector<Node> nodes;
  std::vector<Way> ways;
};

Town town() {
  Town t;
  for (long j = 0; j < 4; ++j)
    for (long i = 0; i < 4; ++i)
      t.nodes.push_back(
          {1 + i + 4 * j, kWest + static_cast<double>(i) * kStep, kSouth + static_cast<double>(j) * kStep});
  for (long k = 0; k < 4; ++k) {
    t.ways.push_back({100 + k,
                      {1 + 4 * k, 2 + 4 * k, 3 + 4 * k, 4 + 4 * k},
                      {{"highway", "residential"}, {"name", "Row"}}});
    t.ways.push_back({110 + k, {1 + k, 5 + k, 9 + k, 13 + k}, {{"highway", "tertiary"}}});
  }
  long id = 1000;
  for (int b = 0; b < 9; ++b) {
    const double lon = kWest + (0.3 + b % 3) * kStep;
    const double lat = kSouth + (0.3 + b / 3) * kStep;
    const long first = id;
    for (const auto& [dx, dy] : {std::pair{0.0, 0.0}, {0.4, 0.0}, {0.4, 0.4}, {0.0, 0.4}})
      t.nodes.push_back({id++, lon + dx * kStep, lat + dy * kStep});
    t.ways.push_back({200 + b,
                      {first, first + 1, first + 2, first + 3, first},
                      {{"building", "yes"}, {"building:levels", "3"}}});
  }
  return t;
}

// Protocol buffers, as much as an OSM file needs: varints and length-delimited fields.
class Message {
 public:
  Message& number(int field, std::uint64_t value) {
    varint(static_cast<std::uint64_t>(field) << 3U);
    return varint(value);
  }
  Message& signed_number(int field, std::int64_t value) { return number(field, zigzag(value)); }
  Message& bytes(int field, const std::string& value) {
    varint((static_cast<std::uint64_t>(field) << 3U) | 2U).varint(value.size());
    out_ += value;
    return *this;
  }
  Message& varint(std::uint64_t value) {
    while (value >= 128) {
      out_ += static_cast<char>((value & 127U) | 128U);
      value >>= 7U;
    }
    out_ += static_cast<char>(value);
    return *this;
  }
  static std::uint64_t zigzag(std::int64_t v) {
    return (static_cast<std::uint64_t>(v) << 1U) ^ static_cast<std::uint64_t>(v >> 63);
  }
  [[nodiscard]] const std::string& text() const { return out_; }

 private:
  std::string out_;
};

std::string block(const std::string& type, const Message& payload) {
  const Message blob = Message().bytes(1, payload.text());
  const Message header = Message().bytes(1, type).number(3, blob.text().size());
  const auto n = static_cast<std::uint32_t>(header.text().size());
  std::string out;
  for (const unsigned shift : {24U, 16U, 8U, 0U}) out += static_cast<char>((n >> shift) & 255U);
  return out + header.text() + blob.text();
}

std::int64_t nano(double degrees) { return std::llround(degrees * 1e9); }

std::string primitive_block(const Town& t, bool ways) {
  Message strings;
  strings.bytes(1, "");
  Message group;
  if (!ways) {
    Message ids, lats, lons;
    std::int64_t id = 0, lat = 0, lon = 0;
    for (const Node& n : t.nodes) {
      const std::int64_t y = nano(n.lat) / 100, x = nano(n.lon) / 100;
      ids.varint(Message::zigzag(n.id - id));
      lats.varint(Message::zigzag(y - lat));
      lons.varint(Message::zigzag(x - lon));
      id = n.id, lat = y, lon = x;
    }
    group.bytes(2, Message().bytes(1, ids.text()).bytes(8, lats.text()).bytes(9, lons.text()).text());
  } else {
    std::uint64_t next = 1;
    for (const Way& w : t.ways) {
      Message keys, values, refs;
      for (const auto& [key, value] : w.tags) {
        strings.bytes(1, key).bytes(1, value);
        keys.varint(next++);
        values.varint(next++);
      }
      std::int64_t last = 0;
      for (const long ref : w.nodes) {
        refs.varint(Message::zigzag(ref - last));
        last = ref;
      }
      group.bytes(3, Message()
                         .number(1, static_cast<std::uint64_t>(w.id))
                         .bytes(2, keys.text())
                         .bytes(3, values.text())
                         .bytes(8, refs.text())
                         .text());
    }
  }
  return block("OSMData", Message().bytes(1, strings.text()).bytes(2, group.text()));
}

}  // namespace

void put(const Path& path, const std::string& content) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

std::string content_of(const Path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void cut(const Path& path, double share) {
  const auto bytes = static_cast<double>(std::filesystem::file_size(path));
  std::filesystem::resize_file(path, static_cast<std::uintmax_t>(bytes * share));
}

std::string good_osm() {
  std::ostringstream out;
  out.precision(10);
  out << "<?xml version='1.0' encoding='UTF-8'?>\n<osm version='0.6'>\n<bounds minlat='" << kSouth - kStep
      << "' minlon='" << kWest - kStep << "' maxlat='" << kSouth + 4 * kStep << "' maxlon='"
      << kWest + 4 * kStep << "'/>\n";
  const Town t = town();
  for (const Node& n : t.nodes)
    out << "<node id='" << n.id << "' version='1' lat='" << n.lat << "' lon='" << n.lon << "'/>\n";
  for (const Way& w : t.ways) {
    out << "<way id='" << w.id << "' version='1'>";
    for (const long ref : w.nodes) out << "<nd ref='" << ref << "'/>";
    for (const auto& [key, value] : w.tags) out << "<tag k='" << key << "' v='" << value << "'/>";
    out << "</way>\n";
  }
  out << "</osm>\n";
  return out.str();
}

void put_osm(const Path& path) { put(path, good_osm()); }

void put_pbf(const Path& path) {
  const Message box = Message()
                          .signed_number(1, nano(kWest - kStep))
                          .signed_number(2, nano(kWest + 4 * kStep))
                          .signed_number(3, nano(kSouth + 4 * kStep))
                          .signed_number(4, nano(kSouth - kStep));
  const Message header = Message().bytes(1, box.text()).bytes(4, "OsmSchema-V0.6").bytes(4, "DenseNodes");
  const Town t = town();
  put(path, block("OSMHeader", header) + primitive_block(t, false) + primitive_block(t, true));
}

gis::test::RasterSpec good_dem() {
  gis::test::RasterSpec spec;
  spec.west = 372'000;
  spec.north = 4'844'000;
  spec.width = spec.height = 80;
  return spec;
}

void put_dem(const Path& path, const gis::test::RasterSpec& spec) {
  gis::test::write_tiff(path, spec, [](int c, int r) { return 10 + 0.5 * c + 0.25 * r; });
}

std::string good_geojson() {
  std::string features;
  for (int b = 0; b < 3; ++b) {
    std::ostringstream ring;
    ring.precision(10);
    const double lon = kWest + (0.3 + b) * kStep;
    const double lat = kSouth + 0.3 * kStep;
    const double e = 0.4 * kStep;
    ring << "[[" << lon << "," << lat << "],[" << lon + e << "," << lat << "],[" << lon + e << "," << lat + e
         << "],[" << lon << "," << lat + e << "],[" << lon << "," << lat << "]]";
    features += (b > 0 ? "," : "") + ("{\"type\":\"Feature\",\"properties\":{\"height\":9},\"geometry\":{"
                                      "\"type\":\"Polygon\",\"coordinates\":[" +
                                      ring.str() + "]}}");
  }
  return "{\"type\":\"FeatureCollection\",\"features\":[" + features + "]}";
}

void put_zip(const Path& path, const std::vector<std::pair<std::string, std::string>>& members) {
  int error = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  if (archive == nullptr) throw std::runtime_error("cannot write " + path.string());
  for (const auto& [name, content] : members)
    zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0),
                 ZIP_FL_ENC_UTF_8);
  if (zip_close(archive) != 0) throw std::runtime_error("cannot write " + path.string());
}

void put_city(const Path& path, const std::string& sql) {
  const auto model = build_city(gis::test::sample_tables());
  if (!model.ok() || !gis::write_city(*model, path, {}).ok())
    throw std::runtime_error("cannot write the sample city");
  if (sql.empty()) return;
  sqlite3* db = nullptr;
  sqlite3_open(path.c_str(), &db);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);  // ST_MinX() is not in plain SQLite
  const int result = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr);
  const std::string message = sqlite3_errmsg(db);
  sqlite3_close(db);
  if (result != SQLITE_OK) throw std::runtime_error(sql + ": " + message);
}

Arguments import_of(const Arguments& sources) {
  Arguments arguments{"import"};
  arguments.insert(arguments.end(), sources.begin(), sources.end());
  arguments.insert(arguments.end(), {"-o", "city.gpkg"});
  return arguments;
}

Arguments import_recipe(const Path& folder, const std::string& text) {
  put(folder / "recipe.toml", text);
  return {"import", "recipe.toml", "-o", "city.gpkg"};
}

}  // namespace citytwin::bad_input
