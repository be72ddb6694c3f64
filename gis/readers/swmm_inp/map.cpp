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

}  // namespace

void read_map(Project& project) {
  const double unit = read_map_unit(project);
  for (const Row& row : project.text.rows(Section::coordinates)) {
    Fields f(project, row);
    if (!f.need(3)) continue;
    const Index node = f.node(0);
    const Point2 p = point(f, unit);
    if (f.ok()) at(project.network.nodes, node).position = p;
  }
  for (const Row& row : project.text.rows(Section::vertices)) {
    Fields f(project, row);
    if (!f.need(3)) continue;
    const Index link = f.link(0);
    const Point2 p = point(f, unit);
    if (f.ok()) at(project.network.links, link).vertices.push_back(p);
  }
  // Polygons of storage nodes (5.2) stand here too.
  for (const Row& row : project.text.rows(Section::polygons)) {
    Fields f(project, row);
    if (!f.need(3) || project.nodes.find(f.text(0)) != kNone) continue;
    const Index subcatchment = f.subcatchment(0);
    const Point2 p = point(f, unit);
    if (f.ok()) at(project.network.subcatchments, subcatchment).outline.push_back(p);
  }
}

}  // namespace citytwin::gis::swmm
