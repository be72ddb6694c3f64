// Internal to gis: the OGR side of Crs. Included by .cpp files of gis only.
#pragma once

#include <ogr_spatialref.h>

#include "gis/crs/crs.hpp"

namespace citytwin::gis {

struct Crs::Impl {
  OGRSpatialReference horizontal;
  std::string code, name, vertical_datum = "unknown";
};

// The CRS of a data set; null gives "local" (the caller decides whether a missing CRS is an error).
[[nodiscard]] Crs crs_from_ogr(const OGRSpatialReference* reference);

// The horizontal spatial reference, or null if local.
[[nodiscard]] inline const OGRSpatialReference* ogr_of(const Crs& crs) {
  return crs.is_local() ? nullptr : &crs.impl()->horizontal;
}

}  // namespace citytwin::gis
