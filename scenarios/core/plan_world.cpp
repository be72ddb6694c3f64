// What happens to the city, when, and how the world will have changed.
#include <algorithm>

#include <fmt/format.h>

#include "engine/base/nearest_word.hpp"
#include "scenarios/core/placed.hpp"
#include "scenarios/core/planning.hpp"
#include "scenarios/core/sections.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/events/event.hpp"

namespace citytwin::scenarios {
namespace {

void check_target(Planning& p, const std::string& target, const Where& where) {
  std::vector<std::string> known = p.city->facilities().origin.key;
  known.emplace_back("grid");
  for (const auto& name : p.plan.input.spec.domains) known.push_back(name);
  const auto& links = p.city->streets().links.origin.key;
  const bool link =
      target.starts_with("link/") && std::find(links.begin(), links.end(), target.substr(5)) != links.end();
  if (!link && std::find(known.begin(), known.end(), target) == known.end())
    p.diagnostics.error("scenario.no_target", where,
                        {{"target", target}, {"nearest", nearest_word(target, known)}});
}

// A level that an event gives would take the place of one that the scenario sets, and nobody would be told.
void check_one_sea(Planning& p, const EventOutcome& made, const EventInput& input) {
  const auto water = p.plan.input.spec.domain_parameters.find("surface_water");
  if (water == p.plan.input.spec.domain_parameters.end() || !water->second.has("sea_level_m")) return;
  for (const ForcingSeries& series : made.forcing)
    if (series.field == "level" && series.place.kind == Place::Kind::sea)
      p.diagnostics.error("scenario.two_sea_levels", input.where, {{"event", input.key}});
}

void merge(const EventOutcome& made, const EventInput& input, Planning& p) {
  Forcing& forcing = p.projected.forcing;
  if (!made.structures.empty()) {
    auto all = std::make_shared<HydraulicStructures>();
    if (forcing.structures) *all = *forcing.structures;
    add_structures(made.structures, *all);
    forcing.structures = std::move(all);
  }
  if (!made.given_flood) return;
  if (forcing.given_flood)
    p.diagnostics.error("scenario.two_given_floods", input.where, {{"event", input.key}});
  forcing.given_flood = made.given_flood;
}

}  // namespace

void plan_events(Planning& p, bool forcing) {
  const auto list = p.items("event");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Node& item = list[i];
    const EventType& type = *find_event(item.find("type")->text);
    const std::string path = fmt::format("event.{}", i + 1);
    const std::string key = p.unique_key(item, type.name);
    if (!forcing) continue;
    const auto v = p.values(item, type.parameters, path);
    if (!p.ok()) return;
    const EventInput input{*p.city,
                           key,
                           v,
                           p.file.folder(),
                           p.plan.input.spec.duration,
                           where_of(item, path),
                           p.plan.input.spec.grid};
    auto made = type.make(input);
    p.diagnostics.append(named_at(made.diagnostics(), input.where));
    if (!made) return;
    for (const Parameter& parameter : type.parameters)
      if (parameter.kind == ParameterKind::file && v.has(parameter.key))
        p.plan.input_files.push_back(p.file.folder() / v.text(parameter.key));
    for (const auto& file : made->files) p.plan.input_files.push_back(file);
    p.plan.series_where[key] = input.where;
    check_one_sea(p, *made, input);
    for (auto& series : made->forcing) p.projected.forcing.series.push_back(std::move(series));
    merge(*made, input, p);
    auto& to = p.plan.input.controls;
    to.insert(to.end(), made->controls.begin(), made->controls.end());
    p.plan.text.events.emplace_back(input.key, text("event." + type.name + ".done", made->description));
    p.note_assumptions(input.key, type.parameters, item);
  }
  if (list.empty()) p.diagnostics.warning("scenario.no_event", {p.file.path.string(), "", "", "event", 0});
}

void plan_controls(Planning& p) {
  const auto list = p.items("control");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string path = fmt::format("control.{}", i + 1);
    const auto v = p.values(list[i], control_section(), path);
    if (!p.ok()) return;
    static const std::vector<std::string> kVerbs = {"set", "restore", "fail", "repair"};
    const auto verb = std::find(kVerbs.begin(), kVerbs.end(), v.text("verb")) - kVerbs.begin();
    check_target(p, v.text("target"), where_of(list[i], path + ".target"));
    p.plan.input.controls.push_back({SimTime::from_seconds(v.number("time_h") * 3600), v.text("target"),
                                     static_cast<Control::Verb>(verb), v.text("column"), v.number("value")});
  }
}

void plan_projections(Planning& p) {
  const Node& node = p.section("projection");
  const auto v = p.values(node, projection_parameters(), "projection");
  if (!p.ok()) return;
  p.projected.domain_parameters = std::move(p.plan.input.spec.domain_parameters);
  for (const ProjectionType& type : all_projections()) {
    const Parameter& first = type.parameters.front();
    if (!v.has(first.key)) continue;
    type.apply(*p.city, v, p.projected);
    std::string value = fmt::format("{:g}", v.number(first.key));
    if (!first.unit.empty()) value += " " + first.unit;
    p.plan.text.projections.emplace_back(text("projection." + type.name), value);
  }
  p.plan.input.forcing = std::move(p.projected.forcing);
  p.plan.input.spec.domain_parameters = std::move(p.projected.domain_parameters);
}

}  // namespace citytwin::scenarios
