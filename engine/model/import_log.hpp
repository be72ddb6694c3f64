// What happened between the sources and the tables: the books that `citytwin check` closes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/geo/point.hpp"

namespace citytwin {

// One line of the books, per source and kind of feature: read = kept + merged + sum of dropped, and rows in
// the table = kept + added_by_splitting.
struct ImportCount {
  std::string source;  // Sources::key
  std::string kind;    // "building ways", "building relations", "highway ways", "dem cells" ...
  std::uint64_t read = 0, kept = 0, merged = 0, added_by_splitting = 0;
  struct Dropped {
    std::string reason;  // catalogue key, e.g. "dropped.outside_extent"
    std::uint64_t count = 0;
    bool operator==(const Dropped&) const = default;
  };
  std::vector<Dropped> dropped;

  [[nodiscard]] bool closes() const {
    std::uint64_t out = kept + merged;
    for (const auto& d : dropped) out += d.count;
    return out == read;
  }
  void drop(const std::string& reason, std::uint64_t n = 1) {
    for (auto& d : dropped)
      if (d.reason == reason) {
        d.count += n;
        return;
      }
    dropped.push_back({reason, n});
  }
  bool operator==(const ImportCount&) const = default;
};

// Dirt that was repaired or dropped, with its place.
struct ImportFinding {
  std::string code;  // catalogue key, e.g. "repaired.self_crossing_ring"
  std::string source;
  std::string feature;  // key in the source
  Point2 place;         // city frame; NaN if it has none
  bool operator==(const ImportFinding& o) const {
    const auto same = [](double a, double b) { return a == b || (a != a && b != b); };
    return code == o.code && source == o.source && feature == o.feature && same(place.x, o.place.x) &&
           same(place.y, o.place.y);
  }
};

// One change made to the terrain so that water can pass where it does in reality.
struct TerrainChange {
  std::string kind;  // "waterway", "culvert", "bridge", "underpass", "sea", "void"
  std::string feature;
  Point2 place;        // of the deepest change
  double depth_m = 0;  // largest lowering (positive) or raising (negative)
  std::uint64_t cells = 0;
  bool operator==(const TerrainChange&) const = default;
};

// What a source covers: west, south to east, north in degrees of WGS 84; metres if the source is local.
struct ImportExtent {
  std::string source;  // Sources::key
  Box2 box;
  bool operator==(const ImportExtent&) const = default;
};

struct ImportLog {
  std::vector<ImportExtent> extents;
  std::vector<ImportCount> counts;
  std::vector<ImportFinding> findings;
  std::vector<TerrainChange> terrain_changes;
  bool operator==(const ImportLog&) const = default;
};

}  // namespace citytwin
