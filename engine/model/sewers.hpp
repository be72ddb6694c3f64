// The sewers of a city: where water goes under the streets, as tables that a planner can read and an edit can
// change. engine/model/sewer_network.hpp turns them into what the solver runs.
#pragma once

#include <memory>

#include "engine/model/drainage/shape.hpp"
#include "engine/model/tables.hpp"

namespace citytwin::drainage {
enum class LinkKind : std::uint8_t;  // network.hpp, which not every reader of a city should have to read
struct Network;
}  // namespace citytwin::drainage

namespace citytwin {

enum class SewerNodeKind : std::uint8_t { manhole, outfall, storage };

// What stands against the water that leaves an outfall.
enum class OutfallLevel : std::uint8_t {
  free,        // nothing: it falls
  fixed,       // a level that never changes: outfall_level
  water_body,  // the level of the water body outfall_water, or of the sea if that is none
  network      // as Sewers::network says (tide, series, normal depth)
};

enum class InletKind : std::uint8_t { none, gully, manhole_cover };

// surcharge_depth from which on a node is sealed: nothing passes between it and the street [m].
inline constexpr double kSealed = 1000;

// One node; the values of a row. Levels in the city's vertical datum.
struct SewerNode {
  Point2 position;
  SewerNodeKind kind = SewerNodeKind::manhole;
  double ground_level = 0;  // of the cover [m]
  double invert_level = 0;  // its lowest inside [m], at most ground_level
  OutfallLevel outfall_level_kind = OutfallLevel::free;
  double outfall_level = 0;  // fixed; of water: what it is where nothing else tells [m]
  WaterBodyId outfall_water;
  std::uint8_t outfall_flap_gate = 0;  // 1: water does not come back
  // Exchange with the street: n inlets, each a weir of this length until it is drowned, then an orifice of
  // this area; both times the share that is not clogged.
  InletKind inlet_kind = InletKind::none;
  double inlet_count = 0;
  double inlet_length = 0;      // of one [m]
  double inlet_area = 0;        // clear opening of one [m2]
  double inlet_efficiency = 1;  // share that is not clogged [-]
  double storage_area = 0;      // plan area of a tank [m2]; 0 = a shaft
  double surcharge_depth = 0;   // head above ground_level before water leaves [m] (a bolted cover; kSealed)
  // What it was designed for; rain itself falls on the surface's cells.
  double catchment_area = 0;   // [m2]
  double impervious_area = 0;  // of it, roofs included [m2]
  double roof_area = 0;        // of roofs that drain into it [m2]
  bool operator==(const SewerNode&) const = default;
};

// One link. Offsets are of its invert (or crest) above the invert_level of its nodes.
struct SewerLink {
  SewerNodeId from, to;
  std::vector<Point2> line;   // from the position of `from` to that of `to`
  drainage::LinkKind kind{};  // conduit
  drainage::Shape shape = drainage::Shape::circular;
  double full_depth = 0;                             // diameter of a circular pipe [m]
  double width = 0;                                  // largest; trapezoidal and rect_*: of the bottom [m]
  double side_slope = 0;                             // trapezoidal: run over rise [-]
  double barrels = 1;                                // whole number of equal pipes side by side
  double length = 0;                                 // [m]
  double roughness = 0;                              // Manning's n [s/m^(1/3)]
  double from_offset = 0, to_offset = 0;             // [m]
  std::uint8_t flap_gate = 0;                        // 1: no flow from `to` to `from`
  double pump_capacity = 0;                          // [m3/s]
  double pump_start_depth = 0, pump_stop_depth = 0;  // in `from` [m]; both 0 = always on
  double discharge_coefficient = 0;                  // orifice [-], weir [m^(1/2)/s]
  bool operator==(const SewerLink&) const = default;
};

struct SewerNodes {
  RowOrigin origin;
  std::vector<Point2> position;
  std::vector<SewerNodeKind> kind;
  std::vector<double> ground_level, invert_level;
  std::vector<OutfallLevel> outfall_level_kind;
  std::vector<double> outfall_level;
  std::vector<WaterBodyId> outfall_water;
  std::vector<std::uint8_t> outfall_flap_gate;
  std::vector<InletKind> inlet_kind;
  std::vector<double> inlet_count, inlet_length, inlet_area, inlet_efficiency;
  std::vector<double> storage_area, surcharge_depth;
  std::vector<double> catchment_area, impervious_area, roof_area;
  [[nodiscard]] std::size_t size() const { return origin.size(); }
  [[nodiscard]] SewerNode operator[](std::size_t row) const;
  void push_back(std::string key, Provenance provenance, SourceId source, const SewerNode& node);
  bool operator==(const SewerNodes&) const = default;
};

struct SewerLinks {
  RowOrigin origin;
  std::vector<SewerNodeId> from, to;
  Ragged<Point2> geometry;
  std::vector<drainage::LinkKind> kind;
  std::vector<drainage::Shape> shape;
  std::vector<double> full_depth, width, side_slope, barrels, length, roughness;
  std::vector<double> from_offset, to_offset;
  std::vector<std::uint8_t> flap_gate;
  std::vector<double> pump_capacity, pump_start_depth, pump_stop_depth, discharge_coefficient;
  [[nodiscard]] std::size_t size() const { return origin.size(); }
  [[nodiscard]] SewerLink operator[](std::size_t row) const;
  void push_back(std::string key, Provenance provenance, SourceId source, const SewerLink& link);
  bool operator==(const SewerLinks&) const = default;
};

struct Sewers {
  SewerNodes nodes;
  SewerLinks links;
  // What a modeller's file says beyond the tables (transects, curves, rules, catchments ...); null = nothing.
  // The tables are in charge of what they hold: network_of() takes an edited value from them.
  std::shared_ptr<const drainage::Network> network;
  [[nodiscard]] bool empty() const { return nodes.size() == 0 && network == nullptr; }
};

}  // namespace citytwin
