// The one list of measures.
#include "scenarios/measures/measure.hpp"

namespace citytwin::scenarios {

const std::vector<MeasureType>& all_measures() {
  static const std::vector<MeasureType> list = {
      flood_wall(),   raised_ground(),  retention_basin(), dry_floodproofing(), elevated_asset(),
      storage_tank(), sewer_upsizing(), inlet_cleaning(),  culvert(),           pump(),
      mobile_pump(),  gate_operation(), mobile_barrier(),  permeable_surface(), green_roof(),
      rain_garden(),
  };
  return list;
}

const MeasureType* find_measure(std::string_view name) {
  for (const MeasureType& type : all_measures())
    if (type.name == name) return &type;
  return nullptr;
}

}  // namespace citytwin::scenarios
