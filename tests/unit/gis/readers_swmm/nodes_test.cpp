#include <cmath>
#include <numbers>

#include "tests/unit/gis/readers_swmm/model.hpp"

using namespace citytwin;
using namespace citytwin::gis::test;
using doctest::Approx;

namespace {

double area(const drainage::Storage& s, double d) {
  if (!s.area.x.empty()) return s.area.at(d);
  return s.constant + s.coefficient * std::pow(d, s.exponent) + s.linear * d + s.quadratic * d * d;
}

drainage::Storage storage(const std::string& unit, const std::string& row, const std::string& more = "") {
  return network_of(project(unit, "[STORAGE]\nP 0 10 0 " + row + "\n" + more)).nodes.back().storage;
}

}  // namespace

TEST_CASE("areas of storage nodes, in file units and by hand") {
  // A = 1000 + 50 d^1.5 ft2 at 4 ft is 1400 ft2.
  CHECK(area(storage("CFS", "FUNCTIONAL 50 1.5 1000"), 4 * kFoot) == Approx(1400 * kFoot * kFoot));
  CHECK(area(storage("CMS", "FUNCTIONAL 50 1.5 1000"), 4) == Approx(1400));
  constexpr double kPi = std::numbers::pi;
  CHECK(area(storage("CMS", "CYLINDRICAL 10 6 0"), 3) == Approx(kPi * 5 * 3));
  // Sides of 2 horizontal on 1 vertical: half axes 5 + 2 d and (3/5) of that.
  CHECK(area(storage("CMS", "CONICAL 10 6 2"), 3) == Approx(kPi * 11 * 6.6));
  CHECK(area(storage("CFS", "CONICAL 10 6 2"), 3 * kFoot) == Approx(kPi * 11 * 6.6 * kFoot * kFoot));
  CHECK(area(storage("CMS", "PYRAMIDAL 10 6 2"), 3) == Approx(22 * 18));
  // A paraboloid of 10 x 6 at its height of 4: linear in depth.
  CHECK(area(storage("CMS", "PARABOLOID 10 6 4"), 4) == Approx(kPi * 5 * 3));
  CHECK(area(storage("CFS", "PARABOLOID 10 6 4"), 2 * kFoot) == Approx(kPi * 5 * 3 / 2 * kFoot * kFoot));
}

TEST_CASE("a storage curve begins in 0 and goes on with its last slope, as SWMM looks it up") {
  const auto s = storage("CFS", "TABULAR T", "[CURVES]\nT STORAGE 2 100 4 300\n");
  CHECK(area(s, 0) == 0);
  CHECK(area(s, 1 * kFoot) == Approx(50 * kFoot * kFoot));
  CHECK(area(s, 3 * kFoot) == Approx(200 * kFoot * kFoot));
  CHECK(area(s, 10 * kFoot) == Approx(900 * kFoot * kFoot));
  const auto narrowing = storage("CMS", "TABULAR T", "[CURVES]\nT STORAGE 0 100 4 50\n");
  CHECK(area(narrowing, 9) == Approx(50));
}

TEST_CASE("exfiltration of storage nodes: one value, or three") {
  const auto one = storage("CFS", "FUNCTIONAL 0 0 100 0 0.5 0.2");
  CHECK(one.evaporated_share == 0.5);
  CHECK(one.conductivity == Approx(0.2 * 0.0254 / 3600));
  const auto three = storage("LPS", "FUNCTIONAL 0 0 100 0 0 90 12 0.3");
  CHECK(three.suction == Approx(0.09));
  CHECK(three.conductivity == Approx(0.012 / 3600));
  CHECK(three.initial_deficit == Approx(0.3));
}

TEST_CASE("outfalls of every type") {
  const auto n = network_of(
      "[OPTIONS]\nFLOW_UNITS CFS\nSTART_DATE 01/01/2020\nEND_DATE 01/02/2020\n"
      "[OUTFALLS]\nA 1 FREE YES\nB 1 NORMAL\nC 1 FIXED 6 NO\nD 1 TIDAL T YES\nE 1 TIMESERIES S NO CATCH\n"
      "[CURVES]\nT TIDAL 0 3 12 5\nT 24 3\n[TIMESERIES]\nS 0 2\nS 3:00 4\n"
      "[SUBCATCHMENTS]\nCATCH * A 1 0 10 1 0\n[SUBAREAS]\nCATCH 0.01 0.1 0 0 0 OUTLET\n");
  using drainage::OutfallKind;
  CHECK(n.nodes[0].outfall.kind == OutfallKind::free);
  CHECK(n.nodes[0].outfall.flap_gate);
  CHECK(n.nodes[1].outfall.kind == OutfallKind::normal);
  CHECK(n.nodes[2].outfall.stage == Approx(6 * kFoot));
  CHECK(n.nodes[3].outfall.tide.at(6) == Approx(4 * kFoot));
  CHECK(n.nodes[3].outfall.flap_gate);
  CHECK(n.nodes[4].outfall.stage_series.at(5400) == Approx(3 * kFoot));
  CHECK(n.nodes[4].outfall.stage_series.at(1e6) == Approx(4 * kFoot));
  CHECK(n.nodes[4].outfall.route_to == 0);
}

TEST_CASE("dividers of every type") {
  const auto n =
      network_of(project("CFS",
                         "[DIVIDERS]\nD1 9 L1 CUTOFF 3 5\nD2 9 L2 OVERFLOW 5 1\nD3 9 L3 TABULAR T 5\n"
                         "D4 9 L4 WEIR 2 3 4 5 0.5 0 7\n[CURVES]\nT DIVERSION 0 0 10 5\n"
                         "[CONDUITS]\nL1 D1 J 50 0.01 0 0\nL2 D2 J 50 0.01 0 0\nL3 D3 J 50 0.01 0 0\n"
                         "L4 D4 J 50 0.01 0 0\n[XSECTIONS]\nL1 CIRCULAR 1\nL2 CIRCULAR 1\n"
                         "L3 CIRCULAR 1\nL4 CIRCULAR 1\n"));
  CHECK(n.nodes[2].divider.cutoff_flow == Approx(3 * kCubicFoot));
  CHECK(n.nodes[2].max_depth == Approx(5 * kFoot));
  CHECK(n.nodes[3].initial_depth == Approx(kFoot));
  CHECK(n.nodes[4].divider.diverted.at(4 * kCubicFoot) == Approx(2 * kCubicFoot));
  const auto& weir = n.nodes[5].divider;
  // Q = 4 h^1.5 cfs: at 3 ft 20.785 cfs.
  CHECK(weir.weir_coefficient * std::pow(weir.weir_depth, 1.5) == Approx(20.784609690826528 * kCubicFoot));
  CHECK(weir.weir_min_flow == Approx(2 * kCubicFoot));
  CHECK(n.nodes[5].ponded_area == Approx(7 * kFoot * kFoot));
}
