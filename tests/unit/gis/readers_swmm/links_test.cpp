#include <cmath>

#include "tests/unit/gis/readers_swmm/model.hpp"

using namespace citytwin;
using namespace citytwin::gis::test;
using doctest::Approx;
using drainage::Shape;

namespace {

// Beside the pipe C, a link X from J to a second outfall.
drainage::Network with_link(const std::string& unit, const std::string& rows) {
  return network_of(project(unit, "[OUTFALLS]\nO2 8 FREE NO\n" + rows));
}

drainage::CrossSection shape(const std::string& unit, const std::string& fields,
                             const std::string& more = "") {
  return with_link(unit, "[CONDUITS]\nX J O2 100 0.02 0 0\n[XSECTIONS]\nX " + fields + "\n" + more)
      .links.back()
      .section;
}

}  // namespace

TEST_CASE("cross-sections of every shape, their sizes in metres") {
  CHECK(shape("CMS", "CIRCULAR 2 0 0 0").width == 2);
  CHECK(shape("CFS", "CIRCULAR 2 0 0 0").full_depth == Approx(2 * kFoot));
  CHECK(shape("CMS", "FILLED_CIRCULAR 2 0.5 0 0").sediment_depth == 0.5);
  CHECK(shape("CFS", "RECT_CLOSED 2 3 0 0").width == Approx(3 * kFoot));
  CHECK(shape("CMS", "RECT_OPEN 2 3 1 0").walls_without_friction == 1);
  const auto trapezoid = shape("CFS", "TRAPEZOIDAL 9 2 3 4");
  CHECK(trapezoid.width == Approx(2 * kFoot));
  CHECK(trapezoid.left_slope == 3);
  CHECK(trapezoid.right_slope == 4);
  CHECK(shape("CMS", "TRIANGULAR 2 3 0 0").shape == Shape::triangular);
  CHECK(shape("CMS", "PARABOLIC 2 3 0 0").width == 3);
  CHECK(shape("CMS", "POWER 2 3 1.5 0").exponent == 1.5);
  CHECK(shape("CFS", "RECT_TRIANGULAR 4 3 1 0").bottom_height == Approx(kFoot));
  CHECK(shape("CMS", "RECT_ROUND 4 3 1 0").bottom_radius == 1.5);
  CHECK(shape("CMS", "MODBASKETHANDLE 4 3 2 0").top_radius == 2);
  const std::pair<const char*, Shape> plain[]{{"EGG", Shape::egg},
                                              {"HORSESHOE", Shape::horseshoe},
                                              {"GOTHIC", Shape::gothic},
                                              {"CATENARY", Shape::catenary},
                                              {"SEMIELLIPTICAL", Shape::semi_elliptical},
                                              {"BASKETHANDLE", Shape::basket_handle},
                                              {"SEMICIRCULAR", Shape::semi_circular}};
  for (const auto& [word, expected] : plain) {
    const auto s = shape("CFS", std::string(word) + " 3 0 0 0");
    CHECK_MESSAGE(s.shape == expected, word);
    CHECK_MESSAGE(s.full_depth == Approx(3 * kFoot), word);
  }
  CHECK(shape("CMS", "DUMMY 0 0 0 0").shape == Shape::dummy);
}

TEST_CASE("ellipses and arches by axes or by the code of a standard size") {
  CHECK(shape("CFS", "HORIZ_ELLIPSE 2 3 0 0").width == Approx(3 * kFoot));
  const auto coded = shape("CMS", "HORIZ_ELLIPSE 1 0 0 0");  // 14 by 23 inches
  CHECK(coded.full_depth == Approx(14 * 0.0254));
  CHECK(coded.width == Approx(23 * 0.0254));
  CHECK(shape("CMS", "VERT_ELLIPSE 1 1 23 0").full_depth == Approx(180 * 0.0254));
  CHECK(shape("CMS", "ARCH 3 3 102 0").width == Approx(247 * 0.0254));
}

TEST_CASE("force mains: Hazen-Williams C, or a roughness height in inches or millimetres") {
  CHECK(shape("CFS", "FORCE_MAIN 2 120 0 0").friction == 120);
  const auto dw = [](const std::string& unit) {
    return shape(unit, "FORCE_MAIN 2 0.5 0 0", "[OPTIONS]\nFORCE_MAIN_EQUATION D-W\n").friction;
  };
  CHECK(dw("CFS") == Approx(0.5 * 0.0254));
  CHECK(dw("LPS") == Approx(0.0005));
}

