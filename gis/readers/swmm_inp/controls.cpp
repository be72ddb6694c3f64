// CONTROLS: rules (manual, appendix C.3; VARIABLE and EXPRESSION of SWMM 5.2).

#include <map>
#include <utility>

#include "gis/readers/swmm_inp/expression.hpp"
#include "gis/readers/swmm_inp/fields.hpp"
#include "gis/readers/swmm_inp/rule_operands.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

using drainage::Action;
using drainage::ExpressionStep;
using drainage::Operand;
using drainage::Premise;
using drainage::Relation;
using drainage::Rule;

class ControlsReader {
 public:
  explicit ControlsReader(Project& project) : project_(project) {}

  void read() {
    for (const Row& row : project_.text.rows(Section::controls)) {
      Fields f(project_, row);
      read_row(f);
    }
    finish_rule();
  }

 private:
  enum class State { outside, rule, premises, then_actions, else_actions, ended };

  void read_row(Fields& f) {
    if (f.is(0, "RULE")) return begin_rule(f);
    if (f.is(0, "VARIABLE")) return variable(f);
    if (f.is(0, "EXPRESSION")) return expression(f);
    if (state_ == State::outside)
      return project_.error("swmm.rule_order", f.row(), {{"word", shown(f.text(0))}});
    if (f.is(0, "IF") && state_ == State::rule) return enter(State::premises, f);
    if (f.is(0, "AND") || f.is(0, "OR")) {
      const bool is_or = f.is(0, "OR");
      if (state_ == State::premises) return premise(f, is_or);
      if (!is_or && (state_ == State::then_actions || state_ == State::else_actions)) return action(f);
    }
    if (f.is(0, "THEN") && state_ == State::premises) return enter(State::then_actions, f);
    if (f.is(0, "ELSE") && state_ == State::then_actions) return enter(State::else_actions, f);
    if (f.is(0, "PRIORITY") && (state_ == State::then_actions || state_ == State::else_actions)) {
      rule_.priority = f.number(1, "PRIORITY");
      state_ = State::ended;
      return;
    }
    project_.error("swmm.rule_order", f.row(), {{"word", shown(f.text(0))}});
  }

  void enter(State state, Fields& f) {
    state_ = state;
    if (state == State::premises)
      premise(f, false);
    else
      action(f);
  }

  void begin_rule(Fields& f) {
    finish_rule();
    state_ = State::rule;
    rule_ = {};
    rule_row_ = f.row();
    rule_.line = static_cast<int>(f.row().line);
    if (!f.need(2)) return;
    rule_.key = f.text(1);
    const Index index = names_.add(f.text(1), f.row().line);
    if (names_.line(index) != f.row().line)
      project_.error("swmm.duplicate", f.row(),
                     {{"id", shown(f.text(1))}, {"first", std::to_string(names_.line(index))}});
  }

  void finish_rule() {
    if (state_ == State::outside) return;
    if (state_ == State::rule || state_ == State::premises)
      project_.error("swmm.rule_without_action", rule_row_, {{"id", shown(rule_.key)}});
    else
      project_.network.rules.push_back(std::move(rule_));
    state_ = State::outside;
  }

  // VARIABLE name = NODE id attribute
  void variable(Fields& f) {
    if (!f.need(5)) return;
    std::size_t i = 3;
    if (!f.is(2, "=") || !is_operand(f, 3)) {
      project_.error("swmm.rule_clause", f.row());
      return;
    }
    const auto operand = read_operand(project_, f, i);
    if (!operand) return;
    const Index index = variable_names_.add(f.text(1), f.row().line);
    if (index == static_cast<Index>(variables_.size()))
      variables_.push_back(*operand);
    else
      project_.error("swmm.duplicate", f.row(),
                     {{"id", shown(f.text(1))}, {"first", std::to_string(variable_names_.line(index))}});
  }

  // EXPRESSION name = arithmetic with variables
  void expression(Fields& f) {
    if (!f.need(4)) return;
    std::string text;
    for (std::size_t i = 3; i < f.size(); ++i) text.append(i > 3 ? " " : "").append(f.text(i));
    const auto parsed = parse_expression(text, [&](std::string_view name) -> std::optional<ExpressionStep> {
      const Index named = variable_names_.find(name);
      if (named == kNone) return {};
      const Operand& operand = at(variables_, named);
      return ExpressionStep{ExpressionStep::Kind::operand, curve_unit_of(project_.units, operand), operand};
    });
    if (!f.is(2, "=") || !parsed) {
      project_.error("swmm.rule_expression", f.row(), {{"text", shown(text)}});
      return;
    }
    const Index index = expression_names_.add(f.text(1), f.row().line);
    if (index == static_cast<Index>(expressions_.size()))
      expressions_.push_back(*parsed);
    else
      project_.error("swmm.duplicate", f.row(),
                     {{"id", shown(f.text(1))}, {"first", std::to_string(expression_names_.line(index))}});
  }

  // A named variable or an object with its attribute; moves i behind it.
  std::optional<Operand> operand(Fields& f, std::size_t& i) {
    const Index named = variable_names_.find(f.text(i));
    if (named != kNone) {
      ++i;
      return at(variables_, named);
    }
    if (is_operand(f, i)) return read_operand(project_, f, i);
    project_.error("swmm.rule_clause", f.row());
    return {};
  }

  // The left side of a premise: an expression or what `operand` reads. False: reported.
  bool left_side(Fields& f, std::size_t& i, Premise& out) {
    if (const Index named = expression_names_.find(f.text(i)); named != kNone) {
      out.expression = at(expressions_, named);
      ++i;
      return true;
    }
    const auto left = operand(f, i);
    if (left) out.left = *left;
    return left.has_value();
  }

