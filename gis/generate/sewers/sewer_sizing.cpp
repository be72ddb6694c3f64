#include "gis/generate/sewers/sewer_sizing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace citytwin::gis {

namespace {

// EN 476 and what is sold beyond [m].
constexpr std::array<double, 20> kSizes{0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9,
                                        1.0,  1.2, 1.4,  1.6, 1.8, 2.0, 2.2, 2.4, 2.7, 3.0};
constexpr double kSump = 1.0;            // [m] of a pump's well below its inflow
constexpr double kShortestPipe = 10;     // [m] shorter ones would only slow the solver's steps down
constexpr double kLeastHead = 0.7;       // [m] from the water to the last cover: below, no gravity outfall
constexpr double kShallowOutfall = 0.1;  // [m] of ground on the last pipe's crown

class Sizing {
 public:
  Sizing(const SewerGraph& graph, const SewerForest& forest, const std::vector<OutfallSite>& sites,
         const Catchments& catchments, const CityTables& city, const SewerDesign& design)
      : graph_(graph), forest_(forest), sites_(sites), catchments_(catchments), city_(city), design_(design) {
    const std::size_t n = graph.nodes();
    out_.pipe.resize(n);
    out_.invert.resize(n);
    for (std::size_t k = 0; k < n; ++k) out_.invert[k] = graph.ground[k] - design.cover - design.min_diameter;
    out_.outfall_invert.resize(sites.size());
    out_.outfall_ground.resize(sites.size());
    above_.resize(n);
  }

  SewerSizes run() {
    for (const std::uint32_t n : forest_.downstream_order) size(n);
    return std::move(out_);
  }

 private:
  // What the pipes that end in a node bring.
  struct Above {
    double paved = 0;                                                        // [m2]
    double time = 0;                                                         // of concentration [s]
    double crown = std::numeric_limits<double>::infinity(), invert = crown;  // lowest
    double diameter = 0, barrels = 1;                                        // largest
  };
  struct Target {
    double ground, length;
    double least_cover;
    double water = -std::numeric_limits<double>::infinity();  // known level at an outfall
    bool outfall = false;
  };

  [[nodiscard]] Target target_of(std::uint32_t n) {
    const std::uint32_t s = forest_.site[n];
    if (s == kNoSite)
      return {graph_.ground[forest_.next[n]],
              std::max(kShortestPipe, graph_.trenches[forest_.trench[n]].length), design_.cover};
    const OutfallSite& site = sites_[s];
    Target target{graph_.ground[n], std::max(kShortestPipe, site.distance), kShallowOutfall};
    target.outfall = true;
    double z = sample_bilinear(city_.terrain.elevation, site.position);
    if (!std::isnan(z)) target.ground = std::min(z, target.ground);
    if (!site.water.is_none())
      if (const double level = city_.water_bodies.level[site.water.row()]; !std::isnan(level)) {
        target.water = level;
        target.ground = std::max(target.ground, level);
      }
    return target;
  }

  [[nodiscard]] double full_velocity(double diameter, double slope) const {
    return std::pow(diameter / 4, 2.0 / 3) * std::sqrt(slope) / design_.roughness;
  }
  [[nodiscard]] double slope_for(double diameter, double velocity) const {
    const double root = velocity * design_.roughness / std::pow(diameter / 4, 2.0 / 3);
    return root * root;
  }
  static double full_area(double diameter) { return std::numbers::pi * diameter * diameter / 4; }

  // A pipe of this size from node n to its target.
  [[nodiscard]] SizedPipe lay(std::uint32_t n, const Target& target, double diameter) const {
    const Above& above = above_[n];
    const double deepest = graph_.ground[n] - design_.max_depth;
    const double least = slope_for(diameter, design_.min_velocity);
    const double most = slope_for(diameter, design_.max_velocity);
    SizedPipe pipe{.diameter = diameter, .length = target.length};
    double start = std::min(graph_.ground[n] - design_.cover, above.crown) - diameter;
    const double wanted = target.ground - target.least_cover - diameter;
    double end = std::min(wanted, start - least * target.length);
    if (start - end > most * target.length)
      start = std::min(start, std::max(end + most * target.length, deepest));  // a drop in the manhole
    pipe.from_invert = start;
    pipe.to_invert = end;
    return pipe;
  }

