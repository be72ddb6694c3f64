// The parameters of the domain, declared once, and what the solver makes of them (SI).
#pragma once

#include <algorithm>
#include <array>
#include <optional>

#include "engine/base/result.hpp"
#include "engine/domains/surface_water/ground_params.hpp"
#include "engine/model/names.hpp"
#include "engine/model/parameters.hpp"

namespace citytwin::surface_water {

// What the ground does to rain and to flow.
struct CoverProperties {
  double manning = 0.035;                      // [s/m^(1/3)]
  std::optional<double> manning_shallow = {};  // in water no deeper than Params::shallow_depth
  double initial_loss = 0;                     // of rain, before any runs off [m]
  double constant_loss = 0;                    // of rain, afterwards [m/s]
};

enum class EdgeRule { closed, open };
enum class Scheme { first_order, second_order, local_inertia };
enum class Precision { single, twice };
enum class BuildingRule { blocked, porosity, raised, none };

struct Params {
  Scheme scheme = Scheme::first_order;
  Precision precision = Precision::single;
  double cfl = 0.75;
  bool local_time_steps = true;  // not with local inertia
  EdgeRule edge = EdgeRule::open;
  double dry = 1e-6;                // [m]
  double wet_threshold = 0.01;      // what counts as wet area [m]
  double arrival_threshold = 0.1;   // of arrival time and duration [m]
  double longest_step = 60;         // [s]
  bool sewers = true;               // run those of the city, if it has any
  double sewer_step = 1;            // of the exchange with them, and the longest of theirs [s]
  std::optional<double> sea_level;  // where no series drives it; else the sea's own level, else 0 [m]
  std::optional<double> flat;       // ground level where the city has no terrain [m]
  BuildingRule buildings = BuildingRule::porosity;  // as it runs on the given grid
  double raised_by = 3;                             // of buildings as raised ground [m]
  bool roofs_to_sewers = false;  // their rain goes to the nearest node within roof_reach, else to the ground
  double roof_reach = 50;        // [m]
  std::array<CoverProperties, kCountOf<LandCoverClass>> cover{};
  double shallow_depth = 0.03, deep_depth = 0.1;  // between which Manning's n changes [m]
  GroundParams ground;
  [[nodiscard]] bool rough_when_shallow() const {
    return std::any_of(cover.begin(), cover.end(),
                       [](const auto& c) { return c.manning_shallow.has_value(); });
  }
};

// Buildings block cells up to this size; on coarser grids they take a share of area and width [m].
inline constexpr double kBlockedCell = 4.0;

[[nodiscard]] ParameterTable parameter_table();

// `values` must be complete (fill_defaults). Errors: surface_water.bad_parameter.
[[nodiscard]] Result<Params> read_params(const ParameterValues& values, double cell_m);

}  // namespace citytwin::surface_water