  // IF object id attribute relation value | object id attribute
  void premise(Fields& f, bool is_or) {
    std::size_t i = 1;
    Premise out;
    out.is_or = is_or;
    if (!left_side(f, i, out)) return;
    out.relation = f.word<Relation>(i, "Relation",
                                    {{"=", Relation::equal},
                                     {"<>", Relation::not_equal},
                                     {"<", Relation::less},
                                     {"<=", Relation::less_or_equal},
                                     {">", Relation::greater},
                                     {">=", Relation::greater_or_equal}});
    if (!f.ok() || !f.need(++i + 1)) return;
    if (variable_names_.find(f.text(i)) != kNone || is_operand(f, i)) {
      const auto right = operand(f, i);
      if (!right) return;
      out.has_right_operand = true;
      out.right = *right;
      out.right_unit = curve_unit_of(project_.units, *right) / left_unit(out);
    } else if (!out.expression.empty()) {
      out.value = f.number(i++, "Value");
    } else {
      const auto value = read_rule_value(project_, f, i++, out.left);
      if (!value) return;
      out.value = *value;
    }
    if (one_clause(f, i)) rule_.premises.push_back(out);
  }

  // Of the left side: what one unit of the file is in its unit.
  [[nodiscard]] double left_unit(const Premise& p) const {
    return p.expression.empty() ? curve_unit_of(project_.units, p.left) : 1;
  }

  bool one_clause(Fields& f, std::size_t i) {
    for (const char* word : {"RULE", "IF", "AND", "OR", "THEN", "ELSE", "PRIORITY"})
      if (f.is(i, word)) {
        project_.error("swmm.rule_clause", f.row());
        return false;
      }
    return true;
  }

  // THEN object id STATUS | SETTING = value | CURVE id | TIMESERIES id | PID gain integral derivative
  void action(Fields& f) {
    if (!f.need(6)) return;
    if (!is_link_word(f.text(1)) || !f.is(4, "=")) {
      project_.error("swmm.rule_clause", f.row());
      return;
    }
    Action out;
    out.link = read_rule_link(project_, f, 1);
    if (out.link == kNone) return;
    const auto kind = at(project_.network.links, out.link).kind;
    std::size_t next = 6;
    if (f.is(3, "STATUS") && (kind == drainage::LinkKind::pump || kind == drainage::LinkKind::conduit)) {
      out.value = kind == drainage::LinkKind::pump
                      ? f.word<double>(5, "Status", {{"OFF", 0}, {"ON", 1}})
                      : f.word<double>(5, "Status", {{"CLOSED", 0}, {"OPEN", 1}});
    } else if (f.is(3, "SETTING") && kind != drainage::LinkKind::conduit) {
      next = setting(f, kind, out);
    } else {
      project_.error("swmm.rule_attribute", f.row(), {{"value", shown(f.text(3))}});
      return;
    }
    if (!f.ok() || !one_clause(f, next)) return;
    (state_ == State::else_actions ? rule_.else_actions : rule_.then_actions).push_back(out);
  }

  // The index of the field after it.
  std::size_t setting(Fields& f, drainage::LinkKind kind, Action& out) {
    if (f.is(5, "CURVE")) {
      if (f.need(7)) modulate_by_curve(f, out);
      return 7;
    }
    if (f.is(5, "TIMESERIES")) {
      if (f.need(7)) modulate_by_series(f, out);
      return 7;
    }
    if (f.is(5, "PID")) {
      out.how = Action::How::pid;
      if (!f.need(9)) return 9;
      out.gain = f.number(6, "Gain");
      out.integral_time = f.number(7, "Integral time") * 60;
      out.derivative_time = f.number(8, "Derivative time") * 60;
      return 9;
    }
    const bool pump = kind == drainage::LinkKind::pump;
    out.value = f.number(5, "Setting", pump ? kNotNegative : kShare);
    return 6;
  }

  // Its argument is what the last premise looks at.
  void modulate_by_curve(Fields& f, Action& out) {
    out.how = Action::How::curve;
    const Index curve = f.curve(6, {CurveKind::control});
    if (curve == kNone || rule_.premises.empty()) return;
    auto& network = project_.network;
    const double unit = left_unit(rule_.premises.back());
    const auto [known, is_new] =
        tables_of_curves_.try_emplace({curve, unit}, static_cast<Index>(network.named_curves.size()));
    out.table = known->second;
    if (!is_new) return;
    network.named_curves.emplace_back(at(project_.raw_curves, curve).key);
    network.modulation_curves.push_back(si_curve(project_, curve, unit, 1));
  }

  void modulate_by_series(Fields& f, Action& out) {
    out.how = Action::How::series;
    const Index series = f.series(6);
    if (series == kNone) return;
    auto& network = project_.network;
    const auto [known, is_new] =
        tables_of_series_.try_emplace(series, static_cast<Index>(network.named_series.size()));
    out.table = known->second;
    if (!is_new) return;
    network.named_series.emplace_back(at(project_.raw_series, series).key);
    network.modulation_series.push_back(si_series(project_, series, 1, true));
  }

  Project& project_;
  State state_ = State::outside;
  Rule rule_;
  Row rule_row_;
  Names names_, variable_names_, expression_names_;
  std::vector<Operand> variables_;
  std::vector<drainage::Expression> expressions_;
  std::map<std::pair<Index, double>, Index> tables_of_curves_;  // of a curve and the unit of its x
  std::map<Index, Index> tables_of_series_;
};

}  // namespace

void read_controls(Project& project) { ControlsReader(project).read(); }

}  // namespace citytwin::gis::swmm
