// The reader's share of the import log: one ImportCount per kind, in order of first use; and the names of
// objects in it.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "engine/model/import_log.hpp"

namespace citytwin::gis::osm {

inline std::string way_key(std::int64_t id) { return "way/" + std::to_string(id); }
inline std::string relation_key(std::int64_t id) { return "relation/" + std::to_string(id); }
inline std::string node_key(std::int64_t id) { return "node/" + std::to_string(id); }

// The row of a piece, from 0, of an object that the reader cut: "relation/2#1".
inline std::string piece_key(const std::string& key, std::size_t piece, std::size_t pieces) {
  return pieces == 1 ? key : key + "#" + std::to_string(piece + 1);
}

// The place of a finding that has none.
inline constexpr Point2 kNowhere{std::numeric_limits<double>::quiet_NaN(),
                                 std::numeric_limits<double>::quiet_NaN()};

class Books {
 public:
  Books(ImportLog& log, std::string source) : log_(log), source_(std::move(source)) {}

  [[nodiscard]] ImportCount& of(std::string_view kind) {
    for (ImportCount& count : log_.counts)
      if (count.kind == kind) return count;
    log_.counts.push_back({.source = source_, .kind = std::string(kind)});
    return log_.counts.back();
  }
  void find(std::string code, std::string feature, Point2 place) {
    log_.findings.push_back({std::move(code), source_, std::move(feature), place});
  }
  // Counts and lists at once: for dirt, as opposed to what is merely of no use here.
  void drop_dirt(std::string_view kind, const std::string& reason, const std::string& feature, Point2 place) {
    of(kind).drop(reason);
    find(reason, feature, place);
  }

 private:
  ImportLog& log_;
  std::string source_;
};

}  // namespace citytwin::gis::osm
