// An off-line tank beside a manhole of the sewers: water enters over a weir at the crown of the manhole's
// highest pipe, so only when the sewer surcharges, and goes back through a flap gate in the floor once the
// manhole stands lower than the tank.
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/model/drainage/network.hpp"
#include "scenarios/core/sewer_names.hpp"
#include "scenarios/measures/measure.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

constexpr double kShallowest = 0.5;  // depth of a tank [m]
constexpr double kOpening = 0.1;     // of the weir, at least [m]
constexpr double kWide = 1000;       // plan area that rarely finds room under a street [m2]
constexpr double kWeir = 1.84;       // sharp crest [m^(1/2)/s] (Rossman 2017, chapter 6)
constexpr double kOrifice = 0.65;    // [-] (the same)

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

// Height of the highest pipe's crown above the node's invert [m]; half the shaft's where no pipe ends.
double crown_at(const CityModel& model, std::size_t node) {
  const SewerLinks& links = model.sewers().links;
  double crown = 0;
  for (std::size_t l = 0; l < links.size(); ++l) {
    if (links.from[l].row() == node) crown = std::max(crown, links.from_offset[l] + links.full_depth[l]);
    if (links.to[l].row() == node) crown = std::max(crown, links.to_offset[l] + links.full_depth[l]);
  }
  const SewerNodes& nodes = model.sewers().nodes;
  return crown > 0 ? crown : 0.5 * (nodes.ground_level[node] - nodes.invert_level[node]);
}

// Beside the manhole on the map: towards the middle of the city, so that it stays in its extent.
Point2 beside(Point2 manhole, const Box2& extent) {
  constexpr double kStep = 4;  // [m]
  const Point2 middle{(extent.min.x + extent.max.x) / 2, (extent.min.y + extent.max.y) / 2};
  const double away = distance(manhole, middle);
  if (away < kStep) return {manhole.x + kStep, manhole.y};
  return {manhole.x + kStep * (middle.x - manhole.x) / away,
          manhole.y + kStep * (middle.y - manhole.y) / away};
}

struct Tank {
  double depth = 0, area = 0;  // [m], [m2]
  double crest = 0;            // of the weir, above the manhole's invert [m]
};

Tank tank_at(const MeasureInput& input, std::size_t node) {
  const SewerNodes& nodes = input.model.sewers().nodes;
  const double shaft = nodes.ground_level[node] - nodes.invert_level[node];
  Tank tank;
  tank.depth = std::max(kShallowest, shaft);
  tank.area = input.values.number("volume_m3") / tank.depth;
  tank.crest = std::clamp(crown_at(input.model, node), 0.0, std::max(0.0, shaft - kOpening));
  return tank;
}

// A closed tank, the weir into it, and the flap gate in its floor through which it empties.
void add_edits(const MeasureInput& input, std::size_t node, const Tank& tank, MeasureOutcome& out) {
  const SewerNodes& nodes = input.model.sewers().nodes;
  const std::string& manhole = nodes.origin.key[node];
  const std::string key = "tank/" + input.key;
  SewerNode body{.position = beside(nodes.position[node], input.model.info().frame.extent),
                 .kind = SewerNodeKind::storage,
                 .ground_level = nodes.ground_level[node],
                 .invert_level = nodes.ground_level[node] - tank.depth};
  body.storage_area = tank.area;
  body.surcharge_depth = kSealed;
  SewerLink weir{.kind = drainage::LinkKind::weir,
                 .shape = drainage::Shape::rect_open,
                 .full_depth = std::max(kOpening, tank.depth - tank.crest),
                 .width = input.values.number("weir_m"),
                 .from_offset = tank.crest,
                 .flap_gate = 1,
                 .discharge_coefficient = kWeir};
  SewerLink flap{.kind = drainage::LinkKind::orifice,
                 .shape = drainage::Shape::circular,
                 .full_depth = input.values.number("outlet_m"),
                 .flap_gate = 1,
                 .discharge_coefficient = kOrifice};
  out.edits.push_back(AddSewerNode{key, body});
  out.edits.push_back(AddSewerLink{key + "/weir", manhole, key, weir});
  out.edits.push_back(AddSewerLink{key + "/flap", key, manhole, flap});
}

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  const SewerNodes& nodes = input.model.sewers().nodes;
  MeasureOutcome out;
  Diagnostics noticed;
  const Point2 at = v.points("at").front();
  const std::size_t node = nearest_node(nodes, at);
  out.outline = {at};
  out.shape = PlacedMeasure::Shape::points;
  if (node == nodes.size()) {
    // A scenario must run in every city: where there are no sewers, nothing is built.
    noticed.warning("measure.no_sewers", input.where);
    out.sentence = "done_none";
    return Result<MeasureOutcome>(std::move(out), std::move(noticed));
  }
  const Tank tank = tank_at(input, node);
  add_edits(input, node, tank, out);
  out.things = {nodes.position[node]};
  out.outline = out.things;
  out.quantity = v.number("volume_m3");
  out.cost = out.quantity * v.number("cost_per_m3");
  out.description = {
      {"volume", report::number(out.quantity)}, {"node", sewer_node_name(input.model, node)},
      {"depth", report::number(tank.depth, 1)}, {"area", report::number(tank.area)},
      {"crest", report::number(tank.crest, 1)}, {"outlet", report::number(v.number("outlet_m"), 1)}};
  if (tank.area > kWide)
    noticed.warning("measure.wide_tank", input.where,
                    {{"volume", report::number(out.quantity)},
                     {"node", sewer_node_name(input.model, node)},
                     {"depth", report::number(tank.depth, 1)},
                     {"area", report::number(tank.area)}});
  return Result<MeasureOutcome>(std::move(out), std::move(noticed));
}

}  // namespace

MeasureType storage_tank() {
  MeasureType type;
  type.name = "storage_tank";
  type.text = "An off-line underground tank at a manhole: it takes water once the pipes there are full";
  type.parameters = {
      {.key = "at",
       .kind = ParameterKind::point,
       .text = "Where: the nearest manhole is taken; a point, or words such as \"lowest\""},
      {.key = "volume_m3",
       .unit = "m3",
       .text = "Volume between the level of the manhole's bottom and the ground",
       .default_value = 1000.0,
       .min = 1,
       .max = 1e6},
      {.key = "weir_m",
       .unit = "m",
       .text = "Length of the weir over which it fills, at the crown of the highest pipe",
       .default_value = 4.0,
       .min = 0.1,
       .max = 100},
      {.key = "outlet_m",
       .unit = "m",
       .text = "Diameter of the flap gate through which it empties back",
       .default_value = 0.3,
       .min = 0.05,
       .max = 5},
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
