// How a drainage network is to be run.
#pragma once

#include <cstdint>
#include <string>

namespace citytwin::drainage {

enum class FlowUnits : std::uint8_t {
  cfs,
  gpm,
  mgd,
  cms,
  lps,
  mld
};  // the first three: US customary lengths
enum class Routing : std::uint8_t { steady, kinematic_wave, dynamic_wave };
enum class InertialDamping : std::uint8_t { none, partial, full };  // of the inertia terms near critical flow
enum class NormalFlowLimit : std::uint8_t { none, slope, froude, both };
enum class SurchargeMethod : std::uint8_t { extran, slot };
enum class ForceMainEquation : std::uint8_t { hazen_williams, darcy_weisbach };

struct Options {
  FlowUnits flow_units = FlowUnits::cms;  // of the file, and so of its results
  Routing routing = Routing::dynamic_wave;
  // Days since 1899-12-30 (so that 1 = Sunday, 1899-12-31), as SWMM counts.
  double start_date = 36526, report_start_date = 36526, end_date = 36527;
  int sweep_start = 1, sweep_end = 366;
  double dry_days = 0;                     // before the start
  double wet_step = 300, dry_step = 3600;  // of runoff [s]
  double routing_step = 20;                // [s]
  double report_step = 900;                // [s]
  double rule_step = 0;                    // [s]; 0 = every routing step
  double variable_step = 0.75;             // share of the Courant step; 0 = fixed
  double min_step = 0.5;                   // [s]
  double lengthening_step = 0;             // [s]
  double min_surface_area = 1.167;         // of a node [m2] (12.566 ft2)
  double min_slope = 0;                    // of conduits [-]
  double head_tolerance = 0.0015;          // [m]
  int max_trials = 8;
  double system_flow_tolerance = 0.05;   // for skip_steady_state: of inflow and outflow [-]
  double lateral_flow_tolerance = 0.05;  // for skip_steady_state: of lateral inflow [-]
  bool allow_ponding = false;
  bool skip_steady_state = false;
  bool ignore_rainfall = false, ignore_routing = false;
  bool offsets_are_elevations = false;  // of the file; the network holds depths
  InertialDamping inertial_damping = InertialDamping::partial;
  NormalFlowLimit normal_flow_limit = NormalFlowLimit::both;
  SurchargeMethod surcharge_method = SurchargeMethod::extran;
  ForceMainEquation force_main = ForceMainEquation::hazen_williams;
};

}  // namespace citytwin::drainage
