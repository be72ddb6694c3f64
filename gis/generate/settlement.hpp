// How many people live where: a density falling from centres (Clark 1951), cut off at the edge of town and
// scaled so that it holds the wanted population.
#pragma once

#include <vector>

#include "gis/generate/landscape.hpp"

namespace citytwin::gis::generate {

struct Settlement {
  struct Centre {
    Point2 position;
    double weight;   // share of the main centre's peak
    double heading;  // orientation of its street grid [rad]
  };
  std::vector<Centre> centres;  // the first is the main one
  double peak = 0;              // density in the main centre [people/m2]
  double edge = 0;              // density at the edge of town [people/m2]
  double falloff = 0;           // e-folding distance of the density [m]
  double industry_heading = 0;  // direction from the main centre in which industry lies [rad]
  Grid<float> density;          // gross [people/m2], also below the edge (then nobody lives there)

  [[nodiscard]] double density_at(Point2 p) const;  // 0 beyond the extent
  // 0 at the edge of town, 1 in the main centre, negative outside.
  [[nodiscard]] double intensity_at(Point2 p) const;
};

[[nodiscard]] Settlement plan_settlement(std::uint64_t seed, const Landscape& land, double population,
                                         const RunContext& context);

}  // namespace citytwin::gis::generate
