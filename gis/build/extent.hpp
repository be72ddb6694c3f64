// Which piece of the Earth is the city, and in which frame?
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "gis/build/clip_area.hpp"
#include "gis/build/import.hpp"
#include "gis/crs/crs.hpp"

namespace citytwin::gis {

// What the sources of a kind cover: longitude and latitude, or plain metres if the city is local.
struct SourceExtent {
  std::string key;  // the kind
  Box2 box;
  std::string crs;  // that all sources of the kind have; empty if they differ
  Box2 own;         // what they cover, in it
};

struct CityExtent {
  CityFrame frame;
  ClipArea area;  // in the frame
};

// Box of a source in longitude and latitude; the box itself if the source is local.
Result<Box2> to_lon_lat(const Box2& box, const Crs& crs);

// Keeps what a source covers in the log: a box in the source's CRS, or one in the city frame. Nothing is kept
// of an empty box or of one that has no place on the globe.
void note_extent(ImportLog& log, const std::string& source, const Box2& box, const Crs& crs);
void note_extent(ImportLog& log, const std::string& source, const Box2& box, const CityFrame& frame);

// The recipe's area ("W,S,E,N" or a polygon file), else the intersection of the sources. A ring in longitude
// and latitude, or in local metres. Errors: area.bad, area.outside_sources, extent.no_overlap, extent.none.
Result<Polygon> choose_area(const ImportRecipe& recipe, const std::vector<SourceExtent>& sources,
                            const RunContext& context);

// The frame: the recipe's CRS, else UTM of the area's centre; local if `local`. Sources that have the city's
// CRS limit the city to their own box: the one in degrees around it, in metres again, is larger than they
// are. Error: extent.no_overlap.
Result<CityExtent> make_extent(const Polygon& area, bool local, const ImportRecipe& recipe,
                               const std::vector<SourceExtent>& sources, const std::string& vertical_datum);

}  // namespace citytwin::gis
