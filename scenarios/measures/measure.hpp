// A measure: something a planner can do about it. Each is one file here: its declared parameters, what it
// costs and for how long it lasts, and the edits it makes to a city. Adding one: copy a file, add a line to
// registry.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/geo/grid.hpp"
#include "engine/model/edit.hpp"
#include "engine/model/forcing.hpp"
#include "engine/model/hydraulic_structures.hpp"
#include "engine/model/parameters.hpp"
#include "engine/sim/control.hpp"
#include "scenarios/core/placed_measure.hpp"
#include "scenarios/core/text.hpp"

namespace citytwin::scenarios {

// What a measure does in one city.
struct MeasureOutcome {
  std::vector<Edit> edits;
  std::vector<Control> controls;
  std::vector<ForcingSeries> forcing;  // only the strategy's run has it
  HydraulicStructures structures;      // only the strategy's run has them; one with the key of an event's
                                       // structure takes its place
  std::vector<std::string> buildings;  // keys of the buildings it works on: no two measures on one building
  std::vector<Point2> outline;         // where it is, for the extent check and the map
  PlacedMeasure::Shape shape = PlacedMeasure::Shape::area;
  std::vector<Point2> things;     // single things it works on: the points of the map
  double cost = 0;                // in the city's currency
  double quantity = 0;            // what the cost basis counts: metres, m2, m3, pieces
  std::string sentence = "done";  // what it did, in the catalogue as "measure.<name>.<sentence>"
  TextArgs description;           // its arguments
};

struct MeasureInput {
  const CityModel& model;                           // before this measure, after those above it in the file
  std::string key;                                  // unique name of this measure in the scenario
  const ParameterValues& values;                    // complete
  Where where;                                      // of the measure in its file, for errors
  GridSpec grid;                                    // of the run
  const HydraulicStructures* structures = nullptr;  // of the events; null when a run is read back without
};

struct MeasureType {
  std::string name;  // "flood_wall"
  std::string text;  // one line, English; catalogue key "measure.<name>"
  ParameterTable parameters;
  double lifetime_years = 50;
  std::string lifetime_source;
  Result<MeasureOutcome> (*make)(const MeasureInput& input);
};

[[nodiscard]] const std::vector<MeasureType>& all_measures();
[[nodiscard]] const MeasureType* find_measure(std::string_view name);  // nullptr if unknown

// One per file.
[[nodiscard]] MeasureType flood_wall();
[[nodiscard]] MeasureType raised_ground();
[[nodiscard]] MeasureType retention_basin();
[[nodiscard]] MeasureType dry_floodproofing();
[[nodiscard]] MeasureType elevated_asset();
[[nodiscard]] MeasureType storage_tank();
[[nodiscard]] MeasureType sewer_upsizing();
[[nodiscard]] MeasureType inlet_cleaning();
[[nodiscard]] MeasureType culvert();
[[nodiscard]] MeasureType pump();
[[nodiscard]] MeasureType mobile_pump();
[[nodiscard]] MeasureType gate_operation();
[[nodiscard]] MeasureType mobile_barrier();
[[nodiscard]] MeasureType permeable_surface();
[[nodiscard]] MeasureType green_roof();
[[nodiscard]] MeasureType rain_garden();

}  // namespace citytwin::scenarios
