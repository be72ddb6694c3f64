#include "engine/domains/surface_water/solver.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/parallel.hpp"
#include "engine/domains/surface_water/kernel.hpp"

namespace citytwin::surface_water {

namespace {

constexpr double kShortestStep = 1e-7;  // [s]; below it the run has failed

bool faces_edge_ghost(const Tile& tile, int border) { return tile.at_edge[static_cast<std::size_t>(border)]; }

// Copies one border of a neighbour (or the mirrored or drained border of the tile itself) into the rim.
struct Rim {
  TileState& to;
  int width, height;

  void copy(const TileState& from, int from_i, int from_j, int i, int j) const {
    const std::size_t a = rimmed(from_i, from_j);
    const std::size_t b = rimmed(i, j);
    to.h[b] = from.h[a];
    to.u[b] = from.u[a];
    to.v[b] = from.v[a];
  }
  // Beyond a closed edge the water is the mirror image; beyond an open one the same where it flows out.
  // Nothing flows in over an open edge: there too it is then the mirror image.
  void ghost(int inside_i, int inside_j, int i, int j, bool open, double outward_x, double outward_y) const {
    const std::size_t a = rimmed(inside_i, inside_j);
    const std::size_t b = rimmed(i, j);
    to.h[b] = to.h[a];
    const double normal = to.u[a] * outward_x + to.v[a] * outward_y;
    const double beyond = open && normal > 0 ? normal : -normal;
    to.u[b] = outward_x != 0 ? beyond * outward_x : to.u[a];
    to.v[b] = outward_y != 0 ? beyond * outward_y : to.v[a];
  }
};

}  // namespace

TileState& Solver::state_of(Tile& tile) {
  if (!tile.state) tile.state = std::make_unique<TileState>();
  return *tile.state;
}

void Solver::refresh_borders(Tile& tile) {
  const std::vector<double>& h = tile.state->h;
  std::array<bool, 4> wet{};
  for (int j = 0; j < tile.height; ++j) {
    wet[0] = wet[0] || h[rimmed(0, j)] > 0;
    wet[1] = wet[1] || h[rimmed(tile.width - 1, j)] > 0;
  }
  for (int i = 0; i < tile.width; ++i) {
    wet[2] = wet[2] || h[rimmed(i, 0)] > 0;
    wet[3] = wet[3] || h[rimmed(i, tile.height - 1)] > 0;
  }
  tile.wet_border = wet;
}

void Solver::refresh_tile(Tile& tile) {
  tile.speed = 0;
  tile.wet = false;
  tile.wet_border = {};
  if (!tile.state) return;
  const TileState& s = *tile.state;
  for (int j = 0; j < tile.height; ++j)
    for (int i = 0; i < tile.width; ++i) {
      const std::size_t k = rimmed(i, j);
      const double scale =
          tile.obstacles ? static_cast<double>(tile.obstacles->speed_scale[local(i, j)]) : 1.0;
      tile.speed = std::max(tile.speed,
                            (std::abs(s.u[k]) + std::abs(s.v[k]) + 2 * std::sqrt(kGravity * s.h[k])) * scale);
      tile.wet = tile.wet || s.h[k] > 0;
    }
  refresh_borders(tile);
}

// A source that rises at r [m/s] makes waves of 2 sqrt(g r dt) by itself; the step for which they would just
// keep to the CFL condition.
double Solver::source_step(double t0, double t1) const {
  const double r = std::max(rain_.intensity(t0, t1), inflows_.intensity(t0, t1));
  if (r <= 0) return params_.longest_step;
  return std::pow(params_.cfl * grid_.spec().cell_m / (2 * std::sqrt(kGravity * r)), 2.0 / 3.0);
}

double Solver::next_step(double t0, double t1) const {
  double speed = 0;
  for (const Tile& tile : grid_.tiles()) speed = std::max(speed, tile.speed);
  for (std::size_t g = 0; g < shore_.size(); ++g)
    speed = std::max(speed, 2 * std::sqrt(kGravity * std::max(0.0, levels_.level()[g] - shore_[g])));
  double dt = std::min(params_.longest_step, source_step(t0, t1));
  if (speed > 0) dt = std::min(dt, params_.cfl * grid_.spec().cell_m / speed);
  const double steps = std::ceil((t1 - t0) / dt - 1e-9);
  return steps <= 1 ? t1 - t0 : (t1 - t0) / steps;
}

void Solver::choose_active() {
  active_.clear();
  const bool rain = rain_.falling();
  for (std::size_t t = 0; t < grid_.tiles().size(); ++t) {
    Tile& tile = grid_.tiles()[t];
    bool active = tile.wet || !tile.held.empty();
    if (!active && rain && tile.has_free_cell)
      for (const std::uint16_t code : tile.codes) active = active || rain_.net()[code] > 0;
    if (!active)
      for (const InflowCell& inflow : tile.inflows) active = active || inflows_.volume()[inflow.series] > 0;
    for (int border = 0; border < 4 && !active; ++border)
      if (const Tile* next = grid_.neighbour(t, border))
        active = next->wet_border[static_cast<std::size_t>(border ^ 1)];
    tile.active = active && !tile.still_water && (tile.has_free_cell || !tile.held.empty());
    if (!tile.active) continue;
    active_.push_back(static_cast<std::uint32_t>(t));
    state_of(tile);
    tile.touched = true;
    hash_stale_[t] = 1;
    cell_steps_ += static_cast<std::uint64_t>(tile.width) * static_cast<std::uint64_t>(tile.height);
  }
}

void Solver::fill_rims(std::size_t t) {
  Tile& tile = grid_.tiles()[t];
  const Rim rim{*tile.state, tile.width, tile.height};
  const bool open = params_.edge == EdgeRule::open;
  const int w = tile.width;
  const int h = tile.height;
  for (int border = 0; border < 4; ++border) {
    const bool ghost = faces_edge_ghost(tile, border);
    const TileState* from = ghost ? nullptr : grid_.neighbour(t, border)->state.get();
    if (!ghost && from == nullptr) continue;  // still dry: the rim is zero since allocation
    const int n = border < 2 ? h : w;
    for (int k = 0; k < n; ++k) switch (border) {
        case 0:
          ghost ? rim.ghost(0, k, -1, k, open, -1, 0) : rim.copy(*from, kTile - 1, k, -1, k);
          break;
        case 1:
          ghost ? rim.ghost(w - 1, k, w, k, open, 1, 0) : rim.copy(*from, 0, k, w, k);
          break;
        case 2:
          ghost ? rim.ghost(k, 0, k, -1, open, 0, -1) : rim.copy(*from, k, kTile - 1, k, -1);
          break;
        default:
          ghost ? rim.ghost(k, h - 1, k, h, open, 0, 1) : rim.copy(*from, k, 0, k, h);
          break;
      }
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
  Tile& tile = grid_.tiles()[t];
  TileState& s = *tile.state;
  KernelTile<double> k;
  k.width = tile.width;
  k.height = tile.height;
  k.h = s.h.data();
  k.u = s.u.data();
  k.v = s.v.data();
  k.ground = tile.ground.data();
  k.friction = tile.friction.data();
  k.source = gather_sources(tile, buffer);
  k.obstacles = tile.obstacles.get();
  k.max_depth = s.max_depth.data();
  k.max_speed = s.max_speed.data();
  k.max_hazard = s.max_hazard.data();
  k.arrival = s.arrival.data();
  k.above = s.above.data();
  k.held = tile.held.data();
  k.held_level = levels_.level().data();
  k.held_count = tile.held.size();
  for (int border = 0; border < 4; ++border)
    k.open_edge[border] = params_.edge == EdgeRule::open && tile.at_edge[static_cast<std::size_t>(border)];
  const KernelStep step{dt, grid_.spec().cell_m, params_.dry, static_cast<float>(t1),
                        params_.arrival_threshold};
  const KernelResult result = step_tile(k, step, tile.books);
  tile.speed = result.bad ? std::numeric_limits<double>::quiet_NaN() : result.speed;
  tile.wet = result.wet;
  refresh_borders(tile);
}

// All of the tile is held by one group, and so is all around it: only the level moves.
void Solver::hold_still_water(Tile& tile) {
  TileState& s = *tile.state;
  const double cell_area = grid_.spec().cell_m * grid_.spec().cell_m;
  for (const HeldCell& cell : tile.held) {
    const std::size_t k = rimmed(cell.cell % kTile, cell.cell / kTile);
    const double target = std::max(0.0, levels_.level()[cell.group] - tile.ground[k]);
    const double volume = (target - s.h[k]) * cell_area;
    (volume > 0 ? tile.books.held_in : tile.books.held_out)[cell.group].add(std::abs(volume));
    s.h[k] = target;
    s.max_depth[cell.cell] = std::max(s.max_depth[cell.cell], static_cast<float>(target));
  }
  refresh_tile(tile);
}

std::optional<Trouble> Solver::sub_step(double t0, double t1) {
  rain_.step(t0, t1);
  inflows_.step(t0, t1);
  choose_active();
  for_chunks(active_.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t a = begin; a < end; ++a) fill_rims(active_[a]);
  });
  levels_.set_time(t1);
  const double dt = t1 - t0;
  for_chunks(active_.size(), 1, [&](std::size_t begin, std::size_t end) {
    for (std::size_t a = begin; a < end; ++a) step_one(active_[a], t1, dt);
  });
  if (levels_.level() != last_level_) {
    for_chunks(still_.size(), 4, [&](std::size_t begin, std::size_t end) {
      for (std::size_t a = begin; a < end; ++a) hold_still_water(grid_.tiles()[still_[a]]);
    });
    for (const std::uint32_t t : still_) {
      grid_.tiles()[t].touched = true;
      hash_stale_[t] = 1;
    }
    last_level_ = levels_.level();
  }
  ++sub_steps_;
  for (const std::uint32_t t : active_)
    if (std::isnan(grid_.tiles()[t].speed)) return bad_cell(t);
  return std::nullopt;
}

