#include "viz/scene/scene.hpp"

#include <osg/LineWidth>
#include <osg/StateSet>

#include <algorithm>
#include <cmath>
#include <limits>

#include "viz/scene/mesh.hpp"

namespace citytwin::viz {

namespace {

const osg::Vec4 kGround(0.86F, 0.85F, 0.81F, 1);
const osg::Vec4 kWater(0.66F, 0.77F, 0.84F, 1);
const osg::Vec4 kStreet(1, 1, 1, 1);
constexpr int kMostGroundCells = 600;  // along the longer side: finer ground is thinned
constexpr float kNoLift = 0;

osg::Vec3 place(Point2 p, float z, const Ground& ground) {
  return {static_cast<float>(p.x - ground.middle().x), static_cast<float>(p.y - ground.middle().y), z};
}

osg::Vec4 use_colour(BuildingUse use) {
  switch (use) {
    case BuildingUse::residential:
      return {0.80F, 0.74F, 0.66F, 1};
    case BuildingUse::commercial:
      return {0.72F, 0.66F, 0.74F, 1};
    case BuildingUse::industrial:
      return {0.66F, 0.68F, 0.72F, 1};
    case BuildingUse::health:
      return {0.84F, 0.62F, 0.58F, 1};
    case BuildingUse::education:
      return {0.76F, 0.76F, 0.56F, 1};
    default:
      return {0.76F, 0.75F, 0.73F, 1};
  }
}

// The report's depth classes (sequential blues, readable without colour vision by lightness).
osg::Vec4 depth_colour(float depth) {
  if (depth > 2) return {0.16F, 0.05F, 0.33F, 0.9F};
  if (depth > 1) return {0.12F, 0.23F, 0.55F, 0.9F};
  if (depth > 0.5F) return {0.14F, 0.44F, 0.74F, 0.9F};
  if (depth > 0.3F) return {0.36F, 0.63F, 0.85F, 0.9F};
  return {0.65F, 0.81F, 0.93F, 0.9F};
}

osg::ref_ptr<osg::Geode> geode_of(const Mesh& mesh) {
  osg::ref_ptr<osg::Geode> geode = new osg::Geode;
  if (!mesh.empty()) geode->addDrawable(mesh.geometry());
  return geode;
}

std::vector<Corner> corners(std::span<const Point2> ring) {
  std::vector<Corner> out;
  for (const Point2 p : ring) out.push_back({p.x, p.y});
  return out;
}

void flat_polygon(Mesh& mesh, std::span<const Point2> ring, float z, const Ground& ground,
                  const osg::Vec4& colour) {
  const std::vector<unsigned> triangles = ears(corners(ring));
  for (std::size_t t = 0; t + 2 < triangles.size(); t += 3)
    mesh.triangle(place(ring[triangles[t]], z, ground), place(ring[triangles[t + 1]], z, ground),
                  place(ring[triangles[t + 2]], z, ground), colour);
}

}  // namespace

Ground::Ground(const CityModel& city) : terrain_(city.terrain()), middle_(city.info().frame.extent.centre()) {
  float lowest = std::numeric_limits<float>::infinity();
  for (const float z : terrain_.elevation.values)
    if (z < lowest) lowest = z;
  if (std::isfinite(lowest)) lowest_ = lowest;
}

float Ground::at(Point2 p) const {
  if (terrain_.empty()) return 0;
  const double z = sample_bilinear(terrain_.elevation, p);
  return std::isnan(z) ? lowest_ : static_cast<float>(z);
}

osg::ref_ptr<osg::Node> terrain_node(const CityModel& city, const Ground& ground) {
  const Box2 box = city.info().frame.extent;
  const double cell = std::max({box.width() / kMostGroundCells, box.height() / kMostGroundCells,
                                city.terrain().empty() ? box.width() : city.terrain().elevation.spec.cell_m});
  const int nx = std::max(1, static_cast<int>(box.width() / cell));
  const int ny = std::max(1, static_cast<int>(box.height() / cell));
  const auto corner = [&](int i, int j) {
    const Point2 p{box.min.x + box.width() * i / nx, box.min.y + box.height() * j / ny};
    return place(p, ground.at(p), ground);
  };
  Mesh mesh;
  for (int j = 0; j < ny; ++j)
    for (int i = 0; i < nx; ++i)
      mesh.quad(corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1), kGround);
  return geode_of(mesh);
}

