// INFLOWS, DWF: flows of water; loads and concentrations are water quality.
#include "gis/readers/swmm_inp/fields.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

// True if the row is the first of its node.
bool is_first(Project& project, std::vector<long>& lines, Index node, const Row& row) {
  if (node == kNone) return false;
  long& line = lines[static_cast<std::size_t>(node)];
  if (line > 0) {
    project.error("swmm.duplicate", row, {{"id", shown(row.fields[0])}, {"first", std::to_string(line)}});
    return false;
  }
  line = row.line;
  return true;
}

// Node FLOW series FLOW factor scale baseline pattern; the units factor holds for loads only.
void read_inflow(Project& project, Fields& f, Index node) {
  drainage::Inflow inflow;
  inflow.node = node;
  if (f.has(2)) inflow.series = si_series(project, f.series(2), project.units.flow, false);
  inflow.scale = f.number_or(5, "Sfactor", 1);
  inflow.baseline = f.number_or(6, "Base", 0) * project.units.flow;
  if (f.has(7)) inflow.baseline_pattern = f.pattern(7);
  project.network.inflows.push_back(std::move(inflow));
}

void read_dry_weather(Project& project, Fields& f, Index node) {
  drainage::DryWeatherFlow flow;
  flow.node = node;
  flow.average = f.number(2, "Base") * project.units.flow;
  for (std::size_t k = 3; k < 7; ++k)
    if (f.has(k)) flow.patterns.push_back(f.pattern(k));
  if (f.ok()) project.network.dry_weather_flows.push_back(std::move(flow));
}

void read_section(Project& project, Section section, void (*read)(Project&, Fields&, Index)) {
  std::vector<long> lines(project.nodes.size(), 0);
  for (const Row& row : project.text.rows(section)) {
    Fields f(project, row);
    if (!f.need(3)) continue;
    const Index node = f.node(0);
    if (!f.is(1, "FLOW")) {
      ++project.water_quality_rows;
      continue;
    }
    if (is_first(project, lines, node, row)) read(project, f, node);
  }
}

}  // namespace

void read_inflows(Project& project) {
  read_section(project, Section::inflows, read_inflow);
  read_section(project, Section::dwf, read_dry_weather);
}

}  // namespace citytwin::gis::swmm
