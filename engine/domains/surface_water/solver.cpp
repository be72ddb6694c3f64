#include "engine/domains/surface_water/solver.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/parallel.hpp"

namespace citytwin::surface_water {

namespace {

constexpr double kShortestStep = 1e-7;  // [s]; below it the run has failed

}  // namespace

// A source that rises at r [m/s] makes waves of 2 sqrt(g r dt) by itself; the step for which they would just
// keep to the CFL condition.
double Solver::source_step(double t0, double t1) const {
  const double r = std::max(rain_.intensity(t0, t1), inflows_.intensity(t0, t1));
  if (r <= 0) return params_.longest_step;
  return std::pow(params_.cfl * grid_->spec().cell_m / (2 * std::sqrt(kGravity * r)), 2.0 / 3.0);
}

double Solver::next_step(double t0, double t1) const {
  double speed = 0;
  const double waves = params_.scheme == Scheme::local_inertia ? 1 : 2;  // as in KernelResult::speed
  for (const Tile& tile : grid_->tiles()) speed = std::max(speed, tile.speed);
  for (std::size_t g = 0; g < shore_.size(); ++g)
    speed = std::max(speed, waves * std::sqrt(kGravity * std::max(0.0, levels_.level()[g] - shore_[g])));
  double dt = std::min(params_.longest_step, source_step(t0, t1));
  if (speed > 0) dt = std::min(dt, params_.cfl * grid_->spec().cell_m / speed);
  const double steps = std::ceil((t1 - t0) / dt - 1e-9);
  return steps <= 1 ? t1 - t0 : (t1 - t0) / steps;
}

void Solver::choose_active() {
  active_.clear();
  const bool rain = rain_.falling();
  for (std::size_t t = 0; t < grid_->tiles().size(); ++t) {
    Tile& tile = grid_->tiles()[t];
    bool active = tile.wet || !tile.held.empty();
    if (!active && rain && tile.has_free_cell)
      for (const std::uint16_t code : tile.codes) active = active || rain_.net()[code] > 0;
    if (!active)
      for (const InflowCell& inflow : tile.inflows) active = active || inflows_.volume()[inflow.series] > 0;
    for (int border = 0; border < 4 && !active; ++border)
      if (const Tile* next = grid_->neighbour(t, border))
        active = next->wet_border[static_cast<std::size_t>(border ^ 1)];
    tile.active = active && !tile.still_water && (tile.has_free_cell || !tile.held.empty());
    if (!tile.active) continue;
    active_.push_back(static_cast<std::uint32_t>(t));
    water_->start(t);
    tile.touched = true;
    hash_stale_[t] = 1;
    cell_steps_ += static_cast<std::uint64_t>(tile.width) * static_cast<std::uint64_t>(tile.height);
  }
}

// Depth that rain and inflow add in this sub-step (64 x 64), or nullptr.
const double* Solver::gather_sources(const Tile& tile, std::vector<double>& buffer) const {
  const bool rain = rain_.falling();
  bool inflow = false;
  for (const InflowCell& cell : tile.inflows) inflow = inflow || inflows_.volume()[cell.series] > 0;
  if (!rain && !inflow) return nullptr;
  buffer.assign(kTileCells, 0.0);
  if (rain) {
    const std::vector<double>& net = rain_.net();
    for (std::size_t c = 0; c < kTileCells; ++c) buffer[c] = net[tile.rain_code[c]];
    if (tile.obstacles && has_buildings_)
      for (std::size_t c = 0; c < kTileCells; ++c) {
        const double roof = tile.obstacles->inverse_share[c] - 1;
        if (roof > 0) buffer[c] += roof * net[rain_.roof_code(tile.rain_code[c])];
      }
    for (const RoofShare& roof : tile.roofs) buffer[roof.cell] += roof.ratio * net[roof.code];
  }
  for (const InflowCell& cell : tile.inflows)
    buffer[cell.cell] += cell.per_volume * inflows_.volume()[cell.series];
  return buffer.data();
}

void Solver::step_one(std::size_t t, double t1, double dt) {
  thread_local std::vector<double> buffer;
  const double* source = gather_sources(grid_->tiles()[t], buffer);
  if (roughness_) roughness_->update(t, *water_);
  water_->step(t, {dt, static_cast<float>(t1), source, &levels_.level()});
  if (losses_) losses_->apply(t, t1, dt, source, *water_);
}

std::optional<Trouble> Solver::sub_step(double t0, double t1) {
  rain_.step(t0, t1);
  inflows_.step(t0, t1);
  choose_active();
  for_chunks(active_.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t a = begin; a < end; ++a) water_->fill_rims(active_[a]);
  });
  levels_.set_time(t1);
  const double dt = t1 - t0;
  for_chunks(active_.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t a = begin; a < end; ++a) step_one(active_[a], t1, dt);
  });
  if (levels_.level() != last_level_) {
    for_chunks(still_.size(), 4, [&](std::size_t begin, std::size_t end) {
      for (std::size_t a = begin; a < end; ++a) water_->hold(still_[a], levels_.level());
    });
    for (const std::uint32_t t : still_) {
      grid_->tiles()[t].touched = true;
      hash_stale_[t] = 1;
    }
    last_level_ = levels_.level();
  }
  ++sub_steps_;
  for (const std::uint32_t t : active_)
    if (std::isnan(grid_->tiles()[t].speed)) return bad_cell(t);
  return std::nullopt;
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
      return {"surface_water.not_finite", {{"x", std::to_string(p.x)}, {"y", std::to_string(p.y)}}};
    }
  return {"surface_water.not_finite", {{"x", "?"}, {"y", "?"}}};
}

std::optional<Trouble> Solver::advance(double t0, double t1, const RunContext& context) {
  if (given_) {
    show_given(t0, t1);
    return std::nullopt;
  }
  double t = t0;
  while (t < t1) {
    context.check_stop();
    const double dt = next_step(t, t1);
    if (!(dt > kShortestStep) && t1 - t > kShortestStep)
      return Trouble{"surface_water.step_too_short",
                     {{"dt", std::to_string(dt)}, {"time", std::to_string(t)}}};
    const double next = dt >= t1 - t ? t1 : t + dt;
    if (auto trouble = sub_step(t, next)) return trouble;
    use_structures(t, next);
    t = next;
  }
  return std::nullopt;
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
