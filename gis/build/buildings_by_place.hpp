// Which building is a facility in?
#pragma once

#include "engine/geo/spatial_index.hpp"
#include "engine/model/tables.hpp"

namespace citytwin::gis {

// Valid while the table it was made from is neither changed nor moved.
class BuildingsByPlace {
 public:
  explicit BuildingsByPlace(const Buildings& buildings);
  // The building whose footprint holds the place (the first of several), or none.
  [[nodiscard]] BuildingId at(Point2 p) const;
  // The largest building whose centroid is in the area, or none.
  [[nodiscard]] BuildingId largest_in(const Polygon& area) const;

 private:
  const Buildings& buildings_;
  SpatialIndex index_;
};

}  // namespace citytwin::gis
