// What the report and the files beside it say of sewers.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
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
