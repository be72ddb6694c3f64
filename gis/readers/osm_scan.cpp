#include "gis/readers/osm_scan.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include <osmium/io/bzip2_compression.hpp>
#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/xml_input.hpp>

#include "gis/readers/osm_tags.hpp"

namespace citytwin::gis::osm {

namespace {

// The format by the first bytes: a name is only somebody's opinion.
const char* format_of(const std::filesystem::path& file) {
  std::array<unsigned char, 64> head{};
  std::ifstream in(file, std::ios::binary);
  in.read(reinterpret_cast<char*>(head.data()), head.size());
  const auto n = static_cast<std::size_t>(in.gcount());
  const std::string_view text(reinterpret_cast<const char*>(head.data()), n);
  if (n > 2 && head[0] == 0x1f && head[1] == 0x8b) return "osm.gz";
  if (text.starts_with("BZh")) return "osm.bz2";
  if (text.substr(0, 32).find("OSMHeader") != std::string_view::npos) return "pbf";
  const std::size_t first = text.find_first_not_of(" \t\r\n\xef\xbb\xbf");
  if (first != std::string_view::npos && text[first] == '<') return "osm";
  return nullptr;
}

// Bytes of memory per byte of file, measured on the shared extracts (pbf 22) and rounded up; text files hold
// about a tenth of their size in numbers.
double memory_factor(std::string_view format) {
  if (format == "pbf") return 32;
  return format == "osm" ? 2 : 24;
}

void take(const osmium::Node& node, Scan& scan) {
  ++scan.node_count;
  const osmium::Location place = node.location();
  scan.places.add(node.id(), place);
  if (!place.valid()) {
    scan.bad_nodes.push_back(node.id());
    return;
  }
  scan.node_box.add(Point2{place.lon_without_check(), place.lat_without_check()});
  if (node.tags().empty()) return;
  if (control_from(node.tags()) != JunctionControl::none || facility_from(node.tags())) {
    scan.tagged_nodes.add_item(node);
    scan.tagged_nodes.commit();
  }
}

void take(const osmium::Relation& relation, Scan& scan) {
  ++scan.relation_count;
  const std::string_view type = value_of(relation.tags(), "type");
  if (type != "multipolygon" && !type.starts_with("restriction") && !is_building(relation.tags())) return;
  scan.relations.add_item(relation);
  scan.relations.commit();
}

void take(osmium::memory::Buffer& buffer, Scan& scan) {
  for (const auto& entity : buffer.select<osmium::OSMEntity>()) {
    if (entity.type() == osmium::item_type::node) {
      take(static_cast<const osmium::Node&>(entity), scan);
    } else if (entity.type() == osmium::item_type::way) {
      ++scan.way_count;
      scan.ways.add_item(entity);
      scan.ways.commit();
    } else if (entity.type() == osmium::item_type::relation) {
      take(static_cast<const osmium::Relation&>(entity), scan);
    }
  }
}

void read_header(const osmium::io::Header& header, Scan& scan) {
  const osmium::Box box = header.joined_boxes();
  if (box.valid() && box.bottom_left().lon() < box.top_right().lon() &&
      box.bottom_left().lat() < box.top_right().lat())
    scan.header_box = Box2{{box.bottom_left().lon(), box.bottom_left().lat()},
                           {box.top_right().lon(), box.top_right().lat()}};
  scan.date = header.get("osmosis_replication_timestamp");
  if (scan.date.empty()) scan.date = header.get("timestamp");
}

Result<Scan> failure(const std::filesystem::path& file, const char* detail, long line = 0) {
  return Result<Scan>::failure("osm.unreadable", {.file = file.filename().string(), .line = line},
                               {{"detail", detail}});
}

}  // namespace

void NodePlaces::sort() {
  const auto by_id = [](const Row& a, const Row& b) { return a.id < b.id; };
  if (!std::is_sorted(rows_.begin(), rows_.end(), by_id)) std::stable_sort(rows_.begin(), rows_.end(), by_id);
}

std::optional<Point2> NodePlaces::find(std::int64_t id) const {
  const auto it =
      std::lower_bound(rows_.begin(), rows_.end(), id, [](const Row& r, std::int64_t i) { return r.id < i; });
  if (it == rows_.end() || it->id != id || !it->place.valid()) return std::nullopt;
  return Point2{it->place.lon_without_check(), it->place.lat_without_check()};
}

Result<Scan> scan_file(const std::filesystem::path& file, const RunContext& context) {
  const Where where{.file = file.filename().string()};
  const char* format = format_of(file);
  if (format == nullptr) return Result<Scan>::failure("osm.not_osm", where);
  std::error_code ignored;
  const double expected =
      static_cast<double>(std::filesystem::file_size(file, ignored)) * memory_factor(format);
  if (context.memory_limit_bytes > 0 && expected > context.memory_limit_bytes)
    return Result<Scan>::failure("memory.too_large", where,
                                 {{"need_mb", std::to_string(static_cast<long>(expected / 1e6))}});
  Scan scan;
  try {
    osmium::io::Reader reader(osmium::io::File(file.string(), format), osmium::osm_entity_bits::nwr,
                              osmium::io::read_meta::no);
    read_header(reader.header(), scan);
    const double size = std::max<double>(1.0, static_cast<double>(reader.file_size()));
    while (osmium::memory::Buffer buffer = reader.read()) {
      context.check_stop();
      context.progress("stage.read_osm", static_cast<double>(reader.offset()) / size);
      take(buffer, scan);
    }
    reader.close();
  } catch (const Stopped&) {
    throw;
  } catch (const osmium::xml_error& e) {
    return failure(file, e.what(), static_cast<long>(e.line));
  } catch (const std::exception& e) {
    return failure(file, e.what());
  }
  if (scan.node_count == 0) return Result<Scan>::failure("osm.empty", where);
  scan.places.sort();
  return Result<Scan>(std::move(scan));
}

}  // namespace citytwin::gis::osm
