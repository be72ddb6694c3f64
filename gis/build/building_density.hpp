// Do the sources hold the buildings of this city, or only some that somebody happened to draw?
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/model/city_model.hpp"

namespace citytwin::gis {

struct BuildingDensity {
  std::size_t buildings = 0;
  double street_km = 0;  // of streets that people live at: classes residential and tertiary

  [[nodiscard]] double per_km() const;
  // Fewer than `kFewestPerKm` on streets long enough to tell. A city without any building is told otherwise.
  [[nodiscard]] bool most_missing() const;
  // For the sentences: buildings, street_km, per_km, fewest, usual_low, usual_high.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> words() const;
};

// OpenStreetMap's residential, living_street, unclassified and tertiary are the classes counted.
[[nodiscard]] BuildingDensity building_density(const CityModel& model);

}  // namespace citytwin::gis
