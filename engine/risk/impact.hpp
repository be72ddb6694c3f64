// Intensity × exposure × vulnerability → impact, for one finished run.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/model/city_model.hpp"
#include "engine/numerics/curve.hpp"
#include "engine/sim/run_record.hpp"

namespace citytwin::risk {

// Depth above the floor [m] → damage fraction, per building use, with where it was published. A use without
// a row takes that of BuildingUse::unknown.
struct Vulnerability {
  std::map<BuildingUse, Curve> depth_damage;
  std::map<BuildingUse, double> value_per_m2;  // of floor area, when the building has no value of its own
  std::string currency = "EUR";                // of value_per_m2
  int price_year = 2020;
  bool value_estimated = true;
  std::string curve_source, value_source;
  // The curves speak of low houses and reach 1 at 6 m, about two storeys: of a taller building only the
  // value of so many storeys is at risk.
  double storeys_at_risk = 2;
};

struct ImpactParameters {
  double people_depth_m = 0.3;    // people in water deeper than this are counted
  double passable_depth_m = 0.3;  // a road under deeper water is closed
  double flooded_depth_m = 0.1;   // ground and buildings in deeper water count as flooded; the film that
                                  // rain leaves on every cell does not
};

// (buildings)
struct BuildingImpact {
  std::vector<float> depth;           // highest over the cells the outline touches, above ground [m]
  std::vector<float> share_deep;      // share of those cells deeper than people_depth_m
  std::vector<float> damage;          // fraction of the value
  std::vector<double> value;          // own value, else floor area x value per m2
  std::vector<double> loss;           // damage x value
  std::vector<std::uint8_t> flooded;  // 1: deeper than flooded_depth_m, the floor and the floodproofing
};

// (management cells). Residents of buildings stand where their building stands and count by the share of the
// cells at its outline that are deeper than people_depth_m. The people of a cell who live in no building of
// the model are spread evenly over its dry-weather land and count by the share of it under deeper water.
struct CellImpact {
  std::vector<double> people_affected;
  std::vector<double> loss;
  std::vector<double> max_depth;  // on its land and at its buildings [m]
  std::vector<double> buildings_flooded;
};

struct Totals {
  double flooded_area_m2 = 0;  // deeper than flooded_depth_m, outside permanent water
  double max_depth_m = 0;
  double people_affected = 0, people_total = 0;
  double buildings_flooded = 0;                        // depth at the building above its floor
  double loss = 0, exposed_value = 0;                  // exposed: value of all flooded buildings
  double roads_closed_km = 0, roads_total_km = 0;      // ever closed; links open to cars
  double facilities_failed = 0, facilities_total = 0;  // entries are no facilities here
};

struct Impact {
  std::string currency = "EUR";  // of every amount of money here: the vulnerability's
  int price_year = 2020;
  BuildingImpact buildings;
  CellImpact cells;
  Totals totals;
  std::vector<double> closed_road_time_s;  // times of the next series [s]
  std::vector<double> closed_road_km;      // km of road closed then
};

// Intensity is the record's grid "surface_water.max_depth" [m] (NaN: outside, or never wet); without it every
// depth is 0. Cells of permanent water (exposure.hpp) flood nobody. Depth at a building counts above its
// floor_height, and not at all up to its floodproof_depth or to flooded_depth_m.
[[nodiscard]] Impact assess(const CityModel& model, const RunRecord& record,
                            const Vulnerability& vulnerability, const ImpactParameters& parameters);

// Depth → driving speed relation (Pregnolato et al. 2017, Transp. Res. D 55: 67-81): v(w) in km/h of depth
// w in mm, v = 0.0009 w^2 - 0.5529 w + 86.9448, 0 from 300 mm.
[[nodiscard]] double driving_speed_m_per_s(double depth_m, double speed_limit_m_per_s);

}  // namespace citytwin::risk
