// From the generator's parts to the tables of a city.
#pragma once

#include "engine/model/city_model.hpp"
#include "gis/generate/sites.hpp"

namespace citytwin::gis::generate {

void fill_streets(CityTables& tables, std::uint64_t seed, const StreetGraph& graph,
                  const RunContext& context);
void fill_buildings(CityTables& tables, const std::vector<House>& houses, const Landscape& land,
                    const RunContext& context);
void fill_land_cover(CityTables& tables, std::uint64_t seed, const std::vector<Block>& blocks,
                     const StreetGraph& graph, const Landscape& land, const RunContext& context);
void fill_water(CityTables& tables, const Landscape& land, const StreetGraph& graph,
                const RunContext& context);
void fill_facilities(CityTables& tables, const std::vector<Site>& sites);
// 100 m squares that hold people or jobs; populations reconcile with buildings.people.
void fill_management_cells(CityTables& tables, const std::vector<House>& houses, const Landscape& land,
                           const RunContext& context);

}  // namespace citytwin::gis::generate
