// Leaves, hail or silt close street inlets: a share of every inlet in an area takes no water for a time.
#include <fmt/format.h>

#include "scenarios/events/event.hpp"
#include "scenarios/events/lasting.hpp"

namespace citytwin::scenarios {
namespace {

Result<EventOutcome> make(const EventInput& input) {
  const auto& v = input.values;
  const double start = v.number("start_h") * 3600;
  const double open = 1 - v.number("share");
  ForcingSeries series;
  series.key = input.key;
  series.field = "inlet_opening";
  series.unit = "1";
  series.place.kind = v.has("area") ? Place::Kind::polygon : Place::Kind::everywhere;
  if (v.has("area")) series.place.points = v.points("area");
  series.series.between = Series::Between::step;
  series.series.time = {start};
  series.series.value = {open};
  if (start > 0) {
    series.series.time.insert(series.series.time.begin(), 0);
    series.series.value.insert(series.series.value.begin(), 1);
  }
  if (v.has("duration_h")) {
    series.series.time.push_back(start + v.number("duration_h") * 3600);
    series.series.value.push_back(1);
  }
  EventOutcome out;
  out.forcing.push_back(std::move(series));
  out.description = {{"percent", fmt::format("{:.0f}", 100 * v.number("share"))},
                     {"start", fmt::format("{:.1f}", start / 3600)},
                     {"duration", lasting(v)}};
  return out;
}

}  // namespace

EventType inlet_blockage() {
  EventType type;
  type.name = "inlet_blockage";
  type.text = "Leaves, hail or silt close a share of the street inlets";
  type.parameters = {
      {.key = "share",
       .text = "Share of every inlet that is closed",
       .default_value = 0.5,
       .min = 0,
       .max = 1},
      {.key = "area",
       .kind = ParameterKind::polygon,
       .text = "Inlets in this area: points, or words such as \"extent\"; everywhere if not given",
       .optional = true},
      {.key = "start_h",
       .unit = "h",
       .text = "When it begins, after the start of the run",
       .default_value = 0.0,
       .min = 0,
       .max = 240},
      {.key = "duration_h",
       .unit = "h",
       .text = "When the inlets are free again after that; to the end of the run if not given",
       .min = 0.01,
       .max = 10000,
       .optional = true},
  };
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
