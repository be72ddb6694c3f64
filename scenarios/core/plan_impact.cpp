// What water does to people, streets and money.
#include <fmt/format.h>

#include "engine/model/names.hpp"
#include "scenarios/core/planning.hpp"
#include "scenarios/core/sections.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/core/vulnerability.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {

void plan_impact(Planning& p) {
  const auto v = p.values(p.section("impact"), impact_section(), "impact");
  auto vulnerability = read_vulnerability();
  p.diagnostics.append(vulnerability.diagnostics());
  if (!p.ok()) return;
  override_values(v, *vulnerability);
  for (auto& [use, value] : vulnerability->value_per_m2) value *= p.projected.value_factor;
  if (vulnerability->currency != p.city->info().currency)
    p.diagnostics.warning("scenario.currency", {p.file.path.string(), "", "", "impact.currency", 0},
                          {{"city", p.city->info().currency}, {"values", vulnerability->currency}});
  p.plan.vulnerability = *std::move(vulnerability);
  p.plan.impact.people_depth_m = v.number("people_depth_m");
  p.plan.impact.passable_depth_m = p.plan.input.spec.passable_depth_m = v.number("passable_depth_m");
  p.plan.impact.flooded_depth_m = v.number("flooded_depth_m");
  auto& assumptions = p.plan.text.assumptions;
  assumptions.emplace_back(text("assumption.damage_curves"), p.plan.vulnerability.curve_source);
  std::string values;
  for (const auto& [use, value] : p.plan.vulnerability.value_per_m2)
    values += (values.empty() ? "" : text("report.list_separator")) +
              text("report.use." + std::string(name_of(use))) + " " + report::number(value);
  assumptions.emplace_back(
      text("assumption.building_values"),
      text("assumption.building_values.list", {{"currency", p.plan.vulnerability.currency},
                                               {"year", std::to_string(p.plan.vulnerability.price_year)},
                                               {"values", values},
                                               {"source", p.plan.vulnerability.value_source}}));
  p.note_assumptions("impact", impact_section(), p.section("impact"));
}

}  // namespace citytwin::scenarios
