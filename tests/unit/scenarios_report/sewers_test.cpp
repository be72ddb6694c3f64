// What the report and the files beside it say of sewers.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>

#include <nlohmann/json.hpp>

#include "sample_run.hpp"
#include "scenarios/core/sewer_results.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/report/report.hpp"

using namespace citytwin;

namespace {

std::string report_of(const scenarios::RunFolder& folder, const std::string& name) {
  const auto path =
      std::filesystem::path(CITYTWIN_BINARY).parent_path().parent_path() / "report_samples" / name;
  std::filesystem::create_directories(path.parent_path());
  REQUIRE(scenarios::write_report(folder, path, {}).ok());
  std::ifstream file(path, std::ios::binary);
  std::stringstream all;
  all << file.rdbuf();
  return all.str();
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::vector<std::string> column(const gis::ResultLayer& layer, const std::string& name) {
  for (const auto& c : layer.columns)
    if (c.name == name) return std::get<std::vector<std::string>>(c.values);
  return {};
}

}  // namespace

TEST_CASE("synthesised sewers say so in every place that shows them; a modeller's say where they are from") {
  for (const Provenance origin : {Provenance::synthesised, Provenance::given}) {
    const bool made_up = origin == Provenance::synthesised;
    CAPTURE(made_up);
    const auto folder = sample::folder_with_sewers(origin);
    const std::string word = made_up ? "synthesised" : "file";
    CHECK(scenarios::sewers_json(*scenarios::sewer_totals(folder.run)).at("origin") == word);
    CHECK(has(scenarios::sewers_csv(folder.run), "node,manhole/1," + word));
    std::vector<gis::ResultLayer> layers;
    scenarios::add_sewer_layers(folder.run, layers);
    REQUIRE(layers.size() == 2);
    for (const auto& layer : layers)
      CHECK(column(layer, "origin") == std::vector<std::string>(layer.rows, word));

    const std::string html = report_of(folder, "sewers_" + word + ".html");
    for (const char* title : {"What the sewers did", "Time full", "gave back most: 2 of 2"})
      CHECK_MESSAGE(has(html, std::string(title) + " (synthesised sewers)") == made_up, title);
    CHECK(has(html, "Full pipes: River flood (synthesised sewers)") == made_up);
    CHECK(has(html, "The sewers are synthesised: sizes") == made_up);
    CHECK(has(html, "Pipes of sewers"));
    CHECK_FALSE(has(html, "Storm sewers are not simulated"));
  }
}

TEST_CASE("rows of a measure are told apart from the sewers they join") {
  CityTables town = sample::town();
  sample::add_sewers(town, Provenance::synthesised);
  town.sewers.nodes.push_back("tank", Provenance::given, SourceId{}, town.sewers.nodes[0]);
  CHECK(std::string(scenarios::sewer_origin(town.sewers.nodes.origin, 5)) == "measure");
  CHECK(std::string(scenarios::sewers_origin(town.sewers)) == "synthesised");
  town.sewers.nodes.push_back("given", Provenance::given, SourceId(0), town.sewers.nodes[0]);
  CHECK(std::string(scenarios::sewers_origin(town.sewers)) == "synthesised and file");
}

TEST_CASE("manholes are numbered the same in the table and on the map, and stand in a street") {
  const std::string html = report_of(sample::folder_with_sewers(Provenance::given), "sewers_file.html");
  CHECK(has(html, "<td class=\"n\">1</td><td>Bridge Street 2</td><td>manhole/2</td><td class=\"n\">34</td>"));
  CHECK(has(html, "<td class=\"n\">2</td><td>Street 0</td><td>manhole/1</td><td class=\"n\">12</td>"));
  CHECK(has(html, ">1</text>"));
  CHECK(has(html, ">2</text>"));
}

TEST_CASE("a tank says how far it filled, in the report and in summary.json") {
  const auto folder = sample::folder_with_sewers(Provenance::given);
  const auto tank = scenarios::tanks_json(folder.run).at(0);
  CHECK(tank.at("key") == "manhole/3");
  CHECK(tank.at("street") == "Street 0");
  CHECK(tank.at("most_share").get<double>() == doctest::Approx(0.75));
  CHECK(tank.at("taken_m3").get<double>() == doctest::Approx(350));
  const std::string html = report_of(folder, "sewers_file.html");
  CHECK(has(html, "Tanks of the sewers"));
  CHECK(has(html, "<td class=\"n\">400</td><td class=\"n\">300</td><td class=\"n\">75 %</td>"));
}

TEST_CASE("the strategy's manholes stand beside the baseline's, ranked by the worse of both") {
  auto folder = sample::folder_with_sewers(Provenance::synthesised);
  folder.baseline = std::make_unique<scenarios::FinishedRun>(sample::run(folder.run.model, 1.6, ""));
  sample::record_sewers(*folder.baseline);
  for (auto& table : folder.run.record.tables)
    if (table.name == "sewer_nodes") table.columns[3].value = {0, 12, 0, 0, 0};
  const std::string html = report_of(folder, "sewers_pair.html");
  CHECK(has(html, "<td>manhole/2</td><td class=\"n\">34</td><td class=\"n\">0</td>"));
}

TEST_CASE("a tank of a measure that held next to nothing is warned of, beside the headline too") {
  auto folder = sample::folder_with_tank(0.3);
  CHECK(scenarios::warn_of_idle_tanks(folder.run).items().empty());
  folder = sample::folder_with_tank(0.03);
  const Diagnostics idle = scenarios::warn_of_idle_tanks(folder.run);
  REQUIRE(idle.items().size() == 1);
  CHECK(idle.items()[0].where.feature == "tank/a");
  const std::string words = scenarios::sentence(idle.items()[0]);
  CHECK_MESSAGE(has(words, "of the 400 m³ that it holds it held 12 m³ at most (3.0 %)"), words);
  const std::string html = report_of(folder, "sewers_idle_tank.html");
  CHECK(has(html, "was hardly used"));
  CHECK(html.find("was hardly used") < html.find("What the sewers did"));
}

TEST_CASE("what a measure built is not counted as given by a source") {
  const std::string with = report_of(sample::folder_with_tank(0.3), "sewers_tank.html");
  CHECK(has(with, "by a measure</th>"));
  // Six nodes: the tank is a sixth of them.
  CHECK(has(with, "<td>Manholes and outfalls of sewers</td><td class=\"n\">6</td><td class=\"n\">83 %</td>"));
  CHECK_FALSE(
      has(report_of(sample::folder_with_sewers(Provenance::given), "sewers_file.html"), "by a measure</th>"));
}

TEST_CASE("the table of manholes says how deep each is, beside the water in it") {
  const std::string html = report_of(sample::folder_with_sewers(Provenance::given), "sewers_file.html");
  // manhole/2: cover at 12 m, bottom at 8 m.
  CHECK(has(html, "<td class=\"n\">3.00</td><td class=\"n\">4.00</td></tr>"));
}

TEST_CASE("base flow of a modeller's project stands in the table, so that in is out and stored") {
  auto folder = sample::folder_with_sewers(Provenance::given);
  CHECK_FALSE(has(report_of(folder, "sewers_file.html"), "Base flow of the sewers"));
  Balance balance;
  balance.parts = {{"sewer_inflow", 123, 0}, {"sewer_overflow", 0, 7}};
  folder.run.record.balances.push_back(balance);
  folder.run.record.series.push_back({"surface_water.sewer_stored", "m3", "", {0, 60}, {11, 40}});
  const auto totals = scenarios::sewers_json(*scenarios::sewer_totals(folder.run));
  CHECK(totals.at("base_inflow_m3") == 123);
  CHECK(totals.at("at_start_m3") == 11);
  CHECK(totals.at("lost_m3") == 7);
  const std::string html = report_of(folder, "sewers_base_flow.html");
  CHECK(has(html, "given inflows)</td><td class=\"n\">123 m³</td>"));
  CHECK(has(html, "at the start</td><td class=\"n\">11 m³</td>"));
}

TEST_CASE("manholes of a file that have but the import's cover are counted in the report") {
  CityTables town = sample::town();
  sample::add_sewers(town, Provenance::given);
  SewerNodes& nodes = town.sewers.nodes;
  for (const std::size_t n : {0, 1, 2}) {
    nodes.inlet_kind[n] = InletKind::manhole_cover;
    nodes.inlet_count[n] = 1;
  }
  CHECK(scenarios::manholes_with_one_cover(nodes) == 3);
  nodes.inlet_count[0] = 4;  // somebody knew better
  nodes.origin.provenance[1] = Provenance::synthesised;
  CHECK(scenarios::manholes_with_one_cover(nodes) == 1);
}

TEST_CASE("a street closed when the run ends is said to be so, and the map says when that is") {
  auto folder = sample::folder(false);
  LinkRecord& links = folder.run.record.links;
  const double end = folder.run.record.ended.seconds();
  std::fill(links.first_closed.begin(), links.first_closed.end(), std::numeric_limits<float>::quiet_NaN());
  links.first_closed[0] = static_cast<float>(end - 4200);
  links.closed_duration[0] = 4200;
  const std::string html = report_of(folder, "streets_to_the_end.html");
  CHECK(has(html, "1 h 10 min (to the end of the run)"));
  CHECK(has(html, "Closed in all for, until the run ended after"));
  links.closed_duration[0] = 600;
  CHECK_FALSE(has(report_of(folder, "streets_to_the_end.html"), ">10 min (to the end of the run)"));
}
