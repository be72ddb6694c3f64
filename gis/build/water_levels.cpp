// Levels of inland water bodies, estimated from the ground along their outline.
#include <algorithm>
#include <cmath>

#include "gis/build/conditioning_steps.hpp"

namespace citytwin::gis {

namespace {

constexpr double kRimPercentile =
    0.10;  // the water's edge: banks, walls and decks along the outline stand higher

// Ground at every cell's length along the outline, corners included.
std::vector<double> rim_of(const Grid<float>& ground, std::span<const Point2> ring) {
  std::vector<double> rim;
  for (std::size_t k = 0; k < ring.size(); ++k) {
    const Point2 a = ring[k];
    const Point2 b = ring[(k + 1) % ring.size()];
    const auto steps = static_cast<int>(std::ceil(distance(a, b) / ground.spec.cell_m));
    for (int s = 0; s < std::max(steps, 1); ++s) {
      const float z = sample_nearest(ground, a + (b - a) * (static_cast<double>(s) / std::max(steps, 1)));
      if (!std::isnan(z)) rim.push_back(z);
    }
  }
  return rim;
}

}  // namespace

void estimate_water_levels(CityTables& tables, const RunContext& context) {
  WaterBodies& bodies = tables.water_bodies;
  for (std::size_t row = 0; row < bodies.size(); ++row) {
    context.check_stop();
    if (bodies.kind[row] == WaterKind::sea || !std::isnan(bodies.level[row])) continue;
    std::vector<double> rim = rim_of(tables.terrain.elevation, bodies.area.outer(row));
    if (rim.empty()) continue;
    const auto at =
        rim.begin() + static_cast<std::ptrdiff_t>(kRimPercentile * static_cast<double>(rim.size() - 1));
    std::nth_element(rim.begin(), at, rim.end());
    bodies.level[row] = *at;
    bodies.level_provenance[row] = Provenance::estimated;
  }
}

}  // namespace citytwin::gis