osg::ref_ptr<osg::Node> water_bodies_node(const CityModel& city, const Ground& ground) {
  const WaterBodies& bodies = city.water_bodies();
  Mesh mesh;
  for (std::size_t row = 0; row < bodies.size(); ++row) {
    const auto ring = bodies.area.outer(row);
    float z = static_cast<float>(bodies.level[row]);
    if (std::isnan(z)) {
      z = std::numeric_limits<float>::infinity();
      for (const Point2 p : ring) z = std::min(z, ground.at(p));
    }
    flat_polygon(mesh, ring, z + 0.1F, ground, kWater);
  }
  return geode_of(mesh);
}

osg::ref_ptr<osg::Node> streets_node(const CityModel& city, const Ground& ground) {
  const Links& links = city.streets().links;
  osg::ref_ptr<osg::Vec3Array> vertices = new osg::Vec3Array;
  for (std::size_t row = 0; row < links.size(); ++row) {
    const auto line = links.geometry[row];
    const float lift = 0.6F + 5.0F * std::max<float>(links.level[row], kNoLift);
    for (std::size_t k = 1; k < line.size(); ++k)
      for (const Point2 p : {line[k - 1], line[k]})
        vertices->push_back(place(p, ground.at(p) + lift, ground));
  }
  osg::ref_ptr<osg::Geometry> lines = new osg::Geometry;
  osg::ref_ptr<osg::Vec4Array> colour = new osg::Vec4Array(1, &kStreet);
  lines->setVertexArray(vertices);
  lines->setColorArray(colour, osg::Array::BIND_OVERALL);
  lines->addPrimitiveSet(
      new osg::DrawArrays(osg::PrimitiveSet::LINES, 0, static_cast<GLsizei>(vertices->size())));
  lines->getOrCreateStateSet()->setAttribute(new osg::LineWidth(2));
  lines->getOrCreateStateSet()->setMode(GL_LIGHTING, osg::StateAttribute::OFF);
  osg::ref_ptr<osg::Geode> geode = new osg::Geode;
  geode->addDrawable(lines);
  return geode;
}

osg::ref_ptr<osg::Node> buildings_node(const CityModel& city, const Ground& ground) {
  const Buildings& buildings = city.buildings();
  constexpr std::size_t kPerGeode = 4000;
  osg::ref_ptr<osg::Group> group = new osg::Group;
  for (std::size_t begin = 0; begin < buildings.size(); begin += kPerGeode) {
    Mesh mesh;
    for (std::size_t row = begin; row < std::min(begin + kPerGeode, buildings.size()); ++row) {
      const auto ring = buildings.footprint.outer(row);
      float base = std::numeric_limits<float>::infinity();
      for (const Point2 p : ring) base = std::min(base, ground.at(p));
      const float top = base + static_cast<float>(buildings.height[row]);
      const osg::Vec4 colour = use_colour(buildings.use[row]);
      for (std::size_t k = 0; k < ring.size(); ++k) {
        const Point2 a = ring[k];
        const Point2 b = ring[(k + 1) % ring.size()];
        mesh.quad(place(a, base - 1, ground), place(b, base - 1, ground), place(b, top, ground),
                  place(a, top, ground), colour);
      }
      flat_polygon(mesh, ring, top, ground, colour * 0.92F);
    }
    group->addChild(geode_of(mesh));
  }
  return group;
}

osg::ref_ptr<osg::Node> depth_node(const Grid<float>& depth, const Ground& ground) {
  Mesh mesh;
  const GridSpec& spec = depth.spec;
  for (int j = 0; j < spec.ny; ++j)
    for (int i = 0; i < spec.nx; ++i) {
      const float d = depth.at(i, j);
      if (!(d > 0.1F)) continue;
      const auto corner = [&](int a, int b) {
        const Point2 p{spec.origin.x + a * spec.cell_m, spec.origin.y + b * spec.cell_m};
        return place(p, ground.at(p) + 0.3F + std::min(d, 1.0F), ground);
      };
      mesh.quad(corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1), depth_colour(d));
    }
  osg::ref_ptr<osg::Geode> geode = geode_of(mesh);
  geode->getOrCreateStateSet()->setMode(GL_BLEND, osg::StateAttribute::ON);
  geode->getOrCreateStateSet()->setRenderingHint(osg::StateSet::TRANSPARENT_BIN);
  return geode;
}

}  // namespace citytwin::viz
