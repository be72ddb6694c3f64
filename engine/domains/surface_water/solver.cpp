#include "engine/domains/surface_water/solver.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/parallel.hpp"

namespace citytwin::surface_water {

namespace {

constexpr double kShortestStep = 1e-7;  // [s]; below it the run has failed

}  // namespace

void Supply::add(const Supply& other) {
  net.resize(other.net.size(), 0.0);
  volume.resize(other.volume.size(), 0.0);
  for (std::size_t c = 0; c < net.size(); ++c) net[c] += other.net[c];
  for (std::size_t s = 0; s < volume.size(); ++s) volume[s] += other.volume[s];
  raining = raining || other.raining;
  flowing = flowing || other.flowing;
}

Supply Solver::supply_of(double t0, double t1) {
  rain_.step(t0, t1);
  inflows_.step(t0, t1);
  for (std::size_t d = 0; rain_.falling() && d < roof_drains_.size(); ++d)
    roof_water_[d] += rain_.net()[roof_drains_[d].code] * roof_drains_[d].area;
  return {rain_.net(), inflows_.volume(), rain_.falling(), inflows_.flowing()};
}

void Solver::choose_active(double t0, double t1) {
  active_.clear();
  const std::vector<std::uint8_t> runs = rain_.may_run(t0, t1);
  const bool rain = std::ranges::find(runs, 1) != runs.end();
  const std::vector<double> flowing = inflows_.volumes(t0, t1);
  for (std::size_t t = 0; t < grid_->tiles().size(); ++t) {
    Tile& tile = grid_->tiles()[t];
    bool active = tile.wet || !tile.held.empty();
    if (!active && rain && tile.has_free_cell)
      for (const std::uint16_t code : tile.codes) active = active || runs[code] != 0;
    if (!active)
      for (const InflowCell& inflow : tile.inflows) active = active || flowing[inflow.series] > 0;
    for (int border = 0; border < 4 && !active; ++border)
      if (const Tile* next = grid_->neighbour(t, border))
        active = next->wet_border[static_cast<std::size_t>(border ^ 1)];
    tile.active = active && !tile.still_water && (tile.has_free_cell || !tile.held.empty());
    if (!tile.active) continue;
    active_.push_back(static_cast<std::uint32_t>(t));
    water_->start(t);
    tile.touched = true;
    hash_stale_[t] = 1;
  }
}

// Depth that rain and inflow add in a step (64 x 64), or nullptr.
const double* Solver::gather_sources(const Tile& tile, const Supply& supply,
                                     std::vector<double>& buffer) const {
  const bool rain = supply.raining;
  bool inflow = false;
  for (const InflowCell& cell : tile.inflows) inflow = inflow || supply.volume[cell.series] > 0;
  if (!rain && !inflow) return nullptr;
  buffer.assign(kTileCells, 0.0);
  if (rain) {
    const std::vector<double>& net = supply.net;
    for (std::size_t c = 0; c < kTileCells; ++c) buffer[c] = net[tile.rain_code[c]];
    for (const RoofShare& roof : tile.roofs) buffer[roof.cell] += roof.ratio * net[roof.code];
  }
  for (const InflowCell& cell : tile.inflows)
    buffer[cell.cell] += cell.per_volume * supply.volume[cell.series];
  return buffer.data();
}

void Solver::step_one(std::size_t t, double t1, double dt, const Supply& supply) {
  thread_local std::vector<double> buffer;
  const double* source = gather_sources(grid_->tiles()[t], supply, buffer);
  TileStep step;
  step.dt = dt;
  step.end_time = static_cast<float>(t1);
  step.source = source;
  step.level = &levels_.level();
  look_beside(t, step);
  if (roughness_) roughness_->update(t, *water_);
  step.roughness = roughness_.get();
  water_->step(t, step);
  if (retention_) retention_->apply(t, t1, dt, *water_);
  if (losses_) losses_->apply(t, t1, dt, source, *water_);
}

std::optional<Trouble> Solver::step_level(const std::vector<std::uint32_t>& tiles, double t1, double dt,
                                          const Supply& supply) {
  for_chunks(tiles.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t a = begin; a < end; ++a) step_one(tiles[a], t1, dt, supply);
  });
  for (const std::uint32_t t : tiles) {
    const Tile& tile = grid_->tiles()[t];
    cell_steps_ += static_cast<std::uint64_t>(tile.width) * static_cast<std::uint64_t>(tile.height);
    if (std::isnan(tile.speed)) return bad_cell(t);
  }
  return std::nullopt;
}

