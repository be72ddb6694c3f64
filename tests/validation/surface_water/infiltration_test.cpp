// Water that falls, stands and flows goes into the ground: against closed forms, in the balance, and the same
// for any number of threads.
#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

#include "engine/drainage/green_ampt.hpp"
#include "tests/validation/surface_water/flood_case.hpp"

using namespace citytwin;
using namespace citytwin::test;

namespace {

constexpr double kMmPerHour = 1e-3 / 3600;
constexpr const char* kModels[] = {"green_ampt", "horton", "curve_number"};

double infiltrated(const FloodRun& run) {
  for (const Balance::Part& part : run.balance().parts)
    if (part.name == "infiltration") return part.out;
  return 0;
}

FloodCase open_ground(int n, const char* model) {
  FloodCase c = plain_case(n, n, 10);
  c.parameters.set("infiltration", std::string(model));
  c.parameters.set("pervious_unknown", 1.0);
  c.parameters.set("depression_mm_unknown", 0.0);
  return c;
}

FloodCase storm_on_soil(const char* model, const char* precision) {
  FloodCase c = plain_case(100, 90, 12);
  c.parameters.set("precision", std::string(precision));
  c.parameters.set("edge", std::string("open"));
  c.parameters.set("manning_everywhere", 0.03);
  c.parameters.set("infiltration", std::string(model));
  c.ground = [](double x, double y) { return 4 * std::sin(x / 130) * std::cos(y / 190) + x / 300; };
  c.depth = [](double x, double y) { return std::hypot(x - 700, y - 500) < 120 ? 1.0 : 0.0; };
  for (int k = 0; k < 6; ++k)
    add_building(c, numbered("b", k), rectangle(200 + 150 * k, 300 + 77 * k, 243 + 150 * k, 371 + 77 * k));
  add_rain(c, 60 * kMmPerHour, 600);
  add_inflow(c, 2, {{900, 900}});
  return c;
}

}  // namespace

TEST_CASE("Horton: standing water sinks as the integral of the curve") {
  FloodCase c = open_ground(20, "horton");
  c.depth = [](double, double) { return 0.5; };
  c.parameters.set("horton_max_mm_per_h", 76.0);
  c.parameters.set("horton_min_mm_per_h", 13.0);
  c.parameters.set("horton_decay_per_h", 4.0);
  FloodRun run(c);
  run.run_until(3600);
  const double sunk = 0.013 + 0.063 / 4 * (1 - std::exp(-4.0));
  CHECK(run.h(7, 9) == doctest::Approx(0.5 - sunk).epsilon(1e-9));
  CHECK(infiltrated(run) == doctest::Approx(sunk * 200 * 200).epsilon(1e-9));
}

// The depth of water adds to the suction; with little of it the solution without depth holds.
TEST_CASE("Green-Ampt: rain on level ground follows Mein and Larson") {
  FloodCase c = open_ground(20, "green_ampt");
  c.parameters.set("suction_mm", 5000.0);  // so that the millimetres that stand do not matter
  c.parameters.set("conductivity_mm_per_h", 0.2);
  c.parameters.set("soil", std::string("silt_loam"));
  c.parameters.set("soil_wetness", 0.3);
  const double rain = 50 * kMmPerHour;
  add_rain(c, rain, 3600);
  FloodRun run(c);
  run.run_until(3600);
  const double k = 0.2 * kMmPerHour;
  const double head_deficit = 5 * 0.486 * 0.7;
  const double at_ponding = k * head_deficit / (rain - k);
  const double sunk = drainage::green_ampt_volume(at_ponding, head_deficit, k, 3600 - at_ponding / rain);
  CAPTURE(infiltrated(run) / (200 * 200) / sunk);
  CHECK(std::abs(infiltrated(run) / (200 * 200) / sunk - 1) <= 0.002);
  CAPTURE(run.h(3, 3) / (0.05 - sunk));
  CHECK(std::abs(run.h(3, 3) / (0.05 - sunk) - 1) <= 0.005);
}

