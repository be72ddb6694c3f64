// The city without measures: what the scenario says about needs, and what projections change.
#include <fmt/format.h>

#include "engine/model/names.hpp"
#include "scenarios/core/planning.hpp"
#include "scenarios/core/sections.hpp"

namespace citytwin::scenarios {
namespace {

void set_need(Planning& p, const std::string& need, const char* column, const ParameterValues& v,
              const char* key) {
  if (v.has(key)) p.projected.edits.emplace_back(SetColumn{"needs", need, column, v.number(key)});
}

// Overrides of needs: one edit for each need they speak of.
void override_needs(Planning& p) {
  const auto list = p.items("need");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::string path = fmt::format("need.{}", i + 1);
    const auto v = p.values(list[i], need_section(), path);
    if (!p.ok()) return;
    const auto& table = p.city->needs();
    const auto& facilities = p.city->facilities();
    bool any = false;
    for (std::size_t row = 0; row < table.size(); ++row) {
      const std::size_t f = table.facility[row].row();
      const std::string& key = facilities.origin.key[f];
      if (name_of(table.kind[row]) != v.text("need")) continue;
      if (key != v.text("facility") && name_of(facilities.kind[f]) != v.text("facility")) continue;
      any = true;
      const std::string need = key + "/" + v.text("need");
      set_need(p, need, "backup_h", v, "backup_h");
      set_need(p, need, "threshold_depth", v, "threshold_depth_m");
    }
    if (!any)
      p.diagnostics.error("scenario.no_need", where_of(list[i], path),
                          {{"facility", v.text("facility")}, {"need", v.text("need")}});
  }
}

}  // namespace

void plan_baseline(Planning& p) {
  override_needs(p);
  if (!p.ok()) return;
  if (p.projected.edits.empty()) {
    p.plan.baseline = p.city;
    return;
  }
  auto model = citytwin::apply(*p.city, p.projected.edits);
  p.diagnostics.append(model.diagnostics());
  if (model) p.plan.baseline = std::make_shared<const CityModel>(*std::move(model));
}

}  // namespace citytwin::scenarios
