#include "gis/generate/sewers/synthesise_sewers.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "engine/base/parallel.hpp"
#include "engine/drainage/dynamic_wave.hpp"
#include "engine/model/drainage/network.hpp"
#include "engine/model/sewer_network.hpp"
#include "gis/generate/generate.hpp"
#include "tests/support/tiny_city.hpp"

using namespace citytwin;
using namespace citytwin::gis;

namespace {

// A street of 600 m that falls 6 m from west to east, to a river at its end.
CityTables one_street(double fall = 6) {
  CityTables t = test::tiny_tables();
  t.streets = {};
  t.buildings = {};
  t.facilities = {};
  t.needs = {};
  t.info.frame.extent = {{-20, -20}, {800, 200}};
  t.terrain.elevation = Grid<float>({{-20, -20}, 10, 84, 24});
  Grid<float>& z = t.terrain.elevation;
  for (int j = 0; j < z.spec.ny; ++j)
    for (int i = 0; i < z.spec.nx; ++i)
      z.at(i, j) = static_cast<float>(20 - fall * (z.spec.centre(i, j).x - 50) / 600);
  test::add_junction(t, "west", {50, 100});
  test::add_junction(t, "east", {650, 100});
  test::add_link(t, "street", 0, 1);
  t.water_bodies.origin.push_back("river", Provenance::given, SourceId{0});
  t.water_bodies.area.push_back(Polygon{{{700, 0}, {740, 0}, {740, 200}, {700, 200}}, {}});
  t.water_bodies.kind.push_back(WaterKind::river);
  t.water_bodies.level.push_back(10);
  t.water_bodies.level_provenance.push_back(Provenance::given);
  t.water_bodies.name.emplace_back();
  return t;
}

CityTables town(std::uint64_t seed, const char* water) {
  GenerateOptions options;
  options.population = 10'000;
  options.seed = seed;
  options.water = water;
  return tables_of(*generate_city(options, {}));
}

double level(const Sewers& s, std::size_t link, bool at_from) {
  const SewerLinks& l = s.links;
  return at_from ? s.nodes.invert_level[l.from[link].row()] + l.from_offset[link]
                 : s.nodes.invert_level[l.to[link].row()] + l.to_offset[link];
}

}  // namespace

TEST_CASE(
    "design rain after Reinhold: 15 minutes once a year is the parameter, longer and more often is less") {
  SewerDesign d = default_sewer_design();
  d.return_period = 1;
  CHECK(design_rain(d, 900) == doctest::Approx(d.rain_15min * 38 / 24 * 0.631));
  CHECK(design_rain(d, 900) / d.rain_15min == doctest::Approx(1).epsilon(0.002));
  CHECK(design_rain(d, 3600) < design_rain(d, 900));
  CHECK(design_rain(d, 0) == design_rain(d, 300));
  d.return_period = 5;
  CHECK(design_rain(d, 900) / d.rain_15min == doctest::Approx(1.785).epsilon(0.002));
}

TEST_CASE("one street drains to its river, as reckoned by hand") {
  CityTables t = one_street();
  const SewerDesign design = default_sewer_design();
  REQUIRE(synthesise_sewers(t, design, {}).ok());
  const Sewers& s = t.sewers;
  REQUIRE(build_city(t).ok());
  // 600 m in 8 pipes of 75 m: nine manholes, and the outfall on the river's bank.
  CHECK(s.nodes.size() == 10);
  CHECK(s.links.size() == 9);
  CHECK(s.nodes.origin.key[0] == "manhole/east");
  CHECK(s.nodes.origin.key[1] == "outfall/east");
  CHECK(s.nodes.position[1] == Point2{700, 100});
  CHECK(s.nodes.outfall_level_kind[1] == OutfallLevel::water_body);
  CHECK(s.nodes.outfall_water[1] == WaterBodyId{0});
  CHECK(s.links.length[1] == doctest::Approx(75));
  // The ground falls 1 %: more than a pipe of 0.3 m needs, less than it may; it lies under its cover.
  for (std::size_t l = 1; l < s.links.size(); ++l) {
    CHECK(s.links.full_depth[l] >= design.min_diameter);
    CHECK((level(s, l, true) - level(s, l, false)) / 75 == doctest::Approx(0.01).epsilon(0.4));
  }
  CHECK(s.nodes.ground_level[9] - s.nodes.invert_level[9] ==
        doctest::Approx(design.cover + s.links.full_depth[8]));  // west end
  double gullies = 0, street = 0;
  for (std::size_t n = 0; n < s.nodes.size(); ++n) {
    gullies += s.nodes.inlet_count[n];
    street += s.nodes.impervious_area[n];
  }
  CHECK(gullies == doctest::Approx(600 * 9.5 / design.gully_area).epsilon(0.2));
  CHECK(street > 600 * 9.5);
  CHECK(t.sources.attribution.back().find("once in 2 years") != std::string::npos);
}

TEST_CASE("a street that rises to its river is pumped where the trench becomes too deep") {
  CityTables t = one_street(-12);
  REQUIRE(synthesise_sewers(t, default_sewer_design(), {}).ok());
  REQUIRE(build_city(t).ok());
  const auto& kinds = t.sewers.links.kind;
  CHECK(std::count(kinds.begin(), kinds.end(), drainage::LinkKind::pump) >= 1);
  for (std::size_t l = 0; l < kinds.size(); ++l) {
    if (kinds[l] != drainage::LinkKind::pump) continue;
    CHECK(t.sewers.nodes.kind[t.sewers.links.from[l].row()] == SewerNodeKind::storage);
    CHECK(t.sewers.links.pump_capacity[l] > 0);
  }
}

