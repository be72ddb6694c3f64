// What moves surface water from cell to cell beside the flow over the ground, and where water may leave.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "engine/geo/point.hpp"
#include "engine/numerics/curve.hpp"
#include "engine/numerics/series.hpp"

namespace citytwin {

// When a structure works: its opening over time, or switched by the level at a point (in between as before).
struct StructureRule {
  Series opening;               // 0 shut to 1 open (pumps: off to on), steps; empty = always open
  std::optional<Point2> watch;  // where the level is read; the structure's own first end if not given
  // On at `on_level` and beyond, off at `off_level` and beyond: a pump has on above off, a gate that lets the
  // tide out the other way round. NaN = no switching.
  double on_level = std::numeric_limits<double>::quiet_NaN();
  double off_level = std::numeric_limits<double>::quiet_NaN();
  [[nodiscard]] bool switched() const { return on_level == on_level && off_level == off_level; }
};

// Something that people bring to its place: it is there `setup` after a warning. The warning is given at a
// time or, with `watch`, when the water there first reaches a level after that time.
struct Deployment {
  double warning = 0, setup = 0;  // [s]
  std::optional<Point2> watch;
  double warning_level = 0;  // [m]
};

enum class StructureKind : std::uint8_t { weir, orifice, culvert, pump };

struct HydraulicStructure {
  std::string key;
  StructureKind kind = StructureKind::weir;
  Point2 from;
  std::optional<Point2> to;  // none: out of the city (pumps)
  double width = 0;          // of the crest or opening [m]
  double height = 0;         // of the opening [m]; orifice, culvert
  double level = 0;          // weir: crest; orifice: sill; culvert: invert at `from` [m]
  double to_level = 0;       // culvert: invert at `to` [m]
  double length = 0;         // culvert [m]
  double manning = 0.013;    // culvert
  double loss = 0.5;         // culvert: entrance loss coefficient [-]
  double coefficient = 0;    // weir [m^(1/2)/s], orifice and culvert inlet [-]
  int barrels = 1;
  double capacity = 0;   // pump [m3/s]
  bool one_way = false;  // a flap lets nothing back
  StructureRule rule;
  std::optional<Deployment> deployed;  // it does nothing before it is there; none = always there
};

enum class OutflowKind : std::uint8_t { free, normal, rating };

// Water leaves from the cells along a line.
struct Outflow {
  std::string key;
  OutflowKind kind = OutflowKind::free;
  std::vector<Point2> line;
  double slope = 0;  // normal: of the energy line [-]
  Curve rating;      // total flow [m3/s] over the highest level along the line [m]
};

// The crest of barriers within `width` / 2 of a place falls to `level` between `start` and `start +
// formation`.
struct LeveeBreach {
  std::string key;
  Point2 at;
  double width = 0, start = 0, formation = 0;  // [m], [s], [s]
  double level = 0;                            // of the crest in the end [m]
};

// A wall that does not stand always: demountable elements along a line, a gate across a channel. Between two
// cells its crest lies at `crest_level` or, if that is NaN, `height` above the higher ground; water passes as
// if there were none while it does not stand.
struct MovableBarrier {
  std::string key;
  std::vector<Point2> line;
  double crest_level = std::numeric_limits<double>::quiet_NaN();  // [m]
  double height = 0;                                              // [m]
  StructureRule rule;  // it stands while the rule is on; a level needs a place to watch
  std::optional<Deployment> deployed;
};

struct HydraulicStructures {
  std::vector<HydraulicStructure> structures;
  std::vector<Outflow> outflows;
  std::vector<LeveeBreach> breaches;
  std::vector<MovableBarrier> barriers = {};
  [[nodiscard]] bool empty() const {
    return structures.empty() && outflows.empty() && breaches.empty() && barriers.empty();
  }
};

// Adds `more` to `all`; a structure takes the place of one with the same key.
void add_structures(const HydraulicStructures& more, HydraulicStructures& all);

}  // namespace citytwin
