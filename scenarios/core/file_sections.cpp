// The tables of a scenario and of a recipe: what their parsers accept, and nothing else.
#include "engine/domains/registry.hpp"
#include "gis/build/recipe_tables.hpp"
#include "gis/generate/sewers/sewer_design.hpp"
#include "scenarios/core/sections.hpp"
#include "scenarios/events/event.hpp"
#include "scenarios/measures/measure.hpp"
#include "scenarios/projections/projection.hpp"

namespace citytwin::scenarios {
namespace {

// [[event]] or [[measure]]: the keys of every item, then those of each type.
template <class Type>
void add_typed(std::vector<FileSection>& sections, const std::string& name, const std::string& words,
               const std::vector<Type>& types) {
  std::vector<std::string> names;
  names.reserve(types.size());
  for (const Type& type : types) names.push_back(type.name);
  sections.push_back({.name = name,
                      .text = words,
                      .parameters = {{.key = "type",
                                      .kind = ParameterKind::choice,
                                      .text = "Which kind it is; it decides the other keys",
                                      .choices = names},
                                     {.key = "name",
                                      .kind = ParameterKind::text,
                                      .text = "What it is called; its type if not given",
                                      .optional = true}},
                      .list = true});
  for (const Type& type : types)
    sections.push_back({.name = name,
                        .text = type.text,
                        .parameters = type.parameters,
                        .list = true,
                        .type = type.name,
                        .lonlat = true});
}

std::vector<FileSection> make_scenario_sections() {
  std::vector<FileSection> sections = {
      {.name = "",
       .text = "The scenario itself: keys before the first table",
       .parameters = scenario_section()},
      {.name = "run", .text = "The clock, the physics and what is recorded", .parameters = run_section()},
      {.name = "grid", .text = "The grid of the run", .parameters = grid_section()},
      {.name = "terrain", .text = "A ground for a city without terrain", .parameters = terrain_section()},
      {.name = "impact",
       .text = "What water does to people, streets and money",
       .parameters = impact_section()},
      {.name = "strategy", .text = "The measures as a whole", .parameters = strategy_section()},
      {.name = "projection",
       .text = "How the world will have changed",
       .parameters = projection_parameters()},
  };
  for (const DomainInfo& domain : all_domains())
    sections.push_back({.name = domain.name, .text = domain.text, .parameters = domain.parameters});
  add_typed(sections, "event", "What happens to the city", all_events());
  add_typed(sections, "measure", "What a planner does about it", all_measures());
  sections.push_back({.name = "control",
                      .text = "A change of a domain or facility during the run",
                      .parameters = control_section(),
                      .list = true});
  sections.push_back({.name = "need",
                      .text = "What a facility needs, instead of the city file's word",
                      .parameters = need_section(),
                      .list = true});
  return sections;
}

// Not declared as parameters where they are read: the names of the columns belong to the readers.
ParameterTable column_keys() {
  const auto column = [](const char* key, const char* words) {
    return Parameter{.key = key, .kind = ParameterKind::text, .text = words, .optional = true};
  };
  return {
      column("key, height, levels, use, floor_area, value, people, name", "Columns of buildings"),
      column("population, jobs", "Columns of population"),
      column("class", "Column of land cover polygons"),
      column("unknown, building, paved, ...", "Codes of a land cover raster: paved = \"50 60\""),
      column("kind, name, level", "Columns of water"),
      column("kind, name, capacity, floor_height", "Columns of facilities"),
  };
}

}  // namespace

const std::vector<FileSection>& scenario_sections() {
  static const std::vector<FileSection> sections = make_scenario_sections();
  return sections;
}

std::vector<FileSection> recipe_sections() {
  return {
      {.name = "", .text = "The city: keys before the first table", .parameters = gis::recipe_table()},
      {.name = "source",
       .text = "A file that tells something of the city",
       .parameters = gis::recipe_source_table(),
       .list = true},
      {.name = "source.columns",
       .text = "Of the source above it: our name = the file's name",
       .parameters = column_keys()},
      {.name = "sewer_design",
       .text = "What synthesised sewers are designed for (sewers = \"synthesise\")",
       .parameters = gis::sewer_design_table()},
      {.name = "needs",
       .text =
           "What facilities need, where data/tables/facility_needs.csv does not fit; = \"none\" takes a need "
           "away (a scenario writes [[need]])",
       .parameters = gis::recipe_need_table(),
       .key_path = "<kind or key>.<need>."},
  };
}

}  // namespace citytwin::scenarios
