#include "gis/generate/sewers/synthesise_sewers.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "engine/model/drainage/network.hpp"
#include "gis/build/sewers.hpp"
#include "gis/generate/sewers/easements.hpp"
#include "gis/generate/sewers/sewer_sizing.hpp"

namespace citytwin::gis {

namespace {

// A gully of 500 mm x 500 mm (EN 124) at the kerb: three open sides, the slots between its bars.
constexpr double kGullyLength = 1.5, kGullyArea = 0.09;  // [m], [m2]
constexpr double kGullyEfficiency = 0.8;                 // HEC-22: some of it is clogged
constexpr double kPumpStart = 0.9, kPumpStop = 0.2;      // depth in the well [m]
constexpr double kPumpRun = 120;                         // [s] a pump runs at least
constexpr double kLeastWell = 4;                         // [m2]
constexpr double kGateBelow = 0.5;                       // [m] an outfall this near to the water has a flap

class Tables {
 public:
  Tables(const SewerGraph& graph, const SewerForest& forest, const std::vector<OutfallSite>& sites,
         const Catchments& catchments, const SewerSizes& sizes, const CityTables& city,
         const SewerDesign& design, SourceId source)
      : graph_(graph),
        forest_(forest),
        sites_(sites),
        catchments_(catchments),
        sizes_(sizes),
        city_(city),
        design_(design),
        source_(source) {}

  // Rows from the outfalls up, so that a map's lists begin where the water ends.
  Sewers run() {
    row_.assign(graph_.nodes(), SewerNodeId{});
    const auto& order = forest_.downstream_order;
    for (auto n = order.rbegin(); n != order.rend(); ++n) {
      add_manhole(*n);
      if (forest_.site[*n] != kNoSite)
        add_outfall(*n, sites_[forest_.site[*n]]);
      else
        add_link(*n, row_[forest_.next[*n]], sizes_.invert[forest_.next[*n]], trench_line(*n));
    }
    return std::move(sewers_);
  }

 private:
  void add_node(const std::string& key, const SewerNode& node) {
    sewers_.nodes.push_back(key, Provenance::synthesised, source_, node);
  }

  void add_manhole(std::uint32_t n) {
    row_[n] = SewerNodeId(sewers_.nodes.size());
    SewerNode node{.position = graph_.position[n],
                   .ground_level = graph_.ground[n],
                   .invert_level = sizes_.invert[n],
                   .catchment_area = std::round(catchments_.area[n]),
                   .impervious_area = std::round(catchments_.impervious[n]),
                   .roof_area = std::round(catchments_.roofs[n])};
    if (const double street = catchments_.street[n]; street > 0) {
      node.inlet_kind = InletKind::gully;
      node.inlet_count = std::max(1.0, std::round(street / design_.gully_area));
      node.inlet_length = kGullyLength;
      node.inlet_area = kGullyArea;
      node.inlet_efficiency = kGullyEfficiency;
    }
    if (const SizedPipe& pipe = sizes_.pipe[n]; pipe.pump) {
      node.kind = SewerNodeKind::storage;
      node.storage_area = std::max(kLeastWell, std::round(pipe.flow * kPumpRun / (kPumpStart - kPumpStop)));
    }
    add_node("manhole/" + graph_.key[n], node);
  }

  void add_outfall(std::uint32_t n, const OutfallSite& site) {
    const std::uint32_t s = forest_.site[n];
    const SewerNodeId row(sewers_.nodes.size());
    SewerNode node{.position = site.position,
                   .kind = SewerNodeKind::outfall,
                   .ground_level = sizes_.outfall_ground[s],
                   .invert_level = sizes_.outfall_invert[s]};
    if (!site.water.is_none()) {
      node.outfall_level_kind = OutfallLevel::water_body;
      node.outfall_water = site.water;
      const double level = city_.water_bodies.level[site.water.row()];
      if (!std::isnan(level)) node.outfall_level = level;
      node.outfall_flap_gate = node.invert_level < level + kGateBelow || std::isnan(level) ? 1 : 0;
    }
    add_node("outfall/" + graph_.key[n], node);
    add_link(n, row, node.invert_level, {graph_.position[n], site.position});
  }

  [[nodiscard]] Polyline trench_line(std::uint32_t n) const {
    const Trench& trench = graph_.trenches[forest_.trench[n]];
    if (trench.a == n) return trench.line;
    return {trench.line.rbegin(), trench.line.rend()};
  }

  // An offset of less than a tenth of a millimetre is none: what is left of two sums.
  static double offset(double level, double invert) {
    const double above = level - invert;
    return above < 1e-4 ? 0 : above;
  }

