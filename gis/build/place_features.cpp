#include "gis/build/place_features.hpp"

#include <algorithm>
#include <iterator>

#include "gis/geometry/repair.hpp"
#include "gis/readers/buildings_common.hpp"

namespace citytwin::gis {

ImportCount& count_of(ImportLog& log, const std::string& source, const std::string& kind) {
  for (ImportCount& count : log.counts)
    if (count.kind == kind && count.source == source) return count;
  ImportCount count;
  count.source = source;
  count.kind = kind;
  return log.counts.emplace_back(std::move(count));
}

std::string stem_of(const std::string& key) { return key.substr(0, key.rfind('#')); }

std::string piece_key(const std::string& stem, std::size_t piece, std::size_t pieces) {
  return pieces == 1 ? stem : stem + "#" + std::to_string(piece + 1);
}

void FeaturePlacer::keep(const std::string& kind, std::size_t rows) {
  ImportCount& count = count_of(log_, source_, kind);
  if (rows == 0) {
    count.drop("dropped.outside_extent");
  } else {
    ++count.kept;
    count.added_by_splitting += rows - 1;
  }
}

std::vector<Polygon> FeaturePlacer::repair(const std::string& kind, const std::string& stem,
                                           const std::vector<Polygon>& pieces, bool& repaired) {
  constexpr double kLeastArea = 0.01;  // [m2]
  std::vector<Polygon> valid;
  std::string reason;
  for (const Polygon& piece : pieces) {
    RepairResult result = repair_polygon(piece, false, kLeastArea);
    std::erase_if(result.polygons, [](Polygon& p) { return !snap_polygon(p); });
    const Point2 place = piece.outer.empty() ? Point2{kUnknown, kUnknown} : piece.outer.front();
    for (const std::string& code : result.codes) {
      if (code.starts_with("dropped.")) {
        reason = code;
      } else if (code != "repaired.duplicate_points") {  // harmless, and snapping itself makes some
        log_.findings.push_back({code, source_, stem, place});
        repaired = true;
      }
    }
    std::move(result.polygons.begin(), result.polygons.end(), std::back_inserter(valid));
  }
  if (valid.empty()) {
    if (reason.empty()) reason = "dropped.no_area";
    count_of(log_, source_, kind).drop(reason);
    const bool has_place = !pieces.empty() && !pieces.front().outer.empty();
    log_.findings.push_back(
        {reason, source_, stem, has_place ? pieces.front().outer.front() : Point2{kUnknown, kUnknown}});
  }
  return valid;
}

std::vector<Polygon> FeaturePlacer::place_area(const std::string& kind, const std::string& stem,
                                               const std::vector<Polygon>& pieces) {
  // Whole outside: not worth repairing, and not dirt of this city.
  if (std::none_of(pieces.begin(), pieces.end(),
                   [&](const Polygon& p) { return area_.box().overlaps(bounds(p.outer)); })) {
    keep(kind, 0);
    return {};
  }
  bool repaired = false;
  std::vector<Polygon> rows;
  const std::vector<Polygon> valid = repair(kind, stem, pieces, repaired);
  if (valid.empty()) return {};
  for (const Polygon& polygon : valid) {
    std::vector<Polygon> inside = area_.clip(polygon);
    std::move(inside.begin(), inside.end(), std::back_inserter(rows));
  }
  keep(kind, rows.size());
  return rows;
}

std::vector<Polygon> FeaturePlacer::place_whole(const std::string& kind, const std::string& stem,
                                                const std::vector<Polygon>& pieces, bool& repaired) {
  std::vector<Polygon> rows = repair(kind, stem, pieces, repaired);
  if (rows.empty()) return rows;
  const auto largest = std::max_element(rows.begin(), rows.end(),
                                        [](const Polygon& a, const Polygon& b) { return area(a) < area(b); });
  if (!area_.contains(centroid(*largest))) rows.clear();
  keep(kind, rows.size());
  return rows;
}

std::vector<Polyline> FeaturePlacer::place_line(const std::string& kind,
                                                const std::vector<Polyline>& pieces) {
  std::vector<Polyline> rows;
  for (const Polyline& line : pieces) {
    std::vector<Polyline> inside = area_.clip(line);
    std::move(inside.begin(), inside.end(), std::back_inserter(rows));
  }
  keep(kind, rows.size());
  return rows;
}

}  // namespace citytwin::gis