void Solver::hold_still_water() {
  if (levels_.level() == last_level_ && !still_changed_) return;
  still_changed_ = false;
  for_chunks(still_.size(), 4, [&](std::size_t begin, std::size_t end) {
    for (std::size_t a = begin; a < end; ++a) water_->hold(still_[a], levels_.level());
  });
  for (const std::uint32_t t : still_) {
    grid_->tiles()[t].touched = true;
    hash_stale_[t] = 1;
  }
  last_level_ = levels_.level();
}

Trouble Solver::bad_cell(std::size_t t) const {
  const Tile& tile = grid_->tiles()[t];
  const auto [i0, j0] = grid_->corner(t);
  for (int j = 0; j < tile.height; ++j)
    for (int i = 0; i < tile.width; ++i) {
      const CellWater w = water_->at(t, i, j);
      const double sum = w.depth + std::abs(w.east) + std::abs(w.north);
      if (sum <= 1e6) continue;
      const Point2 p = grid_->spec().centre(i0 + i, j0 + j);
      return {"surface_water.not_finite",
              {{"table", "surface_water"}, {"x", std::to_string(p.x)}, {"y", std::to_string(p.y)}}};
    }
  return {"surface_water.not_finite", {{"table", "surface_water"}, {"x", "?"}, {"y", "?"}}};
}

std::optional<Trouble> Solver::advance(double t0, double t1, const RunContext& context) {
  if (given_) {
    show_given(t0, t1);
    return std::nullopt;
  }
  double t = t0;
  while (t < t1) {
    context.check_stop();
    const StepPlan plan = next_steps(t, t1);
    if (!(plan.tick > kShortestStep) && t1 - t > kShortestStep)
      return Trouble{"surface_water.step_too_short",
                     {{"dt", std::to_string(plan.tick)}, {"time", std::to_string(t)}}};
    const double stretch = plan.tick * plan.ticks();
    const double next = stretch >= (t1 - t) * (1 - 1e-12) ? t1 : t + stretch;
    if (auto trouble = run_steps(t, next, plan)) return trouble;
    use_structures(t, next);
    t = next;
  }
  return std::nullopt;
}

void Solver::take_roof_water(std::vector<double>& by_node) {
  for (std::size_t d = 0; d < roof_drains_.size(); ++d) {
    by_node[roof_drains_[d].node] += roof_water_[d];
    roof_water_[d] = 0;
  }
}

double Solver::roof_water() const {
  double waiting = 0;
  for (const double volume : roof_water_) waiting += volume;
  return waiting;
}

double Solver::depth(int i, int j) const {
  return water_->at(grid_->tile_index(i, j), i % kTile, j % kTile).depth;
}

double Solver::ground(int i, int j) const {
  return grid_->tiles()[grid_->tile_index(i, j)].ground[rimmed(i % kTile, j % kTile)];
}

double Solver::open_area(int i, int j) const {
  const Tile& tile = grid_->tiles()[grid_->tile_index(i, j)];
  const double cell = grid_->spec().cell_m * grid_->spec().cell_m;
  return tile.obstacles ? cell / tile.obstacles->inverse_share[local(i % kTile, j % kTile)] : cell;
}

double Solver::add_water(int i, int j, double volume) {
  const std::size_t t = grid_->tile_index(i, j);
  Tile& tile = grid_->tiles()[t];
  const double area = open_area(i, j);
  water_->start(t);
  tile.touched = true;
  hash_stale_[t] = 1;
  still_changed_ = still_changed_ || tile.still_water;
  return area * water_->add(t, i % kTile, j % kTile, volume / area);
}

double Solver::volume() const {
  std::vector<double> parts(grid_->tiles().size(), 0.0);
  for_chunks(parts.size(), 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t t = begin; t < end; ++t) parts[t] = water_->volume(t);
  });
  Book total;
  for (const double part : parts) total.add(part);
  return total.total();
}

std::vector<std::uint32_t> Solver::take_touched() {
  std::vector<std::uint32_t> touched;
  for (std::size_t t = 0; t < grid_->tiles().size(); ++t) {
    if (!grid_->tiles()[t].touched) continue;
    grid_->tiles()[t].touched = false;
    touched.push_back(static_cast<std::uint32_t>(t));
  }
  return touched;
}

}  // namespace citytwin::surface_water