// S = 1000 / CN - 10 inches, Q = (P - 0.2 S)^2 / (P + 0.8 S): NRCS TR-55.
TEST_CASE("curve number: what stands on level ground after a storm is the runoff of TR-55") {
  for (const double number : {65.0, 80.0, 95.0}) {
    FloodCase c = open_ground(16, "curve_number");
    c.parameters.set("curve_number_unknown", number);
    add_rain(c, 80 * kMmPerHour, 3600);
    FloodRun run(c);
    run.run_until(3600);
    const double s = (1000 / number - 10) * 0.0254;
    const double q = std::pow(0.08 - 0.2 * s, 2) / (0.08 + 0.8 * s);
    CAPTURE(run.h(5, 5) / q);
    CHECK(std::abs(run.h(5, 5) / q - 1) <= 1e-4);
    CHECK(run.mass_error() <= 1e-12);
  }
}

TEST_CASE("hollows hold water before any moves, and drain into the soil below them") {
  FloodCase c = open_ground(30, "horton");
  c.ground = [](double x, double) { return x / 20; };
  c.parameters.set("depression_mm_unknown", 5.0);
  c.parameters.set("pervious_unknown", 0.0);
  add_rain(c, 24 * kMmPerHour, 600);  // 4 mm
  FloodRun sealed(c);
  sealed.run_until(900);
  CHECK(sealed.solver().volume() == 0);
  CHECK(sealed.solver().losses()->held() == doctest::Approx(0.004 * 300 * 300).epsilon(1e-9));
  CHECK(sealed.mass_error() <= 1e-12);
  c.parameters.set("pervious_unknown", 1.0);
  FloodRun soil(c);
  soil.run_until(900);
  CHECK(soil.solver().losses()->held() == 0);
  CHECK(infiltrated(soil) == doctest::Approx(0.004 * 300 * 300).epsilon(1e-9));
}

TEST_CASE("mass error with infiltration, walls of houses, open edges, inflow: 1e-12 (32 bits: 1e-7)") {
  for (const char* model : kModels)
    for (const char* precision : {"double", "single"}) {
      CAPTURE(std::string(model));
      FloodRun run(storm_on_soil(model, precision));
      run.run_until(1200);
      MESSAGE(std::string(model), ", ", std::string(precision), ": mass error ", run.mass_error(),
              ", infiltrated ", infiltrated(run), " m3 of ", run.balance().in);
      CHECK(run.mass_error() <= (precision == std::string("double") ? 1e-12 : 1e-7));
      CHECK(infiltrated(run) > 0.05 * run.balance().in);
      CHECK(run.min_depth() >= 0);
    }
}

TEST_CASE("32 bits infiltrate as 64 do, on deep water too") {
  double volume[2] = {};
  for (const bool single : {false, true}) {
    FloodCase c = open_ground(20, "green_ampt");
    c.parameters.set("precision", std::string(single ? "single" : "double"));
    c.parameters.set("soil", std::string("clay"));  // 0.3 mm/h: below the last bit of 8 m in most steps
    c.depth = [](double, double) { return 8.0; };
    FloodRun run(c);
    run.run_until(900);
    volume[single ? 1 : 0] = infiltrated(run);
  }
  CHECK(volume[1] == doctest::Approx(volume[0]).epsilon(1e-6));
}

TEST_CASE("more rain is never less water") {
  for (const char* model : kModels) {
    double before = -1;
    for (const double rain : {5.0, 20.0, 60.0, 120.0}) {
      FloodCase c = open_ground(12, model);
      add_rain(c, rain * kMmPerHour, 1200);
      FloodRun run(c);
      run.run_until(1800);
      CHECK(run.solver().volume() >= before);
      before = run.solver().volume();
    }
  }
}

TEST_CASE("with infiltration: equal bits at any number of threads, and from a checkpoint") {
  for (const char* model : kModels) {
    CAPTURE(std::string(model));
    check_equal_bits(storm_on_soil(model, "single"), 20, {10});
  }
}

TEST_CASE("how often the ground takes water hardly matters") {
  for (const char* model : kModels) {
    double volume[2] = {};
    for (const int k : {0, 1}) {
      FloodCase c = storm_on_soil(model, "double");
      c.parameters.set("infiltration_step_s", k == 0 ? 0.0 : 5.0);
      FloodRun run(c);
      run.run_until(900);
      volume[k] = infiltrated(run);
    }
    MESSAGE(std::string(model), ": ", volume[0], " m3 in every sub-step, ", volume[1], " m3 every 5 s");
    // A curve number knows rain only; what stands goes on sinking at the rate of the last rain.
    const double bar = std::string(model) == "curve_number" ? 0.03 : 0.005;
    CHECK(volume[1] == doctest::Approx(volume[0]).epsilon(bar));
  }
}
