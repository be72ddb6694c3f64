#include "gis/build/water_sea.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "gis/geometry/clip.hpp"
#include "gis/geometry/overlay.hpp"

namespace citytwin::gis {

namespace {

constexpr double kJoinGap = 50;     // [m] ends nearer than this are one coast
constexpr double kOnBorder = 1e-6;  // [m]
constexpr double kSmallestSea = 1;  // [m2]
constexpr double kDissent = 0.05;   // share of a face's coast that may contradict before it is reported

using PointKey = std::pair<double, double>;
PointKey key_of(Point2 p) { return {p.x, p.y}; }

bool closed(const Polyline& line) { return line.size() > 3 && line.front() == line.back(); }

// Joins lines where one ends exactly where another starts. Deterministic: in order of the input.
std::vector<Polyline> joined(std::vector<Polyline> lines) {
  std::multimap<PointKey, std::size_t> starting_at;
  std::map<PointKey, std::size_t> ends;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (!closed(lines[i])) {
      starting_at.emplace(key_of(lines[i].front()), i);
      ++ends[key_of(lines[i].back())];
    }
  std::vector<char> used(lines.size(), 0);
  std::vector<Polyline> out;
  const auto follow = [&](std::size_t first) {
    Polyline line = lines[first];
    used[first] = 1;
    while (!closed(line)) {
      const auto [begin, end] = starting_at.equal_range(key_of(line.back()));
      const auto next = std::find_if(begin, end, [&](const auto& entry) { return used[entry.second] == 0; });
      if (next == end) break;
      used[next->second] = 1;
      line.insert(line.end(), lines[next->second].begin() + 1, lines[next->second].end());
    }
    out.push_back(std::move(line));
  };
  for (std::size_t i = 0; i < lines.size(); ++i)  // chains first, from their true start
    if (used[i] == 0 && (closed(lines[i]) || ends.count(key_of(lines[i].front())) == 0)) follow(i);
  for (std::size_t i = 0; i < lines.size(); ++i)  // then rings
    if (used[i] == 0) follow(i);
  return out;
}

// Moves a point that lies on the border (but for rounding) exactly onto it; false if it lies inside.
bool put_on_border(Point2& p, const Box2& box) {
  const double to_side[] = {p.x - box.min.x, box.max.x - p.x, p.y - box.min.y, box.max.y - p.y};
  const int side = static_cast<int>(std::min_element(to_side, to_side + 4) - to_side);
  if (to_side[side] > kOnBorder) return false;
  if (side == 0) p.x = box.min.x;
  if (side == 1) p.x = box.max.x;
  if (side == 2) p.y = box.min.y;
  if (side == 3) p.y = box.max.y;
  return true;
}

Point2 nearest_on_border(Point2 p, const Box2& box) {
  const double to_side[] = {p.x - box.min.x, box.max.x - p.x, p.y - box.min.y, box.max.y - p.y};
  switch (std::min_element(to_side, to_side + 4) - to_side) {
    case 0:
      return {box.min.x, p.y};
    case 1:
      return {box.max.x, p.y};
    case 2:
      return {p.x, box.min.y};
    default:
      return {p.x, box.max.y};
  }
}

// Bridges gaps between ends inside the box, shortest first.
void bridge_gaps(std::vector<Polyline>& lines, const Box2& box, std::vector<ImportFinding>& findings) {
  for (;;) {
    double best = kJoinGap;
    std::size_t tail = lines.size();
    std::size_t head = lines.size();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      Point2 end = lines[i].back();
      if (closed(lines[i]) || put_on_border(end, box)) continue;
      for (std::size_t k = 0; k < lines.size(); ++k) {
        Point2 start = lines[k].front();
        if (closed(lines[k]) || put_on_border(start, box)) continue;
        if (i == k && lines[i].size() < 3) continue;
        if (const double gap = distance(end, start); gap < best) {
          best = gap;
          tail = i;
          head = k;
        }
      }
    }
    if (tail == lines.size()) return;
    findings.push_back({"repaired.coastline_gap", "", "", lines[tail].back()});
    if (tail == head) {
      lines[tail].push_back(lines[tail].front());
    } else {
      lines[tail].insert(lines[tail].end(), lines[head].begin(), lines[head].end());
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(head));
    }
  }
}