Trouble Solver::bad_cell(std::size_t t) const {
  const Tile& tile = grid_.tiles()[t];
  const auto [i0, j0] = grid_.corner(t);
  for (int j = 0; j < tile.height; ++j)
    for (int i = 0; i < tile.width; ++i) {
      const std::size_t k = rimmed(i, j);
      const double sum = tile.state->h[k] + std::abs(tile.state->u[k]) + std::abs(tile.state->v[k]);
      if (sum <= 1e6) continue;
      const Point2 p = grid_.spec().centre(i0 + i, j0 + j);
      return {"surface_water.not_finite", {{"x", std::to_string(p.x)}, {"y", std::to_string(p.y)}}};
    }
  return {"surface_water.not_finite", {{"x", "?"}, {"y", "?"}}};
}

std::optional<Trouble> Solver::advance(double t0, double t1, const RunContext& context) {
  double t = t0;
  while (t < t1) {
    context.check_stop();
    const double dt = next_step(t, t1);
    if (!(dt > kShortestStep) && t1 - t > kShortestStep)
      return Trouble{"surface_water.step_too_short",
                     {{"dt", std::to_string(dt)}, {"time", std::to_string(t)}}};
    const double next = dt >= t1 - t ? t1 : t + dt;
    if (auto trouble = sub_step(t, next)) return trouble;
    t = next;
  }
  return std::nullopt;
}

double Solver::volume() const {
  const double cell_area = grid_.spec().cell_m * grid_.spec().cell_m;
  const auto& tiles = grid_.tiles();
  std::vector<double> parts(tiles.size(), 0.0);
  for_chunks(tiles.size(), 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t t = begin; t < end; ++t) {
      const Tile& tile = tiles[t];
      Book sum;
      for (int j = 0; tile.state && j < tile.height; ++j) {
        double row = 0;
        for (int i = 0; i < tile.width; ++i) {
          const double h = tile.state->h[rimmed(i, j)];
          row += tile.obstacles ? h / tile.obstacles->inverse_share[local(i, j)] : h;
        }
        sum.add(row * cell_area);
      }
      parts[t] = sum.total();
    }
  });
  Book total;
  for (const double part : parts) total.add(part);
  return total.total();
}

std::vector<std::uint32_t> Solver::take_touched() {
  std::vector<std::uint32_t> touched;
  for (std::size_t t = 0; t < grid_.tiles().size(); ++t) {
    if (!grid_.tiles()[t].touched) continue;
    grid_.tiles()[t].touched = false;
    touched.push_back(static_cast<std::uint32_t>(t));
  }
  return touched;
}

}  // namespace citytwin::surface_water
