#include "engine/domains/surface_water/structure_flow.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

using namespace citytwin;
using namespace citytwin::surface_water;

namespace {

HydraulicStructure box_culvert() {
  HydraulicStructure s;
  s.kind = StructureKind::culvert;
  s.width = 2;
  s.height = 1.5;
  s.level = 10.1;
  s.to_level = 10;
  s.length = 40;
  s.coefficient = 0.6;
  return s;
}

}  // namespace

TEST_CASE("weir: q = C B H^1.5, drowned after Villemonte, nothing below the crest or between equal levels") {
  CHECK(weir_flow(1.7, 4, 2, 2.5, 0) == doctest::Approx(1.7 * 4 * std::pow(0.5, 1.5)));
  CHECK(weir_flow(1.7, 4, 2, 2.0, 0) == 0);
  CHECK(weir_flow(1.7, 4, 2, 2.5, 2.5) == 0);
  CHECK(weir_flow(1.7, 4, 2, 2.5, 2.25) ==
        doctest::Approx(1.7 * 4 * std::pow(0.5, 1.5) * std::pow(1 - std::pow(0.5, 1.5), 0.385)));
}

TEST_CASE("orifice: C A sqrt(2 g H), and it is continuous where it begins to run full") {
  CHECK(orifice_flow(0.6, 2, 0.5, 1, 3, 0) == doctest::Approx(0.6 * 2 * 0.5 * std::sqrt(2 * 9.81 * 1.75)));
  CHECK(orifice_flow(0.6, 2, 0.5, 1, 3, 2.5) == doctest::Approx(0.6 * 2 * 0.5 * std::sqrt(2 * 9.81 * 0.5)));
  CHECK(orifice_flow(0.6, 2, 0.5, 1, 1.5, 0) ==
        doctest::Approx(orifice_flow(0.6, 2, 0.5, 1, 1.5 - 1e-9, 0)).epsilon(1e-6));
  CHECK(orifice_flow(0.6, 2, 0.5, 1, 1, 0) == 0);
  CHECK(orifice_flow(0.6, 2, 0, 1, 3, 0) == 0);
}

TEST_CASE("culvert: outlet control of a full barrel, more barrels more flow, never more than the inlet") {
  HydraulicStructure s = box_culvert();
  const double radius = 3.0 / 7.0;
  const double losses = 1 + 0.5 + 2 * 9.81 * 0.013 * 0.013 * 40 / std::pow(radius, 4.0 / 3.0);
  CHECK(culvert_flow(s, 13, 12.8, true) == doctest::Approx(3 * std::sqrt(2 * 9.81 * 0.2 / losses)));
  s.barrels = 3;
  CHECK(culvert_flow(s, 13, 12.8, true) == doctest::Approx(9 * std::sqrt(2 * 9.81 * 0.2 / losses)));
  s.barrels = 1;
  CHECK(culvert_flow(s, 11.9, 10, true) <= orifice_flow(0.6, 2, 1.5, 10.1, 11.9, 10.1));
  double before = 0;
  for (double up = 10; up < 15; up += 0.05) {
    const double q = culvert_flow(s, up, 10, true);
    CHECK(q >= before - 1e-9);
    before = q;
  }
}

TEST_CASE("flow reverses with the levels unless there is a flap; an opening scales it") {
  for (const StructureKind kind : {StructureKind::weir, StructureKind::orifice}) {
    HydraulicStructure s = box_culvert();
    s.kind = kind;
    s.coefficient = kind == StructureKind::weir ? 1.7 : 0.6;
    CHECK(structure_flow(s, 1, 12, 11) == doctest::Approx(-structure_flow(s, 1, 11, 12)));
    CHECK(structure_flow(s, 0.5, 12, 11) < structure_flow(s, 1, 12, 11));
    CHECK(structure_flow(s, 0, 12, 11) == 0);
    s.one_way = true;
    CHECK(structure_flow(s, 1, 11, 12) == 0);
  }
}
