// The land of a block: its face without the streets around and inside it and without water (GEOS).
#pragma once

#include <memory>
#include <vector>

#include "gis/generate/faces.hpp"
#include "gis/generate/landscape.hpp"

namespace citytwin::gis::generate {

class AreaCutter {
 public:
  AreaCutter(const StreetGraph& graph, const Landscape& land);
  ~AreaCutter();
  AreaCutter(const AreaCutter&) = delete;
  AreaCutter& operator=(const AreaCutter&) = delete;

  // Pieces of at least 60 m2, largest first; empty if nothing is left. Not for use by two threads at once.
  [[nodiscard]] std::vector<Polygon> land_of(const StreetFace& face);
  // `polygon` within the extent.
  [[nodiscard]] std::vector<Polygon> within_extent(const Polygon& polygon);
  // The sea of a coastal landscape within the extent.
  [[nodiscard]] std::vector<Polygon> sea();

 private:
  [[nodiscard]] bool may_touch_water(const StreetFace& face) const;
  struct Geos;
  std::unique_ptr<Geos> geos_;
  const StreetGraph& graph_;
  const Landscape& land_;
};

}  // namespace citytwin::gis::generate
