// A small made-up town by a river in flood, and a run of it: enough of everything for a report to show.
#pragma once

#include "scenarios/core/run_files.hpp"

namespace sample {

// 2.4 km x 1.6 km, about 1 700 buildings, 16 facilities, 100 m management cells. All values by formula.
citytwin::CityTables town();

// A finished run whose water surface stands `rise_m` above the river; with causes, series and balances.
citytwin::scenarios::FinishedRun run(std::shared_ptr<const citytwin::CityModel> model, double rise_m,
                                     const std::string& label);

// The run with a wall (0.8 m of water) beside the baseline (1.6 m), or the baseline alone.
citytwin::scenarios::RunFolder folder(bool with_baseline);

// Sewers along the first street, of that origin, and what a run recorded of them: the second and third
// manhole gave water back, the first pipe was full.
void add_sewers(citytwin::CityTables& town, citytwin::Provenance origin);
void record_sewers(citytwin::scenarios::FinishedRun& run);
citytwin::scenarios::RunFolder folder_with_sewers(citytwin::Provenance origin);
// Given sewers and a measure's tank "tank/a" of 400 m3, which filled to `share`.
citytwin::scenarios::RunFolder folder_with_tank(double share);

}  // namespace sample
