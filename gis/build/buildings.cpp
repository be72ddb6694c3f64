#include "gis/build/buildings.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>
#include <utility>

#include "engine/geo/spatial_index.hpp"

namespace citytwin::gis {

namespace {

constexpr double kLeastHouse = 40;  // [m2] footprint

struct PlacedBuilding {
  const BuildingFragment* row;
  Polygon footprint;
  std::string key;
  const BuildingBatch* batch;
  bool repaired;
  bool extra;  // repair made more pieces than the source has rows: amounts stay with the first
};

// The footprints of sources that are not to be doubled, and the question whether a place is in one.
class Claimed {
 public:
  explicit Claimed(const std::vector<BuildingBatch>& batches) {
    std::vector<Box2> boxes;
    for (const BuildingBatch& batch : batches) {
      if (batch.yields) continue;
      for (const BuildingFragment& row : batch.rows) {
        footprints_.push_back(&row.footprint);
        boxes.push_back(bounds(row.footprint.outer));
      }
    }
    if (!boxes.empty()) index_ = SpatialIndex(boxes);
  }
  [[nodiscard]] bool holds(Point2 p) const {
    if (footprints_.empty()) return false;
    Box2 here;
    here.add(p);
    const auto near = index_.overlapping(here);
    return std::any_of(near.begin(), near.end(),
                       [&](std::uint32_t i) { return contains(*footprints_[i], p); });
  }

