// What one unit of a file is in SI, by hand (NIST SP 811: foot 0.3048 m, acre 4046.8564224 m2, US gallon
// 3.785411784 L).
#include <cmath>

#include "tests/unit/gis/readers_swmm/model.hpp"

using namespace citytwin;
using namespace citytwin::gis::test;
using doctest::Approx;

TEST_CASE("flows are converted from each of the six units") {
  const std::pair<const char*, double> units[]{{"CFS", 0.028316846592},  {"GPM", 6.30901964e-5},
                                               {"MGD", 0.0438126363889}, {"CMS", 1},
                                               {"LPS", 0.001},           {"MLD", 0.0115740740741}};
  for (const auto& [unit, factor] : units) {
    const auto n = network_of(project(unit, "[INFLOWS]\nJ FLOW \"\" FLOW 1.0 1 7\n[DWF]\nJ FLOW 5\n"));
    CHECK_MESSAGE(n.inflows.at(0).baseline == Approx(7 * factor), unit);
    CHECK_MESSAGE(n.dry_weather_flows.at(0).average == Approx(5 * factor), unit);
    CHECK_MESSAGE(n.links.at(0).initial_flow == Approx(2 * factor), unit);
    CHECK_MESSAGE(n.links.at(0).max_flow == Approx(3 * factor), unit);
    const double length =
        std::string(unit) == "CFS" || std::string(unit) == "GPM" || std::string(unit) == "MGD" ? 0.3048 : 1.0;
    CHECK_MESSAGE(n.links.at(0).conduit.length == Approx(100 * length), unit);
    CHECK_MESSAGE(n.links.at(0).section.full_depth == Approx(length), unit);
    CHECK_MESSAGE(n.links.at(0).from_offset == Approx(0.5 * length), unit);
    CHECK_MESSAGE(n.links.at(0).to_offset == Approx(0.25 * length), unit);
    CHECK_MESSAGE(n.nodes.at(0).invert == Approx(10 * length), unit);
    CHECK_MESSAGE(n.nodes.at(0).surcharge_depth == Approx(2 * length), unit);
    CHECK_MESSAGE(n.nodes.at(0).ponded_area == Approx(30 * length * length), unit);
  }
}

namespace {

const char* const kCatchment =
    "[RAINGAGES]\nG INTENSITY 1:00 1 TIMESERIES R\n[TIMESERIES]\nR 0:00 2 1:00 1\n"
    "[SUBCATCHMENTS]\nS G J 5 40 300 0.5 10\n[SUBAREAS]\nS 0.01 0.1 0.05 0.2 25 PERVIOUS 60\n"
    "[INFILTRATION]\nS 3 0.5 4 7 2\n[EVAPORATION]\nCONSTANT 0.1\n"
    "[LOSSES]\nC 0.5 1 0 YES 0.3\n";

}  // namespace

TEST_CASE("catchments, rain and infiltration in US customary units") {
  const auto n = network_of(project("GPM", kCatchment));
  const auto& s = n.subcatchments.at(0);
  CHECK(s.area == Approx(5 * 4046.8564224));
  CHECK(s.impervious == Approx(0.4));
  CHECK(s.width == Approx(300 * 0.3048));
  CHECK(s.slope == Approx(0.005));
  CHECK(s.curb_length == Approx(10 * 0.3048));
  CHECK(s.impervious_storage == Approx(0.05 * 0.0254));
  CHECK(s.pervious_storage == Approx(0.2 * 0.0254));
  CHECK(s.impervious_without_storage == Approx(0.25));
  CHECK(s.route_to == drainage::RunoffTo::pervious);
  CHECK(s.routed == Approx(0.6));
  CHECK(s.infiltration.max_rate == Approx(3 * 0.0254 / 3600));
  CHECK(s.infiltration.min_rate == Approx(0.5 * 0.0254 / 3600));
  CHECK(s.infiltration.decay == Approx(4.0 / 3600));
  CHECK(s.infiltration.drying_time == Approx(7 * 86400.0));
  CHECK(s.infiltration.max_volume == Approx(2 * 0.0254));
  CHECK(n.gauges.at(0).rain.at(1800) == Approx(2 * 0.0254 / 3600));
  CHECK(n.evaporation.rate == Approx(0.1 * 0.0254 / 86400));
  CHECK(n.links.at(0).conduit.seepage == Approx(0.3 * 0.0254 / 3600));
  CHECK(n.links.at(0).flap_gate);
}

TEST_CASE("catchments, rain and infiltration in SI units") {
  const auto n = network_of(project("LPS", kCatchment));
  const auto& s = n.subcatchments.at(0);
  CHECK(s.area == Approx(50000));
  CHECK(s.width == Approx(300));
  CHECK(s.impervious_storage == Approx(5e-5));
  CHECK(s.infiltration.max_rate == Approx(3e-3 / 3600));
  CHECK(n.gauges.at(0).rain.at(1800) == Approx(2e-3 / 3600));
  CHECK(n.evaporation.rate == Approx(1e-4 / 86400));
}

TEST_CASE("options: SWMM's own defaults, and units of areas and tolerances") {
  const auto plain = network_of("[OPTIONS]\nEND_DATE 1/2/2004\n[JUNCTIONS]\nJ 0\n").options;
  CHECK(plain.flow_units == drainage::FlowUnits::cfs);
  CHECK(plain.routing == drainage::Routing::kinematic_wave);
  CHECK(plain.routing_step == 300);
  CHECK(plain.variable_step == 0);
  CHECK(plain.max_trials == 8);
  CHECK(plain.start_date == 37987);  // 2004-01-01
  CHECK(plain.min_surface_area == Approx(1.16741961));
  CHECK(plain.head_tolerance == Approx(0.001524));
  const auto given =
      network_of(
          "[OPTIONS]\nFLOW_UNITS CFS\nFLOW_ROUTING DW\nMIN_SURFAREA 20\nHEAD_TOLERANCE 0.01\n"
          "MIN_SLOPE 0.5\nROUTING_STEP 0:01:30\nREPORT_STEP 48:00:00\nLENGTHENING_STEP 2.5\nMAX_TRIALS 0\n"
          "SURCHARGE_METHOD SLOT\nINERTIAL_DAMPING NONE\nNORMAL_FLOW_LIMITED FROUDE\n"
          "FORCE_MAIN_EQUATION D-W\nSTART_DATE JUL-04-2021\nSTART_TIME 12:00\n"
          "END_DATE 7/5/2021\nEND_TIME 6\nSWEEP_START 2/1\nCOMPATIBILITY 5\nTHREADS 4\n"
          "[JUNCTIONS]\nJ 0\n")
          .options;
  CHECK(given.routing == drainage::Routing::dynamic_wave);
  CHECK(given.min_surface_area == Approx(20 * 0.09290304));
  CHECK(given.head_tolerance == Approx(0.003048));
  CHECK(given.min_slope == Approx(0.005));
  CHECK(given.routing_step == 90);
  CHECK(given.report_step == 18 * 3600.0);  // no longer than the simulation
  CHECK(given.lengthening_step == 2.5);
  CHECK(given.max_trials == 8);
  CHECK(given.surcharge_method == drainage::SurchargeMethod::slot);
  CHECK(given.inertial_damping == drainage::InertialDamping::none);
  CHECK(given.normal_flow_limit == drainage::NormalFlowLimit::froude);
  CHECK(given.force_main == drainage::ForceMainEquation::darcy_weisbach);
  CHECK(given.start_date == 44381.5);
  CHECK(given.end_date == 44382.25);
  CHECK(given.sweep_start == 32);
}
