// Rain that differs from place to place: rasters in time, from a radar or a weather model.
#include <fmt/format.h>

#include "scenarios/events/event.hpp"
#include "scenarios/events/rain_frames.hpp"

namespace citytwin::scenarios {
namespace {

Result<EventOutcome> make(const EventInput& input) {
  const auto& v = input.values;
  auto rain = read_rain_frames({v.text("list_csv"), input.folder, v.text("unit"), v.text("outside") == "dry"},
                               input.model.info().frame, input.grid, {});
  if (!rain) return Result<EventOutcome>(rain.diagnostics());
  rain->forcing.key = input.key;
  EventOutcome out;
  out.description = {{"depth", fmt::format("{:.1f}", rain->depth * 1000)},
                     {"heaviest", fmt::format("{:.0f}", rain->heaviest * 3.6e6)},
                     {"files", std::to_string(rain->files.size())}};
  out.files = std::move(rain->files);
  out.forcing.push_back(std::move(rain->forcing));
  return Result<EventOutcome>(std::move(out), std::move(rain.diagnostics()));
}

}  // namespace

EventType rain_raster() {
  EventType type;
  type.name = "rain_raster";
  type.text = "Rain from rasters in time, such as a radar's";
  type.parameters = {
      {.key = "list_csv",
       .kind = ParameterKind::file,
       .text = "CSV file with columns time_min,file: each raster holds until the next time; a last row "
               "without a file "
               "ends the rain"},
      {.key = "unit",
       .kind = ParameterKind::choice,
       .text = "What the rasters hold: intensity (mm_per_h) or depth until the next one (mm)",
       .default_value = std::string("mm_per_h"),
       .choices = {"mm_per_h", "mm"}},
      {.key = "outside",
       .kind = ParameterKind::choice,
       .text = "Where a raster has no value: refuse, or no rain",
       .default_value = std::string("refuse"),
       .choices = {"refuse", "dry"}},
  };
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
