#include "viz/scene/mesh.hpp"

#include <numeric>

namespace citytwin::viz {

namespace {

double turn(const Corner& a, const Corner& b, const Corner& c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

bool inside(const Corner& p, const Corner& a, const Corner& b, const Corner& c) {
  return turn(a, b, p) > 0 && turn(b, c, p) > 0 && turn(c, a, p) > 0;
}

}  // namespace

Mesh::Mesh() : vertices_(new osg::Vec3Array), normals_(new osg::Vec3Array), colours_(new osg::Vec4Array) {}

void Mesh::triangle(const osg::Vec3& a, const osg::Vec3& b, const osg::Vec3& c, const osg::Vec4& colour) {
  osg::Vec3 normal = (b - a) ^ (c - a);
  normal.normalize();
  for (const osg::Vec3& v : {a, b, c}) {
    vertices_->push_back(v);
    normals_->push_back(normal);
    colours_->push_back(colour);
  }
}

void Mesh::quad(const osg::Vec3& a, const osg::Vec3& b, const osg::Vec3& c, const osg::Vec3& d,
                const osg::Vec4& colour) {
  triangle(a, b, c, colour);
  triangle(a, c, d, colour);
}

osg::ref_ptr<osg::Geometry> Mesh::geometry() const {
  osg::ref_ptr<osg::Geometry> geometry = new osg::Geometry;
  geometry->setUseVertexBufferObjects(true);
  geometry->setVertexArray(vertices_);
  geometry->setNormalArray(normals_, osg::Array::BIND_PER_VERTEX);
  geometry->setColorArray(colours_, osg::Array::BIND_PER_VERTEX);
  geometry->addPrimitiveSet(
      new osg::DrawArrays(osg::PrimitiveSet::TRIANGLES, 0, static_cast<GLsizei>(vertices_->size())));
  return geometry;
}

std::vector<unsigned> ears(const std::vector<Corner>& ring) {
  std::vector<unsigned> left(ring.size());
  std::iota(left.begin(), left.end(), 0U);
  std::vector<unsigned> triangles;
  while (left.size() > 2) {
    bool clipped = false;
    for (std::size_t k = 0; k < left.size() && !clipped; ++k) {
      const unsigned a = left[(k + left.size() - 1) % left.size()];
      const unsigned b = left[k];
      const unsigned c = left[(k + 1) % left.size()];
      if (turn(ring[a], ring[b], ring[c]) <= 0 && left.size() > 3) continue;
      bool free = true;
      for (const unsigned p : left)
        if (p != a && p != b && p != c && inside(ring[p], ring[a], ring[b], ring[c])) free = false;
      if (!free) continue;
      triangles.insert(triangles.end(), {a, b, c});
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(k));
      clipped = true;
    }
    if (!clipped) break;
  }
  return triangles;
}

}  // namespace citytwin::viz
