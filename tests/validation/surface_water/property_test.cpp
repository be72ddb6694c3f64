// What must hold for any correct solver: mirror images stay mirror images, no depth is negative, more rain is
// more water, walls hold until water is over them.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "tests/validation/surface_water/sewer_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

constexpr int kN = 128;      // whole tiles, so that their mirror images are tiles too
constexpr double kCell = 2;  // [m]

double hill(double x, double y) { return 1.5 * std::sin(x * 0.11) + std::cos(y * 0.07) + 0.0002 * x * y; }
double drop(double x, double y) { return std::hypot(x - 50, y - 90) < 30 ? 2.5 : (x > 120 ? 0.4 : 0.0); }

// A way to lay the case on the grid: mirrored west to east, then along the diagonal; both are a quarter turn.
struct Laying {
  bool flip = false, swap = false;
  [[nodiscard]] Point2 place(Point2 p) const {
    const double x = flip ? kN * kCell - p.x : p.x;
    return swap ? Point2{p.y, x} : Point2{x, p.y};
  }
  [[nodiscard]] Point2 origin_of(Point2 p) const {
    if (swap) std::swap(p.x, p.y);
    return {flip ? kN * kCell - p.x : p.x, p.y};
  }
  [[nodiscard]] std::vector<Point2> place(std::vector<Point2> points) const {
    for (Point2& p : points) p = place(p);
    return points;
  }
};
constexpr Laying kLayings[] = {{true, false}, {false, true}, {true, true}};

// Houses, walls, and sewers that take water on one side of the hill and give it back on the other.
void add_town(FloodCase& c, const Laying& lay) {
  const auto ground = [](Point2 p) { return hill(p.x, p.y); };
  for (int k = 0; k < 4; ++k)
    add_building(c, numbered("b", k),
                 lay.place(rectangle(24 + 40 * k, 60 + 30 * k, 36 + 40 * k, 70 + 30 * k)));
  add_wall(c, "low", lay.place(std::vector<Point2>{{80, 20}, {80, 140}}), 1.2);
  add_wall(c, "high", lay.place(std::vector<Point2>{{120, 200}, {240, 200}}), 6);
  const Point2 nodes[] = {{51, 91}, {71, 121}, {121, 121}, {171, 61}};
  for (std::size_t k = 0; k < 4; ++k)
    add_manhole(c, numbered("m", static_cast<int>(k)), lay.place(nodes[k]), ground(nodes[k]),
                -2 - 0.2 * static_cast<double>(k));
  add_outfall(c, "out", lay.place(Point2{221, 31}), ground({221, 31}), -3, 0);
  for (std::size_t k = 0; k < 4; ++k) add_pipe(c, numbered("p", static_cast<int>(k)), k, k + 1, 0.5);
}

FloodRun run_laid(const char* scheme, const Laying& lay, bool town) {
  FloodCase c = plain_case(kN, kN, kCell);
  c.parameters.set("manning_everywhere", 0.02);
  c.parameters.set("scheme", std::string(scheme));
  c.ground = [=](double x, double y) { return hill(lay.origin_of({x, y}).x, lay.origin_of({x, y}).y); };
  c.depth = [=](double x, double y) { return drop(lay.origin_of({x, y}).x, lay.origin_of({x, y}).y); };
  add_rain(c, 1e-5, 30);
  if (town) add_town(c, lay);
  FloodRun run(c);
  run.run_until(60);
  return run;
}

void check_laid(const FloodRun& plain, const FloodRun& laid, const Laying& lay) {
  for (int j = 0; j < kN; ++j)
    for (int i = 0; i < kN; ++i) {
      const int across = lay.flip ? kN - 1 - i : i;
      const double east = lay.flip ? -plain.u(i, j) : plain.u(i, j);
      const auto [a, b] = lay.swap ? std::pair{j, across} : std::pair{across, j};
      REQUIRE(laid.h(a, b) == plain.h(i, j));
      REQUIRE((lay.swap ? laid.v(a, b) : laid.u(a, b)) == east);
      REQUIRE((lay.swap ? laid.u(a, b) : laid.v(a, b)) == plain.v(i, j));
    }
}

}  // namespace

TEST_CASE(
    "mirrored and turned cases give mirrored and turned water, to the last bit, in a town with sewers too") {
  for (const char* scheme : {"first_order", "second_order", "local_inertia"})
    for (const bool town : {false, true}) {
      CAPTURE(std::string(scheme));
      CAPTURE(town);
      FloodRun plain = run_laid(scheme, {}, town);
      if (town) CHECK(observed_value(plain, "surface_water.sewer_captured") > 1);
      for (const Laying& lay : kLayings) {
        CAPTURE(lay.flip);
        CAPTURE(lay.swap);
        check_laid(plain, run_laid(scheme, lay, town), lay);
      }
    }
}

