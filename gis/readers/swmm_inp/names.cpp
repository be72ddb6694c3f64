// Ids before anything else: rows refer to what stands further down.
#include "gis/readers/swmm_inp/fields.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

using drainage::LinkKind;
using drainage::NodeKind;

// True if the row brings a new id.
bool add(Project& project, Names& names, const Row& row, std::string_view id) {
  if (id.empty()) {
    project.error("swmm.empty_id", row);
    return false;
  }
  const Index index = names.add(id, row.line);
  if (names.line(index) == row.line) return true;
  project.error("swmm.duplicate", row, {{"id", shown(id)}, {"first", std::to_string(names.line(index))}});
  return false;
}

void add_nodes(Project& project, Section section, NodeKind kind) {
  for (const Row& row : project.text.rows(section)) {
    if (!add(project, project.nodes, row, row.fields[0])) continue;
    drainage::Node node;
    node.key = row.fields[0];
    node.kind = kind;
    node.line = static_cast<int>(row.line);
    project.network.nodes.push_back(std::move(node));
  }
}

void add_links(Project& project, Section section, LinkKind kind) {
  for (const Row& row : project.text.rows(section)) {
    if (!add(project, project.links, row, row.fields[0])) continue;
    drainage::Link link;
    link.key = row.fields[0];
    link.kind = kind;
    link.line = static_cast<int>(row.line);
    project.network.links.push_back(std::move(link));
  }
}

template <class Rows>
void add_rows(Project& project, Section section, Names& names, Rows& rows) {
  for (const Row& row : project.text.rows(section))
    if (add(project, names, row, row.fields[0])) rows.emplace_back().key = row.fields[0];
}

// Tables go over several rows of one id.
void add_tables(Project& project) {
  for (const Row& row : project.text.rows(Section::curves))
    if (project.curves.add(row.fields[0], row.line) == static_cast<Index>(project.raw_curves.size()))
      project.raw_curves.push_back({row.fields[0], CurveKind::none, {}, row, false, kNone});
  for (const Row& row : project.text.rows(Section::timeseries))
    if (project.series.add(row.fields[0], row.line) == static_cast<Index>(project.raw_series.size()))
      project.raw_series.push_back({row.fields[0], {}, {}, row, 0, false, false});
  for (const Row& row : project.text.rows(Section::patterns))
    if (project.patterns.add(row.fields[0], row.line) == static_cast<Index>(project.network.patterns.size()))
      project.network.patterns.emplace_back().key = row.fields[0];
  for (const Row& row : project.text.rows(Section::transects))
    if (row.fields.size() > 1 && same_word(row.fields[0], "X1") &&
        add(project, project.transects, row, row.fields[1]))
      project.network.transects.emplace_back().key = row.fields[1];
  for (const Row& row : project.text.rows(Section::streets))
    (void)add(project, project.streets, row, row.fields[0]);
}

}  // namespace

void read_names(Project& project) {
  for (const Section section : project.text.order()) {
    switch (section) {
      case Section::junctions:
        add_nodes(project, section, NodeKind::junction);
        break;
      case Section::outfalls:
        add_nodes(project, section, NodeKind::outfall);
        break;
      case Section::storage:
        add_nodes(project, section, NodeKind::storage);
        break;
      case Section::dividers:
        add_nodes(project, section, NodeKind::divider);
        break;
      case Section::conduits:
        add_links(project, section, LinkKind::conduit);
        break;
      case Section::pumps:
        add_links(project, section, LinkKind::pump);
        break;
      case Section::orifices:
        add_links(project, section, LinkKind::orifice);
        break;
      case Section::weirs:
        add_links(project, section, LinkKind::weir);
        break;
      case Section::outlets:
        add_links(project, section, LinkKind::outlet);
        break;
      default:
        break;
    }
  }
  add_rows(project, Section::subcatchments, project.subcatchments, project.network.subcatchments);
  add_rows(project, Section::raingages, project.gauges, project.network.gauges);
  add_tables(project);
}

}  // namespace citytwin::gis::swmm
