// One pass over an OSM file: node places by id, and copies of the ways, relations and tagged nodes. Nothing
// is resolved yet, so the order of objects in the file does not matter.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <osmium/memory/buffer.hpp>
#include <osmium/osm/location.hpp>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"
#include "engine/geo/point.hpp"

namespace citytwin::gis::osm {

// Places of nodes, by id. Invalid ones (latitude 91) are kept as such, to tell them from missing ones.
class NodePlaces {
 public:
  void add(std::int64_t id, osmium::Location place) { rows_.push_back({id, place}); }
  // To be called once, after the last add(). Of nodes with one id the first counts.
  void sort();
  // Longitude and latitude, or nullopt if the file lacks the node or its place is off the globe.
  [[nodiscard]] std::optional<Point2> find(std::int64_t id) const;
  [[nodiscard]] std::size_t size() const { return rows_.size(); }

 private:
  struct Row {
    std::int64_t id;
    osmium::Location place;
  };
  std::vector<Row> rows_;
};

struct Scan {
  static constexpr std::size_t kStart = std::size_t{1} << 20U;
  std::optional<Box2> header_box;
  Box2 node_box;
  std::string date;
  std::uint64_t node_count = 0, way_count = 0, relation_count = 0;
  std::vector<std::int64_t> bad_nodes;  // ids of nodes off the globe
  NodePlaces places;
  osmium::memory::Buffer tagged_nodes{kStart, osmium::memory::Buffer::auto_grow::yes};
  osmium::memory::Buffer ways{kStart, osmium::memory::Buffer::auto_grow::yes};
  osmium::memory::Buffer relations{kStart, osmium::memory::Buffer::auto_grow::yes};
};

Result<Scan> scan_file(const std::filesystem::path& file, const RunContext& context);

}  // namespace citytwin::gis::osm
