// Names of reference systems as 3D city files write them, and the order of axes those names promise.
#pragma once

#include <string>

#include "gis/crs/crs.hpp"

namespace citytwin::gis {

struct NamedCrs {
  Crs crs;  // horizontal part
  std::string vertical_datum = "unknown";
};

// "EPSG:7415", "https://www.opengis.net/def/crs/EPSG/0/7415", "urn:ogc:def:crs:EPSG::25833",
// "urn:ogc:def:crs,crs:EPSG:6.12:25833,crs:EPSG:6.12:5783", "EPSG:25833*5783" and the German cadastre's
// "urn:adv:crs:ETRS89_UTM32*DE_DHHN2016_NH". Failure: "crs.not_understood", argument {crs}.
Result<NamedCrs> crs_from_srs_name(const std::string& name, const Where& where);

// Do coordinates in this CRS come north (latitude) first? Geographic CRS: as the authority says. Projected
// CRS whose authority puts north first (Gauss-Krueger, NZTM): files do both, so the order that puts `sample`
// into the CRS's area of use decides; the authority's if both or neither do.
[[nodiscard]] bool north_first(const Crs& crs, Point2 sample);

}  // namespace citytwin::gis
