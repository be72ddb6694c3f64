// MAP, COORDINATES, VERTICES, POLYGONS. Where things are drawn; nothing of it enters the hydraulics.
#include "gis/readers/swmm_inp/fields.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

// Feet become metres; of unknown units and degrees the numbers stay as they are.
double read_map_unit(Project& project) {
  for (const Row& row : project.text.rows(Section::map)) {
    Fields f(project, row);
    if (!f.is(0, "UNITS")) continue;
    if (f.is(1, "FEET")) {
      project.network.map_units = drainage::MapUnits::metres;
      return kFoot;
    }
    if (f.is(1, "METERS")) project.network.map_units = drainage::MapUnits::metres;
    if (f.is(1, "DEGREES")) project.network.map_units = drainage::MapUnits::degrees;
  }
  return 1;
}

constexpr Range kCoordinate{-1e9, 1e9, "-1e9 ... 1e9"};

Point2 point(Fields& f, double unit) {
  return {f.number(1, "X", kCoordinate) * unit, f.number(2, "Y", kCoordinate) * unit};
}

// Calls add(index, point) for each row whose id is known; the others, left over from editing, are warned of.
template <class Add>
void read_points(Project& project, Section section, const Names& names, double unit, const Add& add) {
  std::size_t unknown = 0;
  Row first;
  for (const Row& row : project.text.rows(section)) {
    Fields f(project, row);
    if (!f.need(3)) continue;
    const Index index = names.find(f.text(0));
    const Point2 p = point(f, unit);
    if (index != kNone) {
      if (f.ok()) add(index, p);
    } else if (section != Section::polygons || project.nodes.find(f.text(0)) == kNone) {
      // Polygons of storage nodes (5.2) stand among those of catchments.
      if (unknown++ == 0) first = row;
    }
  }
  if (unknown > 0) project.warning("swmm.unknown_on_map", first, {{"count", std::to_string(unknown)}});
}

}  // namespace

void read_map(Project& project) {
  const double unit = read_map_unit(project);
  auto& network = project.network;
  read_points(project, Section::coordinates, project.nodes, unit,
              [&](Index node, Point2 p) { at(network.nodes, node).position = p; });
  read_points(project, Section::vertices, project.links, unit,
              [&](Index link, Point2 p) { at(network.links, link).vertices.push_back(p); });
  read_points(project, Section::polygons, project.subcatchments, unit,
              [&](Index catchment, Point2 p) { at(network.subcatchments, catchment).outline.push_back(p); });
}

}  // namespace citytwin::gis::swmm
