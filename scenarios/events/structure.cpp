// Structures that are there in a scenario: a culvert, weir, orifice, gate or pump, and a line where water
// leaves.
#include "scenarios/events/event.hpp"
#include "scenarios/events/structure_values.hpp"

namespace citytwin::scenarios {
namespace {

Result<EventOutcome> make_structure(const EventInput& input) {
  auto made = structure_of(input.values, input.key, input.folder, input.where);
  if (!made) return Result<EventOutcome>(made.diagnostics());
  EventOutcome out;
  out.description = {{"kind", text("structure." + input.values.text("kind"))}};
  out.structures.structures.push_back(*std::move(made));
  return out;
}

Result<EventOutcome> make_outflow(const EventInput& input) {
  auto made = outflow_of(input.values, input.key, input.folder, input.where);
  if (!made) return Result<EventOutcome>(made.diagnostics());
  EventOutcome out;
  out.description = {{"kind", text("outflow." + input.values.text("kind"))}};
  out.structures.outflows.push_back(*std::move(made));
  return out;
}

}  // namespace

EventType structure() {
  EventType type;
  type.name = "structure";
  type.text = "A culvert, weir, orifice, gate or pump between two places";
  type.parameters = structure_parameters();
  type.make = make_structure;
  return type;
}

EventType outflow() {
  EventType type;
  type.name = "outflow";
  type.text = "Water leaves along a line: free fall, normal flow or a rating curve";
  type.parameters = outflow_parameters();
  type.make = make_outflow;
  return type;
}

}  // namespace citytwin::scenarios
