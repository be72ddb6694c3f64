// What is done about it: each measure sees the city as those above it left it.
#include <fmt/format.h>

#include "scenarios/core/planning.hpp"
#include "scenarios/core/sections.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/measures/measure.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

void check_measure(Planning& p, const MeasureInput& input, const MeasureOutcome& made,
                   std::map<std::string, std::string>& worked_on) {
  const Box2 extent = p.city->info().frame.extent;
  constexpr double kRounding = 0.01;  // [m] places are snapped
  for (const Point2 at : made.outline)
    if (!extent.grown(kRounding).contains(at)) {
      p.diagnostics.error("measure.outside_city", input.where,
                          {{"x", fmt::format("{:.1f}", at.x)},
                           {"y", fmt::format("{:.1f}", at.y)},
                           {"min_x", fmt::format("{:.0f}", extent.min.x)},
                           {"min_y", fmt::format("{:.0f}", extent.min.y)},
                           {"max_x", fmt::format("{:.0f}", extent.max.x)},
                           {"max_y", fmt::format("{:.0f}", extent.max.y)}});
      return;
    }
  for (const std::string& building : made.buildings) {
    const auto [it, fresh] = worked_on.emplace(building, input.key);
    if (fresh) continue;
    p.diagnostics.error("measure.same_building", input.where,
                        {{"building", building}, {"other", it->second}, {"measure", input.key}});
    return;
  }
}

PlacedMeasure on_map(const std::string& key, const MeasureType& type, const MeasureOutcome& made) {
  const bool things = made.shape == PlacedMeasure::Shape::points;
  return {key, type.name, made.shape, things ? made.things : made.outline, made.cost};
}

void describe(Planning& p, const std::string& key, const MeasureType& type, const MeasureOutcome& made) {
  std::string words = text("measure." + type.name + "." + made.sentence, made.description);
  words += " " + text("measure.cost", {{"cost", p.city->info().currency + " " + report::rounded(made.cost)},
                                       {"years", fmt::format("{:g}", type.lifetime_years)}});
  p.plan.text.measures.emplace_back(key, words);
  p.plan.text.cost += made.cost;
}

}  // namespace

void plan_measures(Planning& p, bool forcing) {
  p.plan.strategy = p.plan.baseline;
  const auto list = p.items("measure");
  std::map<std::string, std::string> worked_on;  // building → measure
  const auto& events = p.plan.input.forcing.structures;
  const HydraulicStructures there = events ? *events : HydraulicStructures{};
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string path = fmt::format("measure.{}", i + 1);
    const MeasureType& type = *find_measure(list[i].find("type")->text);
    const auto v = p.values(list[i], type.parameters, path);
    if (!p.ok()) return;
    const MeasureInput input{
        *p.plan.strategy,        p.unique_key(list[i], type.name), v,
        where_of(list[i], path), p.plan.input.spec.grid,           forcing ? &there : nullptr};
    auto made = type.make(input);
    p.diagnostics.append(made.diagnostics());
    if (!made) return;
    check_measure(p, input, *made, worked_on);
    if (!p.ok()) return;
    auto model = citytwin::apply(*p.plan.strategy, made->edits);
    for (Diagnostic d : model.diagnostics().items()) {
      d.where.file = input.where.file;
      d.where.line = input.where.line;
      p.diagnostics.add(std::move(d));
    }
    if (!p.ok()) return;
    p.plan.strategy = std::make_shared<const CityModel>(*std::move(model));
    p.plan.measure_controls.insert(p.plan.measure_controls.end(), made->controls.begin(),
                                   made->controls.end());
    for (auto& series : made->forcing) p.plan.measure_forcing.push_back(std::move(series));
    add_structures(made->structures, p.plan.measure_structures);
    p.plan.series_where[input.key] = input.where;
    describe(p, input.key, type, *made);
    p.plan.measures.push_back(on_map(input.key, type, *made));
    p.note_assumptions(input.key, type.parameters, list[i]);
  }
  const auto strategy = p.values(p.section("strategy"), strategy_section(), "strategy");
  p.plan.strategy_name = strategy.has("name") ? text(strategy.text("name")) : p.file.name;
}

}  // namespace citytwin::scenarios
