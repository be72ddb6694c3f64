// Real models kept beside the project (shared/reference/drainage, shared/data/drainage), where they are.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>
#include <vector>

#include "gis/readers/swmm_inp.hpp"

using namespace citytwin;
using doctest::Approx;
using drainage::Network;

namespace {

namespace fs = std::filesystem;
const fs::path kShared = fs::path(CITYTWIN_SOURCE_DIR) / "../shared";

std::vector<fs::path> models(const char* folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(kShared / folder / "drainage", error))
    if (entry.path().extension() == ".inp") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  if (found.empty()) MESSAGE("skipped: no models in shared/", folder, "/drainage");
  return found;
}

std::string said(const Diagnostics& diagnostics, Severity severity) {
  std::string out;
  for (const auto& d : diagnostics.items()) {
    if (d.severity != severity) continue;
    out += d.code + " " + d.where.layer + " " + d.where.feature + ":" + std::to_string(d.where.line) + "; ";
    for (const auto& [name, value] : d.args) out += name + "=" + value + " ";
  }
  return out;
}

}  // namespace

TEST_CASE("every model beside the project is read") {
  struct Counts {
    std::size_t nodes, links, subcatchments;
  };
  const std::map<std::string, Counts> expected{
      {"Example3", {34, 33, 0}},      {"extran1", {10, 9, 0}},           {"extran3", {10, 10, 0}},
      {"extran5", {11, 10, 0}},       {"extran7", {10, 10, 0}},          {"extran9", {2, 1, 0}},
      {"user1", {60, 59, 58}},        {"user2", {72, 102, 17}},          {"user5", {200, 276, 145}},
      {"swmm_example1", {14, 13, 8}}, {"swmm_inlet_drains", {20, 23, 7}}};
  for (const char* folder : {"reference", "data"})
    for (const fs::path& file : models(folder)) {
      const auto read = gis::read_swmm_inp(file);
      const std::string name = file.stem().string();
      if (name == "bellinge_small" && !fs::exists(file.parent_path() / "storm.dat")) {
        // Its rain lies in a file that is not there.
        CHECK(read.diagnostics().has("swmm.no_file"));
        CHECK(said(read.diagnostics(), Severity::error).find("RAINGAGES 1:51") != std::string::npos);
        continue;
      }
      CHECK_MESSAGE(read.ok(), name, ": ", said(read.diagnostics(), Severity::error));
      const auto counts = expected.find(name);
      if (!read.ok() || counts == expected.end()) continue;
      CHECK_MESSAGE(read->nodes.size() == counts->second.nodes, name);
      CHECK_MESSAGE(read->links.size() == counts->second.links, name);
      CHECK_MESSAGE(read->subcatchments.size() == counts->second.subcatchments, name);
    }
}

namespace {

// None if the file is not there.
std::optional<Network> reference(const std::string& name) {
  const fs::path file = kShared / "reference/drainage" / (name + ".inp");
  if (!fs::exists(file)) {
    MESSAGE("skipped: no reference model ", name);
    return {};
  }
  auto read = gis::read_swmm_inp(file);
  REQUIRE_MESSAGE(read.ok(), said(read.diagnostics(), Severity::error));
  return std::move(*read);
}

template <class Row>
const Row& row(const std::vector<Row>& rows, const std::string& key) {
  const auto at = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.key == key; });
  REQUIRE_MESSAGE(at != rows.end(), key);
  return *at;
}

}  // namespace

TEST_CASE("values of the reference models, converted by hand") {
  constexpr double kFoot = 0.3048;
  const double cubic_foot = kFoot * kFoot * kFoot;
  if (const auto n = reference("extran1")) {
    CHECK(n->options.start_date == 37257);
    CHECK(n->options.routing_step == 20);
    CHECK(n->options.force_main == drainage::ForceMainEquation::darcy_weisbach);
    const auto& conduit = row(n->links, "8060");
    CHECK(conduit.conduit.length == Approx(632.46));
    CHECK(conduit.to_offset == Approx(0.67056));
    CHECK(row(n->links, "1030").section.right_slope == 3);
    CHECK(n->inflows.at(0).series.at(3600) == Approx(45 * cubic_foot));
  }
  if (const auto n = reference("extran7")) {
    const auto& pump = row(n->links, "90010").pump;
    CHECK(pump.kind == drainage::PumpKind::type2);
    CHECK(pump.curve.x.at(0) == Approx(2.4384));
    CHECK(pump.curve.y.at(2) == Approx(20 * cubic_foot));
  }
  if (const auto n = reference("extran9")) {
    CHECK(row(n->nodes, "30001").storage.area.at(0.35) == Approx(293));
    CHECK(row(n->links, "90001").orifice.discharge_coefficient == 0.9);
  }
  if (const auto n = reference("Example3")) {
    CHECK(n->options.routing == drainage::Routing::dynamic_wave);
    CHECK(row(n->nodes, "SU1").storage.coefficient == Approx(12.566 * kFoot * kFoot));
    CHECK(n->dry_weather_flows.size() == 30);
    CHECK(n->patterns.at(0).factor.at(23) == 0.02718);
    REQUIRE(n->rules.size() == 2);
    CHECK(n->rules[0].premises.at(0).value == Approx(1.2192));
  }
  if (const auto n = reference("user1")) {
    const auto& c = row(n->subcatchments, "c3y51");
    CHECK(c.area == Approx(7600));
    CHECK(c.infiltration.max_rate == Approx(50e-3 / 3600));
    // 0.56 mm in the 5 min from 00:05.
    CHECK(n->gauges.at(0).rain.at(400) == Approx(0.56e-3 / 300));
  }
  if (const auto n = reference("user2")) {
    CHECK(n->nodes[43].key == "TW01010");
    CHECK(n->nodes[43].outfall.stage == Approx(661 * kFoot));
    const auto& weir = row(n->links, "WEIR1@TW01355-TW01350");
    CHECK(weir.weir.coefficient == Approx(2.8 * std::sqrt(kFoot)));
    CHECK(weir.from_offset == Approx(18 * kFoot));
    CHECK(n->evaporation.monthly.at(6) == Approx(0.25 * 0.0254 / 86400));
  }
  if (const auto n = reference("user5")) {
    const auto& conduit = row(n->links, "583");
    CHECK(conduit.conduit.roughness == 0.023);
    CHECK(conduit.section.full_depth == Approx(12 * kFoot));
    const auto& transect = n->transects.at(static_cast<std::size_t>(conduit.section.transect));
    CHECK(transect.station.size() == 11);
    CHECK(transect.left_bank == Approx(70 * kFoot));
    CHECK(transect.station.at(1) == Approx(0.1 * kFoot));
    CHECK(n->inflows.size() == 3);
    CHECK(row(n->nodes, "O.O_RM").outfall.flap_gate);
  }
}
