#include "engine/model/drainage/references.hpp"

#include <algorithm>

namespace citytwin::drainage {

namespace {

class References {
 public:
  explicit References(const Network& network) : n_(network) {}

  const char* first_dead() {
    for (const Node& node : n_.nodes) check(node);
    for (const Link& link : n_.links) check(link);
    for (const Inflow& inflow : n_.inflows) {
      alive("inflow.node", inflow.node, n_.nodes.size(), false);
      alive("inflow.baseline_pattern", inflow.baseline_pattern, n_.patterns.size());
      table("inflow.series", inflow.series);
    }
    for (const DryWeatherFlow& flow : n_.dry_weather_flows) {
      alive("dry_weather_flow.node", flow.node, n_.nodes.size(), false);
      for (const Index pattern : flow.patterns)
        alive("dry_weather_flow.patterns", pattern, n_.patterns.size());
    }
    for (const RainGauge& gauge : n_.gauges) table("gauge.rain", gauge.rain);
    for (const Subcatchment& s : n_.subcatchments) {
      alive("subcatchment.gauge", s.gauge, n_.gauges.size());
      alive("subcatchment.outlet_node", s.outlet_node, n_.nodes.size());
      alive("subcatchment.outlet_subcatchment", s.outlet_subcatchment, n_.subcatchments.size());
    }
    for (const Rule& rule : n_.rules) check(rule);
    rest();
    return dead_;
  }

 private:
  void alive(const char* member, Index index, std::size_t rows, bool may_be_none = true) {
    const bool good = index == kNone ? may_be_none : index >= 0 && static_cast<std::size_t>(index) < rows;
    if (!good && dead_ == nullptr) dead_ = member;
  }
  void require(const char* member, bool good) {
    if (!good && dead_ == nullptr) dead_ = member;
  }
  static bool increasing(const std::vector<double>& x) {
    return std::adjacent_find(x.begin(), x.end(), [](double a, double b) { return !(a < b); }) == x.end();
  }
  void table(const char* member, const Curve& curve) {
    require(member, curve.x.size() == curve.y.size() && increasing(curve.x));
  }
  void table(const char* member, const Series& series) {
    require(member, series.time.size() == series.value.size() && increasing(series.time));
  }
  void check(const Node& node) {
    alive("outfall.route_to", node.outfall.route_to, n_.subcatchments.size());
    table("outfall.tide", node.outfall.tide);
    table("outfall.stage_series", node.outfall.stage_series);
    table("storage.area", node.storage.area);
    alive("divider.diverted_link", node.divider.diverted_link, n_.links.size());
    table("divider.diverted", node.divider.diverted);
  }
  void check(const Link& link) {
    alive("link.from", link.from, n_.nodes.size(), false);
    alive("link.to", link.to, n_.nodes.size(), false);
    alive("section.transect", link.section.transect, n_.transects.size());
    alive("section.custom_shape", link.section.custom_shape, n_.shapes.size());
    table("pump.curve", link.pump.curve);
    table("weir.coefficient_of_head", link.weir.coefficient_of_head);
    table("outlet.rating", link.outlet.rating);
  }
  void check(const Operand& operand) {
    const auto kind = operand.observed;
    const std::size_t rows = kind <= Observed::node_inflow        ? n_.nodes.size()
                             : kind <= Observed::link_time_closed ? n_.links.size()
                             : kind == Observed::gauge_rain       ? n_.gauges.size()
                                                                  : 0;
    alive("rule_operand", operand.row, rows, rows == 0);
  }
  // In postfix order each step finds what it works on, and one value is left.
  void check(const Expression& expression) {
    using Kind = ExpressionStep::Kind;
    std::size_t values = 0;
    for (const ExpressionStep& step : expression) {
      if (step.kind == Kind::operand) check(step.operand);
      const bool leaf = step.kind == Kind::number || step.kind == Kind::operand;
      const std::size_t taken = leaf ? 0 : step.kind >= Kind::negate ? 1 : 2;
      require("rule_expression", values >= taken);
      if (values < taken) return;
      values += 1 - taken;
    }
    require("rule_expression", expression.empty() || values == 1);
  }
  void check(const Rule& rule) {
    for (const Premise& premise : rule.premises) {
      if (premise.expression.empty()) check(premise.left);
      check(premise.expression);
      if (premise.has_right_operand) check(premise.right);
    }
    for (const auto* actions : {&rule.then_actions, &rule.else_actions})
      for (const Action& action : *actions) {
        alive("rule_link", action.link, n_.links.size(), false);
        if (action.how == Action::How::curve)
          alive("rule_table", action.table, n_.modulation_curves.size(), false);
        if (action.how == Action::How::series)
          alive("rule_table", action.table, n_.modulation_series.size(), false);
      }
  }
  void rest() {
    for (const Transect& t : n_.transects) require("transects", t.station.size() == t.elevation.size());
    for (const CustomShape& shape : n_.shapes) table("shapes", shape.width);
    for (const Curve& curve : n_.modulation_curves) table("modulation_curves", curve);
    for (const Series& series : n_.modulation_series) table("modulation_series", series);
    require("named_curves", n_.named_curves.size() == n_.modulation_curves.size());
    require("named_series", n_.named_series.size() == n_.modulation_series.size());
    table("evaporation.series", n_.evaporation.series);
  }

  const Network& n_;
  const char* dead_ = nullptr;
};

}  // namespace

const char* first_dead_reference(const Network& network) { return References(network).first_dead(); }

}  // namespace citytwin::drainage
