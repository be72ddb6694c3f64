// People by management cell and by building, in agreement with each other.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/model/city_model.hpp"

namespace citytwin::gis {

// Gross floor per resident where no population is given [m2]: about 40 m2 of useful floor per person is the
// order of the EU average (EU Building Stock Observatory), and about 80 % of gross floor is useful.
// Estimated.
inline constexpr double kFloorPerPerson = 50;

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

// Spreads the rows over cells by the housing floor area of the buildings inside each row (of a place: inside
// its cell), by plain area where it has none; buildings get the same people, so that the sum over a cell's
// buildings is its population less what had no building.
PopulationBooks spread_population(CityTables& tables, const std::vector<PopulationRow>& rows, SourceId source,
                                  Provenance provenance);

// Where no source says: people of housing from floor area, cells as the sum of their buildings, marked
// estimated. Buildings whose own source gives people keep them.
void estimate_population(CityTables& tables, SourceId source);

}  // namespace citytwin::gis
