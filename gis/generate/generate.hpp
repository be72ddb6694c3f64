// A procedural city from a seed and a population: the always-available demo and scale test. Same tables,
// same file as an imported one; every row is marked synthesised.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "engine/base/run_context.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::gis {

struct GenerateOptions {
  double population = 50'000;  // 10 000 to 1 000 000
  std::uint64_t seed = 1;
  std::string water = "auto";  // auto (from the seed) | river | coast
  double terrain_cell_m = 10;
  std::string name;                   // default "Generated <population>/<seed>"
  bool sewers = true;                 // synthesised, for the default design storm
  std::filesystem::path data_folder;  // with tables/facility_needs.csv; empty = facilities need nothing
};

// Errors: generate.population_range, .water_choice, .terrain_cell_range, .memory. Stops by Stopped.
Result<CityModel> generate_city(const GenerateOptions& options, const RunContext& context);

}  // namespace citytwin::gis
