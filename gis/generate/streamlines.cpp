#include "gis/generate/streamlines.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "gis/generate/noise.hpp"

namespace citytwin::gis::generate {

namespace {

constexpr double kStep = 12;           // of the tracing [m]
constexpr double kBankClear = 16;      // streets end this far from water [m]
constexpr double kQuayOffset = 26;     // of the street along the water [m]
constexpr std::size_t kLongBend = 60;  // steps within which no street turns back
constexpr std::size_t kBend = 12;      // steps over which a bend is judged

// Points of accepted lines in buckets: is anything within r of p?
class Occupied {
 public:
  explicit Occupied(const Box2& box) : box_(box) {
    nx_ = static_cast<int>(box.width() / kBucket) + 1;
    ny_ = static_cast<int>(box.height() / kBucket) + 1;
    buckets_.resize(static_cast<std::size_t>(nx_) * static_cast<std::size_t>(ny_));
  }
  void add(Point2 p) { buckets_[bucket(column(p.x), row(p.y))].push_back(p); }
  [[nodiscard]] bool near(Point2 p, double r) const {
    for (int j = row(p.y - r); j <= row(p.y + r); ++j)
      for (int i = column(p.x - r); i <= column(p.x + r); ++i)
        for (Point2 q : buckets_[bucket(i, j)])
          if (dot(q - p, q - p) < r * r) return true;
    return false;
  }

 private:
  static constexpr double kBucket = 60;
  [[nodiscard]] int column(double x) const {
    return std::clamp(static_cast<int>((x - box_.min.x) / kBucket), 0, nx_ - 1);
  }
  [[nodiscard]] int row(double y) const {
    return std::clamp(static_cast<int>((y - box_.min.y) / kBucket), 0, ny_ - 1);
  }
  [[nodiscard]] std::size_t bucket(int i, int j) const {
    return static_cast<std::size_t>(j) * static_cast<std::size_t>(nx_) + static_cast<std::size_t>(i);
  }
  Box2 box_;
  int nx_ = 0, ny_ = 0;
  std::vector<std::vector<Point2>> buckets_;
};

// What one class of streets obeys.
struct Rules {
  RoadClass road_class;
  std::function<double(Point2)> separation;  // wanted distance between lines of one family [m]
  double test_share;                         // a line ends closer than this share of it
  double min_length;
  double bridge_spacing;                // 0 = never crosses water
  double sharpest;                      // cosine of the largest turn within kBend steps
  std::function<bool(Point2)> allowed;  // on land
  std::function<bool(Point2)> seedable;
};

class Tracer {
 public:
  Tracer(const Landscape& land, const TensorField& field, const RunContext& context)
      : land_(land),
        field_(field),
        context_(context),
        occupied_{Occupied(land.extent), Occupied(land.extent)} {}

  void add(StreetLine line) {
    for (Point2 p : line.points) occupied_[line.family].add(p);
    lines_.push_back(std::move(line));
  }
  void fill(const Rules& rules, const std::vector<Point2>& seeds);
  std::vector<StreetLine> take() { return std::move(lines_); }

 private:
  struct Half {
    Polyline points;
    std::vector<std::uint8_t> bridge;
    bool closed = false;
  };
  // `other` is the half traced before from the same seed: a line keeps away from itself too.
  Half trace(const Rules& rules, Point2 seed, int family, double sign, const Polyline& other) const;
  bool cross_water(const Rules& rules, Half& half, Point2 heading) const;
  bool try_seed(const Rules& rules, Point2 seed, int family, std::vector<Point2>& queue);