TEST_CASE("custom shapes, transects and streets") {
  const auto custom = with_link("CMS",
                                "[CONDUITS]\nX J O2 100 0.02 0 0\n[XSECTIONS]\nX CUSTOM 3 W 0 0 2\n"
                                "[CURVES]\nW SHAPE 0 1 0.5 2 1 0.5\n");
  CHECK(custom.links.back().section.custom_shape == 0);
  CHECK(custom.links.back().section.width == 6);
  CHECK(custom.links.back().conduit.barrels == 2);
  CHECK(custom.shapes.at(0).width.at(0.25) == Approx(1.5));

  const auto surveyed = with_link("CFS",
                                  "[CONDUITS]\nX J O2 100 0 0 0\n[XSECTIONS]\nX IRREGULAR T\n"
                                  "[TRANSECTS]\nNC 0.05 0.06 0.03\nX1 T 4 10 20 0 0 1.2 2 5\n"
                                  "GR 8 0 0 10 0 20\nGR 6 30\n");
  const auto& t = surveyed.transects.at(0);
  CHECK(t.station == std::vector<double>{0, 20 * kFoot, 40 * kFoot, 60 * kFoot});
  CHECK(t.elevation.at(0) == Approx(13 * kFoot));
  CHECK(t.left_bank == Approx(20 * kFoot));
  CHECK(t.right_bank == Approx(40 * kFoot));
  CHECK(t.meander == 1.2);
  CHECK(t.left_n == 0.05);
  CHECK(surveyed.links.back().conduit.roughness == 0.03);
  CHECK(surveyed.links.back().section.full_depth == Approx(8 * kFoot));

  const auto street = with_link("CMS",
                                "[CONDUITS]\nX J O2 100 0 0 0\n[XSECTIONS]\nX STREET ST\n"
                                "[STREETS]\nST 6 0.15 2 0.016 0.05 0.5 2 3 4 0.02\n");
  const auto& s = street.transects.at(0);
  CHECK(s.station.front() == 0);
  CHECK(s.station.back() == Approx(18));
  CHECK(s.elevation.front() == Approx(0.05 + 0.15 + 3 * 0.04));
  CHECK(s.elevation.at(2) == 0);                          // bottom of the gutter
  CHECK(s.elevation.at(3) == Approx(0.05 + 0.5 * 0.02));  // its lip
  CHECK(s.elevation.at(4) == Approx(0.05 + 6 * 0.02));    // crown
  CHECK(s.elevation.back() == s.elevation.front());
  CHECK(street.links.back().conduit.roughness == 0.016);
}

TEST_CASE("weirs keep their flow through the units") {
  const char* rows = "[WEIRS]\nX J O2 TRANSVERSE 1 3.33 NO 2 1.5 NO\n[XSECTIONS]\nX RECT_OPEN 5 4 9 9\n";
  const auto us = with_link("CFS", rows).links.back();
  // 3.33 x 4 ft x (2 ft)^1.5 = 37.675 cfs.
  const double q = us.weir.coefficient * us.section.width * std::pow(2 * kFoot, 1.5);
  CHECK(q == Approx(3.33 * 4 * std::pow(2, 1.5) * kCubicFoot));
  CHECK(us.weir.end_contractions == 2);
  CHECK(us.weir.end_coefficient == Approx(1.5 * std::sqrt(kFoot)));
  CHECK_FALSE(us.weir.can_surcharge);
  CHECK(us.from_offset == Approx(kFoot));
  CHECK(with_link("CMS", rows).links.back().weir.coefficient == 3.33);
  const auto road =
      with_link("CFS",
                "[WEIRS]\nX J O2 ROADWAY 0 3 NO 0 0 NO 30 GRAVEL K\n[XSECTIONS]\nX RECT_OPEN 5 4 0 0\n"
                "[CURVES]\nK WEIR 0 3 2 3.5\n")
          .links.back()
          .weir;
  CHECK(road.road_width == Approx(30 * kFoot));
  CHECK(road.road_surface == drainage::RoadSurface::gravel);
  CHECK(road.coefficient_of_head.at(2 * kFoot) == Approx(3.5 * std::sqrt(kFoot)));
}

