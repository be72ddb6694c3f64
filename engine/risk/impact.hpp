// Intensity × exposure × vulnerability → impact, for one finished run.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/model/city_model.hpp"
#include "engine/numerics/curve.hpp"
#include "engine/sim/run_record.hpp"

namespace citytwin::risk {

// Depth [m] → damage fraction, per building use, with where it was published.
struct Vulnerability {
  std::map<BuildingUse, Curve> depth_damage;
  std::map<BuildingUse, double> value_per_m2;  // of floor area, when the building has no value of its own
  bool value_estimated = true;
  std::string curve_source, value_source;
};

struct ImpactParameters {
  double people_depth_m = 0.3;      // people in water deeper than this are counted
  double passable_depth_m = 0.3;
};

// (buildings)
struct BuildingImpact {
  std::vector<float> depth;         // highest over the cells the outline touches, above ground [m]
  std::vector<float> damage;        // fraction of the value
  std::vector<double> loss;         // money
};

// (management cells)
struct CellImpact {
  std::vector<double> people_affected;
  std::vector<double> loss;
  std::vector<double> max_depth;
  std::vector<double> buildings_flooded;
};

struct Totals {
  double flooded_area_m2 = 0;       // deeper than 0.1 m, outside permanent water
  double max_depth_m = 0;
  double people_affected = 0, people_total = 0;
  double buildings_flooded = 0;     // depth at the building above its floor
  double loss = 0, exposed_value = 0;
  double roads_closed_km = 0, roads_total_km = 0;
  double facilities_failed = 0, facilities_total = 0;
};

struct Impact {
  BuildingImpact buildings;
  CellImpact cells;
  Totals totals;
  std::vector<double> closed_road_time_s;   // times of the next series [s]
  std::vector<double> closed_road_km;       // km of road closed then
};

[[nodiscard]] Impact assess(const CityModel& model, const RunRecord& record, const Vulnerability& vulnerability,
                            const ImpactParameters& parameters);

// Depth → driving speed relation (Pregnolato et al. 2017, Transp. Res. D 55: 67-81): v(w) in km/h of depth
// w in mm, v = 0.0009 w^2 - 0.5529 w + 86.9448, 0 from 300 mm.
[[nodiscard]] double driving_speed_m_per_s(double depth_m, double speed_limit_m_per_s);

}  // namespace citytwin::risk
