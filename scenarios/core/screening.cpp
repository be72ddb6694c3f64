#include "scenarios/core/screening.hpp"

#include "scenarios/core/flat_terrain.hpp"

namespace citytwin::scenarios {

bool is_screening(const CityModel& city, double cell_m) {
  constexpr double kSlack = 1.001;  // of a resolution measured at a latitude
  if (city.buildings().size() == 0) return false;
  const bool known_ground = !city.terrain().empty() && !on_flat_ground(city);
  const double ground = known_ground ? city.terrain().true_resolution_m : 0;
  return cell_m > kCoarsestOfBuildings * kSlack || ground > kCoarsestOfBuildings * kSlack;
}

}  // namespace citytwin::scenarios
