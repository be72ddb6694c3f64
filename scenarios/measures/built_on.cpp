#include "scenarios/measures/built_on.hpp"

#include <algorithm>

namespace citytwin::scenarios {
namespace {

// Where, from 0 at a to 1 at b, the segment crosses the edges of the ring; with both ends, sorted.
std::vector<double> crossings(std::span<const Point2> ring, Point2 a, Point2 b) {
  std::vector<double> at = {0, 1};
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Point2 from = ring[i], edge = ring[(i + 1) % ring.size()] - from;
    const double turn = cross(b - a, edge);
    if (turn == 0) continue;  // parallel: the ends of the edge cross its neighbours
    const double along = cross(from - a, edge) / turn, across = cross(from - a, b - a) / turn;
    if (along > 0 && along < 1 && across >= 0 && across <= 1) at.push_back(along);
  }
  std::sort(at.begin(), at.end());
  return at;
}

bool outlines_meet(std::span<const Point2> a, std::span<const Point2> b) {
  if (contains(a, b.front()) || contains(b, a.front())) return true;
  for (std::size_t i = 0; i < b.size(); ++i)
    if (crossings(a, b[i], b[(i + 1) % b.size()]).size() > 2) return true;
  return false;
}

bool segments_meet(Point2 a, Point2 b, Point2 c, Point2 d) {
  const double turn = cross(b - a, d - c);
  if (turn == 0) return false;  // side by side: the street runs along the line, it does not cross it
  const double along = cross(c - a, d - c) / turn, across = cross(c - a, b - a) / turn;
  return along >= 0 && along <= 1 && across >= 0 && across <= 1;
}

bool lines_meet(std::span<const Point2> a, std::span<const Point2> b) {
  for (std::size_t i = 0; i + 1 < a.size(); ++i)
    for (std::size_t k = 0; k + 1 < b.size(); ++k)
      if (segments_meet(a[i], a[i + 1], b[k], b[k + 1])) return true;
  return false;
}

}  // namespace

double length_inside(std::span<const Point2> ring, std::span<const Point2> line) {
  double inside = 0;
  for (std::size_t k = 0; k + 1 < line.size(); ++k) {
    const Point2 a = line[k], step = line[k + 1] - a;
    const auto at = crossings(ring, a, line[k + 1]);
    for (std::size_t i = 0; i + 1 < at.size(); ++i)
      if (contains(ring, a + step * ((at[i] + at[i + 1]) / 2))) inside += (at[i + 1] - at[i]) * length(step);
  }
  return inside;
}

BuiltOn built_on(const CityModel& model, std::span<const Point2> area) {
  BuiltOn out;
  const Box2 box = bounds(area);
  const Buildings& buildings = model.buildings();
  for (std::size_t row = 0; row < buildings.size(); ++row) {
    const auto outline = buildings.footprint.outer(row);
    if (!bounds(outline).intersection(box).empty() && outlines_meet(area, outline)) ++out.buildings;
  }
  const Links& links = model.streets().links;
  for (std::size_t row = 0; row < links.size(); ++row)
    if ((links.access[row] & Access::kCar) != 0 && links.structure[row] == Structure::ground)
      out.street_m += length_inside(area, links.geometry[row]);
  return out;
}

Crossed crossed_by(const CityModel& model, std::span<const Point2> line) {
  Crossed out;
  const Box2 box = bounds(line).grown(1);  // a straight line has a box without area
  const Buildings& buildings = model.buildings();
  for (std::size_t row = 0; row < buildings.size(); ++row) {
    const auto outline = buildings.footprint.outer(row);
    if (bounds(outline).overlaps(box) && length_inside(outline, line) > 0) ++out.buildings;
  }
  const Links& links = model.streets().links;
  for (std::size_t row = 0; row < links.size(); ++row)
    if ((links.access[row] & Access::kCar) != 0 && links.structure[row] == Structure::ground &&
        bounds(links.geometry[row]).grown(1).overlaps(box) && lines_meet(line, links.geometry[row]))
      ++out.streets;
  return out;
}

}  // namespace citytwin::scenarios
