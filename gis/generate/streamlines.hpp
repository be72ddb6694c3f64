// Streets as hyperstreamlines of the tensor field, kept apart from lines of their own family (seeding and
// separation control after Jobard and Lefer 1997; used for streets by Chen et al. 2008): arterials first,
// then local streets between them.
#pragma once

#include <vector>

#include "engine/model/city_model.hpp"
#include "gis/generate/tensor_field.hpp"

namespace citytwin::gis::generate {

struct StreetLine {
  Polyline points;
  std::vector<std::uint8_t> bridge;  // per segment: 1 where it spans water
  RoadClass road_class = RoadClass::residential;
  int family = 0;
};

[[nodiscard]] std::vector<StreetLine> trace_streets(std::uint64_t seed, const Landscape& land,
                                                    const Settlement& plan, const TensorField& field,
                                                    const RunContext& context);

}  // namespace citytwin::gis::generate
