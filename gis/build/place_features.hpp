// Source features to table rows with closed books: repaired, clipped, snapped, counted.
#pragma once

#include <string>
#include <vector>

#include "engine/model/import_log.hpp"
#include "gis/build/clip_area.hpp"

namespace citytwin::gis {

// The count of a source and kind, made if the log has none yet.
[[nodiscard]] ImportCount& count_of(ImportLog& log, const std::string& source, const std::string& kind);

// "way/1" of "way/1#2": pieces of one feature of the source share it.
[[nodiscard]] std::string stem_of(const std::string& key);
// The stem, or stem#piece (from 1) where there are several.
[[nodiscard]] std::string piece_key(const std::string& stem, std::size_t piece, std::size_t pieces);

class FeaturePlacer {
 public:
  FeaturePlacer(const ClipArea& area, ImportLog& log, std::string source)
      : area_(area), log_(log), source_(std::move(source)) {}

  // Rows of one area feature, cut at the extent. Books: kept, added_by_splitting or dropped.
  [[nodiscard]] std::vector<Polygon> place_area(const std::string& kind, const std::string& stem,
                                                const std::vector<Polygon>& pieces);
  // Rows of one building: whole, wherever the centroid of its largest piece is inside.
  [[nodiscard]] std::vector<Polygon> place_whole(const std::string& kind, const std::string& stem,
                                                 const std::vector<Polygon>& pieces, bool& repaired);
  [[nodiscard]] std::vector<Polyline> place_line(const std::string& kind,
                                                 const std::vector<Polyline>& pieces);
  void drop(const std::string& kind, const std::string& reason) {
    count_of(log_, source_, kind).drop(reason);
  }

 private:
  [[nodiscard]] std::vector<Polygon> repair(const std::string& kind, const std::string& stem,
                                            const std::vector<Polygon>& pieces, bool& repaired);
  void keep(const std::string& kind, std::size_t rows);

  const ClipArea& area_;
  ImportLog& log_;
  std::string source_;
};

}  // namespace citytwin::gis
