// Every member of a drainage network by name, written once: the content hash and the city file are made from
// it, so that neither can miss a member. A visitor is called as visit(name, member); a member that has
// members itself is visited in turn by describe(visit, member). `line` belongs to a file, not to the network.
#pragma once

#include <concepts>
#include <type_traits>

#include "engine/model/drainage/network.hpp"

namespace citytwin::drainage {

template <class T, class U>
concept Maybe = std::same_as<std::remove_const_t<T>, U>;  // U, const or not

template <class V, Maybe<Curve> T>
void describe(V& visit, T& c) {
  visit("x", c.x);
  visit("y", c.y);
}

template <class V, Maybe<Series> T>
void describe(V& visit, T& s) {
  visit("time", s.time);
  visit("value", s.value);
  visit("between", s.between);
}

template <class V, Maybe<Infiltration> T>
void describe(V& visit, T& i) {
  visit("model", i.model);
  visit("max_rate", i.max_rate);
  visit("min_rate", i.min_rate);
  visit("decay", i.decay);
  visit("drying_time", i.drying_time);
  visit("max_volume", i.max_volume);
  visit("suction", i.suction);
  visit("conductivity", i.conductivity);
  visit("initial_deficit", i.initial_deficit);
  visit("curve_number", i.curve_number);
}

template <class V, Maybe<Outfall> T>
void describe(V& visit, T& o) {
  visit("kind", o.kind);
  visit("stage", o.stage);
  visit("tide", o.tide);
  visit("stage_series", o.stage_series);
  visit("flap_gate", o.flap_gate);
  visit("route_to", o.route_to);
}

template <class V, Maybe<Storage> T>
void describe(V& visit, T& s) {
  visit("area", s.area);
  visit("constant", s.constant);
  visit("coefficient", s.coefficient);
  visit("exponent", s.exponent);
  visit("linear", s.linear);
  visit("quadratic", s.quadratic);
  visit("evaporated_share", s.evaporated_share);
  visit("suction", s.suction);
  visit("conductivity", s.conductivity);
  visit("initial_deficit", s.initial_deficit);
}

template <class V, Maybe<Divider> T>
void describe(V& visit, T& d) {
  visit("kind", d.kind);
  visit("diverted_link", d.diverted_link);
  visit("cutoff_flow", d.cutoff_flow);
  visit("diverted", d.diverted);
  visit("weir_min_flow", d.weir_min_flow);
  visit("weir_depth", d.weir_depth);
  visit("weir_coefficient", d.weir_coefficient);
}

template <class V, Maybe<Node> T>
void describe(V& visit, T& n) {
  visit("key", n.key);
  visit("kind", n.kind);
  visit("invert", n.invert);
  visit("max_depth", n.max_depth);
  visit("initial_depth", n.initial_depth);
  visit("surcharge_depth", n.surcharge_depth);
  visit("ponded_area", n.ponded_area);
  visit("outfall", n.outfall);
  visit("storage", n.storage);
  visit("divider", n.divider);
  visit("position", n.position);
}

template <class V, Maybe<CrossSection> T>
void describe(V& visit, T& s) {
  visit("shape", s.shape);
  visit("full_depth", s.full_depth);
  visit("width", s.width);
  visit("left_slope", s.left_slope);
  visit("right_slope", s.right_slope);
  visit("exponent", s.exponent);
  visit("sediment_depth", s.sediment_depth);
  visit("bottom_height", s.bottom_height);
  visit("bottom_radius", s.bottom_radius);
  visit("top_radius", s.top_radius);
  visit("walls_without_friction", s.walls_without_friction);
  visit("friction", s.friction);
  visit("full_area", s.full_area);
  visit("full_radius", s.full_radius);
  visit("transect", s.transect);
  visit("custom_shape", s.custom_shape);
}

template <class V, Maybe<Transect> T>
void describe(V& visit, T& t) {
  visit("key", t.key);
  visit("station", t.station);
  visit("elevation", t.elevation);
  visit("left_n", t.left_n);
  visit("right_n", t.right_n);
  visit("channel_n", t.channel_n);
  visit("left_bank", t.left_bank);
  visit("right_bank", t.right_bank);
  visit("meander", t.meander);
}

template <class V, Maybe<CustomShape> T>
void describe(V& visit, T& s) {
  visit("key", s.key);
  visit("width", s.width);
}

template <class V, Maybe<Conduit> T>
void describe(V& visit, T& c) {
  visit("length", c.length);
  visit("roughness", c.roughness);
  visit("barrels", c.barrels);
  visit("entry_loss", c.entry_loss);
  visit("exit_loss", c.exit_loss);
  visit("average_loss", c.average_loss);
  visit("seepage", c.seepage);
  visit("culvert_code", c.culvert_code);
}

template <class V, Maybe<Pump> T>
void describe(V& visit, T& p) {
  visit("kind", p.kind);
  visit("curve", p.curve);
  visit("initially_on", p.initially_on);
  visit("startup_depth", p.startup_depth);
  visit("shutoff_depth", p.shutoff_depth);
}

template <class V, Maybe<Orifice> T>
void describe(V& visit, T& o) {
  visit("kind", o.kind);
  visit("discharge_coefficient", o.discharge_coefficient);
  visit("full_travel_time", o.full_travel_time);
}

template <class V, Maybe<Weir> T>
void describe(V& visit, T& w) {
  visit("kind", w.kind);
  visit("coefficient", w.coefficient);
  visit("end_coefficient", w.end_coefficient);
  visit("end_contractions", w.end_contractions);
  visit("can_surcharge", w.can_surcharge);
  visit("road_width", w.road_width);
  visit("road_surface", w.road_surface);
  visit("coefficient_of_head", w.coefficient_of_head);
}

template <class V, Maybe<Outlet> T>
void describe(V& visit, T& o) {
  visit("by_head", o.by_head);
  visit("rating", o.rating);
  visit("coefficient", o.coefficient);
  visit("exponent", o.exponent);
}

template <class V, Maybe<Link> T>
void describe(V& visit, T& l) {
  visit("key", l.key);
  visit("kind", l.kind);
  visit("from", l.from);
  visit("to", l.to);
  visit("from_offset", l.from_offset);
  visit("to_offset", l.to_offset);
  visit("initial_flow", l.initial_flow);
  visit("max_flow", l.max_flow);
  visit("flap_gate", l.flap_gate);
  visit("section", l.section);
  visit("conduit", l.conduit);
  visit("pump", l.pump);
  visit("orifice", l.orifice);
  visit("weir", l.weir);
  visit("outlet", l.outlet);
  visit("vertices", l.vertices);
}

template <class V, Maybe<Inflow> T>
void describe(V& visit, T& i) {
  visit("node", i.node);
  visit("series", i.series);
  visit("scale", i.scale);
  visit("baseline", i.baseline);
  visit("baseline_pattern", i.baseline_pattern);
}

template <class V, Maybe<DryWeatherFlow> T>
void describe(V& visit, T& f) {
  visit("node", f.node);
  visit("average", f.average);
  visit("patterns", f.patterns);
}

template <class V, Maybe<Pattern> T>
void describe(V& visit, T& p) {
  visit("key", p.key);
  visit("kind", p.kind);
  visit("factor", p.factor);
}

template <class V, Maybe<RainGauge> T>
void describe(V& visit, T& g) {
  visit("key", g.key);
  visit("rain", g.rain);
  visit("interval", g.interval);
}

template <class V, Maybe<Subcatchment> T>
void describe(V& visit, T& s) {
  visit("key", s.key);
  visit("gauge", s.gauge);
  visit("outlet_node", s.outlet_node);
  visit("outlet_subcatchment", s.outlet_subcatchment);
  visit("area", s.area);
  visit("impervious", s.impervious);
  visit("width", s.width);
  visit("slope", s.slope);
  visit("curb_length", s.curb_length);
  visit("impervious_n", s.impervious_n);
  visit("pervious_n", s.pervious_n);
  visit("impervious_storage", s.impervious_storage);
  visit("pervious_storage", s.pervious_storage);
  visit("impervious_without_storage", s.impervious_without_storage);
  visit("route_to", s.route_to);
  visit("routed", s.routed);
  visit("infiltration", s.infiltration);
  visit("outline", s.outline);
}

template <class V, Maybe<Evaporation> T>
void describe(V& visit, T& e) {
  visit("kind", e.kind);
  visit("rate", e.rate);
  visit("monthly", e.monthly);
  visit("series", e.series);
  visit("dry_only", e.dry_only);
}

template <class V, Maybe<Operand> T>
void describe(V& visit, T& o) {
  visit("observed", o.observed);
  visit("row", o.row);
  visit("hours", o.hours);
}

template <class V, Maybe<ExpressionStep> T>
void describe(V& visit, T& s) {
  visit("kind", s.kind);
  visit("number", s.number);
  visit("operand", s.operand);
}

template <class V, Maybe<Premise> T>
void describe(V& visit, T& p) {
  visit("is_or", p.is_or);
  visit("left", p.left);
  visit("expression", p.expression);
  visit("relation", p.relation);
  visit("has_right_operand", p.has_right_operand);
  visit("right", p.right);
  visit("right_unit", p.right_unit);
  visit("value", p.value);
}

template <class V, Maybe<Action> T>
void describe(V& visit, T& a) {
  visit("link", a.link);
  visit("how", a.how);
  visit("value", a.value);
  visit("table", a.table);
  visit("gain", a.gain);
  visit("integral_time", a.integral_time);
  visit("derivative_time", a.derivative_time);
}

template <class V, Maybe<Rule> T>
void describe(V& visit, T& r) {
  visit("key", r.key);
  visit("premises", r.premises);
  visit("then_actions", r.then_actions);
  visit("else_actions", r.else_actions);
  visit("priority", r.priority);
}

template <class V, Maybe<Options> T>
void describe(V& visit, T& o) {
  visit("flow_units", o.flow_units);
  visit("routing", o.routing);
  visit("start_date", o.start_date);
  visit("report_start_date", o.report_start_date);
  visit("end_date", o.end_date);
  visit("sweep_start", o.sweep_start);
  visit("sweep_end", o.sweep_end);
  visit("dry_days", o.dry_days);
  visit("wet_step", o.wet_step);
  visit("dry_step", o.dry_step);
  visit("routing_step", o.routing_step);
  visit("report_step", o.report_step);
  visit("rule_step", o.rule_step);
  visit("variable_step", o.variable_step);
  visit("min_step", o.min_step);
  visit("lengthening_step", o.lengthening_step);
  visit("min_surface_area", o.min_surface_area);
  visit("min_slope", o.min_slope);
  visit("head_tolerance", o.head_tolerance);
  visit("max_trials", o.max_trials);
  visit("allow_ponding", o.allow_ponding);
  visit("skip_steady_state", o.skip_steady_state);
  visit("ignore_rainfall", o.ignore_rainfall);
  visit("ignore_routing", o.ignore_routing);
  visit("system_flow_tolerance", o.system_flow_tolerance);
  visit("lateral_flow_tolerance", o.lateral_flow_tolerance);
  visit("offsets_are_elevations", o.offsets_are_elevations);
  visit("inertial_damping", o.inertial_damping);
  visit("normal_flow_limit", o.normal_flow_limit);
  visit("surcharge_method", o.surcharge_method);
  visit("force_main", o.force_main);
}

template <class V, Maybe<Network> T>
void describe(V& visit, T& n) {
  visit("options", n.options);
  visit("map_units", n.map_units);
  visit("nodes", n.nodes);
  visit("links", n.links);
  visit("transects", n.transects);
  visit("shapes", n.shapes);
  visit("inflows", n.inflows);
  visit("dry_weather_flows", n.dry_weather_flows);
  visit("patterns", n.patterns);
  visit("gauges", n.gauges);
  visit("subcatchments", n.subcatchments);
  visit("evaporation", n.evaporation);
  visit("rules", n.rules);
  visit("named_curves", n.named_curves);
  visit("modulation_curves", n.modulation_curves);
  visit("named_series", n.named_series);
  visit("modulation_series", n.modulation_series);
}

// Is T a structure that describe() knows?
struct AnyVisitor {
  template <class T>
  void operator()(const char* name, T& member) const;
};
template <class T>
concept Described = requires(AnyVisitor& visit, T& t) {
  describe(visit, t);
};

}  // namespace citytwin::drainage
