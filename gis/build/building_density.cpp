#include "gis/build/building_density.hpp"

#include <fmt/format.h>

namespace citytwin::gis {

namespace {

// Measured per km on the extracts at hand: the centre of Helsinki 41, Monaco 47, Kampen 103, the Riviera 125;
// where buildings are hardly mapped, Andorra 2.4 and Porto Alegre 0.02. Ten lies a factor of four from both.
constexpr double kFewestPerKm = 10;
constexpr double kUsualLow = 40, kUsualHigh = 125;
constexpr double kEnoughStreets = 5;  // [km]; less may be a cut-out of anything

}  // namespace

double BuildingDensity::per_km() const {
  return street_km > 0 ? static_cast<double>(buildings) / street_km : 0;
}

bool BuildingDensity::most_missing() const {
  return buildings > 0 && street_km >= kEnoughStreets && per_km() < kFewestPerKm;
}

std::vector<std::pair<std::string, std::string>> BuildingDensity::words() const {
  return {{"buildings", std::to_string(buildings)},
          {"street_km", fmt::format("{:.0f}", street_km)},
          {"per_km", fmt::format("{:.{}f}", per_km(), per_km() < 1 ? 2 : 1)},
          {"fewest", fmt::format("{:.0f}", kFewestPerKm)},
          {"usual_low", fmt::format("{:.0f}", kUsualLow)},
          {"usual_high", fmt::format("{:.0f}", kUsualHigh)}};
}

BuildingDensity building_density(const CityModel& model) {
  BuildingDensity density{.buildings = model.buildings().size()};
  const auto& links = model.streets().links;
  for (std::size_t l = 0; l < links.size(); ++l)
    if (links.road_class[l] == RoadClass::residential || links.road_class[l] == RoadClass::tertiary)
      density.street_km += length(links.geometry[l]) / 1000;
  return density;
}

}  // namespace citytwin::gis
