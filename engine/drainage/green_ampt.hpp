// Green and Ampt (1911) for rain of any course (Mein and Larson 1973), with the upper zone that lets the soil
// recover between storms. Storage nodes exfiltrate with it too.
#pragma once

#include "engine/drainage/infiltration.hpp"

namespace citytwin::drainage {

// Cumulative infiltration [m] after dt [s] of standing water, from `infiltrated` before. `head_deficit` is
// (suction + depth) x moisture deficit [m]. Solves F2 - F1 - c ln((F2 + c) / (F1 + c)) = K dt.
[[nodiscard]] double green_ampt_volume(double infiltrated, double head_deficit, double conductivity,
                                       double dt);

// As infiltrate() for both Green-Ampt models; arriving [m/s] includes what stands, depth [m] adds to the
// suction.
[[nodiscard]] double green_ampt(const Infiltration& soil, SoilState& state, double dt, double arriving,
                                double depth);

}  // namespace citytwin::drainage
