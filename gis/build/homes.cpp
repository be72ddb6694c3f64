#include "gis/build/homes.hpp"

#include <algorithm>

namespace citytwin::gis {

std::vector<double> home_floors(const Buildings& b) {
  const auto unknown = static_cast<std::size_t>(std::count(b.use.begin(), b.use.end(), BuildingUse::unknown));
  const bool unknown_are_homes = 2 * unknown > b.size();
  std::vector<double> floor(b.size(), 0.0);
  for (std::size_t r = 0; r < b.size(); ++r) {
    const double footprint = b.footprint.area(r);
    if (b.use[r] == BuildingUse::residential && footprint >= kLeastHome)
      floor[r] = b.floor_area[r];
    else if (b.use[r] == BuildingUse::unknown && unknown_are_homes && footprint >= kLeastUnknownHome)
      floor[r] = kHomesAmongUnknownUse * b.floor_area[r];
  }
  return floor;
}

}  // namespace citytwin::gis
