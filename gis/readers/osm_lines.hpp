// Ways that are lines: streets, watercourses, the coast. Nodes that the extract lacks cut a way in stretches.
#pragma once

#include <cstdint>
#include <functional>
#include <unordered_map>
#include <vector>

#include <osmium/osm/way.hpp>

#include "gis/readers/osm.hpp"
#include "gis/readers/osm_books.hpp"
#include "gis/readers/osm_scan.hpp"

namespace citytwin::gis::osm {

class LineReader {
 public:
  // Reads into `out`; all are to outlive the reader.
  LineReader(const Scan& scan, OsmRead& out, Books& books) : scan_(scan), out_(out), books_(books) {}

  void way(const osmium::Way& way);
  // The row in OsmRead::nodes of a node of a street; nullptr if it is on none. Valid until the next way.
  [[nodiscard]] OsmNode* street_node(std::int64_t id);

 private:
  using NodeIds = std::vector<std::int64_t>;

  void road(const osmium::Way& way);
  void waterway(const osmium::Way& way);
  void coastline(const osmium::Way& way);
  void runs_of(const osmium::Way& way, const char* kind, const std::function<void(const NodeIds&)>& visit);
  [[nodiscard]] Polyline line_of(const NodeIds& run) const;
  std::uint32_t node_row(std::int64_t id);

  const Scan& scan_;
  OsmRead& out_;
  Books& books_;
  std::unordered_map<std::int64_t, std::uint32_t> node_rows_;
};

}  // namespace citytwin::gis::osm