namespace {

// Hills, a flood wave, rain, an inflow, houses, a wall and sewers, all by chance.
FloodCase case_by_chance(unsigned seed, const char* scheme, const char* precision) {
  std::mt19937 numbers(seed);
  const auto between = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(numbers()) / static_cast<double>(std::mt19937::max());
  };
  FloodCase c = plain_case(80, 70, between(1, 6));
  const double side = 70 * c.grid.cell_m;
  c.parameters.set("scheme", std::string(scheme));
  c.parameters.set("precision", std::string(precision));
  c.parameters.set("edge", std::string(seed % 2 == 0 ? "open" : "closed"));
  c.parameters.set("manning_everywhere", between(0.01, 0.06));
  const double height = between(0.2, 6), wave = between(5, 30) * c.grid.cell_m, tilt = between(-0.05, 0.05);
  c.ground = [=](double x, double y) { return height * std::sin(x / wave) * std::cos(y / wave) + tilt * x; };
  const Point2 drop{between(0, side), between(0, side)};
  const double fallen = between(0, 4);
  c.depth = [=](double x, double y) {
    return std::hypot(x - drop.x, y - drop.y) < 0.2 * side ? fallen : 0.0;
  };
  add_rain(c, between(0, 200) / 3.6e6, 200);
  add_inflow(c, between(0, 2),
             {{between(0.02, 0.08) * side, between(0.1, 0.9) * side}});  // no house stands there
  for (int k = 0; k < 6; ++k) {
    const double x = between(0.1, 0.8) * side, y = between(0.1, 0.8) * side;
    add_building(c, numbered("b", k),
                 rectangle(x, y, x + between(0.02, 0.1) * side, y + between(0.02, 0.1) * side));
  }
  add_wall(c, "wall", {{between(0, side), 0}, {between(0, side), side}}, between(-2, 3));
  for (int k = 0; k < 4; ++k) {
    const Point2 at{between(0.1, 0.9) * side, between(0.1, 0.9) * side};
    const double ground = c.ground(at.x, at.y);
    add_manhole(c, numbered("m", k), at, ground, ground - 2);
  }
  add_outfall(c, "out", {0.95 * side, 0.5 * side}, 0, -height - 4, -height - 4);
  for (std::size_t k = 0; k < 4; ++k)
    add_pipe(c, numbered("p", static_cast<int>(k)), k, k + 1, between(0.1, 0.8));
  return c;
}

}  // namespace

// In second order the border of tiles with different time steps may have to clip a little, which is booked
// (README, known wrongs; seed 43 of the first 110).
TEST_CASE("no depth is negative and no water is lost, whatever the case") {
  for (const unsigned seed : {0U, 1U, 2U, 3U, 4U, 5U, 6U, 7U, 8U, 9U, 10U, 43U})
    for (const char* scheme : {"first_order", "second_order", "local_inertia"}) {
      const bool single = seed % 4 < 2;
      CAPTURE(seed);
      CAPTURE(std::string(scheme));
      FloodRun run(case_by_chance(seed, scheme, single ? "single" : "double"));
      double lowest = 0;
      for (int n = 1; n <= 12; ++n) {
        run.run_until(25 * n);
        lowest = std::min(lowest, run.min_depth());
      }
      const double rounding = single ? 1e-7 : 1e-12;
      CHECK(lowest >= 0);
      CHECK(run.mass_error() < rounding);
      const Balance balance = run.balance();
      const double most =
          (scheme == std::string("second_order") ? 1e-6 : rounding) * (balance.initial + balance.in);
      for (const Balance::Part& part : balance.parts)
        if (part.name == "clipped") CHECK(part.in <= most);
    }
}

TEST_CASE("more rain is never less water, on the street and in the sewer") {
  for (const char* scheme : {"first_order", "second_order", "local_inertia"}) {
    double ground = -1, captured = -1, deepest = -1;
    for (const double rain : {0.0, 5.0, 20.0, 60.0, 120.0, 240.0}) {
      CAPTURE(std::string(scheme));
      CAPTURE(rain);
      FloodCase c = street(rain, 0.3, 1);
      c.parameters.set("scheme", std::string(scheme));
      add_building(c, "house", rectangle(80, 8, 92, 16));
      add_wall(c, "kerb", {{120, 0}, {120, 40}}, 9);
      FloodRun run(c);
      run.run_until(900);
      const auto depths = run.observed("surface_water.max_depth");
      double sum = 0;
      for (const float depth : depths.values) sum += std::isnan(depth) ? 0 : static_cast<double>(depth);
      CHECK(run.solver().volume() >= ground);
      CHECK(observed_value(run, "surface_water.sewer_captured") >= captured);
      CHECK(sum >= deepest);
      ground = run.solver().volume();
      captured = observed_value(run, "surface_water.sewer_captured");
      deepest = sum;
    }
  }
}

