// The reader's share of the import log: one ImportCount per kind, in order of first use.
#pragma once

#include <string>
#include <string_view>

#include "engine/model/import_log.hpp"

namespace citytwin::gis::osm {

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
