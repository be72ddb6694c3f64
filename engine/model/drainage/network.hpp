// A drainage network and what feeds it, as a modeller describes it: nodes, links, catchments, series, rules.
// The content of an EPA SWMM 5 project (Rossman 2015, "SWMM User's Manual Version 5.1", EPA/600/R-14/413b)
// in SI units, without its file syntax: gis/readers/swmm_inp makes it from a .inp file, gis/generate from a
// city's streets; engine/drainage runs it.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "engine/geo/polygon.hpp"
#include "engine/model/drainage/catchments.hpp"
#include "engine/model/drainage/cross_section.hpp"
#include "engine/model/drainage/options.hpp"
#include "engine/model/drainage/rules.hpp"
#include "engine/numerics/curve.hpp"
#include "engine/numerics/series.hpp"

namespace citytwin::drainage {

// Rows of a network's tables by position; -1 = none.
using Index = std::int32_t;
inline constexpr Index kNone = -1;
inline constexpr double kUnlimited = std::numeric_limits<double>::infinity();

enum class NodeKind : std::uint8_t { junction, outfall, storage, divider };
enum class OutfallKind : std::uint8_t { free, normal, fixed, tidal, series };
enum class DividerKind : std::uint8_t { cutoff, overflow, tabular, weir };

struct Outfall {
  OutfallKind kind = OutfallKind::free;
  double stage = 0;        // fixed: water level [m]
  Curve tide;              // tidal: level [m] over the hour of the day [h, 0 to 24]
  Series stage_series;     // series: level [m]
  bool flap_gate = false;  // water does not come back
  Index route_to = kNone;  // subcatchment that receives what flows out
};

// Plan area over depth d: the curve [m2 over m] if it has points, else
// constant + coefficient x d^exponent + linear x d + quadratic x d^2.
struct Storage {
  Curve area;
  double constant = 0, coefficient = 0, exponent = 0;
  double linear = 0, quadratic = 0;  // [m], [-]: cones, pyramids, paraboloids
  double evaporated_share = 0;       // of the potential evaporation
  // Green-Ampt exfiltration through bottom and banks; conductivity 0 = tight.
  double suction = 0, conductivity = 0, initial_deficit = 0;  // [m], [m/s], [-]
};

// Used in kinematic routing only; under dynamic wave a divider is a junction.
struct Divider {
  DividerKind kind = DividerKind::cutoff;
  Index diverted_link = kNone;
  double cutoff_flow = 0;                                          // [m3/s]
  Curve diverted;                                                  // tabular: diverted over total [m3/s]
  double weir_min_flow = 0, weir_depth = 0, weir_coefficient = 0;  // [m3/s], [m], [m^(3/2)/s]
};

struct Node {
  std::string key;
  NodeKind kind = NodeKind::junction;
  double invert = 0;           // [m]
  double max_depth = 0;        // from invert to ground [m]; 0 = up to the highest crown
  double initial_depth = 0;    // [m]
  double surcharge_depth = 0;  // head above ground before the cover lifts [m]
  double ponded_area = 0;      // of water that stands above the node [m2]
  Outfall outfall;
  Storage storage;
  Divider divider;
  Point2 position{std::numeric_limits<double>::quiet_NaN(), 0};  // NaN = not on the map
  int line = 0;                                                  // of its file, for diagnostics; 0 = none
};

enum class LinkKind : std::uint8_t { conduit, pump, orifice, weir, outlet };
// 1: volume → flow (steps); 2: depth → flow (steps); 3: head difference → flow; 4: depth → flow (continuous);
// 5: head difference → flow, changing with speed; ideal: passes what comes in.
enum class PumpKind : std::uint8_t { type1, type2, type3, type4, type5, ideal };
enum class OrificeKind : std::uint8_t { bottom, side };
enum class WeirKind : std::uint8_t { transverse, side_flow, v_notch, trapezoidal, roadway };
enum class RoadSurface : std::uint8_t { none, paved, gravel };

struct Conduit {
  double length = 0;     // [m]
  double roughness = 0;  // Manning's n; a force main has it while it is not full (CrossSection::friction)
  int barrels = 1;
  double entry_loss = 0, exit_loss = 0, average_loss = 0;  // minor loss coefficients [-]
  double seepage = 0;                                      // [m/s]
  int culvert_code = 0;                                    // FHWA inlet control; 0 = none
};

struct Pump {
  PumpKind kind = PumpKind::ideal;
  Curve curve;  // [m3 | m → m3/s]
  bool initially_on = true;
  double startup_depth = 0, shutoff_depth = 0;  // at the inlet node [m]; 0 = not used
};

struct Orifice {
  OrificeKind kind = OrificeKind::side;
  double discharge_coefficient = 0.65;  // [-]
  double full_travel_time = 0;          // from closed to open [s]; 0 = at once
};

struct Weir {
  WeirKind kind = WeirKind::transverse;
  double coefficient = 0;       // q = coefficient x length x head^1.5, in SI [m^(1/2)/s]
  double end_coefficient = 0;   // trapezoidal: of the sloping ends [m^(1/2)/s]
  double end_contractions = 0;  // number
  bool can_surcharge = true;    // acts as an orifice when the opening is full
  double road_width = 0;        // roadway [m]
  RoadSurface road_surface = RoadSurface::none;
  Curve coefficient_of_head;  // [m → m^(1/2)/s]; empty = constant
};

struct Outlet {
  bool by_head = false;                  // curve and power law act on the head difference, else on the depth
  Curve rating;                          // [m → m3/s]; empty: coefficient x depth^exponent
  double coefficient = 0, exponent = 0;  // in SI
};

struct Link {
  std::string key;
  LinkKind kind = LinkKind::conduit;
  Index from = kNone, to = kNone;         // nodes
  double from_offset = 0, to_offset = 0;  // of the link's invert (crest) above the nodes' inverts [m]
  double initial_flow = 0;                // [m3/s]
  double max_flow = kUnlimited;           // [m3/s]
  bool flap_gate = false;                 // no flow from `to` to `from`
  CrossSection section;                   // conduits, orifices, weirs
  Conduit conduit;
  Pump pump;
  Orifice orifice;
  Weir weir;
  Outlet outlet;
  std::vector<Point2> vertices;  // between its ends, for the map
  int line = 0;
};

// Flow into a node from outside: baseline x pattern + scale x series [m3/s]; the series ends in zeros where a
// file says that there is no inflow outside its times.
struct Inflow {
  Index node = kNone;
  Series series;  // [m3/s] before scale
  double scale = 1, baseline = 0;
  Index baseline_pattern = kNone;
};

struct DryWeatherFlow {
  Index node = kNone;
  double average = 0;           // [m3/s]
  std::vector<Index> patterns;  // multiplied
};

enum class PatternKind : std::uint8_t { monthly, daily, hourly, weekend };
struct Pattern {
  std::string key;
  PatternKind kind = PatternKind::hourly;
  std::vector<double> factor;  // 12 from January, 7 from Sunday, 24 from midnight, 24 of weekends
};

// Of coordinates: unknown ones stay as they are in the file.
enum class MapUnits : std::uint8_t { unknown, metres, degrees };

struct Network {
  Options options;
  MapUnits map_units = MapUnits::unknown;
  std::vector<Node> nodes;
  std::vector<Link> links;
  std::vector<Transect> transects;
  std::vector<CustomShape> shapes;
  std::vector<Inflow> inflows;
  std::vector<DryWeatherFlow> dry_weather_flows;
  std::vector<Pattern> patterns;
  std::vector<RainGauge> gauges;
  std::vector<Subcatchment> subcatchments;
  Evaporation evaporation;
  std::vector<Rule> rules;
  std::vector<std::string> named_curves;  // keys of modulation curves and series that rules refer to
  std::vector<Curve> modulation_curves;
  std::vector<std::string> named_series;
  std::vector<Series> modulation_series;
};

}  // namespace citytwin::drainage
