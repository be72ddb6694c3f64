// Sewers for a city that has no data of them: a plausible storm network from streets, terrain, land cover and
// buildings, sized by a stated design storm. Every row is marked synthesised. In the line of Blumensaat et
// al. 2012 (doi 10.1007/s11269-011-9918-1), Mair et al. 2017 and SWMManywhere (Dobson et al. 2025, doi
// 10.1016/j.envsoft.2025.106358): nodes at streets, trees to water along least-cost paths, rational method.
#pragma once

#include "engine/base/run_context.hpp"
#include "engine/model/city_model.hpp"
#include "gis/generate/sewers/sewer_design.hpp"

namespace citytwin::gis {

// Key of the row of `sources` that synthesised sewers have.
inline constexpr const char* kSynthesisedSewers = "sewers";

// Replaces city.sewers and adds (or renews) a source that states the design storm. Deterministic, the same
// for any number of threads; time about proportional to the city.
// Errors: sewers.no_streets, sewers.no_terrain. Warnings: sewers.no_water (all outfalls are inland).
Result<Done> synthesise_sewers(CityTables& city, const SewerDesign& design, const RunContext& context);

}  // namespace citytwin::gis
