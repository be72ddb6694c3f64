// Pumps, orifices, weirs, outlets and storage against their formulas.
#include "engine/drainage/structures.hpp"

#include <doctest/doctest.h>

#include <numbers>

#include "engine/drainage/node_storage.hpp"

using namespace citytwin;
using namespace citytwin::drainage;

namespace {

constexpr double kG = 9.80665;

StructureHeads heads(double from, double to) {
  StructureHeads h;
  h.from = from;
  h.to = to;
  return h;
}

Link orifice(OrificeKind kind, double diameter) {
  Link link;
  link.kind = LinkKind::orifice;
  link.orifice.kind = kind;
  link.section.shape = Shape::circular;
  link.section.full_depth = diameter;
  return link;
}

Link weir(WeirKind kind, double length, double height, double coefficient) {
  Link link;
  link.kind = LinkKind::weir;
  link.weir.kind = kind;
  link.weir.coefficient = coefficient;
  link.section.shape = Shape::rect_open;
  link.section.width = length;
  link.section.full_depth = height;
  return link;
}

}  // namespace

TEST_CASE(
    "a drowned side orifice: Cd A sqrt(2 g dh); free: the head above its middle; flows back as it flows") {
  const Link link = orifice(OrificeKind::side, 0.4);
  const SectionTable section = SectionTable::of(link.section, Network{});
  const double full = 0.65 * std::numbers::pi * 0.04;
  CHECK(structure_flow(link, &section, heads(3, 2)) ==
        doctest::Approx(full * std::sqrt(2 * kG)).epsilon(1e-3));
  CHECK(structure_flow(link, &section, heads(2, 3)) ==
        doctest::Approx(-full * std::sqrt(2 * kG)).epsilon(1e-3));
  CHECK(structure_flow(link, &section, heads(1, 0)) ==
        doctest::Approx(full * std::sqrt(2 * kG * 0.8)).epsilon(1e-3));
  CHECK(structure_flow(link, &section, heads(0, -1)) == 0);
  StructureHeads half = heads(3, 2);
  half.setting = 0.5;
  CHECK(structure_flow(link, &section, half) ==
        doctest::Approx(0.65 * section.at(0.2).area * std::sqrt(2 * kG)).epsilon(1e-3));
  half.setting = 0;
  CHECK(structure_flow(link, &section, half) == 0);
}

TEST_CASE("orifices and weirs change from weir to orifice flow without a jump") {
  for (const OrificeKind kind : {OrificeKind::side, OrificeKind::bottom}) {
    const Link link = orifice(kind, 0.4);
    const SectionTable section = SectionTable::of(link.section, Network{});
    double before = 0;
    for (double h = 0; h < 1; h += 0.001) {
      const double q = structure_flow(link, &section, heads(h, -1));
      CHECK(q >= before);
      CHECK(q - before < 0.004);
      before = q;
    }
  }
  const Link top = weir(WeirKind::transverse, 2, 0.5, 1.84);
  double before = 0;
  for (double h = 0; h < 1; h += 0.001) {
    const double q = structure_flow(top, nullptr, heads(h, -1));
    CHECK(q >= before);
    CHECK(q - before < 0.02);
    before = q;
  }
}

TEST_CASE("weirs: c L h^1.5, contracted, notched, trapezoidal; drowned after Villemonte") {
  Link w = weir(WeirKind::transverse, 2, 1, 1.84);
  CHECK(structure_flow(w, nullptr, heads(0.25, -1)) == doctest::Approx(1.84 * 2 * 0.125));
  w.weir.end_contractions = 2;
  CHECK(structure_flow(w, nullptr, heads(0.25, -1)) == doctest::Approx(1.84 * (2 - 0.05) * 0.125));
  Link notch = weir(WeirKind::v_notch, 0, 1, 1.4);
  notch.section.left_slope = 0.5;
  CHECK(structure_flow(notch, nullptr, heads(0.25, -1)) == doctest::Approx(1.4 * 0.5 * std::pow(0.25, 2.5)));
  Link trapezoid = weir(WeirKind::trapezoidal, 2, 1, 1.84);
  trapezoid.section.left_slope = 0.5;
  trapezoid.weir.end_coefficient = 1.4;
  CHECK(structure_flow(trapezoid, nullptr, heads(0.25, -1)) ==
        doctest::Approx(1.84 * 2 * 0.125 + 1.4 * 0.5 * std::pow(0.25, 2.5)));
  const Link drowned = weir(WeirKind::transverse, 2, 1, 1.84);
  const double share = std::pow(1 - std::pow(0.8, 1.5), 0.385);
  CHECK(structure_flow(drowned, nullptr, heads(0.5, 0.4)) ==
        doctest::Approx(share * 1.84 * 2 * std::pow(0.5, 1.5)));
  CHECK(structure_flow(drowned, nullptr, heads(0.5, 0.5)) == doctest::Approx(0));
}

