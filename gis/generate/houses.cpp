#include "gis/generate/houses.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/parallel.hpp"
#include "gis/generate/lots.hpp"

namespace citytwin::gis::generate {

namespace {

// How a kind of block is cut up and built on. Lengths in metres.
struct Style {
  double lot;                // parcel size [m2]
  double front, side, rear;  // free strips inside the parcel
  double width, depth;       // of the house; 0 = as wide as the parcel allows
  double built_share;        // of parcels
  double smallest;           // footprint [m2]
};

Style style_of(const Block& block) {
  switch (block.use) {
    case BlockUse::houses:
      return {580, 5, 2.5, 5, 13, 11, 0.9, 55};
    case BlockUse::rows:
      return {330, 3, 0.15, 6, 0, 12, 0.95, 45};
    case BlockUse::perimeter:
      return {620, 0.5, 0.1, 3, 0, 13, 0.97, 60};
    case BlockUse::centre:
      return {1000, 0.3, 0.1, 2, 0, 19, 0.98, 80};
    case BlockUse::industry:
      return {4200, 8, 6, 8, 0, 70, 0.88, 200};
    case BlockUse::campus:
      return {5200, 8, 6, 8, 62, 34, 1, 250};
    default:
      return {0, 0, 0, 0, 0, 0, 0, 0};
  }
}

std::size_t front_edge(const Lot& lot) {
  std::size_t best = lot.ring.size();
  double longest = 0;
  for (std::size_t k = 0; k < lot.ring.size(); ++k) {
    const double l = distance(lot.ring[k], lot.ring[(k + 1) % lot.ring.size()]);
    if (lot.street[k] != 0 && l > longest) {
      longest = l;
      best = k;
    }
  }
  return best;
}

struct EdgeFrame {
  Point2 at, along, inward;
};

EdgeFrame frame_of(const Ring& ring, std::size_t k) {
  const Point2 a = ring[k];
  const Point2 b = ring[(k + 1) % ring.size()];
  const Point2 u = (b - a) * (1 / std::max(distance(a, b), 1e-9));
  return {a, u, {-u.y, u.x}};
}

// The part of a lot that is left free strips away from every edge line: convex, and inside the lot even
// where the lot is not convex.
Ring buildable(const Lot& lot, const Style& style, std::size_t front) {
  const Box2 box = bounds(lot.ring);
  Ring part{box.min, {box.max.x, box.min.y}, box.max, {box.min.x, box.max.y}};
  const EdgeFrame face = frame_of(lot.ring, front);
  for (std::size_t k = 0; k < lot.ring.size() && part.size() >= 3; ++k) {
    if (distance(lot.ring[k], lot.ring[(k + 1) % lot.ring.size()]) < 0.02) continue;
    const EdgeFrame edge = frame_of(lot.ring, k);
    const bool opposite = dot(edge.along, face.along) < -0.7;
    const double strip = lot.street[k] != 0 ? style.front : opposite ? style.rear : style.side;
    part = clip(part, edge.at + edge.inward * strip, edge.inward);
  }
  return part;
}

bool inside_convex(const Ring& ring, Point2 p) {
  for (std::size_t k = 0; k < ring.size(); ++k)
    if (cross(ring[(k + 1) % ring.size()] - ring[k], p - ring[k]) < 0) return false;
  return true;
}

// The largest rectangle of about w x d along the front that fits, or nothing.
Ring rectangle_in(const Ring& part, const EdgeFrame& front, double w, double d, double shift) {
  double x0 = 1e9, x1 = -1e9, y0 = 1e9, y1 = -1e9;
  for (Point2 p : part) {
    x0 = std::min(x0, dot(p - front.at, front.along));
    x1 = std::max(x1, dot(p - front.at, front.along));
    y0 = std::min(y0, dot(p - front.at, front.inward));
    y1 = std::max(y1, dot(p - front.at, front.inward));
  }
  w = std::min(w, x1 - x0);
  d = std::min(d, y1 - y0);
  const double middle = (x0 + x1) / 2 + shift * (x1 - x0 - w) / 2;
  for (int attempt = 0; attempt < 14; ++attempt, w *= 0.92, d *= 0.95) {
    Ring ring;
    bool fits = true;
    for (const auto& [sx, sy] : {std::pair{-0.5, 0.0}, {0.5, 0.0}, {0.5, 1.0}, {-0.5, 1.0}}) {
      const Point2 p = front.at + front.along * (middle + sx * w) + front.inward * (y0 + 0.02 + sy * d);
      fits = fits && inside_convex(part, p);
      ring.push_back(p);
    }
    if (fits) return ring;
  }
  return {};
}

// Takes a corner out of a rectangle: an L.
Ring notched(const Ring& r, double share_along, double share_deep, bool left) {
  const Point2 u = r[1] - r[0];
  const Point2 v = r[3] - r[0];
  if (left)
    return {r[0],
            r[1],
            r[2],
            r[0] + u * share_along + v,
            r[0] + u * share_along + v * share_deep,
            r[0] + v * share_deep};
  const double s = 1 - share_along;
  return {r[0], r[1], r[1] + v * share_deep, r[0] + u * s + v * share_deep, r[0] + u * s + v, r[3]};
}

class BlockBuilder {
 public:
  BlockBuilder(const Random& random, const Block& block, std::uint32_t number, const Landscape& land,
               std::vector<House>& out)
      : random_(random), block_(block), number_(number), land_(land), style_(style_of(block)), out_(out) {}

