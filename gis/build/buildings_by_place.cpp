#include "gis/build/buildings_by_place.hpp"

namespace citytwin::gis {

BuildingsByPlace::BuildingsByPlace(const Buildings& buildings) : buildings_(buildings) {
  std::vector<Box2> boxes(buildings.size());
  for (std::size_t b = 0; b < boxes.size(); ++b) boxes[b] = bounds(buildings.footprint.outer(b));
  if (!boxes.empty()) index_ = SpatialIndex(boxes);
}

BuildingId BuildingsByPlace::at(Point2 p) const {
  Box2 here;
  here.add(p);
  for (const std::uint32_t b : index_.overlapping(here))
    if (buildings_.footprint.contains(b, p)) return BuildingId(b);
  return {};
}

BuildingId BuildingsByPlace::largest_in(const Polygon& area) const {
  BuildingId best;
  double best_area = 0;
  for (const std::uint32_t b : index_.overlapping(bounds(area.outer))) {
    const double size = buildings_.footprint.area(b);
    if (size > best_area && contains(area, centroid(buildings_.footprint[b]))) {
      best = BuildingId(b);
      best_area = size;
    }
  }
  return best;
}

}  // namespace citytwin::gis
