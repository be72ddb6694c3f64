// Everything a run is a function of. run(RunInput) -> RunRecord; nothing else may influence the record.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/sim_time.hpp"
#include "engine/model/city_model.hpp"
#include "engine/model/forcing.hpp"
#include "engine/model/parameters.hpp"
#include "engine/sim/control.hpp"

namespace citytwin {

struct RecordOptions {
  SimTime series_interval{60'000};
  SimTime tiles_interval{300'000};
  SimTime checkpoint_interval{0};  // 0 = none
  double tiles_budget_bytes = 500e6;
};

struct RunSpec {
  std::string start = "2026-01-01T00:00:00+00:00";  // ISO 8601 with offset, constant through the run
  SimTime duration{3 * 3'600'000};
  SimTime beat{10'000};
  std::uint64_t seed = 1;
  GridSpec grid;                     // the run's grid, resampled from the model's terrain at start
  std::vector<std::string> domains;  // by name, e.g. {"surface_water"}
  std::map<std::string, ParameterValues> domain_parameters;  // complete: defaults already filled in
  std::map<std::string, std::vector<char>> initial_state;    // per domain, optional
  double passable_depth_m = 0.3;                             // a link under deeper water is closed
  RecordOptions record;
};

struct RunInput {
  std::shared_ptr<const CityModel> model;
  Forcing forcing;
  std::vector<Control> controls;  // in file order
  RunSpec spec;
};

}  // namespace citytwin
