// Internal to the vector readers: a layer of a file, chosen, with its CRS, and a safe walk over its features.
// Included by .cpp files of gis/readers only.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gis/crs/crs.hpp"
#include "gis/io/session_gdal.hpp"
#include "gis/readers/buildings_common_keys.hpp"
#include "gis/readers/vector.hpp"

namespace citytwin::gis {

struct VectorLayer {
  DatasetPtr dataset;
  OGRLayer* layer = nullptr;
  Crs crs;
  Where where;
};

// Opens the layer of that name; without a name the only one, else the one whose name holds `subject`
// ("building"). Failures: vector.no_layer, vector.layer_ambiguous, vector.empty_layer, vector.no_crs.
Result<VectorLayer> open_layer(const BuildingSource& source, const std::string& subject);

// Index of the file's column of that name (letter case ignored), or -1.
[[nodiscard]] int column_index(const VectorLayer& layer, const std::string& name);
[[nodiscard]] std::string column_names(const VectorLayer& layer);

// Polygons, lines and points of a geometry of any type, curves approximated, z dropped; rings as in the file.
struct PlainGeometry {
  std::vector<Polygon> areas;
  std::vector<Polyline> lines;
  std::vector<Point2> points;
  [[nodiscard]] bool empty() const { return areas.empty() && lines.empty() && points.empty(); }
};
[[nodiscard]] PlainGeometry plain(const OGRGeometry* geometry);

// Calls visit for each feature. Fails if GDAL raised an error on the way or delivered fewer features than the
// layer announces (a cut file does both or either): vector.broken, vector.count_mismatch.
Result<Done> for_each_feature(VectorLayer& layer, const RunContext& context,
                              const std::function<void(const OGRFeature&)>& visit);

// False if a place cannot be one in this CRS (longitude or latitude out of range).
[[nodiscard]] bool plausible(const PlainGeometry& geometry, const Crs& crs);
[[nodiscard]] Point2 place_of(const PlainGeometry& geometry);

// Repairs every area; findings and, if nothing is left, the reason for dropping the feature.
struct CheckedAreas {
  std::vector<Polygon> areas;
  std::string dropped;
};
CheckedAreas checked_areas(const PlainGeometry& geometry, const std::string& source, const std::string& key,
                           ImportLog& log);

}  // namespace citytwin::gis
