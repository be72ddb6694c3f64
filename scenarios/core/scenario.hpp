// A scenario: city + event(s) x projection x strategy + controls + run spec, read strictly from TOML.
//
//   name, title, question, city                          [run] [grid] [terrain] [impact] [<domain>]
//   [[event]] type = "design_storm" ...           [projection] rain_factor = 1.2 ...
//   [strategy] name                               [[measure]] type = "flood_wall" ...
//   [[control]] time_h, target, verb ...          [[need]] facility, need, backup_h ...
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/model/hydraulic_structures.hpp"
#include "engine/risk/impact.hpp"
#include "engine/sim/run_input.hpp"
#include "scenarios/core/run_files.hpp"
#include "scenarios/core/toml.hpp"

namespace citytwin::scenarios {

inline constexpr std::int64_t kScenarioFormatVersion = 1;

// A file whose every key, type, range and choice is right; what needs the city is checked by plan().
struct ScenarioFile {
  Node root;
  std::filesystem::path path;
  std::string name, title, question;  // the title from the name if not given
  std::string city;                   // as written, "" = not given
  [[nodiscard]] std::filesystem::path folder() const { return path.parent_path(); }
};

// `name_or_path`: a file, or the name of a shipped scenario ("cloudburst"). Every error is collected.
[[nodiscard]] Result<ScenarioFile> read_scenario(const std::filesystem::path& name_or_path,
                                                 const std::vector<std::string>& set);
[[nodiscard]] Result<ScenarioFile> check_scenario(Node root, const std::filesystem::path& path);

// The words of "a, b, c".
[[nodiscard]] std::vector<std::string> split_list(const std::string& text);

// Where the shipped scenarios are.
[[nodiscard]] std::filesystem::path library_folder();

// Everything a run of one city needs, for the strategy and for the baseline.
struct Plan {
  ScenarioText text;
  std::shared_ptr<const CityModel> baseline;  // the city with projections, without measures
  std::shared_ptr<const CityModel> strategy;  // with measures; the same pointer if there are none
  std::string strategy_name;
  RunInput input;                              // model = baseline
  std::vector<Control> measure_controls;       // added for the strategy
  std::vector<ForcingSeries> measure_forcing;  // likewise
  HydraulicStructures measure_structures;      // likewise; in place of the forcing's where keys are equal
  std::vector<PlacedMeasure> measures;         // where the strategy is, for maps and layers
  risk::Vulnerability vulnerability;
  risk::ImpactParameters impact;
  std::map<std::string, Where> series_where;       // event → its place in the file, for errors of domains
  std::vector<std::filesystem::path> input_files;  // beside scenario and city: the series of events

  [[nodiscard]] bool has_measures() const { return strategy != baseline; }
  [[nodiscard]] RunInput strategy_input() const;
};

// Resolves places, makes forcing, controls and edits, applies them. Warnings come with the value.
// With `forcing` false only the models and the money are made (to read a run back without its CSV files).
[[nodiscard]] Result<Plan> plan(const ScenarioFile& file, std::shared_ptr<const CityModel> city,
                                bool forcing = true);

}  // namespace citytwin::scenarios
