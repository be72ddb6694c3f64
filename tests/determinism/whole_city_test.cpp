// A whole generated city, with the sewers under it, in a storm with an outage and a repair: the same bits for
// any number of threads, from any checkpoint, and an answer that does not hang on the length of the beat.
#include <doctest/doctest.h>

#include <cmath>
#include <set>

#include "engine/base/parallel.hpp"
#include "engine/base/random.hpp"
#include "engine/domains/registry.hpp"
#include "engine/model/ground.hpp"
#include "engine/sim/simulation.hpp"
#include "gis/generate/generate.hpp"

using namespace citytwin;

namespace {

constexpr double kCell = 40;  // m
constexpr double kHours = 1.0;

std::shared_ptr<const CityModel> generated(std::uint64_t seed) {
  gis::GenerateOptions options;
  options.population = 10'000;
  options.seed = seed;
  return std::make_shared<const CityModel>(*gis::generate_city(options, {}));
}

std::shared_ptr<const CityModel> town() {
  static const auto model = generated(3);
  return model;
}

RunInput storm(SimTime beat = SimTime{10'000}) {
  RunInput input;
  input.model = town();
  input.spec.duration = SimTime::from_seconds(kHours * 3600);
  input.spec.beat = beat;
  input.spec.grid = grid_over(input.model->info().frame.extent, kCell);
  input.spec.domains = {"surface_water"};
  ParameterValues values;
  for (const DomainInfo& info : all_domains())
    if (info.name == "surface_water") fill_defaults(info.parameters, values);
  input.spec.domain_parameters["surface_water"] = values;
  input.forcing.series.push_back(
      {"storm", "rain", "m/s", {}, {{0, 900, 2700}, {0.06 / 3600, 0.12 / 3600, 0}, Series::Between::step}});
  input.controls.push_back({SimTime::from_seconds(600), "grid", Control::Verb::fail, "", 0});
  input.controls.push_back({SimTime::from_seconds(2400), "grid", Control::Verb::repair, "", 0});
  return input;
}

std::unique_ptr<Simulation> start(RunInput input) {
  std::vector<std::unique_ptr<Domain>> domains;
  domains.push_back(make_domain("surface_water"));
  auto simulation = Simulation::create(std::move(input), std::move(domains), {});
  REQUIRE(simulation.ok());
  return std::move(*simulation);
}

RunRecord to_the_end(Simulation& simulation) {
  while (!simulation.finished()) simulation.step({});
  return simulation.finish();
}

bool same_occurrences(const RunRecord& a, const RunRecord& b) {
  return std::equal(a.occurrences.begin(), a.occurrences.end(), b.occurrences.begin(), b.occurrences.end(),
                    [](const Occurrence& x, const Occurrence& y) {
                      return x.time == y.time && x.asset == y.asset && x.to == y.to &&
                             x.because == y.because && x.value == y.value;
                    });
}

// What each node and link of the sewers has done.
bool same_tables(const RunRecord& a, const RunRecord& b) {
  return std::equal(a.tables.begin(), a.tables.end(), b.tables.begin(), b.tables.end(),
                    [](const ObservedTable& x, const ObservedTable& y) {
                      return std::equal(x.columns.begin(), x.columns.end(), y.columns.begin(),
                                        y.columns.end(),
                                        [](const auto& p, const auto& q) { return p.value == q.value; });
                    });
}

double last(const RunRecord& record, const char* series) {
  const RecordedSeries* found = record.find_series(series);
  REQUIRE(found != nullptr);
  return found->value.back();
}

}  // namespace

TEST_CASE("the hash trace is the same at 1, 2, 3, 4 and 8 threads") {
  set_thread_count(1);
  const RunRecord one = to_the_end(*start(storm()));
  // Its sewers take part.
  CHECK(town()->sewers().links.size() > 100);
  CHECK(last(one, "surface_water.sewer_captured") > 1000);
  CHECK(last(one, "surface_water.sewer_outflow") > 100);
  CHECK(one.status == RunStatus::ok);
  CHECK(one.hash_trace.size() == 360);
  CHECK(one.occurrences.size() > 3);
  for (const int threads : {2, 3, 4, 8}) {
    CAPTURE(threads);
    set_thread_count(threads);
    const RunRecord other = to_the_end(*start(storm()));
    const auto differs =
        std::mismatch(one.hash_trace.begin(), one.hash_trace.end(), other.hash_trace.begin());
    CHECK_MESSAGE(differs.first == one.hash_trace.end(),
                  "first different beat: " << differs.first - one.hash_trace.begin());
    CHECK(same_occurrences(one, other));
    CHECK(same_tables(one, other));
    CHECK(one.grid("surface_water.max_depth")->grid.values.size() ==
          other.grid("surface_water.max_depth")->grid.values.size());
  }
  set_thread_count(0);
}

TEST_CASE("from any of 20 random beats a restored run ends in the same bits") {
  set_thread_count(2);
  auto straight = start(storm());
  const Random random(11, 1);
  std::set<std::size_t> beats;
  for (std::uint32_t n = 0; beats.size() < 20; ++n) beats.insert(1 + random.below(358, n, 0, 0));
  std::vector<std::vector<char>> checkpoints;
  for (std::size_t beat = 1; !straight->finished(); ++beat) {
    straight->step({});
    if (beats.count(beat) != 0) checkpoints.push_back(straight->checkpoint());
  }
  const RunRecord expected = straight->finish();
  for (std::size_t c = 0; c < checkpoints.size(); ++c) {
    CAPTURE(c);
    auto continued = start(storm());
    REQUIRE(continued->restore(checkpoints[c]).ok());
    const RunRecord record = to_the_end(*continued);
    CHECK(record.hash == expected.hash);
    CHECK(same_occurrences(record, expected));
    CHECK(record.mass_error() == expected.mass_error());
    const auto& a = record.grid("surface_water.max_depth")->grid.values;
    const auto& b = expected.grid("surface_water.max_depth")->grid.values;
    CHECK(std::equal(a.begin(), a.end(), b.begin(),
                     [](float x, float y) { return x == y || (x != x && y != y); }));
  }
  set_thread_count(0);
}

// Halving the beat changes where sub-steps end, and with it the rounding of the time axis: the deepest water
// may move by 1 cm at most, and by 1 mm in the mean over wet cells.
TEST_CASE("halving the beat moves the maximum depth by less than the stated tolerance") {
  const RunRecord ten = to_the_end(*start(storm()));
  const RunRecord five = to_the_end(*start(storm(SimTime{5'000})));
  const auto& a = ten.grid("surface_water.max_depth")->grid.values;
  const auto& b = five.grid("surface_water.max_depth")->grid.values;
  double worst = 0;
  double sum = 0;
  int wet = 0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    if (!(a[k] > 0.01F)) continue;
    const double d = std::abs(static_cast<double>(a[k]) - static_cast<double>(b[k]));
    worst = std::max(worst, d);
    sum += d;
    ++wet;
  }
  MESSAGE("worst " << worst << " m, mean " << sum / wet << " m over " << wet << " cells");
  CHECK(wet > 100);
  CHECK(worst < 0.01);
  CHECK(sum / wet < 0.001);
}

// A town on a river whose outfalls end in its banks: how they stand to the water outside must not depend on
// whether a film lies on the bank in that turn.
TEST_CASE(
    "shorter turns of the sewers and the cells move what a town's sewers take, give back and carry away "
    "little") {
  const auto model = generated(7);
  const auto after = [&](double turn) {
    RunInput input = storm();
    input.model = model;
    input.spec.duration = SimTime::from_seconds(5400);
    input.spec.grid = grid_over(model->info().frame.extent, kCell);
    input.spec.domain_parameters["surface_water"].set("sewer_step_s", turn);
    input.controls.clear();
    return to_the_end(*start(std::move(input)));
  };
  const RunRecord coarse = after(1), fine = after(0.25);
  const auto off = [&](const char* what) { return last(fine, what) - last(coarse, what); };
  const double captured = last(coarse, "surface_water.sewer_captured");
  MESSAGE("captured ", captured, " m3 ", off("surface_water.sewer_captured"), ", came up ",
          last(coarse, "surface_water.sewer_returned"), " ", off("surface_water.sewer_returned"),
          ", carried away ", last(coarse, "surface_water.sewer_outflow"), " ",
          off("surface_water.sewer_outflow"));
  CHECK(captured > 1000);
  CHECK(last(coarse, "surface_water.sewer_returned") > 10);
  for (const char* what : {"surface_water.sewer_captured", "surface_water.sewer_outflow"})
    CHECK(std::abs(off(what)) <= 0.01 * last(coarse, what));
  CHECK(std::abs(off("surface_water.sewer_returned")) <= 0.01 * captured);
}
