// The one list of events.
#include "scenarios/events/event.hpp"

namespace citytwin::scenarios {

const std::vector<EventType>& all_events() {
  static const std::vector<EventType> list = {
      design_storm(), rain_raster(), river_hydrograph(), sea_level(), power_loss(),
      levee_breach(), structure(),   outflow(),          flood_map(), inlet_blockage()};
  return list;
}

const EventType* find_event(std::string_view name) {
  for (const EventType& type : all_events())
    if (type.name == name) return &type;
  return nullptr;
}

}  // namespace citytwin::scenarios
