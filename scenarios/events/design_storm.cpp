// Rain over the city: a depth in a time with a shape, or a measured series.
#include <fmt/format.h>

#include "scenarios/events/csv_series.hpp"
#include "scenarios/events/event.hpp"
#include "scenarios/events/hyetograph.hpp"

namespace citytwin::scenarios {
namespace {

constexpr double kMmPerHour = 1e-3 / 3600;  // [m/s]

Result<Series> rain_series(const EventInput& input) {
  const auto& v = input.values;
  const std::string& shape = v.text("shape");
  if (shape == "series") {
    if (!v.has("series_csv")) return Result<Series>::failure("event.no_series", input.where);
    return read_csv_series(v.text("series_csv"), input.folder, "rain_mm_per_h", kMmPerHour, 0,
                           Series::Between::step);
  }
  if (!v.has("depth_mm") || !v.has("duration_min"))
    return Result<Series>::failure("event.no_depth", input.where);
  Storm storm;
  storm.depth = v.number("depth_mm") * 1e-3;
  storm.duration = v.number("duration_min") * 60;
  storm.peak_position = v.number("peak_position");
  storm.block = v.number("block_min") * 60;
  storm.b = v.number("idf_b_min") * 60;
  storm.c = v.number("idf_c");
  if (shape == "uniform") return uniform_storm(storm);
  return shape == "triangular" ? triangular_storm(storm) : alternating_block_storm(storm);
}

Result<EventOutcome> make(const EventInput& input) {
  const auto& v = input.values;
  auto series = rain_series(input);
  if (!series) return Result<EventOutcome>(series.diagnostics());
  const double start = v.number("start_min") * 60;
  for (double& t : series->time) t += start;
  const double depth = series->integral(0, series->time.back());

  ForcingSeries rain;
  rain.key = input.key;
  rain.field = "rain";
  rain.unit = "m/s";
  if (v.has("area")) rain.place = {Place::Kind::polygon, v.points("area")};
  rain.series = std::move(*series);

  EventOutcome out;
  double peak = 0;
  for (const double value : rain.series.value) peak = std::max(peak, value);
  out.description = {
      {"depth", fmt::format("{:.0f}", depth * 1000)},
      {"duration", fmt::format("{:.0f}", (rain.series.time.back() - start) / 60)},
      {"peak", fmt::format("{:.0f}", peak / kMmPerHour)},
      {"shape", text("shape." + v.text("shape"))},
      {"return_period",
       v.has("return_period_years")
           ? text("event.return_period", {{"years", fmt::format("{:g}", v.number("return_period_years"))}})
           : std::string()}};
  out.forcing.push_back(std::move(rain));
  return out;
}

}  // namespace

EventType design_storm() {
  EventType type;
  type.name = "design_storm";
  type.text = "Rain over the city: a depth in a time with a shape, or a series from a file";
  type.parameters = {
      {.key = "depth_mm",
       .unit = "mm",
       .text = "Depth of the whole storm",
       .min = 0.1,
       .max = 2000,
       .optional = true},
      {.key = "duration_min",
       .unit = "min",
       .text = "How long it rains",
       .min = 5,
       .max = 14400,
       .optional = true},
      {.key = "shape",
       .kind = ParameterKind::choice,
       .text = "How the depth is spread over the time",
       .default_value = std::string("alternating_block"),
       .choices = {"uniform", "triangular", "alternating_block", "series"}},
      {.key = "peak_position",
       .text = "Where the peak lies, as a share of the duration",
       .default_value = 0.4,
       .min = 0,
       .max = 1,
       .source = "usual for convective storms: 0.3 to 0.5 (Keifer and Chu 1957)"},
      {.key = "block_min",
       .unit = "min",
       .text = "Length of a block (alternating_block)",
       .default_value = 5.0,
       .min = 1,
       .max = 120},
      {.key = "idf_b_min",
       .unit = "min",
       .text = "b of the intensity-duration law i = K/(d+b)^c (alternating_block)",
       .default_value = 10.0,
       .min = 0,
       .max = 120,
       .source = "estimated: typical of mid-latitude laws"},
      {.key = "idf_c",
       .text = "c of the intensity-duration law (alternating_block)",
       .default_value = 0.8,
       .min = 0.1,
       .max = 0.99,
       .source = "estimated: typical of mid-latitude laws"},
      {.key = "start_min",
       .unit = "min",
       .text = "When the rain begins, after the start of the run",
       .default_value = 0.0,
       .min = 0,
       .max = 14400},
      {.key = "series_csv",
       .kind = ParameterKind::file,
       .text = "CSV file with columns time_min,rain_mm_per_h (shape = \"series\")",
       .optional = true},
      {.key = "area",
       .kind = ParameterKind::polygon,
       .text = "Where it rains; everywhere if not given",
       .optional = true},
      {.key = "return_period_years",
       .unit = "years",
       .text = "How rare the storm is: a label for the report",
       .min = 0.1,
       .max = 1e6,
       .optional = true},
  };
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