TEST_CASE("orifices and outlets") {
  const auto orifice =
      with_link("CFS", "[ORIFICES]\nX J O2 BOTTOM 1 0.6 YES 0.5\n[XSECTIONS]\nX CIRCULAR 1 0 0 0\n")
          .links.back();
  CHECK(orifice.orifice.kind == drainage::OrificeKind::bottom);
  CHECK(orifice.orifice.discharge_coefficient == 0.6);
  CHECK(orifice.orifice.full_travel_time == 1800);
  CHECK(orifice.flap_gate);
  const auto power = with_link("CFS", "[OUTLETS]\nX J O2 0 FUNCTIONAL/HEAD 2 0.5 YES\n").links.back();
  CHECK(power.outlet.by_head);
  CHECK(power.flap_gate);
  // 2 x (4 ft)^0.5 = 4 cfs.
  CHECK(power.outlet.coefficient * std::sqrt(4 * kFoot) == Approx(4 * kCubicFoot));
  const auto table =
      with_link("LPS", "[OUTLETS]\nX J O2 0 TABULAR/DEPTH R NO\n[CURVES]\nR RATING 0 0 2 10\n").links.back();
  CHECK_FALSE(table.outlet.by_head);
  CHECK(table.outlet.rating.at(1) == Approx(0.005));
}

TEST_CASE("pumps: what the curve's x is depends on the type") {
  const auto pump = [](const std::string& type, const std::string& rest = "ON 2 1") {
    return with_link("CFS", "[PUMPS]\nX J O2 P " + rest + "\n[CURVES]\nP " + type + " 10 1 20 3\n")
        .links.back()
        .pump;
  };
  CHECK(pump("PUMP1").curve.x.at(1) == Approx(20 * kCubicFoot));
  for (const char* type : {"PUMP2", "PUMP3", "PUMP4", "PUMP5"}) {
    CHECK_MESSAGE(pump(type).curve.x.at(1) == Approx(20 * kFoot), type);
    CHECK_MESSAGE(pump(type).curve.y.at(1) == Approx(3 * kCubicFoot), type);
  }
  CHECK(pump("PUMP3").kind == drainage::PumpKind::type3);
  CHECK(pump("PUMP4").startup_depth == Approx(2 * kFoot));
  CHECK_FALSE(pump("PUMP4", "OFF").initially_on);
  CHECK(with_link("CFS", "[PUMPS]\nX J O2 * ON\n").links.back().pump.kind == drainage::PumpKind::ideal);
}

TEST_CASE("offsets as elevations; '*' and rounding are the invert, lower ones are raised with a warning") {
  const auto text = [](const std::string& in, const std::string& out) {
    return "[OPTIONS]\nFLOW_UNITS CMS\nFLOW_ROUTING DYNWAVE\nLINK_OFFSETS ELEVATION\nEND_DATE "
           "1/2/2004\n[JUNCTIONS]\nJ 10\n"
           "[OUTFALLS]\nO 8 FREE\n[CONDUITS]\nC J O 100 0.013 " +
           in + " " + out + "\n[XSECTIONS]\nC CIRCULAR 1\n";
  };
  const auto n = network_of(text("10.5", "*"));
  CHECK(n.links[0].from_offset == Approx(0.5));
  CHECK(n.links[0].to_offset == 0);
  const auto low = gis::parse_swmm_inp(text("9", "7.9999"), "test.inp");
  REQUIRE(low.ok());
  CHECK(low->links[0].from_offset == 0);
  CHECK(low.diagnostics().items().size() == 1);
  CHECK(low.diagnostics().has("swmm.offset_below_invert"));
}

TEST_CASE("the crest of a regulator is raised to the invert behind it under dynamic wave") {
  const auto read = gis::parse_swmm_inp(
      project(
          "CMS",
          "[JUNCTIONS]\nHIGH 11\n[ORIFICES]\nX J HIGH SIDE 0.2 0.6\n[XSECTIONS]\nX RECT_CLOSED 1 1 0 0\n"),
      "test.inp");
  REQUIRE(read.ok());
  CHECK(read.diagnostics().has("swmm.crest_raised"));
  CHECK(read->links.back().from_offset == Approx(1));
}

TEST_CASE("a node is as deep as the crown of its highest link") {
  const auto read = gis::parse_swmm_inp(
      project("CFS",
              "[JUNCTIONS]\nLOW 9 1\nFREE 9\n[CONDUITS]\nX LOW J 50 0.01 0.5 0\nY FREE J 50 0.01 0 0\n"
              "[XSECTIONS]\nX CIRCULAR 2\nY CIRCULAR 2\n"),
      "t");
  REQUIRE(read.ok());
  CHECK(read->nodes[1].max_depth == Approx(2.5 * kFoot));
  CHECK(read->nodes[2].max_depth == 0);  // means the same
  REQUIRE(read.diagnostics().items().size() == 1);
  CHECK(read.diagnostics().items()[0].code == "swmm.node_deepened");
  CHECK(read.diagnostics().items()[0].args[0].second == "2.5");
}
