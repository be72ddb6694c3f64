#include "engine/drainage/control_rules.hpp"

#include <cmath>
#include <limits>

#include "engine/drainage/calendar.hpp"

namespace citytwin::drainage {

namespace {

bool compare(double left, Relation relation, double right) {
  switch (relation) {
    case Relation::equal:
      return left == right;
    case Relation::not_equal:
      return left != right;
    case Relation::less:
      return left < right;
    case Relation::less_or_equal:
      return left <= right;
    case Relation::greater:
      return left > right;
    case Relation::greater_or_equal:
      return left >= right;
  }
  return false;
}

bool is_time(Observed o) {
  return o == Observed::simulation_time || o == Observed::simulation_clock_time ||
         o == Observed::link_time_open || o == Observed::link_time_closed;
}

}  // namespace

ControlRules::ControlRules(const Network& network)
    : network_(network),
      target_(network.links.size(), std::numeric_limits<double>::quiet_NaN()),
      changed_at_(network.links.size(), 0.0) {
  std::size_t actions = 0;
  for (const Rule& rule : network.rules) actions += rule.then_actions.size() + rule.else_actions.size();
  pids_.resize(actions);
}

double ControlRules::value(const Operand& o, const DynamicWave& wave, double t) const {
  const double date = network_.options.start_date + t / kSecondsPerDay;
  const auto link_row = static_cast<std::size_t>(o.row);
  switch (o.observed) {
    case Observed::node_depth:
      return wave.depth(o.row);
    case Observed::node_max_depth:
      return wave.max_depth(o.row);
    case Observed::node_head:
      return wave.head(o.row);
    case Observed::node_volume:
      return wave.volume(o.row);
    case Observed::node_inflow:
      return wave.total_inflow(o.row);
    case Observed::link_flow:
      return wave.flow(o.row);
    case Observed::link_full_flow:
      return wave.full_flow(o.row);
    case Observed::link_depth:
      return wave.link_depth(o.row);
    case Observed::link_full_depth:
      return network_.links[link_row].section.full_depth;
    case Observed::link_velocity:
      return wave.link_velocity(o.row);
    case Observed::link_length:
      return network_.links[link_row].conduit.length;
    case Observed::link_slope:
      return wave.slope(o.row);
    case Observed::link_status:
      return wave.setting(o.row) > 0 ? 1 : 0;
    case Observed::link_setting:
      return wave.setting(o.row);
    case Observed::link_time_open:
      return wave.setting(o.row) > 0 ? t - changed_at_[link_row] : 0;
    case Observed::link_time_closed:
      return wave.setting(o.row) <= 0 ? t - changed_at_[link_row] : 0;
    case Observed::gauge_rain: {
      const Series& rain = network_.gauges[static_cast<std::size_t>(o.row)].rain;
      if (o.hours == 0) return rain.at(t);
      return rain.integral(t - 3600.0 * o.hours, t);
    }
    case Observed::simulation_time:
      return t;
    case Observed::simulation_date:
      return std::floor(date);
    case Observed::simulation_month:
      return calendar_time(date).month;
    case Observed::simulation_day_of_week:
      return calendar_time(date).day_of_week;
    case Observed::simulation_day_of_year:
      return calendar_time(date).day_of_year;
    case Observed::simulation_clock_time:
      return calendar_time(date).second_of_day;
  }
  return 0;
}

double ControlRules::left(const Premise& p, const DynamicWave& wave, double t) const {
  if (p.expression.empty()) return value(p.left, wave, t);
  return evaluate(p.expression, [&](const Operand& o) { return value(o, wave, t); });
}

double ControlRules::right(const Premise& p, const DynamicWave& wave, double t) const {
  return p.has_right_operand ? value(p.right, wave, t) / p.right_unit : p.value;
}

bool ControlRules::holds(const Premise& p, const DynamicWave& wave, double t, double dt) const {
  const double now = left(p, wave, t);
  const double point = right(p, wave, t);
  // A moment is met by the step that reaches it.
  if (p.expression.empty() && is_time(p.left.observed) && p.relation == Relation::equal)
    return now >= point && now - dt < point;
  return compare(now, p.relation, point);
}

// OR binds tighter than AND, as in SWMM: a and (b or c) and d.
bool ControlRules::holds(const Rule& rule, const DynamicWave& wave, double t, double dt) const {
  bool all = true, any = false;
  for (std::size_t i = 0; i < rule.premises.size(); ++i) {
    const Premise& p = rule.premises[i];
    if (i > 0 && !p.is_or) {
      all = all && any;
      any = false;
    }
    any = any || holds(p, wave, t, dt);
  }
  return all && any;
}

double ControlRules::setting(const Rule& rule, const Action& a, std::size_t pid, const DynamicWave& wave,
                             double t, double dt) {
  const Premise& watched = rule.premises.back();  // what SWMM has compared last
  switch (a.how) {
    case Action::How::value:
      return a.value;
    case Action::How::curve:
      return network_.modulation_curves[static_cast<std::size_t>(a.table)].at(left(watched, wave, t));
    case Action::How::series:
      return network_.modulation_series[static_cast<std::size_t>(a.table)].at(t);
    case Action::How::pid:
      break;
  }
  // Discrete PID on the relative departure from the set point (Rossman 2017, section 7.3), in the form of
  // SWMM: relative to what is controlled where the set point is 0, anew after a departure that stood still,
  // from the setting that was aimed at last.
  constexpr double kStill = 1e-4;
  Pid& state = pids_[pid];
  const double point = right(watched, wave, t), controlled = left(watched, wave, t);
  double error = point - controlled;
  if (const double scale = point != 0 ? point : controlled; scale != 0) error /= scale;
  if (std::abs(error - state.error) < kStill) state = {};
  const double integral = a.integral_time != 0 ? error * dt / a.integral_time : 0;
  const double derivative =
      dt > 0 ? a.derivative_time * (error - 2 * state.error + state.error_before) / dt : 0;
  double change = a.gain * ((error - state.error) + integral + derivative);
  if (std::abs(change) < kStill) change = 0;
  state.error_before = state.error;
  state.error = error;
  const auto link = static_cast<std::size_t>(a.link);
  const double from = std::isnan(aimed_at_[link]) ? wave.setting(a.link) : aimed_at_[link];
  const double upper = network_.links[link].kind == LinkKind::pump ? kUnlimited : 1.0;
  return std::clamp(from + change, 0.0, upper);
}

// Rules are looked at every RULE_STEP, or each step; gates move on in each.
void ControlRules::apply(DynamicWave& wave, double t, double dt) {
  const double every = network_.options.rule_step;
  constexpr double kRounding = 1e-6;  // [s]
  if (every <= 0 || t <= 0 || t - looked_at_ > every - kRounding) {
    choose_settings(wave, t, every > 0 ? t - looked_at_ : dt);
    looked_at_ = t;
  }
  move_gates(wave, t, dt);
}

void ControlRules::choose_settings(const DynamicWave& wave, double t, double dt) {
  std::vector<double> priority(network_.links.size(), -std::numeric_limits<double>::infinity());
  aimed_at_ = target_;
  std::size_t pid = 0;
  for (const Rule& rule : network_.rules) {
    const bool yes = holds(rule, wave, t, dt);
    const auto& chosen = yes ? rule.then_actions : rule.else_actions;
    std::size_t slot = pid + (yes ? 0 : rule.then_actions.size());
    for (const Action& action : chosen) {
      const auto link = static_cast<std::size_t>(action.link);
      if (rule.priority > priority[link]) {  // equal: the earlier rule stays
        priority[link] = rule.priority;
        target_[link] = setting(rule, action, slot, wave, t, dt);
      }
      ++slot;
    }
    pid += rule.then_actions.size() + rule.else_actions.size();
  }
}

void ControlRules::move_gates(DynamicWave& wave, double t, double dt) {
  for (std::size_t l = 0; l < target_.size(); ++l) {
    if (std::isnan(target_[l])) continue;
    const auto index = static_cast<Index>(l);
    const double now = wave.setting(index);
    if (now == target_[l]) continue;
    double next = target_[l];
    const double travel =
        network_.links[l].kind == LinkKind::orifice ? network_.links[l].orifice.full_travel_time : 0;
    if (travel > 0) {
      const double most = dt / travel;
      next = now + std::clamp(target_[l] - now, -most, most);
    }
    if ((now > 0) != (next > 0)) changed_at_[l] = t;
    wave.set_setting(index, next);
  }
}

}  // namespace citytwin::drainage