  const Landscape& land_;
  const TensorField& field_;
  const RunContext& context_;
  Occupied occupied_[2];
  std::vector<Point2> bridges_;
  std::vector<StreetLine> lines_;
};

// Straight on over the water, if the far bank is near enough and no other bridge is.
bool Tracer::cross_water(const Rules& rules, Half& half, Point2 heading) const {
  if (rules.bridge_spacing <= 0 || land_.water != WaterSide::river) return false;
  const double longest = 1.7 * land_.river_width + 2 * kBankClear + 20;
  const Point2 from = half.points.back();
  for (double s = kStep; s <= longest; s += 4) {
    const Point2 p = from + heading * s;
    if (!land_.extent.contains(p)) return false;
    if (s < land_.river_width || land_.water_distance_at(p) < kBankClear) continue;
    const Point2 middle = (from + p) * 0.5;
    for (Point2 b : bridges_)
      if (distance(b, middle) < rules.bridge_spacing) return false;
    half.points.push_back(p);
    half.bridge.push_back(1);
    return true;
  }
  return false;
}

// Has a line run back to where it was more than three separations ago? Around singular points it would
// otherwise wind up.
bool meets_itself(const Polyline& before, const Polyline& line, Point2 p, double apart) {
  const auto recent = static_cast<std::size_t>(3 * apart / kStep);
  const double squared = apart * apart;
  const auto near = [&](Point2 q) { return dot(q - p, q - p) < squared; };
  for (std::size_t k = 0; k + recent < line.size(); k += 4)
    if (near(line[k])) return true;
  for (std::size_t k = recent > line.size() ? recent - line.size() : 1; k < before.size(); k += 4)
    if (near(before[k])) return true;
  return false;
}

Tracer::Half Tracer::trace(const Rules& rules, Point2 seed, int family, double sign,
                           const Polyline& other) const {
  Half half;
  half.points.push_back(seed);
  Point2 heading = field_.direction(seed, family) * sign;
  const auto along = [&](Point2 p) {
    const Point2 d = field_.direction(p, family);
    return dot(d, heading) < 0 ? d * -1 : d;
  };
  double run = 0;
  for (int n = 0; n < 6000; ++n) {
    const Point2 p = half.points.back();
    const Point2 first = along(p);
    if (length(first) == 0) break;
    const Point2 direction = along(p + first * (kStep / 2));
    if (length(direction) == 0 || dot(direction, heading) < 0.5) break;
    heading = direction;
    const auto turned = [&](std::size_t steps, double least) {
      const std::size_t size = half.points.size();
      if (size <= steps) return false;
      const Point2 before = half.points[size - steps] - half.points[size - steps - 1];
      return dot(before, heading) < least * length(before);
    };
    if (turned(kBend, rules.sharpest) || turned(kLongBend, -0.35)) break;
    Point2 next = p + direction * kStep;
    if (!land_.extent.contains(next)) {
      // To the border exactly: arterials leave the map there.
      double t = 1;
      if (next.x < land_.extent.min.x) t = std::min(t, (land_.extent.min.x - p.x) / (next.x - p.x));
      if (next.x > land_.extent.max.x) t = std::min(t, (land_.extent.max.x - p.x) / (next.x - p.x));
      if (next.y < land_.extent.min.y) t = std::min(t, (land_.extent.min.y - p.y) / (next.y - p.y));
      if (next.y > land_.extent.max.y) t = std::min(t, (land_.extent.max.y - p.y) / (next.y - p.y));
      next = p + (next - p) * t;
      if (distance(next, p) > 0.5 && land_.water_distance_at(next) > kBankClear) {
        half.points.push_back(next);
        half.bridge.push_back(0);
      }
      break;
    }
    if (land_.water_distance_at(next) < kBankClear) {
      if (!cross_water(rules, half, heading)) break;
      continue;
    }
    if (!rules.allowed(next)) break;
    const double apart = rules.test_share * rules.separation(next);
    run += kStep;
    const bool closes = run > 4 * rules.separation(next) && distance(next, seed) < kStep * 1.5;
    if (occupied_[family].near(next, apart) || (!closes && meets_itself(other, half.points, next, apart)))
      break;
    half.points.push_back(next);
    half.bridge.push_back(0);
    if (closes) {
      half.points.push_back(seed);
      half.bridge.push_back(0);
      half.closed = true;
      break;
    }
  }
  return half;
}

bool Tracer::try_seed(const Rules& rules, Point2 seed, int family, std::vector<Point2>& queue) {
  if (!land_.extent.grown(-kStep).contains(seed) || land_.water_distance_at(seed) < kBankClear) return false;
  if (!rules.seedable(seed) || !rules.allowed(seed)) return false;
  if (occupied_[family].near(seed, 0.95 * rules.separation(seed))) return false;
  const Half ahead = trace(rules, seed, family, 1, {});
  StreetLine line;
  line.road_class = rules.road_class;
  line.family = family;
  if (!ahead.closed) {
    const Half back = trace(rules, seed, family, -1, ahead.points);
    line.points.assign(back.points.rbegin(), back.points.rend());
    line.points.pop_back();
    line.bridge.assign(back.bridge.rbegin(), back.bridge.rend());
  }
  line.points.insert(line.points.end(), ahead.points.begin(), ahead.points.end());
  line.bridge.insert(line.bridge.end(), ahead.bridge.begin(), ahead.bridge.end());
  if (length(line.points) < rules.min_length) return false;
  for (std::size_t k = 0; k < line.bridge.size(); ++k)
    if (line.bridge[k] != 0) bridges_.push_back((line.points[k] + line.points[k + 1]) * 0.5);
  for (std::size_t k = 3; k + 1 < line.points.size(); k += 6) {
    const Point2 along = line.points[k + 1] - line.points[k - 1];
    const Point2 left = Point2{-along.y, along.x} * (1 / length(along));
    const double apart = rules.separation(line.points[k]);
    queue.push_back(line.points[k] + left * apart);
    queue.push_back(line.points[k] - left * apart);
  }
  add(std::move(line));
  return true;
}

void Tracer::fill(const Rules& rules, const std::vector<Point2>& seeds) {
  for (Point2 start : seeds)
    for (int family = 0; family < 2; ++family) {
      std::vector<Point2> queue{start};
      for (std::size_t k = 0; k < queue.size(); ++k) {
        context_.check_stop();
        try_seed(rules, queue[k], family, queue);
      }
    }
}

// Jittered points over the map, the densest quarters first.
std::vector<Point2> seeds_by_density(const Random& random, const Landscape& land, const Settlement& plan,
                                     double spacing) {
  std::vector<std::pair<double, Point2>> ranked;
  const auto nx = static_cast<std::uint32_t>(land.extent.width() / spacing);
  const auto ny = static_cast<std::uint32_t>(land.extent.height() / spacing);
  for (std::uint32_t j = 0; j < ny; ++j)
    for (std::uint32_t i = 0; i < nx; ++i) {
      const Point2 p{land.extent.min.x + (i + random.uniform(i, j, 1)) * spacing,
                     land.extent.min.y + (j + random.uniform(i, j, 2)) * spacing};
      ranked.emplace_back(-plan.density_at(p), p);
    }
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Point2> seeds{plan.centres[0].position};
  for (const auto& [rank, p] : ranked) seeds.push_back(p);
  return seeds;
}

// Streets along the water where the town touches it.
void add_quays(Tracer& tracer, const Landscape& land, const Settlement& plan, const TensorField& field) {
  const Polyline& line = land.water_line;
  for (const double side : {1.0, -1.0}) {
    if (land.water == WaterSide::coast && side < 0) continue;
    StreetLine quay;
    quay.road_class = RoadClass::tertiary;
    const auto flush = [&] {
      if (length(quay.points) > 150) {
        const Point2 middle = quay.points[quay.points.size() / 2];
        const Point2 along = quay.points[quay.points.size() / 2] - quay.points[quay.points.size() / 2 - 1];
        quay.family = std::abs(dot(field.direction(middle, 0), along)) > 0.7 * length(along) ? 0 : 1;
        quay.bridge.assign(quay.points.size() - 1, 0);
        tracer.add(quay);
      }
      quay.points.clear();
    };
    for (std::size_t k = 4; k + 4 < line.size(); k += 3) {
      const Point2 along = line[k + 4] - line[k - 4];
      const Point2 left = Point2{-along.y, along.x} * (1 / length(along));
      const Point2 p = line[k] + left * (side * (land.river_width / 2 + kQuayOffset));
      const bool town = land.extent.grown(-5).contains(p) && plan.intensity_at(p + left * (side * 60)) > 0 &&
                        land.water_distance_at(p) > 0.7 * kQuayOffset;
      if (!town)
        flush();
      else if (quay.points.empty() || distance(quay.points.back(), p) > 8)
        quay.points.push_back(p);
    }
    flush();
  }
}

}  // namespace

std::vector<StreetLine> trace_streets(std::uint64_t seed, const Landscape& land, const Settlement& plan,
                                      const TensorField& field, const RunContext& context) {
  const Random random(seed, kStreetStream);
  Tracer tracer(land, field, context);
  add_quays(tracer, land, plan, field);
  const auto flat = [&](Point2 p, double steepest) { return length(land.gradient_at(p)) < steepest; };
  const auto seeds = seeds_by_density(random, land, plan, 90);

  // Arterials run from town to the border and over the river; small maps hold them closer together.
  const double in_town = std::min(1050.0, 0.26 * land.extent.width());
  const double collector = std::min(420.0, 0.14 * land.extent.width());
  const double outside = std::min(1900.0, 0.32 * land.extent.width());
  tracer.fill({RoadClass::primary, [&](Point2 p) { return plan.intensity_at(p) > 0 ? in_town : outside; },
               0.5, 900, 600, 0.3, [&](Point2 p) { return flat(p, 0.3); },
               [&](Point2 p) { return plan.intensity_at(p) > 0.05; }},
              seeds);
  tracer.fill(
      {RoadClass::secondary, [&](Point2 p) { return collector - 80 * plan.intensity_at(p); }, 0.55,
       0.8 * collector, 400, 0.15, [&](Point2 p) { return plan.intensity_at(p) > -0.03 && flat(p, 0.25); },
       [&](Point2 p) { return plan.intensity_at(p) > 0.01; }},
      seeds);
  context.progress("stage.generate", 0.25);
  tracer.fill({RoadClass::residential,
               [&](Point2 p) { return 108.0 - 34 * std::clamp(plan.intensity_at(p) * 1.6, 0.0, 1.0); }, 0.6,
               70, 0, 0, [&](Point2 p) { return plan.intensity_at(p) > -0.01 && flat(p, 0.22); },
               [&](Point2 p) { return plan.intensity_at(p) > 0; }},
              seeds);
  return tracer.take();
}

}  // namespace citytwin::gis::generate
