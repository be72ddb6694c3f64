// Facilities by planning rules: so many people per school, hospital, substation ...; where they live decides
// where it goes; a real building there houses it.
#pragma once

#include "gis/generate/houses.hpp"

namespace citytwin::gis::generate {

struct Site {
  FacilityKind kind = FacilityKind::other;
  Point2 position;
  std::uint32_t house = 0xFFFFFFFFU;  // index into the houses; none for an entry
  double capacity = 0;
  double floor_height = 0.3;  // [m]
};

// Changes the use of the houses it takes. Sites in order of kind, then of place.
[[nodiscard]] std::vector<Site> place_sites(std::vector<House>& houses, const std::vector<Block>& blocks,
                                            const Landscape& land, const Settlement& plan,
                                            const StreetGraph& graph, double population,
                                            const RunContext& context);

}  // namespace citytwin::gis::generate
