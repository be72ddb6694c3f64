// An event: what happens to the city. Each is one file here: its declared parameters, and the forcing and
// controls it makes. Adding one: copy a file, add a line to registry.cpp.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/base/sim_time.hpp"
#include "engine/model/city_model.hpp"
#include "engine/model/forcing.hpp"
#include "engine/model/given_flood.hpp"
#include "engine/model/hydraulic_structures.hpp"
#include "engine/model/parameters.hpp"
#include "engine/sim/control.hpp"
#include "scenarios/core/text.hpp"

namespace citytwin::scenarios {

struct EventOutcome {
  std::vector<ForcingSeries> forcing;
  std::vector<Control> controls;
  HydraulicStructures structures;
  std::shared_ptr<const GivenFlood> given_flood;
  TextArgs description;                      // arguments of the catalogue's "event.<name>.done"
  std::vector<std::filesystem::path> files;  // read beside those that its parameters name
};

struct EventInput {
  const CityModel& model;
  std::string key;                // unique name of this event in the scenario
  const ParameterValues& values;  // complete
  std::filesystem::path folder;   // of the scenario file: where its CSV files are
  SimTime duration;               // of the run
  Where where;
  GridSpec grid = {};  // of the run
};

struct EventType {
  std::string name;  // "design_storm"
  std::string text;  // one line, English; catalogue key "event.<name>"
  ParameterTable parameters;
  Result<EventOutcome> (*make)(const EventInput& input);
};

[[nodiscard]] const std::vector<EventType>& all_events();
[[nodiscard]] const EventType* find_event(std::string_view name);  // nullptr if unknown

// One per file.
[[nodiscard]] EventType design_storm();
[[nodiscard]] EventType rain_raster();
[[nodiscard]] EventType river_hydrograph();
[[nodiscard]] EventType sea_level();
[[nodiscard]] EventType power_loss();
[[nodiscard]] EventType structure();
[[nodiscard]] EventType outflow();
[[nodiscard]] EventType levee_breach();
[[nodiscard]] EventType flood_map();
[[nodiscard]] EventType inlet_blockage();

}  // namespace citytwin::scenarios
