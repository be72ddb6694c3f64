// A wall or levee breaches: its crest falls over a stretch.
#include <fmt/format.h>

#include "scenarios/events/event.hpp"
#include "scenarios/events/structure_values.hpp"

namespace citytwin::scenarios {
namespace {

Result<EventOutcome> make(const EventInput& input) {
  EventOutcome out;
  const LeveeBreach breach = breach_of(input.values, input.key);
  out.description = {{"width", fmt::format("{:.0f}", breach.width)},
                     {"level", fmt::format("{:.2f}", breach.level)},
                     {"hours", fmt::format("{:.1f}", breach.start / 3600)}};
  out.structures.breaches.push_back(breach);
  return out;
}

}  // namespace

EventType levee_breach() {
  EventType type;
  type.name = "levee_breach";
  type.text = "A wall or levee breaches";
  type.parameters = breach_parameters();
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