  void run() {
    if (style_.lot <= 0 || !block_.land.holes.empty()) return;
    Lot whole{block_.land.outer, std::vector<std::uint8_t>(block_.land.outer.size(), 1)};
    const auto lots = subdivide(whole, style_.lot, random_, number_);
    for (std::uint32_t k = 0; k < lots.size(); ++k) build_on(lots[k], k);
  }

 private:
  [[nodiscard]] double draw(std::uint32_t lot, std::uint32_t purpose) const {
    return random_.uniform(number_, lot, 100 + purpose);
  }

  void build_on(const Lot& lot, std::uint32_t k) {
    const std::size_t front = front_edge(lot);
    if (front == lot.ring.size()) return;  // no access: a garden
    // The edge of town is not built up yet.
    const double built =
        style_.built_share *
        (block_.use == BlockUse::houses ? std::clamp(0.62 + block_.intensity * 8, 0.15, 1.0) : 1);
    if (draw(k, 1) > built) return;
    Ring part = buildable(lot, style_, front);
    if (part.size() < 3) return;
    const EdgeFrame face = frame_of(lot.ring, front);
    if (style_.width > 0) {
      const double w = style_.width * (0.8 + 0.5 * draw(k, 2));
      const double d = style_.depth * (0.8 + 0.4 * draw(k, 3));
      Ring box = rectangle_in(part, face, w, d, 0.6 * (draw(k, 4) - 0.5));
      if (box.empty()) return;
      const bool wing = draw(k, 5) < (block_.use == BlockUse::campus ? 0.75 : 0.3);
      add(wing ? notched(box, 0.4 + 0.2 * draw(k, 6), 0.45 + 0.15 * draw(k, 7), draw(k, 8) < 0.5) : box, k,
          0);
      return;
    }
    const double depth = style_.depth * (0.9 + 0.2 * draw(k, 3));
    const Point2 rear = face.at + face.inward * (style_.front + depth);
    const Ring first = clip(part, rear, face.inward * -1);
    add(first, k, 0);
    if (block_.use != BlockUse::industry) add_corner_wing(lot, part, front, rear, face.inward, depth, k);
  }

  // Corner parcels are closed along their second street too.
  void add_corner_wing(const Lot& lot, const Ring& part, std::size_t front, Point2 rear, Point2 inward,
                       double depth, std::uint32_t k) {
    for (std::size_t e = 0; e < lot.ring.size(); ++e) {
      if (e == front || lot.street[e] == 0 || distance(lot.ring[e], lot.ring[(e + 1) % lot.ring.size()]) < 15)
        continue;
      const EdgeFrame side = frame_of(lot.ring, e);
      if (std::abs(dot(side.inward, inward)) > 0.6) continue;
      Ring rest = clip(part, rear + inward * 0.1, inward);
      if (rest.size() < 3) return;
      add(clip(rest, side.at + side.inward * (style_.front + depth), side.inward * -1), k, 1);
      return;
    }
  }

