#include "gis/build/conditioning.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/geo/rasterise.hpp"
#include "gis/build/conditioning_steps.hpp"
#include "gis/build/water_sea.hpp"

namespace citytwin::gis {

namespace {

constexpr double kLaneWidth = 3.5;  // [m]

std::string source_key(const CityTables& tables, SourceId source) {
  return !source.is_none() && source.row() < tables.sources.size() ? tables.sources.key[source.row()] : "";
}

}  // namespace

ChangeRecord::ChangeRecord(Grid<float>& ground, std::string kind, std::string feature) : ground_(ground) {
  change_.kind = std::move(kind);
  change_.feature = std::move(feature);
}

void ChangeRecord::note(int i, int j, double depth) {
  ++change_.cells;
  if (change_.cells == 1 || depth > change_.depth_m) {
    change_.depth_m = depth;
    change_.place = ground_.spec.centre(i, j);
  }
}

void ChangeRecord::lower(int i, int j, double level) {
  float& z = ground_.at(i, j);
  if (!(z > static_cast<float>(level))) return;  // voids stay voids
  note(i, j, static_cast<double>(z) - level);
  z = static_cast<float>(level);
}

void ChangeRecord::fill_void(int i, int j, double level, double void_level) {
  float& z = ground_.at(i, j);
  if (!std::isnan(z)) return;
  note(i, j, void_level - level);
  z = static_cast<float>(level);
}

void ChangeRecord::raise_noise(int i, int j, double level, double noise) {
  float& z = ground_.at(i, j);
  if (!(z < static_cast<float>(level)) || z < static_cast<float>(level - noise)) return;
  note(i, j, static_cast<double>(z) - level);
  z = static_cast<float>(level);
}

void ChangeRecord::finish(ImportLog& log) {
  if (change_.cells > 0) log.terrain_changes.push_back(change_);
  change_.cells = 0;
}

void ChangeRecord::restart(std::string kind, std::string feature) {
  change_ = {};
  change_.kind = std::move(kind);
  change_.feature = std::move(feature);
}

double half_width(const Links& links, std::size_t row) {
  return kLaneWidth / 2 * std::max(1, links.lanes_forward[row] + links.lanes_backward[row]);
}

void cells_around(const GridSpec& spec, Point2 p, double radius, const std::function<void(int, int)>& visit) {
  const int ci = spec.column(p.x);
  const int cj = spec.row(p.y);
  const int reach = static_cast<int>(std::ceil(radius / spec.cell_m));
  for (int j = std::max(cj - reach, 0); j <= std::min(cj + reach, spec.ny - 1); ++j)
    for (int i = std::max(ci - reach, 0); i <= std::min(ci + reach, spec.nx - 1); ++i)
      if ((i == ci && j == cj) || distance(spec.centre(i, j), p) <= radius) visit(i, j);
}

BridgeDecks::BridgeDecks(const Streets& streets) : streets_(streets) {
  std::vector<Box2> boxes;
  for (std::size_t row = 0; row < streets.links.size(); ++row) {
    if (streets.links.structure[row] != Structure::bridge) continue;
    links_.push_back(static_cast<std::uint32_t>(row));
    boxes.push_back(bounds(streets.links.geometry[row]).grown(half_width(streets.links, row)));
  }
  index_ = SpatialIndex(boxes);
}

std::uint32_t BridgeDecks::over(Point2 p, double margin) const {
  for (const std::uint32_t item : index_.overlapping(Box2{p, p}.grown(margin))) {
    const std::uint32_t row = links_[item];
    if (distance_to_line(p, streets_.links.geometry[row]) <= half_width(streets_.links, row) + margin)
      return row;
  }
  return kNone;
}

double terrain_noise(double true_resolution_m) {
  if (true_resolution_m <= 2) return 0.15;
  if (true_resolution_m <= 12) return 0.5;
  return 2.0;
}

bool shows_decks(const Terrain& terrain) {
  return std::max(terrain.elevation.spec.cell_m, terrain.true_resolution_m) <= ConditioningLimits::kCoarse;
}

void add_sea(CityTables& tables, const ConditioningInput& input) {
  const Box2 extent =
      tables.info.frame.extent.empty() ? tables.terrain.elevation.spec.bounds() : tables.info.frame.extent;
  SeaAssembly sea = assemble_sea(input.coastlines, extent);
  const SourceId source = input.coastline_source.is_none() && tables.sources.size() > 0
                              ? SourceId(std::size_t{0})
                              : input.coastline_source;
  for (ImportFinding& finding : sea.findings) {
    finding.source = source_key(tables, source);
    finding.feature = "coastline";
    tables.import_log.findings.push_back(std::move(finding));
  }
  WaterBodies& bodies = tables.water_bodies;
  std::size_t number = 0;
  for (const Polygon& area : sea.water) {
    bodies.origin.push_back("sea/" + std::to_string(++number), Provenance::derived, source);
    Polygon snapped = area;
    for (Point2& p : snapped.outer) p = snap(p);
    for (Ring& hole : snapped.holes)
      for (Point2& p : hole) p = snap(p);
    bodies.area.push_back(snapped);
    bodies.kind.push_back(WaterKind::sea);
    bodies.level.push_back(0);
    bodies.level_provenance.push_back(Provenance::estimated);
    bodies.name.emplace_back();
  }
  for (std::size_t row = 0; row < bodies.size(); ++row) {  // a sea drawn as an area
    if (bodies.kind[row] != WaterKind::sea || !std::isnan(bodies.level[row])) continue;
    bodies.level[row] = 0;
    bodies.level_provenance[row] = Provenance::estimated;
  }
}

void lower_sea(CityTables& tables) {
  Grid<float>& ground = tables.terrain.elevation;
  const WaterBodies& bodies = tables.water_bodies;
  for (std::size_t row = 0; row < bodies.size(); ++row) {
    if (bodies.kind[row] != WaterKind::sea) continue;
    ChangeRecord change(ground, "sea", bodies.origin.key[row]);
    const double level = bodies.level[row];
    // A coarse cell of sea reaches under the quay beside it, and finer run grids interpolate between the two:
    // it is lowered to the sea level only, so that land beside it stays dry; the run's grid digs the bed.
    // What lies below it by no more than the model's noise is sea surface too, and would drag the quay down.
    const bool fine = shows_decks(tables.terrain);
    const double bed = fine ? level - ConditioningLimits::kSeaBed : level;
    cells_with_centre_in(ground.spec, bodies.area[row], [&](int i, int j) {
      change.fill_void(i, j, bed, level);
      change.lower(i, j, bed);
      if (!fine) change.raise_noise(i, j, level, terrain_noise(tables.terrain.true_resolution_m));
    });
    change.finish(tables.import_log);
  }
}

Result<Done> condition_terrain(CityTables& tables, const ConditioningInput& input,
                               const RunContext& context) {
  constexpr auto kStage = "stage.conditioning";
  context.progress(kStage, 0.0);
  add_sea(tables, input);
  if (tables.terrain.empty()) return Done{};
  context.progress(kStage, 0.2);
  estimate_water_levels(tables, context);  // before the sea is dug: a rim may lie in a cell of sea
  lower_sea(tables);
  open_waterways(tables, context);
  context.progress(kStage, 0.6);
  if (shows_decks(tables.terrain)) {
    open_bridges_over_water(tables, context);
    open_underpasses(tables, context);
  }
  context.progress(kStage, 1.0);
  return Done{};
}

}  // namespace citytwin::gis
