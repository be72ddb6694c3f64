// The one gravity of this room.
#pragma once

namespace citytwin::drainage {

inline constexpr double kGravity = 9.80665;  // [m/s2] (32.174 ft/s2)

}  // namespace citytwin::drainage
