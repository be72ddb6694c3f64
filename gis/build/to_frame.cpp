#include "gis/build/to_frame.hpp"

#include <cmath>

namespace citytwin::gis {

namespace {

// PROJ is quicker on long batches: points are gathered, moved at once and handed back in the same order.
class Batch {
 public:
  void take(Point2& p) { points_.push_back(&p); }
  void take(std::vector<Point2>& line) {
    for (Point2& p : line) take(p);
  }
  void take(Polygon& polygon) {
    take(polygon.outer);
    for (Ring& hole : polygon.holes) take(hole);
  }
  void move(const FrameTransform& transform) {
    std::vector<Point2> values;
    values.reserve(points_.size());
    for (const Point2* p : points_) values.push_back(*p);
    transform.to_frame(values);
    for (std::size_t i = 0; i < values.size(); ++i) *points_[i] = snap(values[i]);
  }

 private:
  std::vector<Point2*> points_;
};

}  // namespace

void move_to_frame(ImportLog& log, const FrameTransform& transform) {
  Batch batch;
  for (ImportFinding& finding : log.findings)
    if (std::isfinite(finding.place.x)) batch.take(finding.place);
  batch.move(transform);
}

void move_to_frame(OsmRead& osm, const FrameTransform& transform) {
  Batch batch;
  for (OsmNode& node : osm.nodes) batch.take(node.position);
  for (OsmBuilding& building : osm.buildings) batch.take(building.row.footprint);
  for (OsmArea& area : osm.land_cover) batch.take(area.area);
  for (OsmArea& area : osm.water) batch.take(area.area);
  for (OsmWaterway& way : osm.waterways) batch.take(way.line);
  for (OsmCoastline& coast : osm.coastlines) batch.take(coast.line);
  for (OsmFacility& facility : osm.facilities) {
    batch.take(facility.position);
    if (facility.area) batch.take(*facility.area);
  }
  batch.move(transform);
  move_to_frame(osm.log, transform);
}

void move_to_frame(BuildingsRead& buildings, const FrameTransform& transform) {
  Batch batch;
  for (BuildingFragment& row : buildings.rows) batch.take(row.footprint);
  batch.move(transform);
  std::vector<Point2> flat;
  const auto move3 = [&](std::vector<Point3>& points) {
    flat.clear();
    for (const Point3& p : points) flat.push_back({p.x, p.y});
    transform.to_frame(flat);
    for (std::size_t i = 0; i < flat.size(); ++i) {
      const Point2 p = snap(flat[i]);
      points[i].x = p.x;
      points[i].y = p.y;
    }
  };
  for (BuildingFragment& row : buildings.rows)
    for (FragmentSurface& surface : row.surfaces)
      for (auto& ring : surface.rings) move3(ring);
  if (buildings.terrain) move3(buildings.terrain->points);
  move_to_frame(buildings.log, transform);
}

}  // namespace citytwin::gis
