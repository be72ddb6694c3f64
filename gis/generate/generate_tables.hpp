// generate_city() before the tables are sealed: what tests and drawings look into.
#pragma once

#include "gis/generate/generate.hpp"
#include "gis/generate/tables.hpp"

namespace citytwin::gis::generate {

struct GeneratedParts {
  CityTables tables;
  Landscape land;
  Settlement plan;
  StreetGraph graph;
  std::vector<StreetFace> faces;
  std::vector<Block> blocks;
  std::vector<House> houses;
};

// Options must be in range (generate_city checks them).
[[nodiscard]] GeneratedParts generate_parts(const GenerateOptions& options, const RunContext& context);

}  // namespace citytwin::gis::generate
