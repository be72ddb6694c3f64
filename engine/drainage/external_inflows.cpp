#include "engine/drainage/external_inflows.hpp"

#include <algorithm>
#include <limits>

#include "engine/drainage/calendar.hpp"

namespace citytwin::drainage {

double mean_within(const Series& series, double t0, double t1) {
  if (series.empty()) return 0;
  const double from = std::max(t0, series.time.front()), to = std::min(t1, series.time.back());
  if (to <= from) return 0;
  return series.integral(from, to) / (t1 - t0);
}

double ExternalInflows::pattern_factor(Index index, double t) const {
  if (index == kNone) return 1;
  const Pattern& pattern = network_.patterns[static_cast<std::size_t>(index)];
  const CalendarTime now = calendar_time(network_.options.start_date + t / kSecondsPerDay);
  std::size_t i = 0;
  switch (pattern.kind) {
    case PatternKind::monthly:
      i = static_cast<std::size_t>(now.month - 1);
      break;
    case PatternKind::daily:
      i = static_cast<std::size_t>(now.day_of_week - 1);
      break;
    case PatternKind::hourly:
      i = static_cast<std::size_t>(now.hour());
      break;
    case PatternKind::weekend:
      if (!now.weekend()) return 1;
      i = static_cast<std::size_t>(now.hour());
      break;
  }
  return i < pattern.factor.size() ? pattern.factor[i] : 1;
}

// A pattern of weekends takes the place of the one of hours on weekends (manual, appendix D.2, [PATTERNS]).
double ExternalInflows::dry_weather_factor(const DryWeatherFlow& flow, double t) const {
  const auto kind_of = [&](Index p) { return network_.patterns[static_cast<std::size_t>(p)].kind; };
  const bool has_weekends = std::any_of(flow.patterns.begin(), flow.patterns.end(),
                                        [&](Index p) { return kind_of(p) == PatternKind::weekend; });
  const bool replaced =
      has_weekends && calendar_time(network_.options.start_date + t / kSecondsPerDay).weekend();
  double factor = 1;
  for (const Index p : flow.patterns)
    if (!replaced || kind_of(p) != PatternKind::hourly) factor *= pattern_factor(p, t);
  return factor;
}

void ExternalInflows::add_mean(double t0, double t1, std::vector<double>& inflow) const {
  const double middle = 0.5 * (t0 + t1);  // steps do not reach over a change of a pattern
  for (const Inflow& i : network_.inflows) {
    double q = i.baseline * pattern_factor(i.baseline_pattern, middle);
    q += i.scale * mean_within(i.series, t0, t1);
    inflow[static_cast<std::size_t>(i.node)] += q;
  }
  for (const DryWeatherFlow& d : network_.dry_weather_flows) {
    inflow[static_cast<std::size_t>(d.node)] += d.average * dry_weather_factor(d, middle);
  }
}

double ExternalInflows::next_change(double t) const {
  if (!any()) return std::numeric_limits<double>::infinity();
  const double date = network_.options.start_date * kSecondsPerDay + t;
  const double next_hour = (std::floor(date / 3600.0 + 1e-6) + 1) * 3600.0;
  return t + (next_hour - date);
}

}  // namespace citytwin::drainage