  void size(std::uint32_t n) {
    Above& above = above_[n];
    above.paved += catchments_.impervious[n];
    above.time = std::max(above.time, design_.entry_time);
    const double flow = design_rain(design_, above.time) * design_.runoff * above.paved;
    const Target target = target_of(n);
    SizedPipe pipe = choose(n, target, flow);
    pipe.flow = flow;
    const double bottom =
        target.outfall ? -std::numeric_limits<double>::infinity() : target.ground - design_.max_depth;
    const bool too_deep = pipe.to_invert < bottom;
    const bool drowned = target.outfall && target.water > graph_.ground[n] - kLeastHead;
    if (too_deep || drowned) lift(pipe, n, target);
    out_.invert[n] = std::min(above.invert, pipe.from_invert);
    if (pipe.pump) out_.invert[n] -= kSump;
    out_.pipe[n] = pipe;
    pass_on(n, target, pipe);
  }

  [[nodiscard]] SizedPipe choose(std::uint32_t n, const Target& target, double flow) const {
    const double least = std::max(design_.min_diameter, above_[n].diameter);
    SizedPipe pipe;
    for (const double diameter : kSizes) {
      if (diameter < least && diameter != kSizes.back()) continue;
      pipe = lay(n, target, diameter);
      pipe.barrels = above_[n].barrels;
      const double slope = (pipe.from_invert - pipe.to_invert) / pipe.length;
      const double one = full_area(diameter) * full_velocity(diameter, slope);
      if (one * pipe.barrels >= flow) return pipe;
      if (diameter == kSizes.back()) pipe.barrels = std::ceil(flow / one);
    }
    return pipe;
  }

  // The pump delivers just below the next manhole's cover, or at the water's level.
  void lift(SizedPipe& pipe, std::uint32_t n, const Target& target) {
    pipe.pump = true;
    pipe.from_invert = std::min(graph_.ground[n] - design_.cover, above_[n].crown) - pipe.diameter;
    pipe.to_invert = target.outfall ? target.water : target.ground - design_.cover - pipe.diameter;
  }

  void pass_on(std::uint32_t n, const Target& target, const SizedPipe& pipe) {
    const Above& above = above_[n];
    if (target.outfall) {
      const std::uint32_t s = forest_.site[n];
      out_.outfall_invert[s] = pipe.to_invert;
      out_.outfall_ground[s] = std::max(target.ground, pipe.to_invert + pipe.diameter);
      return;
    }
    Above& next = above_[forest_.next[n]];
    next.paved += above.paved;
    double time = above.time;
    if (!pipe.pump) {
      const double slope = (pipe.from_invert - pipe.to_invert) / pipe.length;
      time += pipe.length / full_velocity(pipe.diameter, slope);
    }
    next.time = std::max(next.time, time);
    next.crown = std::min(next.crown, pipe.to_invert + pipe.diameter);
    next.invert = std::min(next.invert, pipe.to_invert);
    next.diameter = std::max(next.diameter, pipe.diameter);
    next.barrels = std::max(next.barrels, pipe.barrels);
  }

  const SewerGraph& graph_;
  const SewerForest& forest_;
  const std::vector<OutfallSite>& sites_;
  const Catchments& catchments_;
  const CityTables& city_;
  const SewerDesign& design_;
  std::vector<Above> above_;
  SewerSizes out_;
};

}  // namespace

SewerSizes size_sewers(const SewerGraph& graph, const SewerForest& forest,
                       const std::vector<OutfallSite>& sites, const Catchments& catchments,
                       const CityTables& city, const SewerDesign& design) {
  return Sizing(graph, forest, sites, catchments, city, design).run();
}

}  // namespace citytwin::gis