  void add(const Ring& ring, std::uint32_t lot, std::uint32_t part) {
    Ring snapped;
    for (Point2 p : ring) {
      p = snap(p);
      if (snapped.empty() || distance(p, snapped.back()) > 0.05) snapped.push_back(p);
    }
    while (snapped.size() > 1 && distance(snapped.front(), snapped.back()) < 0.05) snapped.pop_back();
    if (snapped.size() < 3 || signed_area(snapped) < style_.smallest) return;
    const OrientedBox box = oriented_box(snapped);
    if (box.width < 5) return;
    House house;
    house.footprint = std::move(snapped);
    house.block = number_;
    set_use(house, lot, part);
    out_.push_back(std::move(house));
  }

  void set_use(House& house, std::uint32_t lot, std::uint32_t part) const {
    const double t = std::clamp(block_.intensity, 0.0, 1.2);
    const double jitter = draw(lot, 20 + part);
    const double use = draw(lot, 30);
    double levels = 1;
    switch (block_.use) {
      case BlockUse::houses:
        levels = 1 + (jitter < 0.55 ? 1 : 0);
        break;
      case BlockUse::rows:
        levels = 2 + (jitter < 0.4 ? 1 : 0);
        break;
      case BlockUse::perimeter:
        levels = 2.3 + 3.4 * t + 1.4 * (jitter - 0.5);
        break;
      case BlockUse::centre:
        levels = 2.8 + 4.2 * t + 2 * (jitter - 0.5);
        if (jitter > 0.93 && t > 0.6) levels *= 1.8;
        house.use = use < 0.5    ? BuildingUse::commercial
                    : use < 0.56 ? BuildingUse::public_service
                                 : BuildingUse::residential;
        break;
      case BlockUse::industry:
        levels = 1 + (jitter < 0.2 ? 1 : 0);
        house.use = use < 0.12 ? BuildingUse::commercial : BuildingUse::industrial;
        break;
      case BlockUse::campus:
        levels = 2 + 2 * t + (jitter < 0.4 ? 1 : 0);
        house.use = BuildingUse::public_service;
        break;
      default:
        break;
    }
    if (block_.use == BlockUse::perimeter && use < 0.12) house.use = BuildingUse::commercial;
    house.levels = std::max(1, static_cast<int>(std::lround(levels)));
    const double storey = house.use == BuildingUse::industrial    ? 5.5
                          : house.use == BuildingUse::residential ? 2.9
                                                                  : 3.5;
    const double roof = block_.use == BlockUse::houses || block_.use == BlockUse::rows ? 1.8 : 0.6;
    house.height = std::round((house.levels * storey + roof) * 10) / 10;
  }

  const Random& random_;
  const Block& block_;
  std::uint32_t number_;
  [[maybe_unused]] const Landscape& land_;
  Style style_;
  std::vector<House>& out_;
};

}  // namespace

std::vector<House> build_houses(std::uint64_t seed, const std::vector<Block>& blocks, const Landscape& land,
                                const RunContext& context) {
  const Random random(seed, kBuildingStream);
  std::vector<std::vector<House>> of_block(blocks.size());
  for_chunks(blocks.size(), 64, [&](std::size_t begin, std::size_t end) {
    for (std::size_t b = begin; b < end; ++b) {
      context.check_stop();
      BlockBuilder(random, blocks[b], static_cast<std::uint32_t>(b), land, of_block[b]).run();
    }
  });
  std::vector<House> houses;
  for (auto& list : of_block)
    for (House& house : list) houses.push_back(std::move(house));
  return houses;
}

void settle(std::vector<House>& houses, double population) {
  double floor = 0;
  const auto room = [](const House& h) {
    return h.use == BuildingUse::residential ? h.levels * signed_area(h.footprint) : 0.0;
  };
  for (const House& h : houses) floor += room(h);
  // Cumulative rounding: each house gets whole people, and the sum is the population.
  const double target = std::round(population);
  double below = 0;
  double given = 0;
  for (House& h : houses) {
    below += room(h);
    const double up_to = floor > 0 ? std::round(target * std::min(1.0, below / floor)) : 0;
    h.people = up_to - given;
    given = up_to;
  }
}

}  // namespace citytwin::gis::generate