TEST_CASE("what any synthesised network holds") {
  for (const auto& [seed, water] : {std::pair{3, "river"}, {4, "coast"}}) {
    CAPTURE(seed);
    const CityTables t = town(static_cast<std::uint64_t>(seed), water);
    const Sewers& s = t.sewers;
    const SewerDesign design = default_sewer_design();
    REQUIRE(s.nodes.size() > 200);
    CHECK(s.links.size() + static_cast<std::size_t>(std::count(s.nodes.kind.begin(), s.nodes.kind.end(),
                                                               SewerNodeKind::outfall)) ==
          s.nodes.size());
    std::vector<std::size_t> out(s.nodes.size(), s.links.size());  // the link that leaves a node
    for (std::size_t l = 0; l < s.links.size(); ++l) {
      CHECK(out[s.links.from[l].row()] == s.links.size());  // one at most
      out[s.links.from[l].row()] = l;
      CHECK(s.links.origin.provenance[l] == Provenance::synthesised);
    }
    for (std::size_t n = 0; n < s.nodes.size(); ++n) {
      CHECK(s.nodes.origin.provenance[n] == Provenance::synthesised);
      CHECK((out[n] == s.links.size()) == (s.nodes.kind[n] == SewerNodeKind::outfall));
      CHECK(s.nodes.impervious_area[n] <= s.nodes.catchment_area[n] + 1);
      std::size_t at = n, steps = 0;
      while (out[at] != s.links.size() && ++steps <= s.links.size()) at = s.links.to[out[at]].row();
      CHECK(s.nodes.kind[at] == SewerNodeKind::outfall);
    }
    for (std::size_t l = 0; l < s.links.size(); ++l) {
      if (s.links.kind[l] == drainage::LinkKind::pump) continue;
      const std::size_t from = s.links.from[l].row(), next = out[s.links.to[l].row()];
      CHECK(level(s, l, true) > level(s, l, false));
      CHECK(s.nodes.ground_level[from] - level(s, l, true) - s.links.full_depth[l] >= design.cover - 1e-6);
      CHECK(s.nodes.ground_level[from] - level(s, l, true) <= design.max_depth + 3);
      if (next != s.links.size()) CHECK(s.links.full_depth[next] >= s.links.full_depth[l]);
    }
  }
}

TEST_CASE("a synthesised network carries the rain it was sized for, and all of it") {
  for (const auto& [seed, water] : {std::pair{3, "river"}, {4, "coast"}}) {
    CAPTURE(seed);
    const CityTables t = town(static_cast<std::uint64_t>(seed), water);
    const drainage::Network network = network_of(t.sewers);
    const SewerDesign design = default_sewer_design();
    drainage::DynamicWave wave(network);
    const double rain =
        design_rain(design, 3600) * design.runoff;  // steady: below the design's at every pipe
    double inflow = 0;
    for (std::size_t n = 0; n < network.nodes.size(); ++n) {
      const double here = rain * t.sewers.nodes.impervious_area[n];
      wave.set_inflow(static_cast<drainage::Index>(n), here);
      inflow += here;
    }
    constexpr double kStep = 5;
    double out = 0, overflow = 0;
    for (int k = 0; k < 2160; ++k) {
      wave.step(kStep);
      if (k < 2040) continue;  // the last ten minutes of three hours
      for (std::size_t n = 0; n < network.nodes.size(); ++n) {
        const auto node = static_cast<drainage::Index>(n);
        overflow += wave.overflow(node) * kStep;
        if (network.nodes[n].kind == drainage::NodeKind::outfall) out += wave.discharged(node);
      }
    }
    CHECK(out == doctest::Approx(inflow * 600).epsilon(0.02));
    CHECK(overflow < 0.01 * inflow * 600);
  }
}

TEST_CASE("a city's sewers are the same for any number of threads, and again from the city with them") {
  set_thread_count(1);
  CityTables one = town(3, "river");
  set_thread_count(4);
  const CityTables four = town(3, "river");
  set_thread_count(0);
  CHECK(one.sewers.nodes == four.sewers.nodes);
  CHECK(one.sewers.links == four.sewers.links);
  const std::size_t sources = one.sources.size();
  REQUIRE(synthesise_sewers(one, default_sewer_design(), {}).ok());
  CHECK(one.sewers.links == four.sewers.links);
  CHECK(one.sources.size() == sources);
  SewerDesign rare = default_sewer_design();
  rare.return_period = 20;
  REQUIRE(synthesise_sewers(one, rare, {}).ok());
  double before = 0, after = 0;
  for (const double d : four.sewers.links.full_depth) before += d;
  for (const double d : one.sewers.links.full_depth) after += d;
  CHECK(after > before);
}

TEST_CASE("sewers that cannot be synthesised say why") {
  CityTables t = one_street();
  t.terrain = {};
  CHECK(synthesise_sewers(t, default_sewer_design(), {}).diagnostics().has("sewers.no_terrain"));
  t = one_street();
  t.streets = {};
  CHECK(synthesise_sewers(t, default_sewer_design(), {}).diagnostics().has("sewers.no_streets"));
  t = one_street();
  t.water_bodies = {};
  const auto dry = synthesise_sewers(t, default_sewer_design(), {});
  CHECK(dry.ok());
  CHECK(dry.diagnostics().has("sewers.no_water"));
}