TEST_CASE("outlets by a power of the depth or a table; gates that let nothing back; a largest flow") {
  Link link;
  link.kind = LinkKind::outlet;
  link.outlet.coefficient = 0.3;
  link.outlet.exponent = 0.5;
  CHECK(structure_flow(link, nullptr, heads(4, 0)) == doctest::Approx(0.6));
  link.outlet.rating = {{0, 1, 2}, {0, 1, 1.5}};
  CHECK(structure_flow(link, nullptr, heads(1.5, 0)) == doctest::Approx(1.25));
  CHECK(structure_flow(link, nullptr, heads(0, 1.5)) == doctest::Approx(-1.25));
  link.max_flow = 1;
  CHECK(structure_flow(link, nullptr, heads(1.5, 0)) == doctest::Approx(1));
  link.flap_gate = true;
  CHECK(structure_flow(link, nullptr, heads(0, 1.5)) == 0);
}

TEST_CASE("pumps of every type") {
  Link link;
  link.kind = LinkKind::pump;
  StructureHeads h = heads(3, 8);
  h.from_invert = 1;
  h.from_volume = 15;
  h.from_inflow = 0.07;
  CHECK(structure_flow(link, nullptr, h) == doctest::Approx(0.07));  // ideal
  link.pump.curve = {{10, 20, 30}, {0.1, 0.2, 0.3}};
  link.pump.kind = PumpKind::type1;
  CHECK(structure_flow(link, nullptr, h) == doctest::Approx(0.2));  // steps
  link.pump.curve = {{1, 3}, {0.1, 0.3}};
  link.pump.kind = PumpKind::type4;
  CHECK(structure_flow(link, nullptr, h) == doctest::Approx(0.2));  // between
  link.pump.curve = {{0, 10}, {0.4, 0}};
  link.pump.kind = PumpKind::type3;
  CHECK(structure_flow(link, nullptr, h) == doctest::Approx(0.2));  // lift 5 m
  link.pump.kind = PumpKind::type5;
  h.setting = 0.5;  // 5 m at half speed is 20 m at full speed
  CHECK(structure_flow(link, nullptr, h) == doctest::Approx(0));
  h.to = 4;  // 1 m at half speed is 4 m at full speed
  CHECK(structure_flow(link, nullptr, h) == doctest::Approx(0.5 * 0.24));
}

TEST_CASE("a pump starts above its start depth and runs down to its stop depth") {
  Pump pump;
  pump.startup_depth = 2;
  pump.shutoff_depth = 0.5;
  CHECK_FALSE(pump_runs(pump, false, 1.9));
  CHECK(pump_runs(pump, false, 2.1));
  CHECK(pump_runs(pump, true, 0.6));
  CHECK_FALSE(pump_runs(pump, true, 0.4));
}

TEST_CASE("storage: the volume is the integral of the area, above its table and below its bottom too") {
  const NodeStorage cone = NodeStorage({0, 1, 3}, {2, 4, 4});
  CHECK(cone.at(1).volume == doctest::Approx(3));
  CHECK(cone.at(0.5).area == doctest::Approx(3));
  CHECK(cone.at(5).volume == doctest::Approx(3 + 16));
  CHECK(cone.at(-0.5).volume == doctest::Approx(-1));
  Storage function;
  function.constant = 10;
  function.coefficient = 3;
  function.exponent = 2;
  const NodeStorage tank = NodeStorage::of(function, 4);
  CHECK(tank.at(2).volume == doctest::Approx(20 + 8).epsilon(1e-4));
  CHECK(tank.at(2).area == doctest::Approx(22).epsilon(1e-4));
  for (double y = 0; y < 6; y += 0.01)
    CHECK((tank.at(y + 1e-4).volume - tank.at(y).volume) / 1e-4 ==
          doctest::Approx(tank.at(y).area).epsilon(1e-3));
}
