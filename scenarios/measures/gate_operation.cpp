// A gate that is closed and opened by rule: a new one across a channel or an opening, or one that an event
// "structure" of the scenario describes. By the level at a place, or by the clock.
#include "engine/base/nearest_word.hpp"
#include "scenarios/measures/wall_line.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

using R = Result<MeasureOutcome>;

// In words, of a complete rule.
std::string said_of(const ParameterValues& v) {
  if (v.has("close_level_m"))
    return text(v.number("close_level_m") >= v.number("open_level_m") ? "measure.gate_operation.above"
                                                                      : "measure.gate_operation.below",
                {{"close", report::number(v.number("close_level_m"), 2)},
                 {"open", report::number(v.number("open_level_m"), 2)}});
  const TextArgs hours = {{"close", report::number(v.number("close_h"), 1)},
                          {"open", v.has("open_h") ? report::number(v.number("open_h"), 1) : std::string()}};
  return text(v.has("open_h") ? "measure.gate_operation.from_to" : "measure.gate_operation.from", hours);
}

bool complete(const ParameterValues& v) {
  if (v.has("close_level_m") != v.has("open_level_m") || v.has("close_level_m") == v.has("close_h"))
    return false;
  if (v.has("open_h")) return v.has("close_h") && v.number("open_h") > v.number("close_h");
  return !v.has("close_level_m") || v.number("close_level_m") != v.number("open_level_m");
}

// `closed`: what the series is while the gate is shut; 1 for a barrier that stands, 0 for an opening.
StructureRule rule_of(const ParameterValues& v, double closed) {
  StructureRule rule;
  if (v.has("watch")) rule.watch = v.points("watch").front();
  if (v.has("close_level_m")) {
    rule.on_level = v.number(closed > 0 ? "close_level_m" : "open_level_m");
    rule.off_level = v.number(closed > 0 ? "open_level_m" : "close_level_m");
    return rule;
  }
  const double from = v.number("close_h") * 3600;
  rule.opening = {{0}, {from > 0 ? 1 - closed : closed}, Series::Between::step};
  if (from > 0) {
    rule.opening.time.push_back(from);
    rule.opening.value.push_back(closed);
  }
  if (v.has("open_h")) {
    rule.opening.time.push_back(v.number("open_h") * 3600);
    rule.opening.value.push_back(1 - closed);
  }
  return rule;
}

R new_gate(const MeasureInput& input) {
  const auto& v = input.values;
  if (v.has("close_level_m") && !v.has("watch")) return R::failure("measure.gate_watch", input.where);
  auto out = wall_along(input);
  if (!out) return out;
  MovableBarrier gate;
  gate.key = input.key;
  gate.line = v.points("along");
  if (v.has("crest_level_m")) gate.crest_level = v.number("crest_level_m");
  if (v.has("height_m")) gate.height = v.number("height_m");
  gate.rule = rule_of(v, 1);
  out->description.emplace_back("rule", said_of(v));
  out->structures.barriers.push_back(std::move(gate));
  return out;
}

R gate_there(const MeasureInput& input) {
  const auto& v = input.values;
  MeasureOutcome out;
  out.shape = PlacedMeasure::Shape::points;
  out.sentence = "done_structure";
  out.cost = v.number("cost_of_drive");
  out.quantity = 1;
  out.description = {{"structure", v.text("structure")}, {"rule", said_of(v)}};
  if (input.structures == nullptr) return out;  // a run is read back without its events
  std::vector<std::string> names;
  for (const HydraulicStructure& s : input.structures->structures) {
    names.push_back(s.key);
    if (s.key != v.text("structure")) continue;
    HydraulicStructure gate = s;
    gate.rule = rule_of(v, 0);
    out.outline = out.things = {gate.from};
    out.structures.structures.push_back(std::move(gate));
    return out;
  }
  return R::failure(
      "measure.no_structure", input.where,
      {{"structure", v.text("structure")}, {"nearest", nearest_word(v.text("structure"), names)}});
}

R make(const MeasureInput& input) {
  const auto& v = input.values;
  if (v.has("along") == v.has("structure")) return R::failure("measure.gate_place", input.where);
  if (!complete(v)) return R::failure("measure.gate_rule", input.where);
  return v.has("along") ? new_gate(input) : gate_there(input);
}

Parameter level(std::string key, std::string words) {
  return {.key = std::move(key),
          .unit = "m",
          .text = std::move(words),
          .min = -500,
          .max = 9000,
          .optional = true};
}

Parameter hour(std::string key, std::string words) {
  return {
      .key = std::move(key), .unit = "h", .text = std::move(words), .min = 0, .max = 10000, .optional = true};
}

ParameterTable parameters() {
  return {
      {.key = "along",
       .kind = ParameterKind::polyline,
       .text = "Line that a new gate closes: points, or words; or \"structure\"",
       .optional = true},
      {.key = "structure",
       .kind = ParameterKind::text,
       .text = "Name of an event \"structure\" of the scenario that is worked as a gate",
       .optional = true},
      {.key = "height_m",
       .unit = "m",
       .text = "Height of the closed gate above the higher ground along the line",
       .min = 0.05,
       .max = 50,
       .optional = true},
      level("crest_level_m", "Level of the top of the closed gate (instead of a height)"),
      {.key = "watch",
       .kind = ParameterKind::point,
       .text = "Where the level is read; of a structure at its first end unless given",
       .optional = true},
      level("close_level_m", "Level at which it closes; with open_level_m"),
      level("open_level_m",
            "Level at which it opens again; above close_level_m if it closes when water falls"),
      hour("close_h", "When it closes, after the start of the run (instead of levels)"),
      hour("open_h", "When it opens again"),
      {.key = "cost_per_m",
       .unit = "currency/m",
       .text = "Cost of a new gate per metre of opening",
       .default_value = 40'000.0,
       .min = 0,
       .max = 1e8,
       .cost_basis = "per m",
       .source = "estimated: steel sluice gates with piers and drive"},
      {.key = "cost_of_drive",
       .unit = "currency",
       .text = "Cost of drive and remote control of a gate that is there",
       .default_value = 80'000.0,
       .min = 0,
       .max = 1e8,
       .cost_basis = "per piece",
       .source = "estimated: electric drive, level gauge and telemetry"},
  };
}

}  // namespace

MeasureType gate_operation() {
  MeasureType type;
  type.name = "gate_operation";
  type.text = "A gate that closes and opens by a level or at times";
  type.parameters = parameters();
  type.lifetime_years = 40;
  type.lifetime_source = "estimated: steel and drives are renewed after two generations";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
