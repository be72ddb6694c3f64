// CityGML 1.0 and 2.0, buildings in LOD1 and LOD2, TINRelief as terrain. Streamed: the document is never
// held, only what buildings are made of. One row per Building, its BuildingParts merged into it (as in
// CityJSON). Polygons given by xlink:href within a building are found; references that lead nowhere are
// findings. A compound srsName (urn:ogc:def:crs,crs:EPSG::25833,crs:EPSG::5783) is split into CRS and datum.
// Schema: OGC 12-019 (CityGML 2.0), OGC 08-007r1 (1.0).
#pragma once

#include "gis/readers/buildings_common.hpp"

namespace citytwin::gis {

Result<BuildingsRead> read_citygml(const BuildingSource& source, const RunContext& context);

}  // namespace citytwin::gis
