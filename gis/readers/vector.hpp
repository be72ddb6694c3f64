// Features from GeoPackage, GeoJSON, Shapefile and FlatGeobuf (and CSV with x/y columns through the same
// door): buildings as rows, and areas or points with chosen columns for land cover, water and population.
#pragma once

#include "gis/readers/buildings_common.hpp"

namespace citytwin::gis {

// Our columns, taken from source.columns or, where not given, from the usual names in the file:
// key, height, levels, use, floor_area, value, people, name.
Result<BuildingsRead> read_vector_buildings(const BuildingSource& source, const RunContext& context);

// One feature of any kind; a multipolygon has several areas, a multipoint several points.
struct VectorFeature {
  std::string key;
  std::vector<Polygon> areas;  // valid: repaired where needed
  std::vector<Polyline> lines;
  std::vector<Point2> points;
  std::vector<std::string> values;  // text of each of VectorRead::columns; empty = null
};

struct VectorRead {
  std::vector<VectorFeature> rows;
  std::vector<std::string> columns;  // as asked for, in that order
  std::string crs;                   // as in BuildingsRead
  ImportLog log;
};

// `columns`: names of the file's columns to deliver; a name the file lacks is an error that names the
// nearest one. `kind` is the word for ImportCount::kind, e.g. "landcover polygons".
Result<VectorRead> read_vector(const BuildingSource& source, const std::string& kind,
                               const std::vector<std::string>& columns, const RunContext& context);

}  // namespace citytwin::gis
