#include "scenarios/measures/building_choice.hpp"

#include "engine/geo/spatial_index.hpp"
#include "engine/model/names.hpp"

namespace citytwin::scenarios {
namespace {

std::vector<std::string> uses() {
  std::vector<std::string> names{"any"};
  for (const auto name : Names<BuildingUse>::kAll) names.emplace_back(name);
  return names;
}

}  // namespace

ParameterTable building_choice() {
  return {
      {.key = "area",
       .kind = ParameterKind::polygon,
       .text = "Buildings whose centre lies in this area: points, or words such as \"extent\""},
      {.key = "use",
       .kind = ParameterKind::choice,
       .text = "Only buildings of this use",
       .default_value = std::string("any"),
       .choices = uses()},
  };
}

std::vector<ChosenBuilding> chosen_buildings(const Buildings& buildings, const ParameterValues& values) {
  const Polygon zone{values.points("area"), {}};
  const std::string& use = values.text("use");
  std::vector<ChosenBuilding> chosen;
  for (std::size_t row = 0; row < buildings.size(); ++row) {
    if (use != "any" && name_of(buildings.use[row]) != use) continue;
    const Point2 centre = centroid(buildings.footprint[row]);
    if (contains(zone, centre)) chosen.push_back({row, centre});
  }
  return chosen;
}

}  // namespace citytwin::scenarios
