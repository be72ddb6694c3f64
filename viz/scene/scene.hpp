// Scene graph of a city. Coordinates are the city frame's, moved to the middle of the extent so that floats
// keep their millimetres.
#pragma once

#include <osg/Group>
#include <osg/ref_ptr>

#include "engine/geo/grid.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::viz {

// Ground height by place: terrain where there is one, else 0.
class Ground {
 public:
  explicit Ground(const CityModel& city);
  [[nodiscard]] float at(Point2 p) const;  // [m]; the lowest known height on no data
  [[nodiscard]] Point2 middle() const { return middle_; }
  [[nodiscard]] float lowest() const { return lowest_; }

 private:
  const Terrain& terrain_;
  Point2 middle_;
  float lowest_ = 0;
};

// One node per kind of thing.
[[nodiscard]] osg::ref_ptr<osg::Node> terrain_node(const CityModel& city, const Ground& ground);
[[nodiscard]] osg::ref_ptr<osg::Node> water_bodies_node(const CityModel& city, const Ground& ground);
[[nodiscard]] osg::ref_ptr<osg::Node> streets_node(const CityModel& city, const Ground& ground);
[[nodiscard]] osg::ref_ptr<osg::Node> buildings_node(const CityModel& city, const Ground& ground);
// Depth classes as in the report, drawn `depth` above the ground.
[[nodiscard]] osg::ref_ptr<osg::Node> depth_node(const Grid<float>& depth, const Ground& ground);

}  // namespace citytwin::viz
