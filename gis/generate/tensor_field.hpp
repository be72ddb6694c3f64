// The directions streets follow (Chen, Esch, Wonka, Müller, Zhang 2008, "Interactive procedural street
// modeling", ACM TOG 27(3)): grid and radial basis fields decaying around centres, a boundary field along
// the water, a height field along contours, and rotation by noise. A tensor is kept as (cos 2a, sin 2a) of
// its major direction a (their eq. 1), sampled on a grid.
#pragma once

#include "gis/generate/settlement.hpp"

namespace citytwin::gis::generate {

class TensorField {
 public:
  TensorField(std::uint64_t seed, const Landscape& land, const Settlement& plan, const RunContext& context);

  // Unit direction of family 0 (major eigenvector) or 1 (minor); sign arbitrary; zero where degenerate.
  [[nodiscard]] Point2 direction(Point2 p, int family) const;

 private:
  Grid<float> cos2_, sin2_;
};

}  // namespace citytwin::gis::generate
