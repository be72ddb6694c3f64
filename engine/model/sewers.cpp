#include "engine/model/sewers.hpp"

namespace citytwin {

namespace {

// Each column beside the member of the row it holds: written and read from one list.
template <class Table, class Row, class Each>
void node_columns(Table& t, Row& row, Each&& each) {
  each(t.position, row.position);
  each(t.kind, row.kind);
  each(t.ground_level, row.ground_level);
  each(t.invert_level, row.invert_level);
  each(t.outfall_level_kind, row.outfall_level_kind);
  each(t.outfall_level, row.outfall_level);
  each(t.outfall_water, row.outfall_water);
  each(t.outfall_flap_gate, row.outfall_flap_gate);
  each(t.inlet_kind, row.inlet_kind);
  each(t.inlet_count, row.inlet_count);
  each(t.inlet_length, row.inlet_length);
  each(t.inlet_area, row.inlet_area);
  each(t.inlet_efficiency, row.inlet_efficiency);
  each(t.storage_area, row.storage_area);
  each(t.surcharge_depth, row.surcharge_depth);
  each(t.catchment_area, row.catchment_area);
  each(t.impervious_area, row.impervious_area);
  each(t.roof_area, row.roof_area);
}

template <class Table, class Row, class Each>
void link_columns(Table& t, Row& row, Each&& each) {
  each(t.from, row.from);
  each(t.to, row.to);
  each(t.kind, row.kind);
  each(t.shape, row.shape);
  each(t.full_depth, row.full_depth);
  each(t.width, row.width);
  each(t.side_slope, row.side_slope);
  each(t.barrels, row.barrels);
  each(t.length, row.length);
  each(t.roughness, row.roughness);
  each(t.from_offset, row.from_offset);
  each(t.to_offset, row.to_offset);
  each(t.flap_gate, row.flap_gate);
  each(t.pump_capacity, row.pump_capacity);
  each(t.pump_start_depth, row.pump_start_depth);
  each(t.pump_stop_depth, row.pump_stop_depth);
  each(t.discharge_coefficient, row.discharge_coefficient);
}

}  // namespace

SewerNode SewerNodes::operator[](std::size_t row) const {
  SewerNode node;
  node_columns(*this, node, [row](const auto& column, auto& value) { value = column[row]; });
  return node;
}

void SewerNodes::push_back(std::string key, Provenance provenance, SourceId source, const SewerNode& node) {
  origin.push_back(std::move(key), provenance, source);
  node_columns(*this, node, [](auto& column, const auto& value) { column.push_back(value); });
}

SewerLink SewerLinks::operator[](std::size_t row) const {
  SewerLink link;
  link_columns(*this, link, [row](const auto& column, auto& value) { value = column[row]; });
  link.line.assign(geometry[row].begin(), geometry[row].end());
  return link;
}

void SewerLinks::push_back(std::string key, Provenance provenance, SourceId source, const SewerLink& link) {
  origin.push_back(std::move(key), provenance, source);
  geometry.push_back(link.line);
  link_columns(*this, link, [](auto& column, const auto& value) { column.push_back(value); });
}

}  // namespace citytwin