TEST_CASE("a wall holds water below its crest") {
  for (const char* scheme : {"first_order", "local_inertia"}) {
    FloodCase c = plain_case(100, 40, 2);
    c.parameters.set("scheme", std::string(scheme));
    add_wall(c, "dam", {{101, -1}, {97, 81}}, 1.5);
    c.depth = [](double x, double) { return x < 60 ? 1.0 : 0.0; };  // its wave runs up, but stays below
    FloodRun run(c);
    run.run_until(300);
    for (int j = 0; j < 40; ++j)
      for (int i = 51; i < 100; ++i) REQUIRE(run.h(i, j) == 0);
    CHECK(run.mass_error() < 1e-12);
  }
}

TEST_CASE("water above a crest flows over it at the rate of a weir") {
  // A reservoir held 0.4 m above a wall's crest, free fall behind. Broad-crested weirs pass
  // q = 1.705 H^1.5, sharp-crested ones about 1.85 H^1.5 (Chow 1959, chapter 14).
  const double head = 0.4;
  for (const char* scheme : {"first_order", "local_inertia"}) {
    FloodCase c = plain_case(60, 10, 2);
    c.parameters.set("scheme", std::string(scheme));
    c.parameters.set("manning_everywhere", 0.03);
    c.parameters.set("edge", std::string("open"));
    c.ground = [](double x, double) { return x > 60 ? -3.0 : 0.0; };
    c.level = [=](double x, double) { return x < 60 ? 2 + head : -10.0; };
    add_wall(c, "weir", {{60, -1}, {60, 21}}, 2.0);
    add_wall(c, "south", {{-1, 0}, {121, 0}}, 50);
    c.forcing.series.push_back({"reservoir",
                                "level",
                                "m",
                                {Place::Kind::polygon, rectangle(0, 0, 8, 20)},
                                {{0}, {2 + head}, Series::Between::linear}});
    FloodRun run(c);
    run.run_until(600);
    const Balance before = run.balance();
    const double water_behind = run.solver().volume();
    run.run_until(660);
    const Balance after = run.balance();
    double supplied = 0;
    for (std::size_t k = 0; k < after.parts.size(); ++k)
      if (after.parts[k].name == "level")
        supplied = (after.parts[k].in - after.parts[k].out) - (before.parts[k].in - before.parts[k].out);
    const double q = supplied / 60 / 20;
    const double coefficient = q / std::pow(head, 1.5);
    MESSAGE(std::string(scheme), ", weir: q = ", q, " m2/s under a head of ", head, " m, coefficient ",
            coefficient);
    CHECK(run.solver().volume() == doctest::Approx(water_behind).epsilon(0.01));
    CHECK(coefficient > 1.4);
    CHECK(coefficient < 2.3);  // HLL onto dry ground passes 2/3 sqrt(g) H^1.5: README, known wrongs
  }
}

// First order in space: with 10 m cells the depth comes out up to 5 % low on a gentle slope (README, known
// wrongs).
TEST_CASE("uniform flow on a slope runs at Manning's depth, on gentle and on steep ground") {
  for (const double slope : {0.001, 0.02, 0.3})
    for (const char* scheme : {"first_order", "local_inertia"}) {
      CAPTURE(slope);
      CAPTURE(std::string(scheme));
      // Froude 3.2, where local inertia warns: it surges around the depth.
      if (slope > 0.1 && scheme == std::string("local_inertia")) continue;
      const double q = 0.05;  // [m2/s]
      const double n = 0.03;
      FloodCase c = plain_case(120, 4, 10);
      c.parameters.set("edge", std::string("open"));
      c.parameters.set("manning_everywhere", n);
      c.parameters.set("scheme", std::string(scheme));
      c.ground = [=](double x, double) { return slope * (1200 - x); };
      // Side walls, so that the water leaves only at the foot.
      add_wall(c, "s", {{-1, 0}, {1201, 0}}, 1e4);
      add_wall(c, "n", {{-1, 40}, {1201, 40}}, 1e4);
      add_wall(c, "w", {{0, -1}, {0, 41}}, 1e4);
      add_inflow(c, q * 40, {{5, 1}, {5, 39}});
      FloodRun run(c);
      run.run_until(slope < 0.01 ? 7200 : 1800);
      const double expected = std::pow(q * n / std::sqrt(slope), 0.6);
      MESSAGE(std::string(scheme), ", slope ", slope, ": depth ", run.h(60, 2), " m, Manning ", expected,
              " m");
      CHECK(std::abs(run.h(60, 2) / expected - 1) < 0.06);
    }
}