 private:
  std::vector<const Polygon*> footprints_;
  SpatialIndex index_;
};

void place_batch(const BuildingBatch& batch, const ClipArea& area, const Claimed& claimed, ImportLog& log,
                 std::vector<PlacedBuilding>& out) {
  FeaturePlacer placer(area, log, batch.source_key);
  for (std::size_t begin = 0; begin < batch.rows.size();) {
    const std::string stem = stem_of(batch.rows[begin].key);
    std::vector<Polygon> pieces;
    std::size_t end = begin;
    while (end < batch.rows.size() && stem_of(batch.rows[end].key) == stem)
      pieces.push_back(batch.rows[end++].footprint);
    const std::string& kind = batch.kinds[begin];
    if (batch.yields && claimed.holds(centroid(pieces.front()))) {
      ++count_of(log, batch.source_key, kind).merged;
    } else {
      bool repaired = false;
      auto placed = placer.place_whole(kind, stem, pieces, repaired);
      for (std::size_t p = 0; p < placed.size(); ++p)
        out.push_back({&batch.rows[std::min(begin + p, end - 1)], std::move(placed[p]),
                       piece_key(stem, p, placed.size()), &batch, repaired, begin + p >= end});
    }
    begin = end;
  }
}

bool bears_rows(const ImportCount& count, const BuildingBatch& batch) {
  return count.source == batch.source_key && count.kept > 0 &&
         (count.kind == "buildings" || count.kind.starts_with("Building"));
}

// A reader of building files has already counted its features as kept; what the extent takes away moves from
// there to dropped. (With several kinds in one source the first ones give.)
void settle(const ImportCount& placed, const BuildingBatch& batch, ImportLog& log) {
  const auto move = [&](std::uint64_t n, auto&& book) {
    for (ImportCount& count : log.counts) {
      if (n == 0) return;
      if (!bears_rows(count, batch)) continue;
      const std::uint64_t here = std::min(n, count.kept);
      count.kept -= here;
      book(count, here);
      n -= here;
    }
  };
  for (const auto& dropped : placed.dropped)
    move(dropped.count, [&](ImportCount& count, std::uint64_t n) { count.drop(dropped.reason, n); });
  move(placed.merged, [](ImportCount& count, std::uint64_t n) { count.merged += n; });
  std::uint64_t more = placed.added_by_splitting;
  for (ImportCount& count : log.counts)
    if (bears_rows(count, batch)) count.added_by_splitting = std::exchange(more, 0);
}

// Height and storeys of a row, and how the height came to be.
HeightEstimate height_of(const BuildingFragment& row, BuildingUse use, double footprint,
                         Provenance& provenance) {
  const bool has_height = std::isfinite(row.height) && row.height > 0;
  if (has_height) {
    provenance = row.height_provenance;
    const int levels =
        row.levels > 0 ? row.levels : static_cast<int>(std::lround(row.height / kStoreyHeight));
    return {row.height, std::max(1, levels)};
  }
  if (row.levels > 0) {
    provenance = Provenance::derived;
    return {row.levels * kStoreyHeight, row.levels};
  }
  provenance = Provenance::estimated;
  return estimate_height(use, footprint);
}

double known(double value, double otherwise) {
  return std::isfinite(value) && value >= 0 ? value : otherwise;
}

void append(const PlacedBuilding& placed, std::string key, Buildings& b) {
  const BuildingFragment& row = *placed.row;
  const BuildingUse use = row.use.value_or(BuildingUse::unknown);
  const double footprint = area(placed.footprint);
  Provenance how = Provenance::estimated;
  const HeightEstimate height = height_of(row, use, footprint, how);
  b.origin.push_back(std::move(key), placed.repaired ? Provenance::derived : Provenance::given,
                     placed.batch->source);
  b.footprint.push_back(placed.footprint);
  b.height.push_back(height.height);
  b.height_provenance.push_back(how);
  b.levels.push_back(static_cast<std::uint16_t>(std::min(height.levels, 65535)));
  b.use.push_back(use);
  b.floor_area.push_back(known(placed.extra ? kUnknown : row.floor_area, footprint * height.levels));
  b.value.push_back(known(placed.extra ? kUnknown : row.value, 0));
  b.people.push_back(known(placed.extra ? kUnknown : row.people, 0));
  b.floor_height.push_back(0);
  b.floodproof_depth.push_back(0);
  b.name.push_back(row.name);
}

void append_surfaces(const BuildingFragment& row, BuildingId building, BuildingSurfaces& out) {
  for (const FragmentSurface& surface : row.surfaces) {
    out.building.push_back(building);
    out.kind.push_back(surface.kind);
    for (const auto& ring : surface.rings) out.rings.push_back(ring);
    out.rings_of_row.push_back(static_cast<std::uint32_t>(out.rings.size()));
  }
}

}  // namespace

HeightEstimate estimate_height(BuildingUse use, double footprint_m2) {
  if (use == BuildingUse::ancillary || footprint_m2 < kLeastHouse) return {kStoreyHeight, 1};
  if (use == BuildingUse::agricultural) return {6, 1};
  if (use == BuildingUse::industrial) return {footprint_m2 < 1000 ? 6.0 : 9.0, 1};
  int levels = 2;
  if (footprint_m2 >= 150) levels = 3;
  if (footprint_m2 >= 400) levels = 4;
  if (use == BuildingUse::education || use == BuildingUse::public_service) levels = std::min(levels, 3);
  return {levels * kStoreyHeight, levels};
}

void add_buildings(CityTables& tables, const std::vector<BuildingBatch>& batches, const ClipArea& area) {
  const Claimed claimed(batches);
  std::vector<PlacedBuilding> placed;
  for (const BuildingBatch& batch : batches) {
    if (!batch.counted) {
      place_batch(batch, area, claimed, tables.import_log, placed);
      continue;
    }
    ImportLog own;
    place_batch(batch, area, claimed, own, placed);
    tables.import_log.findings.insert(tables.import_log.findings.end(), own.findings.begin(),
                                      own.findings.end());
    for (const ImportCount& count : own.counts) settle(count, batch, tables.import_log);
  }
  std::unordered_set<std::string> keys(tables.buildings.origin.key.begin(),
                                       tables.buildings.origin.key.end());
  const BuildingFragment* last = nullptr;
  for (const PlacedBuilding& building : placed) {
    std::string key = building.key;
    // Two sources may number their buildings alike; within one source a second use of a key is dirt that the
    // reader has dropped.
    if (!keys.insert(key).second) {
      const std::string stem = building.batch->source_key + "/" + building.key;
      key = stem;
      for (int n = 2; !keys.insert(key).second; ++n) key = stem + "~" + std::to_string(n);
    }
    append(building, std::move(key), tables.buildings);
    if (building.row != last)  // surfaces belong to the feature's row, once
      append_surfaces(*building.row, BuildingId(tables.buildings.size() - 1), tables.building_surfaces);
    last = building.row;
  }
}

}  // namespace citytwin::gis