  void add_link(std::uint32_t n, SewerNodeId to, double to_invert, Polyline line) {
    const SizedPipe& pipe = sizes_.pipe[n];
    SewerLink link{.from = row_[n],
                   .to = to,
                   .line = std::move(line),
                   .shape = drainage::Shape::circular,
                   .full_depth = pipe.diameter,
                   .width = pipe.diameter,
                   .barrels = pipe.barrels,
                   .length = pipe.length,
                   .roughness = design_.roughness,
                   .from_offset = offset(pipe.from_invert, sizes_.invert[n]),
                   .to_offset = offset(pipe.to_invert, to_invert)};
    if (pipe.pump) {
      link.kind = drainage::LinkKind::pump;
      link.from_offset = link.to_offset = 0;
      link.pump_capacity = std::max(0.01, std::ceil(pipe.flow * 100) / 100);
      link.pump_start_depth = kPumpStart;
      link.pump_stop_depth = kPumpStop;
    }
    sewers_.links.push_back((pipe.pump ? "pump/" : "pipe/") + graph_.key[n], Provenance::synthesised, source_,
                            link);
  }

  const SewerGraph& graph_;
  const SewerForest& forest_;
  const std::vector<OutfallSite>& sites_;
  const Catchments& catchments_;
  const SewerSizes& sizes_;
  const CityTables& city_;
  const SewerDesign& design_;
  SourceId source_;
  std::vector<SewerNodeId> row_;  // of each node of the graph
  Sewers sewers_;
};

// A manhole at a street where something is built; at every street of a city that shows nothing built.
std::vector<char> needed(const SewerGraph& graph, const Catchments& catchments) {
  std::vector<char> out(graph.nodes(), 0);
  bool any = false;
  for (std::size_t n = 0; n < out.size(); ++n) {
    out[n] = graph.street[n] != 0 && catchments.built[n] > 0 ? 1 : 0;
    any = any || out[n] != 0;
  }
  return any ? out : graph.street;
}

// Whose licence a derived network has: that of the streets.
std::string licence_of(const CityTables& city) {
  for (const SourceId source : city.streets.links.origin.source)
    if (!source.is_none()) return city.sources.licence[source.row()];
  return {};
}

SourceId add_source(CityTables& city, const SewerDesign& design) {
  Sources& s = city.sources;
  const SourceId source = source_of_new_sewers(city);
  const std::size_t row = source.row();
  s.licence[row] = licence_of(city);
  s.crs[row] = city.info.frame.crs;
  s.vertical_datum[row] = city.info.frame.vertical_datum;
  s.attribution[row] = fmt::format(
      "sewers synthesised by CityTwin from streets and terrain, design storm {:.0f} mm/h in 15 min (once in "
      "{:g} "
      "years)",
      design_rain(design, 900) * 3.6e6, design.return_period);
  return source;
}

}  // namespace

Result<Done> synthesise_sewers(CityTables& city, const SewerDesign& design, const RunContext& context) {
  if (city.terrain.empty()) return Result<Done>::failure("sewers.no_terrain", {.layer = "terrain"});
  context.progress("stage.sewers", 0);
  SewerGraph graph = sewer_graph(city.streets, city.terrain, design.manhole_spacing, context);
  if (graph.trenches.empty()) return Result<Done>::failure("sewers.no_streets", {.layer = "links"});
  add_easements(graph, city, context);
  const std::vector<OutfallSite> sites = outfall_sites(graph, city, design, context);
  context.progress("stage.sewers", 0.3);
  SewerForest forest = sewer_forest(graph, sites, context);
  if (forest.downstream_order.empty()) return Result<Done>::failure("sewers.no_streets", {.layer = "links"});
  std::vector<char> drains(graph.nodes(), 0);
  for (const std::uint32_t n : forest.downstream_order) drains[n] = graph.street[n];
  const Catchments catchments = sewer_catchments(graph, drains, city, design, context);
  prune(forest, needed(graph, catchments));
  context.progress("stage.sewers", 0.8);
  const SewerSizes sizes = size_sewers(graph, forest, sites, catchments, city, design);
  const SourceId source = add_source(city, design);
  city.sewers = Tables(graph, forest, sites, catchments, sizes, city, design, source).run();
  context.progress("stage.sewers", 1);
  Diagnostics notes;
  if (std::none_of(sites.begin(), sites.end(), [](const OutfallSite& s) { return s.at_water; }))
    notes.warning("sewers.no_water", {.layer = "water_bodies"});
  return Result<Done>(Done{}, std::move(notes));
}

}  // namespace citytwin::gis
