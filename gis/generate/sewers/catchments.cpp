#include "gis/generate/sewers/catchments.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/parallel.hpp"
#include "engine/geo/rasterise.hpp"
#include "engine/geo/spatial_index.hpp"
#include "engine/model/ground.hpp"

namespace citytwin::gis {

namespace {

constexpr double kCell = 10;  // [m]
constexpr double kMostCells = 3e7;
constexpr double kReach = 120;  // [m] a block deep
constexpr double kStep = 5;     // [m] along a street

// Of ground without roofs and streets: estimated, in the order of the classes.
double sealed_share(LandCoverClass cover) {
  switch (cover) {
    case LandCoverClass::building:
    case LandCoverClass::paved:
      return 0.9;
    case LandCoverClass::commercial:
    case LandCoverClass::industrial:
      return 0.6;
    case LandCoverClass::residential:
      return 0.25;
    case LandCoverClass::railway:
    case LandCoverClass::unknown:
      return 0.2;
    case LandCoverClass::bare:
      return 0.1;
    case LandCoverClass::park:
    case LandCoverClass::grass:
    case LandCoverClass::sand:
      return 0.03;
    default:
      return 0;
  }
}

bool lived_on(LandCoverClass cover) {
  return cover == LandCoverClass::residential || cover == LandCoverClass::commercial ||
         cover == LandCoverClass::industrial || cover == LandCoverClass::building;
}

GridSpec grid_of(const CityTables& city) {
  const Box2& extent = city.info.frame.extent;
  return grid_over(extent, std::max(kCell, std::sqrt(extent.area() / kMostCells)));
}

Grid<float> roofs_of(const Buildings& buildings, const GridSpec& spec, const RunContext& context) {
  Grid<float> roofs(spec, 0.0F);
  for (std::size_t b = 0; b < buildings.size(); ++b) {
    if (b % 256 == 0) context.check_stop();
    cell_overlaps(spec, buildings.footprint[b],
                  [&](int i, int j, double area) { roofs.at(i, j) += static_cast<float>(area); });
  }
  return roofs;
}

Grid<float> streets_of(const Links& links, const GridSpec& spec, const RunContext& context) {
  Grid<float> streets(spec, 0.0F);
  for (std::size_t l = 0; l < links.size(); ++l) {
    if (!carries_sewer(links, l)) continue;
    context.check_stop();
    const auto line = links.geometry[l];
    const double whole = length(line);
    const auto steps = std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(whole / kStep)));
    const double step = whole / static_cast<double>(steps);
    for (std::size_t k = 0; k < steps; ++k) {
      const Point2 p = point_along(line, (static_cast<double>(k) + 0.5) * step);
      const int i = spec.column(p.x), j = spec.row(p.y);
      if (spec.inside(i, j)) streets.at(i, j) += static_cast<float>(step * street_width(links, l));
    }
  }
  return streets;
}

std::vector<std::uint32_t> nearest_nodes(const SewerGraph& graph, const std::vector<char>& drains,
                                         const GridSpec& spec, const RunContext& context) {
  std::vector<std::uint32_t> row;
  std::vector<Point2> points;
  for (std::uint32_t n = 0; n < graph.nodes(); ++n) {
    if (drains[n] == 0) continue;
    row.push_back(n);
    points.push_back(graph.position[n]);
  }
  const NearestPoint index(points);
  std::vector<std::uint32_t> nearest(spec.size());
  constexpr std::size_t kBetweenStopChecks = 1U << 17U;
  for (std::size_t block = 0; block < spec.size(); block += kBetweenStopChecks) {
    context.check_stop();
    for_chunks(std::min(kBetweenStopChecks, spec.size() - block), 4096,
               [&](std::size_t begin, std::size_t end) {
                 for (std::size_t c = block + begin; c < block + end; ++c) {
                   const auto i = static_cast<int>(c % static_cast<std::size_t>(spec.nx));
                   const auto j = static_cast<int>(c / static_cast<std::size_t>(spec.nx));
                   const std::uint32_t k = index.nearest(spec.centre(i, j), kReach);
                   nearest[c] = k == NearestPoint::kNone ? k : row[k];
                 }
               });
  }
  return nearest;
}

}  // namespace

Catchments sewer_catchments(const SewerGraph& graph, const std::vector<char>& drains, const CityTables& city,
                            const SewerDesign& design, const RunContext& context) {
  Catchments out;
  for (auto* column : {&out.area, &out.impervious, &out.roofs, &out.street, &out.built})
    column->assign(graph.nodes(), 0);
  const GridSpec spec = grid_of(city);
  const Grid<float> roofs = roofs_of(city.buildings, spec, context);
  const Grid<float> streets = streets_of(city.streets.links, spec, context);
  const Grid<std::uint8_t> cover = land_cover_of_cells(city.land_cover, spec);
  const Grid<std::uint32_t> water = water_body_of_cells(city.water_bodies, spec);
  context.check_stop();
  const std::vector<std::uint32_t> nearest = nearest_nodes(graph, drains, spec, context);
  const double cell = spec.cell_m * spec.cell_m;
  for (std::size_t c = 0; c < spec.size(); ++c) {
    const std::uint32_t n = nearest[c];
    if (n == NearestPoint::kNone || water.values[c] != kDryLand) continue;
    const double roof = std::min<double>(roofs.values[c], cell);
    const double street = std::min<double>(streets.values[c], cell - roof);
    const double rest = cell - roof - street;
    const double connected = roof * design.roof_share;
    out.area[n] += cell;
    out.roofs[n] += connected;
    out.street[n] += street;
    out.built[n] += roof + (lived_on(static_cast<LandCoverClass>(cover.values[c])) ? rest : 0);
    out.impervious[n] +=
        connected + street + rest * sealed_share(static_cast<LandCoverClass>(cover.values[c]));
  }
  return out;
}

}  // namespace citytwin::gis
