// A scenario file and a city made into the inputs of its runs.
#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "scenarios/core/planning.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

using Points = std::vector<Point2>;

// "EUR 4,000 per m", "0.03 s/m^(1/3)".
std::string amount(const std::string& value, const std::string& unit, const std::string& currency) {
  constexpr std::string_view kMoney = "currency";
  if (!unit.starts_with(kMoney)) return unit.empty() ? value : value + " " + unit;
  const std::string per = unit.substr(kMoney.size());
  std::string words = currency + " " + value;
  if (per.empty()) return words;
  return text("assumption.per." + per.substr(1), {{"amount", words}});
}

// The default of an estimate as words; empty if it is no number.
std::string default_value(const Parameter& p) {
  if (const auto* number = std::get_if<double>(&p.default_value))
    return p.unit.starts_with("currency") ? report::number(*number) : fmt::format("{:g}", *number);
  if (const auto* integer = std::get_if<std::int64_t>(&p.default_value)) return std::to_string(*integer);
  return {};
}

bool inside(const Points& points, const Box2& extent) {
  return std::any_of(points.begin(), points.end(), [&](const Point2 p) { return extent.contains(p); });
}

// Longitudes and latitudes under a key in metres: numbers as small as degrees that are not in the city, or
// are in it once they are read as degrees (the frame's origin lies near the city, so small numbers can be
// metres).
bool are_degrees(const GeometryText& given, const CityFrame& frame, const PlaceResolver& resolve) {
  if (given.lonlat || given.points.empty() || frame.crs == "local") return false;
  for (const Point2 p : given.points)
    if (std::abs(p.x) > 180 || std::abs(p.y) > 90) return false;
  if (!inside(given.points, frame.extent)) return true;
  GeometryText degrees = given;
  degrees.lonlat = true;
  Diagnostics ignored;
  return inside(resolve(degrees, {}, ignored), frame.extent);
}

PlaceResolver places_in_metres(const CityModel& model) {
  return [resolve = places_of(model), frame = model.info().frame](
             const GeometryText& given, const Where& where, Diagnostics& diagnostics) {
    if (!are_degrees(given, frame, resolve)) return resolve(given, where, diagnostics);
    const std::string key = where.key.substr(where.key.rfind('.') + 1);
    diagnostics.error("place.degrees", where, {{"key", key}});
    return Points{};
  };
}

}  // namespace

Planning::Planning(const ScenarioFile& scenario, std::shared_ptr<const CityModel> model)
    : file(scenario), city(std::move(model)), places(places_in_metres(*city)) {
  plan.text.name = file.name;
  plan.text.title = text(file.title);
  plan.text.question = text(file.question);
  plan.text.city_name = city->info().name;
}

const Node& Planning::section(const std::string& name) const {
  static const Node kNothing;
  const Node* node = file.root.find(name);
  return node == nullptr ? kNothing : *node;
}

ParameterValues Planning::values(const Node& node, const ParameterTable& table, const std::string& path) {
  return read_parameters(node, table, path, {"type", "name"}, &places, diagnostics);
}

std::string Planning::unique_key(const Node& item, const std::string& type) {
  const Node* name = item.find("name");
  const std::string base = name == nullptr ? type : name->text;
  std::string key = base;
  for (int n = 2; !keys.insert(key).second; ++n) key = fmt::format("{}_{}", base, n);
  return key;
}

void Planning::note_assumptions(const std::string& owner, const ParameterTable& table, const Node& node,
                                const ParameterValues& values) {
  for (const Parameter& p : table) {
    if (p.source.empty() || node.find(p.key) != nullptr || is_idle(p, values)) continue;
    const std::string value = default_value(p);
    if (!value.empty())
      plan.text.assumptions.emplace_back(
          owner + ": " + text(p.text),
          amount(value, p.unit, city->info().currency) + " (" + text(p.source) + ")");
  }
}

Result<Plan> plan(const ScenarioFile& file, std::shared_ptr<const CityModel> city, bool forcing) {
  Planning planning(file, std::move(city));
  const auto events = [&](Planning& p) { plan_events(p, forcing); };
  const auto controls = [&](Planning& p) {
    if (forcing) plan_controls(p);
  };
  const auto measures = [&](Planning& p) { plan_measures(p, forcing); };
  const std::function<void(Planning&)> steps[] = {plan_ground,      plan_run,      events,   controls,
                                                  plan_projections, plan_baseline, measures, plan_impact};
  for (const auto& step : steps) {
    step(planning);
    if (!planning.ok()) return Result<Plan>(std::move(planning.diagnostics));
  }
  planning.plan.input.model = planning.plan.baseline;
  return Result<Plan>(std::move(planning.plan), std::move(planning.diagnostics));
}

}  // namespace citytwin::scenarios