// Position along the border, counter-clockwise from the south-west corner.
double along_border(Point2 p, const Box2& box) {
  if (p.y == box.min.y) return p.x - box.min.x;
  if (p.x == box.max.x) return box.width() + p.y - box.min.y;
  if (p.y == box.max.y) return box.width() + box.height() + box.max.x - p.x;
  return 2 * box.width() + box.height() + box.max.y - p.y;
}

// The border as one closed line that has a vertex wherever a coast meets it.
Polyline border_with(std::vector<Point2> points, const Box2& box) {
  points.insert(points.end(), {box.min, {box.max.x, box.min.y}, box.max, {box.min.x, box.max.y}});
  std::sort(points.begin(), points.end(),
            [&](Point2 a, Point2 b) { return along_border(a, box) < along_border(b, box); });
  points.erase(std::unique(points.begin(), points.end()), points.end());
  points.push_back(points.front());
  return points;
}

// Directed coast segments; looked up from both sides.
class Coast {
 public:
  explicit Coast(const std::vector<Polyline>& lines) {
    for (const Polyline& line : lines)
      for (std::size_t k = 1; k < line.size(); ++k)
        segments_.emplace_back(key_of(line[k - 1]), key_of(line[k]));
    std::sort(segments_.begin(), segments_.end());
  }
  [[nodiscard]] bool has(Point2 a, Point2 b) const {
    return std::binary_search(segments_.begin(), segments_.end(), std::pair{key_of(a), key_of(b)});
  }

 private:
  std::vector<std::pair<PointKey, PointKey>> segments_;
};

// Lengths of a face's coast that say water and land. A face lies left of its own rings; a coast has its water
// on the right, so a coast that runs with the ring says land and one that runs against it says water.
std::pair<double, double> votes(const Polygon& face, const Coast& coast) {
  double water = 0;
  double land = 0;
  const auto count = [&](const Ring& ring) {
    for (std::size_t k = 0; k < ring.size(); ++k) {
      const Point2 a = ring[k];
      const Point2 b = ring[(k + 1) % ring.size()];
      if (coast.has(a, b)) land += distance(a, b);
      if (coast.has(b, a)) water += distance(a, b);
    }
  };
  count(face.outer);
  for (const Ring& hole : face.holes) count(hole);
  return {water, land};
}

}  // namespace

SeaAssembly assemble_sea(const std::vector<Polyline>& coastlines, const Box2& extent) {
  SeaAssembly sea;
  std::vector<Polyline> lines;
  for (const Polyline& way : coastlines)
    for (Polyline& piece : clip_polyline(way, extent)) {
      put_on_border(piece.front(), extent);
      put_on_border(piece.back(), extent);
      piece.erase(std::unique(piece.begin(), piece.end()), piece.end());
      if (piece.size() >= 2) lines.push_back(std::move(piece));
    }
  if (lines.empty()) return sea;
  lines = joined(std::move(lines));
  bridge_gaps(lines, extent, sea.findings);

  std::vector<Point2> on_border;
  for (Polyline& line : lines) {
    if (closed(line)) continue;
    if (!put_on_border(line.front(), extent)) {
      sea.findings.push_back({"repaired.coastline_end", "", "", line.front()});
      line.insert(line.begin(), nearest_on_border(line.front(), extent));
    }
    if (!put_on_border(line.back(), extent)) {
      sea.findings.push_back({"repaired.coastline_end", "", "", line.back()});
      line.push_back(nearest_on_border(line.back(), extent));
    }
    on_border.push_back(line.front());
    on_border.push_back(line.back());
  }

  const Coast coast(lines);
  lines.push_back(border_with(std::move(on_border), extent));
  for (Polygon& face : overlay::faces(lines, kSmallestSea)) {
    const auto [water, land] = votes(face, coast);
    if (std::min(water, land) > kDissent * (water + land))
      sea.findings.push_back({"repaired.coastline_direction", "", "", centroid(face)});
    if (water > land) sea.water.push_back(std::move(face));
  }
  return sea;
}

}  // namespace citytwin::gis
