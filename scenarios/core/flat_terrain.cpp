#include "scenarios/core/flat_terrain.hpp"

#include <algorithm>

#include "engine/model/ground.hpp"
#include "scenarios/core/text.hpp"

namespace citytwin::scenarios {
namespace {

constexpr const char* kFlatGround = "flat_ground";  // key of its source

}  // namespace

Result<CityModel> with_flat_terrain(const CityModel& city, double level) {
  CityTables tables = tables_of(city);
  // Two cells of padding, so that interpolation never leaves the ground.
  const Box2 extent = city.info().frame.extent;
  const double cell = std::max(1.0, std::max(extent.width(), extent.height()) / 64);
  tables.terrain = {};
  tables.terrain.elevation = Grid<float>(grid_over(extent.grown(2 * cell), cell), static_cast<float>(level));
  tables.terrain.true_resolution_m = cell;
  tables.terrain.source = SourceId{tables.sources.size()};
  Sources& s = tables.sources;
  s.key.emplace_back(kFlatGround);
  s.kind.emplace_back("dem");
  for (auto* column : {&s.file_name, &s.content_hash, &s.licence, &s.date, &s.crs}) column->emplace_back();
  s.attribution.push_back(text("source.flat_ground"));
  s.vertical_datum.push_back(city.info().frame.vertical_datum);
  return build_city(std::move(tables));
}

bool on_flat_ground(const CityModel& city) {
  const SourceId source = city.terrain().source;
  return !city.terrain().empty() && source.row() < city.sources().size() &&
         city.sources().key[source.row()] == kFlatGround;
}

}  // namespace citytwin::scenarios
