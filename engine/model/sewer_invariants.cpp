#include "engine/model/sewer_invariants.hpp"

#include "engine/model/drainage/network.hpp"
#include "engine/model/drainage/references.hpp"
#include "engine/model/table_check.hpp"

namespace citytwin {

namespace {

using drainage::LinkKind;
using drainage::Shape;

struct NamedValue {
  const char* column;
  double value;
};

template <std::size_t N>
const char* first_bad(const NamedValue (&values)[N]) {
  for (const NamedValue& v : values)
    if (!good_sewer_value(v.column, v.value)) return v.column;
  return nullptr;
}

bool has_section(const SewerLink& l) {
  if (l.kind == LinkKind::pump || l.kind == LinkKind::outlet) return false;
  return l.shape != Shape::none && l.shape != Shape::dummy;
}

void check_nodes(const CityTables& t, Diagnostics& out) {
  const SewerNodes& n = t.sewers.nodes;
  TableCheck check = check_origin(out, "sewer_nodes", n.origin, t);
  check.length("position", n.position);
  check.length("kind", n.kind);
  check.length("outfall_level_kind", n.outfall_level_kind);
  check.length("outfall_water", n.outfall_water);
  check.length("outfall_flap_gate", n.outfall_flap_gate);
  check.length("inlet_kind", n.inlet_kind);
  for (const auto& [name, column] : {std::pair{"ground_level", &n.ground_level},
                                     {"invert_level", &n.invert_level},
                                     {"outfall_level", &n.outfall_level},
                                     {"inlet_count", &n.inlet_count},
                                     {"inlet_length", &n.inlet_length},
                                     {"inlet_area", &n.inlet_area},
                                     {"inlet_efficiency", &n.inlet_efficiency},
                                     {"storage_area", &n.storage_area},
                                     {"surcharge_depth", &n.surcharge_depth},
                                     {"catchment_area", &n.catchment_area},
                                     {"impervious_area", &n.impervious_area},
                                     {"roof_area", &n.roof_area}})
    if (check.length(name, *column))
      check.each(name, "model.bad_value", [&, name = name, column = column](std::size_t r) {
        return good_sewer_value(name, (*column)[r]);
      });
  if (!check.lengths_ok()) return;
  check.each("position", "model.bad_geometry", [&](std::size_t r) { return finite(n.position[r]); });
  check.ids("outfall_water", n.outfall_water, t.water_bodies.size(), true);
  check.each("invert_level", "model.invert_above_ground",
             [&](std::size_t r) { return n.invert_level[r] <= n.ground_level[r]; });
  check.each("outfall_level_kind", "model.no_network", [&](std::size_t r) {
    return n.outfall_level_kind[r] != OutfallLevel::network || t.sewers.network != nullptr;
  });
}

void check_links(const CityTables& t, Diagnostics& out) {
  const SewerLinks& l = t.sewers.links;
  const SewerNodes& n = t.sewers.nodes;
  TableCheck check = check_origin(out, "sewer_links", l.origin, t);
  check.length("from", l.from);
  check.length("to", l.to);
  check.length("geometry", l.geometry);
  check.length("kind", l.kind);
  check.length("shape", l.shape);
  check.length("flap_gate", l.flap_gate);
  for (const auto& [name, column] : {std::pair{"full_depth", &l.full_depth},
                                     {"width", &l.width},
                                     {"side_slope", &l.side_slope},
                                     {"barrels", &l.barrels},
                                     {"length", &l.length},
                                     {"roughness", &l.roughness},
                                     {"from_offset", &l.from_offset},
                                     {"to_offset", &l.to_offset},
                                     {"pump_capacity", &l.pump_capacity},
                                     {"pump_start_depth", &l.pump_start_depth},
                                     {"pump_stop_depth", &l.pump_stop_depth},
                                     {"discharge_coefficient", &l.discharge_coefficient}})
    check.length(name, *column);
  if (!check.lengths_ok() || n.position.size() != n.size() || n.kind.size() != n.size()) return;
  check.ids("from", l.from, n.size(), false);
  check.ids("to", l.to, n.size(), false);
  check.each("values", "model.bad_sewer_link",
             [&](std::size_t r) { return first_bad_column(l[r]) == nullptr; });
  check.each("geometry", "model.bad_geometry",
             [&](std::size_t r) { return l.geometry[r].size() >= 2 && finite(l.geometry[r]); });
  std::vector<std::uint32_t> links_at(n.size(), 0);
  check.each("geometry", "model.link_off_node", [&](std::size_t r) {
    const auto line = l.geometry[r];
    if (line.size() < 2 || l.from[r].row() >= n.size() || l.to[r].row() >= n.size()) return true;
    ++links_at[l.from[r].row()];
    ++links_at[l.to[r].row()];
    return l.from[r] != l.to[r] && line.front() == n.position[l.from[r].row()] &&
           line.back() == n.position[l.to[r].row()];
  });
  TableCheck nodes(out, "sewer_nodes", n.origin.key);
  nodes.each("kind", "model.outfall_links",
             [&](std::size_t r) { return n.kind[r] != SewerNodeKind::outfall || links_at[r] <= 1; });
}

}  // namespace

bool good_sewer_value(std::string_view column, double value) {
  if (!std::isfinite(value)) return false;
  if (column == "inlet_efficiency") return value >= 0 && value <= 1;
  if (column == "barrels") return value >= 1 && value == std::floor(value) && value < 1e6;
  return value >= 0 || column.ends_with("_level");
}

const char* first_bad_column(const SewerNode& n) {
  const NamedValue values[] = {{"ground_level", n.ground_level},         {"invert_level", n.invert_level},
                               {"outfall_level", n.outfall_level},       {"inlet_count", n.inlet_count},
                               {"inlet_length", n.inlet_length},         {"inlet_area", n.inlet_area},
                               {"inlet_efficiency", n.inlet_efficiency}, {"storage_area", n.storage_area},
                               {"surcharge_depth", n.surcharge_depth},   {"catchment_area", n.catchment_area},
                               {"impervious_area", n.impervious_area},   {"roof_area", n.roof_area}};
  if (const char* bad = first_bad(values)) return bad;
  return n.invert_level <= n.ground_level ? nullptr : "invert_level";
}

const char* first_bad_column(const SewerLink& l) {
  const NamedValue values[] = {{"full_depth", l.full_depth},
                               {"width", l.width},
                               {"side_slope", l.side_slope},
                               {"barrels", l.barrels},
                               {"length", l.length},
                               {"roughness", l.roughness},
                               {"from_offset", l.from_offset},
                               {"to_offset", l.to_offset},
                               {"pump_capacity", l.pump_capacity},
                               {"pump_start_depth", l.pump_start_depth},
                               {"pump_stop_depth", l.pump_stop_depth},
                               {"discharge_coefficient", l.discharge_coefficient}};
  if (const char* bad = first_bad(values)) return bad;
  if (l.kind == LinkKind::conduit && has_section(l) && !(l.length > 0)) return "length";
  if (l.kind == LinkKind::conduit && has_section(l) && !(l.roughness > 0) && l.shape != Shape::irregular &&
      l.shape != Shape::street)
    return "roughness";
  if (has_section(l) && !(l.full_depth > 0) && l.shape != Shape::irregular && l.shape != Shape::street)
    return "full_depth";
  return nullptr;
}

void check_sewers(const CityTables& tables, Diagnostics& out) {
  check_nodes(tables, out);
  check_links(tables, out);
  if (tables.sewers.network != nullptr)
    if (const char* member = drainage::first_dead_reference(*tables.sewers.network))
      out.error("model.dead_reference", {.layer = "sewer_network", .key = member});
}

}  // namespace citytwin
