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
