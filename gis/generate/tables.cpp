#include "gis/generate/tables.hpp"

#include <fmt/format.h>

#include <cmath>

#include "engine/geo/rasterise.hpp"
#include "engine/model/names.hpp"
#include "gis/generate/noise.hpp"

namespace citytwin::gis::generate {

namespace {
const SourceId kSource{std::size_t{0}};

void push_origin(RowOrigin& origin, std::string key) {
  origin.push_back(std::move(key), Provenance::synthesised, kSource);
}

LandCoverClass cover_of(BlockUse use) {
  switch (use) {
    case BlockUse::park:
      return LandCoverClass::park;
    case BlockUse::houses:
    case BlockUse::rows:
    case BlockUse::perimeter:
      return LandCoverClass::residential;
    case BlockUse::centre:
    case BlockUse::campus:
      return LandCoverClass::commercial;
    case BlockUse::industry:
      return LandCoverClass::industrial;
    default:
      return LandCoverClass::unknown;
  }
}
}  // namespace

void fill_buildings(CityTables& tables, const std::vector<House>& houses, const Landscape& land,
                    const RunContext& context) {
  Buildings& b = tables.buildings;
  for (std::size_t k = 0; k < houses.size(); ++k) {
    context.check_stop();
    const House& h = houses[k];
    push_origin(b.origin, fmt::format("building/{}", k + 1));
    b.footprint.push_back(Polygon{h.footprint, {}});
    b.height.push_back(h.height);
    b.height_provenance.push_back(Provenance::synthesised);
    b.levels.push_back(static_cast<std::uint16_t>(h.levels));
    b.use.push_back(h.use);
    b.floor_area.push_back(std::round(h.levels * signed_area(h.footprint)));
    b.value.push_back(0);
    b.people.push_back(h.people);
    // Old houses by the water stand on a step or two.
    const double to_water = land.water_distance_at(h.footprint.front());
    b.floor_height.push_back(h.use == BuildingUse::residential ? (to_water < 150 ? 0.45 : 0.3) : 0.15);
    b.floodproof_depth.push_back(0);
    b.name.emplace_back();
  }
}

void fill_land_cover(CityTables& tables, std::uint64_t seed, const std::vector<Block>& blocks,
                     const StreetGraph& graph, const Landscape& land, const RunContext& context) {
  LandCover& cover = tables.land_cover;
  std::size_t number = 0;
  for (const Block& block : blocks) {
    const LandCoverClass c = cover_of(block.use);
    if (c == LandCoverClass::unknown) continue;
    push_origin(cover.origin, fmt::format("block/{}", ++number));
    cover.area.push_back(block.land);
    cover.cover.push_back(c);
  }
  // Around and below the blocks: fields, woods on slopes, wet meadows by the water, streets in town.
  const Random random(seed, kUseStream);
  const FractalNoise woods(random, 50, land.extent, 1200, 4, 0.55);
  constexpr double kCell = 10;  // about a street's width
  GridSpec grid{land.extent.min, kCell, static_cast<int>(std::lround(land.extent.width() / kCell)),
                static_cast<int>(std::lround(land.extent.height() / kCell))};
  cover.raster = Grid<std::uint8_t>(grid);
  for (int j = 0; j < grid.ny; ++j) {
    context.check_stop();
    for (int i = 0; i < grid.nx; ++i) {
      const Point2 p = grid.centre(i, j);
      const double water = land.water_distance_at(p);
      const double slope = length(land.gradient_at(p));
      LandCoverClass c = LandCoverClass::cropland;
      if (water < 0)
        c = LandCoverClass::water;
      else if (water < 20)
        c = land.water == WaterSide::coast ? LandCoverClass::sand : LandCoverClass::grass;
      else if (water < 90 && woods(p) < -0.25)
        c = LandCoverClass::wetland;
      else if (woods(p) + 4 * slope > 0.42)
        c = LandCoverClass::forest;
      else if (woods(p) > 0.12)
        c = LandCoverClass::grass;
      cover.raster.at(i, j) = static_cast<std::uint8_t>(c);
    }
  }
  for (const StreetEdge& edge : graph.edges) {
    context.check_stop();
    cells_along(grid, edge.points, [&](int i, int j) {
      std::uint8_t& cell = cover.raster.at(i, j);
      if (cell != static_cast<std::uint8_t>(LandCoverClass::water))
        cell = static_cast<std::uint8_t>(LandCoverClass::paved);
    });
  }
}

void fill_water(CityTables& tables, const Landscape& land, const StreetGraph& graph,
                const RunContext& context) {
  AreaCutter cutter(graph, land);
  WaterBodies& water = tables.water_bodies;
  const auto add = [&](const std::string& key, const std::vector<Polygon>& parts, WaterKind kind,
                       double level, const std::string& name) {
    for (std::size_t k = 0; k < parts.size(); ++k) {
      push_origin(water.origin, k == 0 ? key : fmt::format("{}#{}", key, k));
      water.area.push_back(parts[k]);
      water.kind.push_back(kind);
      water.level.push_back(level);
      water.level_provenance.push_back(Provenance::synthesised);
      water.name.push_back(name);
    }
  };
  if (land.water == WaterSide::coast) {
    add("sea", cutter.sea(), WaterKind::sea, 0, "Sea");
    return;
  }
  const Polyline& line = land.water_line;
  constexpr std::size_t kReach = 60, kEvery = 4;  // points of the line, 5 m apart
  for (std::size_t first = 0, n = 1; first + 1 < line.size(); first += kReach, ++n) {
    context.check_stop();
    const std::size_t last = std::min(first + kReach, line.size() - 1);
    Ring left, right;
    for (std::size_t k = first;; k = std::min(k + kEvery, last)) {
      const Point2 along = line[std::min(k + 2, line.size() - 1)] - line[k < 2 ? 0 : k - 2];
      const Point2 normal = Point2{-along.y, along.x} * (land.river_width / 2 / length(along));
      left.push_back(line[k] + normal);
      right.push_back(line[k] - normal);
      if (k == last) break;
    }
    Polygon reach{right, {}};
    reach.outer.insert(reach.outer.end(), left.rbegin(), left.rend());
    add(fmt::format("river/{}", n), cutter.within_extent(reach), WaterKind::river,
        std::round(land.line_level[(first + last) / 2] * 100) / 100, "River");
  }
  Polyline inside;
  for (std::size_t k = 0; k < line.size(); k += 4)
    if (land.extent.contains(line[k])) inside.push_back(snap(line[k]));
  push_origin(tables.waterways.origin, "river");
  tables.waterways.line.push_back(inside);
  tables.waterways.kind.push_back(WaterwayKind::river);
  tables.waterways.width.push_back(land.river_width);
  tables.waterways.structure.push_back(Structure::ground);
  tables.waterways.name.emplace_back("River");
}

void fill_facilities(CityTables& tables, const std::vector<Site>& sites) {
  Facilities& f = tables.facilities;
  std::vector<std::size_t> count(kCountOf<FacilityKind>, 0);
  for (const Site& site : sites) {
    const std::size_t n = ++count[static_cast<std::size_t>(site.kind)];
    push_origin(f.origin, fmt::format("{}/{}", name_of(site.kind), n));
    f.kind.push_back(site.kind);
    f.name.emplace_back(fmt::format("{} {}", name_of(site.kind), n));
    f.position.push_back(site.position);
    f.building.push_back(site.house == 0xFFFFFFFFU ? BuildingId{} : BuildingId{site.house});
    f.capacity.push_back(site.capacity);
    f.floor_height.push_back(site.floor_height);
  }
}

void fill_management_cells(CityTables& tables, const std::vector<House>& houses, const Landscape& land,
                           const RunContext& context) {
  constexpr double kCell = 100;
  GridSpec grid{land.extent.min, kCell, static_cast<int>(std::ceil(land.extent.width() / kCell)),
                static_cast<int>(std::ceil(land.extent.height() / kCell))};
  std::vector<double> people(grid.size(), 0);
  std::vector<double> jobs(grid.size(), 0);
  for (const House& h : houses) {
    context.check_stop();
    const Point2 p = centroid(Polygon{h.footprint, {}});
    const std::size_t cell = grid.index(grid.column(p.x), grid.row(p.y));
    people[cell] += h.people;
    // Floor area per job: offices 30 m2, works 70 m2, other services 45 m2.
    const double floor = h.levels * signed_area(h.footprint);
    if (h.use == BuildingUse::commercial)
      jobs[cell] += floor / 30;
    else if (h.use == BuildingUse::industrial)
      jobs[cell] += floor / 70;
    else if (h.use != BuildingUse::residential)
      jobs[cell] += floor / 45;
  }
  ManagementCells& cells = tables.management_cells;
  for (int j = 0; j < grid.ny; ++j)
    for (int i = 0; i < grid.nx; ++i) {
      const std::size_t c = grid.index(i, j);
      if (people[c] <= 0 && jobs[c] <= 0) continue;
      push_origin(cells.origin, fmt::format("cell/{}/{}", i, j));
      const double x = grid.origin.x + i * kCell;
      const double y = grid.origin.y + j * kCell;
      cells.area.push_back(Polygon{{{x, y}, {x + kCell, y}, {x + kCell, y + kCell}, {x, y + kCell}}, {}});
      cells.population.push_back(people[c]);
      cells.jobs.push_back(std::round(jobs[c]));
    }
}

}  // namespace citytwin::gis::generate
