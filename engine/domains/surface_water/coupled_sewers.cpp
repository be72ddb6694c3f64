#include "engine/domains/surface_water/coupled_sewers.hpp"

#include <algorithm>
#include <cmath>

#include "engine/domains/surface_water/nearest_cell.hpp"
#include "engine/domains/surface_water/sewer_clock.hpp"

namespace citytwin::surface_water {

namespace {

using drainage::Index;

constexpr double kReachOfWater = 60;  // from an outfall to the water body it ends in [m]
constexpr int kSearch = 3;            // cells around a node in which it may find open ground
constexpr double kCoverArea = 0.02;   // of the holes and the rim of a plain manhole cover [m2]
constexpr double kCoverRim = 1.9;     // circumference of a cover of 0.6 m [m]
constexpr double kShaftArea = 0.28;   // of its shaft [m2]
constexpr double kCoverHead = 0.25;   // that lifts it: 70 kg on the shaft's area [m]

bool is_open(const Solver& solver, std::size_t k) {
  const CellKind kind = solver.kind()[k];
  return kind == CellKind::free || kind == CellKind::held;
}

// The nearest free or held cell to a point, the point's own first; {-1, -1} if there is none.
std::pair<int, int> ground_near(Point2 p, const Solver& solver) {
  const auto is_ground = [&](std::size_t k) { return is_open(solver, k) && !solver.is_roof(k); };
  return nearest_cell(solver.grid().spec(), p, kSearch, is_ground).value_or(std::pair{-1, -1});
}

}  // namespace

Result<Done> CoupledSewers::build(const RunInput& input, const Solver& solver) {
  *this = {};
  const Sewers& city = input.model->sewers();
  // A flood that is given has taken its sewers into account, or not: they would change its depths.
  if (city.empty() || !solver.params().sewers || solver.given_flood() != nullptr) return Done{};
  network_ = std::make_unique<drainage::Network>(network_of(city));
  Diagnostics noticed;
  if (!network_->subcatchments.empty())
    noticed.warning("surface_water.sewer_catchments", {},
                    {{"count", std::to_string(network_->subcatchments.size())}});
  network_->subcatchments.clear();  // rain falls on the cells
  feed_gauges(solver, input.spec.duration.seconds(), noticed);
  set_clock(input.spec.start, *network_);
  const NetworkRows rows = network_rows(city);
  find_places(rows, city.nodes, solver);
  leave_ponds_to_cells(noticed);
  drainage::StepControl control;
  control.longest = solver.params().sewer_step;
  flow_ = std::make_unique<drainage::NetworkFlow>(*network_, input.spec.duration.seconds(), control);

  const std::size_t count = network_->nodes.size();
  crown_.assign(count, 0);
  for (const drainage::Link& link : network_->links) {
    if (link.kind != drainage::LinkKind::conduit) continue;  // a weir reaches up to the ground
    auto& from = crown_[static_cast<std::size_t>(link.from)];
    auto& to = crown_[static_cast<std::size_t>(link.to)];
    from = std::max(from, link.from_offset + link.section.full_depth);
    to = std::max(to, link.to_offset + link.section.full_depth);
  }
  node_of_row_ = rows.node;
  from_roofs_.assign(rows.node.size(), 0.0);
  drains_roofs_ = solver.roofs_drain();
  for (std::size_t r = 0; r < rows.node.size(); ++r)
    open_node(static_cast<std::size_t>(rows.node[r]), city.nodes, r, solver);
  warn_of_buried_outfalls(solver, noticed);
  find_blockages(input.forcing);
  find_clean_inlets(input.forcing);
  const auto outside = std::count_if(places_.begin(), places_.end(), [](const Place& p) { return p.i < 0; });
  if (outside > 0)
    noticed.warning("surface_water.sewers_outside", {},
                    {{"count", std::to_string(outside)}, {"total", std::to_string(count)}});
  nodes_ = {std::vector<double>(count), std::vector<double>(count), std::vector<double>(count),
            std::vector<double>(count)};
  const std::size_t links = network_->links.size();
  links_ = {std::vector<double>(links), std::vector<double>(links), std::vector<double>(links)};
  tanks_.build(flow_->wave());
  unsettled_at_.assign(count, 0);
  return Result<Done>(Done{}, std::move(noticed));
}

// A project's gauges have no place on the map: all of them measure the city's mean rain.
void CoupledSewers::feed_gauges(const Solver& solver, double duration, Diagnostics& noticed) {
  constexpr double kInterval = 60;            // [s]
  network_->options.ignore_rainfall = false;  // it rains on the city, whatever the project did
  if (network_->gauges.empty()) return;
  Series rain{{}, {}, Series::Between::step};
  for (double t = 0; t < duration; t += kInterval) {
    rain.time.push_back(t);
    rain.value.push_back(solver.rain().mean(t, t + kInterval));
  }
  for (drainage::RainGauge& gauge : network_->gauges) {
    gauge.rain = rain;
    gauge.interval = kInterval;
  }
  if (!network_->rules.empty() || network_->evaporation.dry_only)
    noticed.note("surface_water.sewer_gauges", {}, {{"count", std::to_string(network_->gauges.size())}});
}

void CoupledSewers::find_places(const NetworkRows& rows, const SewerNodes& city, const Solver& solver) {
  places_.assign(network_->nodes.size(), {});
  for (std::size_t r = 0; r < rows.node.size(); ++r) {
    const auto node = static_cast<std::size_t>(rows.node[r]);
    Place& place = places_[node];
    std::tie(place.i, place.j) = ground_near(city.position[r], solver);
    if (place.i < 0) continue;
    place.is_outfall = network_->nodes[node].kind == drainage::NodeKind::outfall;
    const OutfallLevel level = city.outfall_level_kind[r];
    place.follows = place.is_outfall && (level == OutfallLevel::free || level == OutfallLevel::water_body);
    if (place.follows) find_outside(node, level == OutfallLevel::water_body, city, r, solver);
    place.opens = !place.is_outfall && city.surcharge_depth[r] < kSealed;
  }
}

// An outfall into a water body ends in its nearest cell, where there is one. Elsewhere the ground of the cell
// may lie above the outfall's invert, because the terrain does not know the ditch it ends in: there the water
// outside stands on the invert. So the stage has no jump where that water comes and goes: a film on a bank
// would else drown the outfall by the height of the bank, or not, from one turn to the next.
void CoupledSewers::find_outside(std::size_t node, bool in_water, const SewerNodes& city, std::size_t r,
                                 const Solver& solver) {
  Place& place = places_[node];
  bool is_water = false;
  if (in_water) {
    const GridSpec& spec = solver.grid().spec();
    const int reach = std::max(kSearch, static_cast<int>(std::ceil(kReachOfWater / spec.cell_m)));
    const auto is_water_cell = [&](std::size_t k) {
      return is_open(solver, k) && solver.permanent_water()[k] != 0;
    };
    if (const auto water = nearest_cell(spec, city.position[r], reach, is_water_cell)) {
      std::tie(place.i, place.j) = *water;
      is_water = true;
    }
  }
  const double ground = solver.ground(place.i, place.j);
  place.bed = is_water ? ground : std::min(ground, network_->nodes[node].invert);
}

void CoupledSewers::warn_of_buried_outfalls(const Solver& solver, Diagnostics& noticed) const {
  constexpr double kMuch = 0.5;  // [m]
  const auto is_buried = [&](const Place& p) { return p.follows && solver.ground(p.i, p.j) > p.bed + kMuch; };
  const auto buried = std::count_if(places_.begin(), places_.end(), is_buried);
  if (buried > 0)
    noticed.warning("surface_water.sewer_outfalls_buried", {}, {{"count", std::to_string(buried)}});
}

// What comes up at an open node stands on its cell: a ponded area would hold the same water again.
void CoupledSewers::leave_ponds_to_cells(Diagnostics& noticed) {
  std::size_t ponds = 0;
  for (std::size_t n = 0; n < places_.size(); ++n) {
    if (!places_[n].opens) continue;
    if (network_->options.allow_ponding && network_->nodes[n].ponded_area > 0) ++ponds;
    network_->nodes[n].ponded_area = 0;
  }
  if (ponds > 0) noticed.note("surface_water.sewer_ponds", {}, {{"count", std::to_string(ponds)}});
}

void CoupledSewers::open_node(std::size_t node, const SewerNodes& city, std::size_t r, const Solver& solver) {
  const Place& place = places_[node];
  if (!place.opens) return;
  const drainage::Node& described = network_->nodes[node];
  const bool has_inlets = city.inlet_kind[r] != InletKind::none && city.inlet_count[r] > 0;
  const double share = city.inlet_count[r] * city.inlet_efficiency[r];
  drainage::SurfaceOpening opening;
  opening.cover = std::max(solver.ground(place.i, place.j), described.invert + 0.1);
  opening.lifts_at = opening.cover + described.surcharge_depth;
  opening.weir_length = has_inlets ? std::max(1e-6, share * city.inlet_length[r]) : kCoverRim;
  opening.orifice_area = has_inlets ? std::max(1e-8, share * city.inlet_area[r]) : kCoverArea;
  opening.ground_area = solver.open_area(place.i, place.j);
  opening.cover_area = kShaftArea;
  opening.cover_lifts_at = opening.cover + std::max(described.surcharge_depth, kCoverHead);
  flow_->wave().open_to_surface(static_cast<Index>(node), opening);
}

void CoupledSewers::read_surface(const Solver& solver) {
  drainage::DynamicWave& wave = flow_->wave();
  for (std::size_t n = 0; n < places_.size(); ++n) {
    const Place& place = places_[n];
    if (place.i < 0) continue;
    const double depth = solver.depth(place.i, place.j);
    const auto node = static_cast<Index>(n);
    if (place.opens) {
      const double there = depth * solver.open_area(place.i, place.j) + std::min(0.0, place.waiting);
      wave.set_surface(node, there > 0 ? depth : 0, std::max(0.0, there));
    } else if (place.follows) {
      // Less what the cell still owes.
      const double owed = std::min(0.0, place.waiting) / solver.open_area(place.i, place.j);
      wave.set_stage(node, place.bed + std::max(0.0, depth + owed));
    }
  }
}

void CoupledSewers::write_surface(Solver& solver) {
  const drainage::DynamicWave& wave = flow_->wave();
  const GridSpec& spec = solver.grid().spec();
  for (std::size_t n = 0; n < places_.size(); ++n) {
    Place& place = places_[n];
    if (place.i < 0) continue;
    const auto node = static_cast<Index>(n);
    double onto_cell = 0;
    if (place.opens) {
      onto_cell = -wave.exchanged(node);
      (onto_cell < 0 ? nodes_.captured : nodes_.returned)[n] += std::abs(onto_cell);
    } else if (place.is_outfall && solver.kind()[spec.index(place.i, place.j)] == CellKind::free) {
      onto_cell = wave.discharged(node);
      (onto_cell < 0 ? from_cells_ : onto_cells_).add(std::abs(onto_cell));
    }
    if (onto_cell == 0 && place.waiting == 0) continue;
    place.waiting += onto_cell;
    place.waiting -= solver.add_water(place.i, place.j, place.waiting);
  }
}

void CoupledSewers::note_step(const drainage::StepOutcome& outcome) {
  if (!outcome.converged && outcome.least_settled != drainage::kNone)
    ++unsettled_at_[static_cast<std::size_t>(outcome.least_settled)];
}

std::optional<UnsettledSteps> CoupledSewers::too_many_unsettled() const {
  if (empty() || !flow_->work().is_doubtful()) return std::nullopt;
  const auto worst = std::max_element(unsettled_at_.begin(), unsettled_at_.end());
  return UnsettledSteps{flow_->work(), *worst,
                        network_->nodes[static_cast<std::size_t>(worst - unsettled_at_.begin())].key};
}

void CoupledSewers::keep_maxima(double dt) {
  const drainage::DynamicWave& wave = flow_->wave();
  for (std::size_t n = 0; n < places_.size(); ++n) {
    const double depth = wave.depth(static_cast<Index>(n));
    nodes_.depth[n] = std::max(nodes_.depth[n], depth);
    if (crown_[n] > 0 && depth > crown_[n]) nodes_.surcharged[n] += dt;
  }
  for (std::size_t l = 0; l < links_.flow.size(); ++l) {
    const auto link = static_cast<Index>(l);
    const double full = network_->links[l].section.full_depth;
    const double filled = full > 0 ? wave.link_depth(link) / full : 0;
    links_.flow[l] = std::max(links_.flow[l], std::abs(wave.flow(link)));
    links_.filled[l] = std::max(links_.filled[l], filled);
    if (filled >= 1) links_.full[l] += dt;
  }
}

void CoupledSewers::find_blockages(const Forcing& forcing) {
  for (const ForcingSeries* series : forcing.of("inlet_opening")) {
    const auto index = static_cast<std::uint32_t>(blockages_.size());
    blockages_.push_back(*series);
    const bool everywhere = series->place.kind == citytwin::Place::Kind::everywhere;
    const Polygon area{series->place.points, {}};
    for (std::size_t n = 0; n < places_.size(); ++n)
      if (places_[n].opens && (everywhere || contains(area, network_->nodes[n].position)))
        places_[n].blockages.push_back(index);
  }
}

void CoupledSewers::find_clean_inlets(const Forcing& forcing) {
  for (const ForcingSeries* series : forcing.of("inlet_kept_free")) {
    const Polygon area{series->place.points, {}};
    for (std::size_t n = 0; n < places_.size(); ++n)
      if (contains(area, network_->nodes[n].position))
        places_[n].kept_free = std::max(places_[n].kept_free, series->series.at(0));
  }
}

void CoupledSewers::block_inlets(double t) {
  for (std::size_t n = 0; n < places_.size(); ++n) {
    if (places_[n].blockages.empty()) continue;
    double share = 1;
    for (const std::uint32_t b : places_[n].blockages)
      share *= 1 - (1 - blockages_[b].series.at(t)) * (1 - places_[n].kept_free);
    flow_->wave().set_opening_share(static_cast<Index>(n), share);
  }
}

// What fell on roofs in the turn before runs in during this one.
void CoupledSewers::take_roofs(Solver& solver, double dt) {
  if (!solver.roofs_drain()) return;
  std::fill(from_roofs_.begin(), from_roofs_.end(), 0.0);
  solver.take_roof_water(from_roofs_);
  for (std::size_t r = 0; r < from_roofs_.size(); ++r) {
    if (from_roofs_[r] <= 0) continue;
    flow_->add_inflow(node_of_row_[r], from_roofs_[r] / dt);
    roofs_.add(from_roofs_[r]);
  }
}

void CoupledSewers::advance(Solver& solver, double t, double dt) {
  block_inlets(t);
  take_roofs(solver, dt);
  read_surface(solver);
  note_step(flow_->step(dt));
  write_surface(solver);
  keep_maxima(dt);
  tanks_.look(flow_->wave(), dt);
}

namespace {
template <class Archive, class Nodes, class Links>
void maxima_layout(Archive& archive, Nodes& nodes, Links& links) {
  archive.fields(nodes.depth, nodes.surcharged, nodes.captured, nodes.returned);
  archive.fields(links.flow, links.filled, links.full);
}
}  // namespace

void CoupledSewers::save(SaveArchive& archive) const {
  if (empty()) return;
  flow_->save(archive);
  for (const Place& place : places_) archive.fields(place.waiting);
  archive.fields(onto_cells_, from_cells_, roofs_, unsettled_at_);
  maxima_layout(archive, nodes_, links_);
  tanks_.save(archive);
}

void CoupledSewers::load(LoadArchive& archive) {
  if (empty()) return;
  flow_->load(archive);
  for (Place& place : places_) archive.fields(place.waiting);
  archive.fields(onto_cells_, from_cells_, roofs_, unsettled_at_);
  maxima_layout(archive, nodes_, links_);
  tanks_.load(archive);
}

}  // namespace citytwin::surface_water
