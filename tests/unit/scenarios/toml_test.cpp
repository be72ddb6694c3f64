#include <doctest/doctest.h>

#include "engine/base/nearest_word.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/core/toml.hpp"

using namespace citytwin;
using namespace citytwin::scenarios;

namespace {

const ParameterTable kTable = {
    {.key = "depth_mm", .unit = "mm", .text = "depth", .min = 0, .max = 100},
    {.key = "count", .kind = ParameterKind::integer, .default_value = std::int64_t{3}, .min = 1, .max = 9},
    {.key = "shape",
     .kind = ParameterKind::choice,
     .default_value = std::string("round"),
     .choices = {"round", "square"}},
    {.key = "on", .kind = ParameterKind::boolean, .default_value = true},
    {.key = "along", .kind = ParameterKind::polyline, .optional = true},
};

ParameterValues read(const std::string& content, Diagnostics& diagnostics,
                     const PlaceResolver* places = nullptr) {
  const auto root = parse_toml(content, "case.toml");
  REQUIRE(root.ok());
  return read_parameters(*root, kTable, "", {}, places, diagnostics);
}

// The single error of a text.
Diagnostic error_of(const std::string& content) {
  Diagnostics diagnostics;
  static_cast<void>(read(content, diagnostics));
  REQUIRE(diagnostics.items().size() == 1);
  return diagnostics.items().front();
}

std::string argument(const Diagnostic& d, const std::string& name) {
  for (const auto& [key, value] : d.args)
    if (key == name) return value;
  return "";
}

}  // namespace

TEST_CASE("a table is read against its declaration, defaults filled in") {
  Diagnostics diagnostics;
  const auto values = read("depth_mm = 80\nshape = \"square\"\n", diagnostics);
  CHECK(diagnostics.empty());
  CHECK(values.number("depth_mm") == 80);
  CHECK(values.integer("count") == 3);
  CHECK(values.text("shape") == "square");
  CHECK(values.boolean("on"));
  CHECK_FALSE(values.has("along"));
}

TEST_CASE("every mistake has its own code, with line, key and nearest word") {
  const auto unknown = error_of("depth_mm = 1\n\nshpe = \"round\"\n");
  CHECK(unknown.code == "toml.unknown_key");
  CHECK(unknown.where.line == 3);
  CHECK(unknown.where.file == "case.toml");
  CHECK(argument(unknown, "nearest") == "shape");
  CHECK(error_of("depth_mm = 1\nzzzzzzzzzzzz = 1\n").code == "toml.unknown_key_list");

  const auto unit = error_of("depth_mm = 1\ndepth_m = 0.08\n");
  CHECK(unit.code == "toml.wrong_unit");
  CHECK(argument(unit, "nearest") == "depth_mm");

  CHECK(error_of("depth_mm = \"80 mm\"\n").code == "toml.wrong_type");
  CHECK(error_of("depth_mm = 101\n").code == "toml.out_of_range");
  CHECK(error_of("depth_mm = nan\n").code == "toml.out_of_range");
  CHECK(sentence(error_of("depth_mm = 101\n")).find(": 101 mm is out of range. (from 0 to 100 mm)") !=
        std::string::npos);
  CHECK(sentence(error_of("depth_mm = 1\ncount = 12\n")).find(": 12 is out of range. (from 1 to 9)") !=
        std::string::npos);
  CHECK(error_of("depth_mm = inf\n").code == "toml.out_of_range");
  CHECK(error_of("depth_mm = 1\ncount = 2.5\n").code == "toml.wrong_type");
  CHECK(error_of("count = 2\n").code == "toml.missing_key");
  const auto choice = error_of("depth_mm = 1\nshape = \"squar\"\n");
  CHECK(choice.code == "toml.bad_choice");
  CHECK(argument(choice, "nearest") == "square");
  CHECK(error_of("depth_mm = 1\nalong = [[0, 0]]\n").code == "toml.bad_geometry");
  CHECK(error_of("depth_mm = 1\nalong = [[0, 0], [1]]\n").code == "toml.bad_geometry");
  CHECK(error_of("depth_mm = 1\nalong = 7\n").code == "toml.wrong_type");
  CHECK(error_of("depth_mm = 1\nalong = \"river\"\nalong_lonlat = [[0, 0], [1, 1]]\n").code ==
        "toml.given_twice");
}

