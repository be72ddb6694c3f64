// A flood wave that enters the city with a river: base flow, rise, peak, recession, or a measured series.
#include <algorithm>

#include <fmt/format.h>

#include "scenarios/events/csv_series.hpp"
#include "scenarios/events/event.hpp"

namespace citytwin::scenarios {
namespace {

Result<Series> flow_series(const EventInput& input) {
  const auto& v = input.values;
  if (v.has("series_csv"))
    return read_csv_series(v.text("series_csv"), input.folder, "flow_m3_per_s", 1, 0,
                           Series::Between::linear);
  if (!v.has("peak_m3_per_s")) return Result<Series>::failure("event.no_peak", input.where);
  const double base = v.number("base_m3_per_s"), peak = v.number("peak_m3_per_s");
  if (peak < base) return Result<Series>::failure("event.peak_below_base", input.where);
  const double rise = v.number("time_to_peak_h") * 3600, fall = v.number("recession_h") * 3600;
  return Series{{0, rise, rise + fall}, {base, peak, base}, Series::Between::linear};
}

Result<EventOutcome> make(const EventInput& input) {
  auto series = flow_series(input);
  if (!series) return Result<EventOutcome>(series.diagnostics());
  ForcingSeries inflow;
  inflow.key = input.key;
  inflow.field = "inflow";
  inflow.unit = "m3/s";
  inflow.place = {Place::Kind::point, {input.values.points("at").front()}};
  inflow.series = std::move(*series);

  EventOutcome out;
  const auto peak = std::max_element(inflow.series.value.begin(), inflow.series.value.end());
  const auto at = static_cast<std::size_t>(peak - inflow.series.value.begin());
  out.description = {{"peak", fmt::format("{:.0f}", *peak)},
                     {"hours", fmt::format("{:.1f}", inflow.series.time[at] / 3600)}};
  out.forcing.push_back(std::move(inflow));
  return out;
}

}  // namespace

EventType river_hydrograph() {
  EventType type;
  type.name = "river_hydrograph";
  type.text = "A flood wave that enters the city with a river";
  type.parameters = {
      {.key = "at",
       .kind = ParameterKind::point,
       .text = "Where the river enters: a point, or \"river\" for the upstream end of the main river",
       .default_value = std::string("river")},
      {.key = "base_m3_per_s",
       .unit = "m3/s",
       .text = "Flow before and after the wave",
       .default_value = 0.0,
       .min = 0,
       .max = 1e5},
      {.key = "peak_m3_per_s",
       .unit = "m3/s",
       .text = "Largest flow",
       .min = 0,
       .max = 3e5,
       .optional = true},
      {.key = "time_to_peak_h",
       .unit = "h",
       .text = "Time from the start of the run to the peak",
       .default_value = 2.0,
       .min = 0.05,
       .max = 240},
      {.key = "recession_h",
       .unit = "h",
       .text = "Time from the peak back to the base flow",
       .default_value = 6.0,
       .min = 0.05,
       .max = 720},
      {.key = "series_csv",
       .kind = ParameterKind::file,
       .text = "CSV file with columns time_h,flow_m3_per_s (instead of a peak)",
       .optional = true},
  };
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
