// People by management cell and by building, in agreement with each other.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/model/city_model.hpp"

namespace citytwin::gis {

// A regular grid of square cells over the extent, corners at multiples of cell_m. Keys "cell/<i>/<j>".
void make_management_cells(CityTables& tables, double cell_m);

// Population of an area (polygon) or at a place (a polygon of no points and a point).
struct PopulationRow {
  std::vector<Polygon> areas;  // city frame
  Point2 place;                // used when there are no areas
  double population = 0, jobs = 0;
};

struct PopulationBooks {
  double given = 0, outside = 0;   // people of rows, and those of them outside the extent
  std::uint64_t rows_outside = 0;  // rows wholly outside
};

// Spreads the rows over cells by the floor area of the homes (homes.hpp) inside each row (of a place: inside
// its cell), by plain area where it has none; buildings get the same people, so that the sum over a cell's
// buildings is its population less what had no building.
PopulationBooks spread_population(CityTables& tables, const std::vector<PopulationRow>& rows, SourceId source,
                                  Provenance provenance);

// Where no source says: people of homes from floor area (homes.hpp), cells as the sum of their buildings,
// marked estimated. Buildings whose own source gives people keep them.
void estimate_population(CityTables& tables, SourceId source);

}  // namespace citytwin::gis
