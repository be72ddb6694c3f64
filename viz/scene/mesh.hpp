// Building blocks of scene nodes: triangles with one colour per vertex, and lines.
#pragma once

#include <osg/Geode>
#include <osg/Geometry>

namespace citytwin::viz {

class Mesh {
 public:
  Mesh();
  void triangle(const osg::Vec3& a, const osg::Vec3& b, const osg::Vec3& c, const osg::Vec4& colour);
  void quad(const osg::Vec3& a, const osg::Vec3& b, const osg::Vec3& c, const osg::Vec3& d,
            const osg::Vec4& colour);
  [[nodiscard]] bool empty() const { return vertices_->empty(); }
  // Flat normals are those of the triangles.
  [[nodiscard]] osg::ref_ptr<osg::Geometry> geometry() const;

 private:
  osg::ref_ptr<osg::Vec3Array> vertices_, normals_;
  osg::ref_ptr<osg::Vec4Array> colours_;
};

// Triangles of a polygon without holes, counter-clockwise (ear clipping; O(n2), rings of buildings are
// short). A ring that crosses itself gives fewer triangles, never a crash.
struct Corner {
  double x, y;
};
[[nodiscard]] std::vector<unsigned> ears(const std::vector<Corner>& ring);

}  // namespace citytwin::viz
