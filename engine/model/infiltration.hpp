// How fast ground takes water: the parameters of one soil (state and equations: engine/drainage).
#pragma once

#include <cstdint>

namespace citytwin {

enum class InfiltrationModel : std::uint8_t {
  none,
  horton,
  modified_horton,
  green_ampt,
  modified_green_ampt,
  curve_number
};

struct Infiltration {
  InfiltrationModel model = InfiltrationModel::none;
  // Horton (1940): f = f_min + (f_max - f_min) exp(-decay t).
  double max_rate = 0, min_rate = 0;  // [m/s]
  double decay = 0;                   // [1/s]
  double drying_time = 0;             // for a saturated soil to dry [s]; also curve number
  double max_volume = 0;              // [m]; 0 = unlimited
  // Green-Ampt (1911).
  double suction = 0;          // head at the wetting front [m]
  double conductivity = 0;     // saturated [m/s]
  double initial_deficit = 0;  // of moisture, share of the volume [-]
  // Curve number (NRCS, TR-55 1986).
  double curve_number = 0;
  bool operator==(const Infiltration&) const = default;
};

}  // namespace citytwin
