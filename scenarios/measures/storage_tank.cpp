// A tank beside a manhole of the sewers: it fills while the pipes are full and empties when they have room
// again.
#include <cmath>
#include <limits>

#include "scenarios/measures/measure.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

// The manhole or tank nearest to a point; nodes.size() if there is none.
std::size_t nearest_node(const SewerNodes& nodes, Point2 at) {
  std::size_t best = nodes.size();
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    const double distance = std::hypot(nodes.position[n].x - at.x, nodes.position[n].y - at.y);
    if (nodes.kind[n] == SewerNodeKind::outfall || distance >= nearest) continue;
    nearest = distance;
    best = n;
  }
  return best;
}

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  const SewerNodes& nodes = input.model.sewers().nodes;
  MeasureOutcome out;
  const Point2 at = v.points("at").front();
  const std::size_t node = nearest_node(nodes, at);
  out.outline = {at};
  out.shape = PlacedMeasure::Shape::points;
  if (node == nodes.size()) {
    // A scenario must run in every city: where there are no sewers, nothing is built.
    Diagnostics noticed;
    noticed.warning("measure.no_sewers", input.where);
    out.sentence = "done_none";
    return Result<MeasureOutcome>(std::move(out), std::move(noticed));
  }
  const double depth = std::max(0.5, nodes.ground_level[node] - nodes.invert_level[node]);
  const double area = v.number("volume_m3") / depth;
  out.things = {nodes.position[node]};
  out.outline = out.things;
  out.edits.push_back(
      SetColumn{"sewer_nodes", nodes.origin.key[node], "storage_area", nodes.storage_area[node] + area});
  out.quantity = v.number("volume_m3");
  out.cost = out.quantity * v.number("cost_per_m3");
  out.description = {{"volume", report::number(out.quantity)},
                     {"node", nodes.origin.key[node]},
                     {"depth", report::number(depth, 1)},
                     {"area", report::number(area)}};
  return out;
}

}  // namespace

MeasureType storage_tank() {
  MeasureType type;
  type.name = "storage_tank";
  type.text = "An underground tank at a manhole that holds water back while the pipes are full";
  type.parameters = {
      {.key = "at",
       .kind = ParameterKind::point,
       .text = "Where: the nearest manhole is taken; a point, or words such as \"lowest\""},
      {.key = "volume_m3",
       .unit = "m3",
       .text = "Volume between the manhole's bottom and the ground",
       .default_value = 1000.0,
       .min = 1,
       .max = 1e6},
      {.key = "cost_per_m3",
       .unit = "currency/m3",
       .text = "Cost per cubic metre of storage",
       .default_value = 900.0,
       .min = 0,
       .max = 1e6,
       .cost_basis = "per m3",
       .source = "estimated: covered concrete tanks, order of magnitude of CIRIA C753 (The SuDS Manual)"},
  };
  type.lifetime_years = 50;
  type.lifetime_source = "estimated: with yearly upkeep";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
