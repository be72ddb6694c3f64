// What the steps from a scenario file and a city to a plan share. Each step is one function, in the order in
// which plan.cpp calls them; one that finds an error leaves it in `diagnostics`, and no further step is
// taken.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "scenarios/core/places.hpp"
#include "scenarios/core/scenario.hpp"
#include "scenarios/projections/projection.hpp"

namespace citytwin::scenarios {

struct Planning {
  Planning(const ScenarioFile& scenario, std::shared_ptr<const CityModel> model);

  [[nodiscard]] bool ok() const { return !diagnostics.has_errors(); }
  // A table of the file; an empty one where the file has none.
  [[nodiscard]] const Node& section(const std::string& name) const;
  [[nodiscard]] std::vector<Node> items(const std::string& name) const { return section(name).items; }
  [[nodiscard]] ParameterValues values(const Node& node, const ParameterTable& table,
                                       const std::string& path);
  // A name no other event or measure has.
  [[nodiscard]] std::string unique_key(const Node& item, const std::string& type);
  // Estimates that nobody overrode are assumptions of the report.
  // Defaults with a source that the scenario leaves as they are and that act, given the other values.
  void note_assumptions(const std::string& owner, const ParameterTable& table, const Node& node,
                        const ParameterValues& values = {});

  const ScenarioFile& file;
  std::shared_ptr<const CityModel> city;
  PlaceResolver places;
  Plan plan;
  Projected projected;
  std::set<std::string> keys;
  Diagnostics diagnostics;
};

void plan_ground(Planning& planning);                // [terrain]
void plan_run(Planning& planning);                   // [run], [grid], the tables of domains
void plan_events(Planning& planning, bool forcing);  // [[event]]; without forcing they only take their names
void plan_controls(Planning& planning);              // [[control]]
void plan_projections(Planning& planning);           // [projection]
void plan_baseline(Planning& planning);              // [[need]], and the city with all of the above
void plan_measures(Planning& planning, bool forcing);  // [strategy], [[measure]]
void plan_impact(Planning& planning);                  // [impact]

}  // namespace citytwin::scenarios
