// The nonlinear reservoir of an overland flow plane: what stands above the depression storage runs off by
// Manning.
#pragma once

namespace citytwin::drainage {

// Runoff per unit of area [m/s] at `depth` [m] is conveyance x (depth - storage)^(5/3).
struct Reservoir {
  // width / area x sqrt(slope) / n [m^(-2/3)/s]; infinity (n = 0): everything above `storage` leaves at once.
  double conveyance = 0;
  double storage = 0;  // [m]
  [[nodiscard]] double runoff(double depth) const;
};

struct Drained {
  double depth = 0;   // at the end [m]
  double runoff = 0;  // mean of the step [m/s]
};

// From `depth` with the constant net inflow `rate` [m/s], which may be negative but takes no more than there
// is, over dt [s]. depth + rate dt = result.depth + result.runoff dt, to rounding. Dormand and Prince (1980),
// orders 5 and 4, with error control to 1e-10 m; filling of the storage is exact.
[[nodiscard]] Drained drain(const Reservoir& reservoir, double depth, double rate, double dt);

}  // namespace citytwin::drainage
