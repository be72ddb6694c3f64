// The sea rises and falls: mean level, tide and a storm surge, or a measured series. It drives every sea
// cell.
#include <algorithm>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "scenarios/events/csv_series.hpp"
#include "scenarios/events/event.hpp"

namespace citytwin::scenarios {
namespace {

constexpr double kSample = 300;               // [s]
constexpr double kTidePeriod = 12.42 * 3600;  // principal lunar semidiurnal tide M2 [s]

bool has_sea(const WaterBodies& water) {
  return std::find(water.kind.begin(), water.kind.end(), WaterKind::sea) != water.kind.end();
}

Result<Series> level_series(const EventInput& input) {
  const auto& v = input.values;
  if (v.has("series_csv"))
    return read_csv_series(v.text("series_csv"), input.folder, "level_m", 1, -100, Series::Between::linear);
  const double mean = v.number("mean_level_m"), tide = v.number("tide_amplitude_m");
  const double surge = v.number("surge_m"), peak = v.number("peak_h") * 3600;
  const double half = v.number("surge_duration_h") * 3600 / 2;
  Series series;
  series.between = Series::Between::linear;
  const double end = input.duration.seconds();
  for (double t = 0; t < end + kSample; t += kSample) {
    const double from_peak = t - peak;
    double level = mean + tide * std::cos(2 * std::numbers::pi * from_peak / kTidePeriod);
    if (std::abs(from_peak) < half) {
      const double c = std::cos(std::numbers::pi / 2 * from_peak / half);
      level += surge * c * c;
    }
    series.time.push_back(t);
    series.value.push_back(level);
  }
  return series;
}

Result<EventOutcome> make(const EventInput& input) {
  if (!has_sea(input.model.water_bodies())) return Result<EventOutcome>::failure("event.no_sea", input.where);
  auto series = level_series(input);
  if (!series) return Result<EventOutcome>(series.diagnostics());
  ForcingSeries level{input.key, "level", "m", {Place::Kind::sea, {}}, std::move(*series)};

  EventOutcome out;
  const auto highest = std::max_element(level.series.value.begin(), level.series.value.end());
  const auto at = static_cast<std::size_t>(highest - level.series.value.begin());
  out.description = {{"level", fmt::format("{:.2f}", *highest)},
                     {"hours", fmt::format("{:.1f}", level.series.time[at] / 3600)}};
  out.forcing.push_back(std::move(level));
  return out;
}

}  // namespace

EventType sea_level() {
  EventType type;
  type.name = "sea_level";
  type.text = "The sea rises: tide and storm surge, or a series from a file";
  type.parameters = {
      {.key = "mean_level_m",
       .unit = "m",
       .text = "Mean level in the city's vertical datum",
       .default_value = 0.0,
       .min = -50,
       .max = 50},
      {.key = "tide_amplitude_m",
       .unit = "m",
       .text = "Amplitude of the tide (half its range); high water falls on the peak",
       .default_value = 0.0,
       .min = 0,
       .max = 9},
      {.key = "surge_m",
       .unit = "m",
       .text = "Height of the storm surge at its peak",
       .default_value = 1.0,
       .min = -5,
       .max = 20},
      {.key = "peak_h",
       .unit = "h",
       .text = "When the surge peaks, after the start of the run",
       .default_value = 2.0,
       .min = 0,
       .max = 240},
      {.key = "surge_duration_h",
       .unit = "h",
       .text = "How long the surge lasts, rise and fall together (cosine squared)",
       .default_value = 4.0,
       .min = 0.1,
       .max = 480},
      {.key = "series_csv",
       .kind = ParameterKind::file,
       .text = "CSV file with columns time_h,level_m (instead of the above)",
       .optional = true},
  };
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
