// Time steps: one for the grid, or by tile in powers of two (Sanders 2008, J. Hydraul. Eng. 134, 1187; Osher
// and Sanders 1983, Math. Comput. 41, 321). A stretch of time is cut into ticks as short as the fastest water
// needs; a tile steps once in 1, 2, 4, 8 or 16 of them, and in fewer as its water gets faster meanwhile.
// Finer steps come first and see the water of longer ones as it was when those began; what they pass across
// the border is kept, and the longer step books just that. So both sides book the same volume, and water at
// rest, which passes nothing, stays at rest.
#include <algorithm>
#include <cmath>

#include "engine/base/parallel.hpp"
#include "engine/domains/surface_water/solver.hpp"

namespace citytwin::surface_water {

// A source that rises at `rate` [m/s] makes waves of 2 sqrt(g r dt) by itself; the step for which they would
// just keep to the CFL condition.
double Solver::source_step(double rate) const {
  if (rate <= 0) return params_.longest_step;
  const double step =
      std::pow(params_.cfl * grid_->spec().cell_m / (2 * std::sqrt(kGravity * rate)), 2.0 / 3.0);
  return std::min(step, params_.longest_step);
}

// Of held water that runs over its shore.
double Solver::shore_speed(const Tile& tile) const {
  const double waves = params_.scheme == Scheme::local_inertia ? 1 : 2;  // as in KernelResult::speed
  double speed = 0;
  for (const Shore& shore : tile.shores)
    speed = std::max(
        speed, waves * std::sqrt(kGravity * std::max(0.0, levels_.level()[shore.group] - shore.ground)));
  return speed;
}

// The fastest water of the tile and of what lies within kReach cells of it in its neighbours.
double Solver::facing_speed(std::size_t t) const {
  const int x = static_cast<int>(t % static_cast<std::size_t>(grid_->tiles_x()));
  const int y = static_cast<int>(t / static_cast<std::size_t>(grid_->tiles_x()));
  double speed = 0;
  for (int dy = -1; dy <= 1; ++dy)
    for (int dx = -1; dx <= 1; ++dx) {
      if (x + dx < 0 || x + dx >= grid_->tiles_x() || y + dy < 0 || y + dy >= grid_->tiles_y()) continue;
      const Tile& other =
          grid_->tiles()[static_cast<std::size_t>(y + dy) * static_cast<std::size_t>(grid_->tiles_x()) +
                         static_cast<std::size_t>(x + dx)];
      double there = other.speed;
      if (dx != 0) there = std::min(there, other.border_speed[dx < 0 ? 1 : 0]);
      if (dy != 0) there = std::min(there, other.border_speed[dy < 0 ? 3 : 2]);
      speed = std::max({speed, there, shore_speed(other)});
    }
  return speed;
}

void Solver::find_limits(double t0, double t1) {
  const double rain = source_step(rain_.intensity(t0, t1));
  const double inflow = source_step(std::max(rain_.intensity(t0, t1), inflows_.intensity(t0, t1)));
  const double reach = params_.cfl * grid_->spec().cell_m;
  limit_.resize(grid_->tiles().size());
  for (std::size_t t = 0; t < limit_.size(); ++t) {
    const Tile& tile = grid_->tiles()[t];
    const double speed = steps_locally() ? facing_speed(t) : std::max(tile.speed, shore_speed(tile));
    limit_[t] = tile.inflows.empty() ? rain : inflow;
    if (speed > 0) limit_[t] = std::min(limit_[t], reach / speed);
  }
}

// The shortest level whose step the tile allows, of a stretch of 2^levels ticks, which the finest allows.
int Solver::level_of(std::size_t t, double stretch, int levels) const {
  int level = 0;
  // A tile that would keep to a longer step with little to spare gets the finer one: water speeds up.
  while (level < levels && stretch > 0.85 * limit_[t]) {
    stretch /= 2;
    ++level;
  }
  return level;
}

// The number of ticks with which the rest of the beat costs least: longer stretches let calm tiles rest, but
// must fit into the beat.
StepPlan Solver::next_steps(double t0, double t1) {
  find_limits(t0, t1);
  double shortest = params_.longest_step;
  for (const double limit : limit_) shortest = std::min(shortest, limit);
  StepPlan best;
  double least = 0;
  for (int levels = 0; levels <= (steps_locally() ? trusted_levels_ : 0); ++levels) {
    const int ticks = 1 << levels;
    const double stretches = std::max(1.0, std::ceil((t1 - t0) / (ticks * shortest) - 1e-9));
    const double stretch = (t1 - t0) / stretches;
    double tile_steps = 0;
    for (std::size_t t = 0; t < limit_.size(); ++t)
      if (grid_->tiles()[t].active || grid_->tiles()[t].wet) tile_steps += 1 << level_of(t, stretch, levels);
    const double cost = stretches * tile_steps;
    if (levels > 0 && cost >= least) continue;
    least = cost;
    best = {stretch / ticks, levels};
  }
  return best;
}

void Solver::look_beside(std::size_t t, TileStep& step) const {
  const Tile& tile = grid_->tiles()[t];
  for (int border = 0; border < 4; ++border) {
    const Tile* other = grid_->neighbour(t, border);
    if (other == nullptr || !other->active || other->level == tile.level) continue;
    const auto b = static_cast<std::size_t>(border);
    step.beside[b] = other->level > tile.level ? Beside::finer : Beside::longer;
    if (other->level < tile.level) step.longer_dt[b] = step.dt * (1 << (tile.level - other->level));
  }
}

// One stretch of time. Rims are filled when a tile's step begins; tiles with finer steps go first.
std::optional<Trouble> Solver::run_steps(double t0, double t1, const StepPlan& plan) {
  choose_active(t0, t1);
  for (auto& tiles : at_level_) tiles.clear();
  for (const std::uint32_t t : active_) {
    const int level = level_of(t, t1 - t0, plan.levels);
    grid_->tiles()[t].level = level;
    at_level_[static_cast<std::size_t>(level)].push_back(t);
  }
  Supply supply;
  refined_ = 0;
  auto trouble = run_level(0, t0, t1, supply);
  // While water starts to run, a long step would be wrong before it ends: then all tiles keep to the
  // shortest.
  if (refined_ == 0)
    trusted_levels_ = std::min(trusted_levels_ + 1, kMostLevels);
  else if (refined_ > 1)
    trusted_levels_ = 0;
  return trouble;
}

// All tiles of `level` and finer from t0 to t1; adds what fell and flowed in meanwhile to `supply`.
std::optional<Trouble> Solver::run_level(int level, double t0, double t1, Supply& supply) {
  const std::vector<std::uint32_t> tiles = at_level_[static_cast<std::size_t>(level)];
  for_chunks(tiles.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t a = begin; a < end; ++a) water_->fill_rims(tiles[a]);
  });
  Supply here;
  bool finer = false;
  for (std::size_t l = static_cast<std::size_t>(level) + 1; l < at_level_.size(); ++l)
    finer = finer || !at_level_[l].empty();
  if (finer) {
    const double middle = 0.5 * (t0 + t1);
    if (auto trouble = run_level(level + 1, t0, middle, here)) return trouble;
    if (auto trouble = run_level(level + 1, middle, t1, here)) return trouble;
  } else {
    here = supply_of(t0, t1);
    ++sub_steps_;
  }
  supply.add(here);
  levels_.set_time(t1);
  if (auto trouble = step_level(tiles, t1, t1 - t0, here)) return trouble;
  hold_still_water();
  if (steps_locally()) refine(level, t1 - t0);
  return std::nullopt;
}

// Water that has become too fast for its tile's step gets a finer one: at the end of a step, when every tile
// with the same or a finer step has got as far.
void Solver::refine(int level, double step) {
  if (level + 1 == static_cast<int>(at_level_.size())) return;
  std::vector<std::uint32_t> stay;
  const double reach = params_.cfl * grid_->spec().cell_m;
  for (const std::uint32_t t : at_level_[static_cast<std::size_t>(level)]) {
    Tile& tile = grid_->tiles()[t];
    int deeper = level;
    double shorter = step;
    while (tile.speed * shorter > reach * (1 + 1e-9) && deeper + 1 < static_cast<int>(at_level_.size())) {
      shorter /= 2;
      ++deeper;
    }
    if (deeper == level) {
      stay.push_back(t);
      continue;
    }
    tile.level = deeper;
    refined_ = std::max(refined_, deeper - level);
    at_level_[static_cast<std::size_t>(deeper)].push_back(t);
  }
  at_level_[static_cast<std::size_t>(level)] = std::move(stay);
}

}  // namespace citytwin::surface_water
