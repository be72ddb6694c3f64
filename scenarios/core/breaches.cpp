#include "scenarios/core/breaches.hpp"

#include <algorithm>

#include "engine/model/hydraulic_structures.hpp"

namespace citytwin::scenarios {
namespace {

bool has_wall_at(const CityModel& model, const LeveeBreach& breach, double cell_m) {
  const Barriers& walls = model.barriers();
  const double reach = std::max(breach.width / 2, 2 * cell_m);
  for (std::size_t row = 0; row < walls.size(); ++row)
    if (distance_to_line(breach.at, walls.line[row]) <= reach) return true;
  return false;
}

}  // namespace

std::vector<std::string> drop_breaches_of_measures(RunInput& baseline, const CityModel& strategy) {
  std::vector<std::string> dropped;
  if (!baseline.forcing.structures) return dropped;
  auto kept = std::make_shared<HydraulicStructures>(*baseline.forcing.structures);
  std::erase_if(kept->breaches, [&](const LeveeBreach& breach) {
    const double cell = baseline.spec.grid.cell_m;
    if (has_wall_at(*baseline.model, breach, cell) || !has_wall_at(strategy, breach, cell)) return false;
    dropped.push_back(breach.key);
    return true;
  });
  baseline.forcing.structures = std::move(kept);
  return dropped;
}

}  // namespace citytwin::scenarios