TEST_CASE("geometry reaches the resolver as numbers, lon/lat or words") {
  GeometryText seen;
  const PlaceResolver places = [&](const GeometryText& given, const Where&, Diagnostics&) {
    seen = given;
    return std::vector<Point2>{{1, 2}, {3, 4}};
  };
  Diagnostics diagnostics;
  auto values = read("depth_mm = 1\nalong = [[10, 20], [30.5, 40]]\n", diagnostics, &places);
  CHECK(seen.points == std::vector<Point2>{{10, 20}, {30.5, 40}});
  CHECK_FALSE(seen.lonlat);
  CHECK(values.points("along").size() == 2);
  values = read("depth_mm = 1\nalong_lonlat = [[7.1, 43.7], [7.2, 43.8]]\n", diagnostics, &places);
  CHECK(seen.lonlat);
  values = read("depth_mm = 1\nalong = \"river:left:5\"\n", diagnostics, &places);
  CHECK(seen.reference == "river:left:5");
  CHECK(diagnostics.empty());
}

TEST_CASE("broken TOML names its line") {
  const auto broken = parse_toml("a = 1\nb = [1, 2\n", "case.toml");
  CHECK_FALSE(broken.ok());
  CHECK(broken.diagnostics().items().front().code == "toml.syntax");
  CHECK(broken.diagnostics().items().front().where.line >= 2);
  CHECK(read_toml("/no/such/file.toml").diagnostics().has("toml.no_file"));
}

TEST_CASE("--set reaches sections, and items by number, type or name") {
  auto root = *parse_toml(
      "[grid]\ncell_m = 10\n[[event]]\ntype = \"storm\"\nname = \"first\"\n[[event]]\ntype = \"loss\"\n",
      "x");
  CHECK(set_value(root, "grid.cell_m=5").empty());
  CHECK(root.find("grid")->find("cell_m")->integer == 5);
  CHECK(set_value(root, "run.duration_h=2.5").empty());
  CHECK(root.find("run")->find("duration_h")->number == 2.5);
  CHECK(root.find("run")->find("duration_h")->file == "--set");
  CHECK(set_value(root, "event.1.depth=7").empty());
  CHECK(set_value(root, "event.loss.asset=grid").empty());
  CHECK(set_value(root, "event.first.shape=\"round\"").empty());
  const auto& events = root.find("event")->items;
  CHECK(events[0].find("depth")->integer == 7);
  CHECK(events[0].find("shape")->text == "round");
  CHECK(events[1].find("asset")->text == "grid");  // a bare word is text
  CHECK(set_value(root, "event.3.depth=7").has("toml.set_no_item"));
  CHECK(set_value(root, "event.depth=7").has("toml.set_no_item"));  // which of the two?
  CHECK(set_value(root, "nonsense").has("toml.bad_set"));
  CHECK(set_value(root, "=3").has("toml.bad_set"));
  CHECK(set_value(root, "grid.cell_m.deep=3").has("toml.bad_set"));

  auto one = *parse_toml("[[event]]\ntype = \"storm\"\n", "x");
  CHECK(set_value(one, "event.depth=7").empty());
  CHECK(one.find("event")->items[0].find("depth")->integer == 7);
}

TEST_CASE("edit distance and nearest word") {
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("same", "same") == 0);
  CHECK(nearest_word("durtion_h", {"depth_mm", "duration_h", "start"}) == "duration_h");
  CHECK(nearest_word("x", {}).empty());
  CHECK(looks_like("durtion_h", "duration_h"));
  CHECK_FALSE(looks_like("qwertz", "duration_h"));
}
