#include "engine/drainage/weather.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "engine/drainage/calendar.hpp"

namespace citytwin::drainage {

namespace {

constexpr double kHalfSecond = 0.5;

Weather monthly(const Evaporation& evaporation, const Options& options, double t) {
  using namespace std::chrono;
  if (evaporation.monthly.size() != 12) return {};
  const double day = options.start_date + (t + kHalfSecond) / kSecondsPerDay;
  const year_month_day date{kDayZero + days{static_cast<long>(std::floor(day))}};
  const year_month_day next = year_month{date.year(), date.month()} / 1 + months{1};
  const auto next_day = static_cast<double>((sys_days{next} - kDayZero).count());
  return {evaporation.monthly[static_cast<unsigned>(date.month()) - 1],
          (next_day - options.start_date) * kSecondsPerDay};
}

}  // namespace

Weather rain_at(const RainGauge& gauge, double t) {
  const auto& time = gauge.rain.time;
  const auto after = std::upper_bound(time.begin(), time.end(), t + kHalfSecond);
  const double next = after == time.end() ? kUnlimited : *after;
  if (after == time.begin()) return {0, next};
  const auto i = static_cast<std::size_t>(after - time.begin()) - 1;
  const double stops = time[i] + gauge.interval;
  if (t + kHalfSecond >= stops) return {0, next};
  return {gauge.rain.value[i], std::min(next, stops)};
}

Weather evaporation_at(const Evaporation& evaporation, const Options& options, double t) {
  switch (evaporation.kind) {
    case Evaporation::Kind::constant:
      return {evaporation.rate, kUnlimited};
    case Evaporation::Kind::monthly:
      return monthly(evaporation, options, t);
    case Evaporation::Kind::series: {
      const auto& time = evaporation.series.time;
      const auto after = std::upper_bound(time.begin(), time.end(), t + kHalfSecond);
      return {evaporation.series.at(t + kHalfSecond), after == time.end() ? kUnlimited : *after};
    }
  }
  return {};
}

}  // namespace citytwin::drainage
