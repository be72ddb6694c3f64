// What `citytwin list scenario|case|recipe` shows is what the parsers accept, and the commented examples run.
#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <nlohmann/json.hpp>

#include "gis/build/import.hpp"
#include "gis/generate/generate.hpp"
#include "gis/io/city_file.hpp"
#include "scenarios/core/run.hpp"
#include "scenarios/core/scenario.hpp"
#include "scenarios/core/sections.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/standalone/flood.hpp"
#include "scenarios/standalone/flood_tables.hpp"

using namespace citytwin;
using namespace citytwin::scenarios;
namespace fs = std::filesystem;
using Keys = std::vector<std::string>;
using nlohmann::json;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("citytwin_formats_test." + std::to_string(getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  [[nodiscard]] fs::path write(const std::string& name, const std::string& content) const {
    std::ofstream(path / name) << content;
    return path / name;
  }
};

constexpr const char* kNoKey =
    "qqqqqqqqqqqq";  // like no key there is, so that the parser lists those it knows

Keys sorted(Keys keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

// The keys that a parser says it knows where it refused kNoKey.
Keys known_by_parser(const Diagnostics& diagnostics) {
  for (const Diagnostic& d : diagnostics.items())
    if (d.code == "toml.unknown_key_list" && d.where.key.ends_with(kNoKey))
      for (const auto& [name, value] : d.args)
        if (name == "known") return sorted(split_list(value));
  return {};
}

// A file with one wrong key in a section.
std::string probe(const FileSection& section) {
  const std::string wrong = std::string(kNoKey) + " = 1\n";
  if (section.name.empty()) return wrong;
  const std::string head = section.list ? "[[" + section.name + "]]\n" : "[" + section.name + "]\n";
  return head + (section.type.empty() ? "" : "type = \"" + section.type + "\"\n") + wrong;
}

json listed(const std::string& what) { return json::parse(*list_declared(what, true)); }

// The keys that the list shows for a section; of an item with a type those of every item too.
Keys shown(const json& list, const FileSection& section, bool with_tables) {
  Keys keys;
  for (const json& item : list) {
    const std::string name = item.at("section"), type = item.value("type", "");
    if (with_tables && section.name.empty() && !name.empty() && name.find('.') == std::string::npos)
      keys.push_back(name);
    if (name != section.name || (!type.empty() && type != section.type)) continue;
    for (const json& p : item.at("parameters")) {
      keys.push_back(p.at("key"));
      if (p.contains("key_lonlat")) keys.push_back(p.at("key_lonlat"));
    }
  }
  return sorted(keys);
}

std::string errors(const Diagnostics& diagnostics) {
  std::string out;
  for (const auto& d : diagnostics.items())
    if (d.severity == Severity::error) out += sentence(d) + "\n";
  return out;
}

}  // namespace

TEST_CASE("every key that a scenario's parser accepts is listed, and none else") {
  const json list = listed("scenario");
  for (const FileSection& section : scenario_sections()) {
    CAPTURE(section.name);
    CAPTURE(section.type);
    const bool typed = section.type.empty() && (section.name == "event" || section.name == "measure");
    if (typed) continue;  // an item always has a type: its keys are looked at with those
    const auto file = check_scenario(*parse_toml(probe(section), "probe.toml"), "probe.toml");
    CHECK(known_by_parser(file.diagnostics()) == shown(list, section, true));
  }
}

TEST_CASE("every key that a flood case's parser accepts is listed, and none else") {
  const Folder folder;
  fs::copy_file(data_folder() + "/cases/example/dem.asc", folder.path / "dem.asc");
  const json list = listed("case");
  for (const FileSection& section : flood_sections()) {
    CAPTURE(section.name);
    const auto file = folder.write("case.toml", "dem = \"dem.asc\"\nduration_h = 1\n" + probe(section));
    const auto run = run_flood_case(file, folder.path / "out", 1, {}, {});
    Keys known = known_by_parser(run.diagnostics());
    // Known only to be refused in plain words: a raster's coordinates are no degrees (flood.no_lonlat).
    std::erase_if(known, [](const std::string& key) { return key.ends_with("_lonlat"); });
    CHECK(known == shown(list, section, true));
  }
}

TEST_CASE("every key that a recipe's parser accepts is listed, and none else") {
  const Folder folder;
  const json list = listed("recipe");
  for (const FileSection& section : recipe_sections()) {
    if (section.name == "source.columns" || section.name == "needs")
      continue;  // names of columns and facilities
    CAPTURE(section.name);
    const auto recipe = gis::read_recipe(folder.write("recipe.toml", probe(section)));
    Keys expected = shown(list, section, true);
    if (section.name == "source")
      expected = sorted([&] {
        expected.emplace_back("columns");
        return expected;
      }());
    CHECK(known_by_parser(recipe.diagnostics()) == expected);
  }
}

TEST_CASE("the lists are for people too, in two languages") {
  for (const char* what : {"scenario", "case", "recipe"}) {
    set_language("en");
    const std::string english = *list_declared(what, false);
    set_language("zh_CN");
    const std::string chinese = *list_declared(what, false);
    set_language("en");
    CHECK(english != chinese);
    CHECK(english.find("list.") == std::string::npos);  // no code without its sentence
    CHECK(chinese.find("list.") == std::string::npos);
  }
  const std::string scenario = *list_declared("scenario", false);
  for (const char* word :
       {"[[event]] type = \"design_storm\"", "area, area_lonlat", "residential_value_per_m2", "[[need]]",
        "around:<point>:<metres>", "source: Pregnolato"})
    CHECK_MESSAGE(scenario.find(word) != std::string::npos, word);
  CHECK(list_declared("recipe", false)->find("<kind or key>.<need>.backup_h") != std::string::npos);
}

TEST_CASE("the commented flood case has every table, and runs") {
  const Folder folder;
  std::ifstream in(data_folder() + "/cases/example/case.toml");
  const std::string content{std::istreambuf_iterator<char>(in), {}};
  for (const FileSection& section : flood_sections())
    if (!section.name.empty())
      CHECK_MESSAGE(content.find("[" + section.name + "]") != std::string::npos, section.name);
  const auto run = run_flood_case(data_folder() + "/cases/example/case.toml", folder.path / "out", 1, {}, {});
  REQUIRE_MESSAGE(run.ok(), errors(run.diagnostics()));
  CHECK(run->status == RunStatus::ok);
  CHECK(run->max_depth > 0.1);
}

TEST_CASE("the commented scenario has every table, and runs on a generated city") {
  const Folder folder;
  const fs::path file = library_folder().parent_path() / "examples" / "every_section.toml";
  std::ifstream in(file);
  const std::string content{std::istreambuf_iterator<char>(in), {}};
  for (const FileSection& section : scenario_sections())
    if (!section.name.empty())
      CHECK_MESSAGE(content.find("[" + section.name + "]") != std::string::npos, section.name);
  for (const char* water : {"river", "coast"}) {
    gis::GenerateOptions options{.population = 10'000, .seed = 3, .water = water, .terrain_cell_m = 20};
    options.data_folder = data_folder();
    const auto city = gis::generate_city(options, {});
    REQUIRE(city.ok());
    REQUIRE(gis::write_city(*city, folder.path / "city.gpkg", {}).ok());
    RunOptions run;
    run.scenario = file;
    run.city = folder.path / "city.gpkg";
    run.out = folder.path / water;
    run.set = {"grid.cell_m=40", "run.duration_h=1.1"};
    const auto summary = run_scenario(run, {});
    REQUIRE_MESSAGE(summary.ok(), errors(summary.diagnostics()));
    CHECK(summary->status == RunStatus::ok);
  }
}

TEST_CASE("the commented recipe reads, and shows every key") {
  const fs::path file = data_folder() + "/cases/recipe.toml";
  const auto recipe = gis::read_recipe(file);
  REQUIRE_MESSAGE(recipe.ok(), errors(recipe.diagnostics()));
  std::ifstream in(file);
  const std::string content{std::istreambuf_iterator<char>(in), {}};
  for (const FileSection& section : recipe_sections())
    for (const Parameter& p : section.parameters)
      if (section.name != "source.columns") CHECK_MESSAGE(content.find(p.key) != std::string::npos, p.key);
}
