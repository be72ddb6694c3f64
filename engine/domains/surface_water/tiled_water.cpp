#include "engine/domains/surface_water/tiled_water.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <stdexcept>

#include "engine/domains/surface_water/inertial_faces.hpp"
#include "engine/domains/surface_water/shallow_roughness.hpp"

namespace citytwin::surface_water {

template <class Real>
TiledWater<Real>::State::State(std::pmr::memory_resource* memory)
    : h(kRimmedCells, memory),
      u(kRimmedCells, memory),
      v(kRimmedCells, memory),
      rest(memory),
      step_east(kRimmedCells, memory),
      step_north(kRimmedCells, memory),
      over_west(memory),
      over_east(memory),
      over_south(memory),
      over_north(memory),
      smooth(memory),
      drag(memory) {}

template <class Real>
TiledWater<Real>::TiledWater(TileGrid& tiles, const Params& params)
    : tiles_(tiles), params_(params), state_(tiles.tiles().size()) {}

template <class Real>
void TiledWater<Real>::start(std::size_t t) {
  if (state_[t]) return;
  Tile& tile = tiles_.tiles()[t];
  state_[t] = std::make_unique<State>(&memory_);
  tile.maxima = std::make_unique<Maxima>();
  State& s = *state_[t];
  if constexpr (sizeof(Real) == sizeof(float)) s.rest.assign(kTileCells, Real(0));
  for (int j = 1 - kRim; j < tile.height + kRim; ++j)
    for (int i = 1 - kRim; i < tile.width + kRim; ++i) {
      const std::size_t k = rimmed(i, j);
      s.step_east[k] = static_cast<Real>(tile.ground[k] - tile.ground[rimmed(i - 1, j)]);
      s.step_north[k] = static_cast<Real>(tile.ground[k] - tile.ground[rimmed(i, j - 1)]);
    }
  if (tile.obstacles) place_crests(t);
  if (!inertial()) mark_smooth(t);
  if (params_.scheme != Scheme::first_order) place_drag(t);
  if (inertial()) s.around = gather_obstacles(t);
}

template <class Real>
void TiledWater<Real>::place_crests(std::size_t t) {
  const Tile& tile = tiles_.tiles()[t];
  const Obstacles& o = *tile.obstacles;
  State& s = *state_[t];
  s.over_west.assign(o.crest_x.size(), static_cast<Real>(kNoCrest));
  s.over_south.assign(o.crest_y.size(), static_cast<Real>(kNoCrest));
  s.over_east = s.over_west;
  s.over_north = s.over_south;
  const auto place = [](float crest, double left, double right, Real& over_left, Real& over_right) {
    if (crest <= kNoCrest) return;
    over_left = static_cast<Real>(static_cast<double>(crest) - left);
    over_right = static_cast<Real>(static_cast<double>(crest) - right);
  };
  for (int j = 0; j <= tile.height; ++j)
    for (int i = 0; i <= tile.width; ++i) {
      const auto k = static_cast<std::size_t>(j * kStride + i);
      const double here = tile.ground[rimmed(i, j)];
      if (j < tile.height)
        place(o.crest_x[k], tile.ground[rimmed(i - 1, j)], here, s.over_west[k], s.over_east[k]);
      if (i < tile.width)
        place(o.crest_y[k], tile.ground[rimmed(i, j - 1)], here, s.over_south[k], s.over_north[k]);
    }
}

template <class Real>
void TiledWater<Real>::forget(std::size_t t) {
  state_[t].reset();
  tiles_.tiles()[t].maxima.reset();
}

// Slopes make no sense across walls, those to come too, and beside buildings and held water. Rims included:
// both tiles at a border must reconstruct the same values.
template <class Real>
void TiledWater<Real>::mark_smooth(std::size_t t) {
  const Tile& tile = tiles_.tiles()[t];
  const GridSpec& spec = tiles_.spec();
  const auto [i0, j0] = tiles_.corner(t);
  State& s = *state_[t];
  std::vector<Real> smooth(kRimmedCells, Real(1));
  bool all = true;
  for (int j = -kRim; j < tile.height + kRim; ++j)
    for (int i = -kRim; i < tile.width + kRim; ++i) {
      const int gi = std::clamp(i0 + i, 0, spec.nx - 1);
      const int gj = std::clamp(j0 + j, 0, spec.ny - 1);
      if (tiles_.open_ground(gi, gj)) continue;
      smooth[rimmed(i, j)] = 0;
      all = false;
    }
  s.smooth.clear();
  if (!all) s.smooth.assign(smooth.begin(), smooth.end());
}

// The tile beside or diagonal to this one; kNoTile at the end of the grid.
template <class Real>
std::size_t TiledWater<Real>::neighbour(std::size_t t, int di, int dj) const {
  const auto move = [&](std::size_t from, int border) {
    const Tile* other = tiles_.neighbour(from, border);
    return other == nullptr ? kNoTile : static_cast<std::size_t>(other - tiles_.tiles().data());
  };
  std::size_t at = t;
  if (di != 0) at = move(at, di < 0 ? 0 : 1);
  if (dj != 0 && at != kNoTile) at = move(at, dj < 0 ? 2 : 3);
  return at;
}

template <class Real>
void TiledWater<Real>::step(std::size_t t, const TileStep& how) {
  Tile& tile = tiles_.tiles()[t];
  State& s = *state_[t];
  Maxima& m = *tile.maxima;
  place_rim(t);
  KernelTile<Real> k;
  k.width = tile.width;
  k.height = tile.height;
  k.h = s.h.data();
  k.u = s.u.data();
  k.v = s.v.data();
  k.rest = s.rest.data();
  k.step_east = s.step_east.data();
  k.step_north = s.step_north.data();
  k.ground = tile.ground.data();
  k.over_west = s.over_west.data();
  k.over_east = s.over_east.data();
  k.over_south = s.over_south.data();
  k.over_north = s.over_north.data();
  k.smooth = s.smooth.empty() ? nullptr : s.smooth.data();
  k.friction = tile.friction.data();
  k.source = how.source;
  k.obstacles = tile.obstacles.get();
  k.max_depth = m.max_depth.data();
  k.max_speed = m.max_speed.data();
  k.max_hazard = m.max_hazard.data();
  k.arrival = m.arrival.data();
  k.above = m.above.data();
  k.row_above = m.row_above.data();
  k.row_arrived = m.row_arrived.data();
  k.row_bounds = m.row_bounds.data();
  k.held = tile.held.data();
  k.held_level = how.level->data();
  k.held_count = tile.held.size();
  for (int border = 0; border < 4; ++border)
    k.open_edge[border] = params_.edge == EdgeRule::open && tile.at_edge[static_cast<std::size_t>(border)];
  connect_borders(t, how, k);
  const KernelStep kernel{how.dt, tiles_.spec().cell_m, params_.dry, how.end_time, params_.arrival_threshold};
  if (params_.scheme == Scheme::second_order && how.roughness != nullptr)
    how.roughness->place_drag(t, s.h.data(), s.drag);
  k.drag = s.drag.empty() ? nullptr : s.drag.data();
  k.drag_everywhere = s.drag_everywhere;
  if (inertial()) {
    k.around = s.around.get();
    find_grid_ends(t, k);
  }
  const KernelResult result =
      params_.scheme == Scheme::local_inertia  ? step_local_inertia(k, kernel, tile.books)
      : params_.scheme == Scheme::second_order ? step_second_order(k, kernel, tile.books)
                                               : step_first_order(k, kernel, tile.books);
  tile.speed = result.bad ? std::numeric_limits<double>::quiet_NaN() : result.speed;
  std::copy(std::begin(result.border_speed), std::end(result.border_speed), tile.border_speed.begin());
  tile.wet = result.wet;
  pass_waves(t);
  for (BorderFlux* record : k.record)
    if (record != nullptr) record->fresh = false;
  forget_passed(t);
  keep_border(t);
  refresh_borders(t);
}

template <class Real>
void TiledWater<Real>::connect_borders(std::size_t t, const TileStep& how, KernelTile<Real>& k) {
  for (std::size_t border = 0; border < 4; ++border) {
    if (how.beside[border] == Beside::same) continue;
    std::unique_ptr<BorderFlux>& passed =
        how.beside[border] == Beside::finer
            ? state_[t]->passed[border]
            : state_[neighbour(t, kSides[border].di, kSides[border].dj)]->passed[border ^ 1U];
    if (!passed) passed = std::make_unique<BorderFlux>();
    if (how.beside[border] == Beside::longer) {
      k.record[border] = passed.get();
      k.longer_dt[border] = how.longer_dt[border];
      continue;
    }
    for (auto* part : {&passed->mass, &passed->left, &passed->right, &passed->tangential})
      for (double& value : *part) value /= how.dt;
    k.given[border] = passed.get();
  }
}

template <class Real>
void TiledWater<Real>::forget_passed(std::size_t t) {
  for (auto& passed : state_[t]->passed) passed.reset();
}

template <class Real>
void TiledWater<Real>::hold(std::size_t t, const std::vector<double>& level) {
  Tile& tile = tiles_.tiles()[t];
  State& s = *state_[t];
  const double cell_area = tiles_.spec().cell_m * tiles_.spec().cell_m;
  for (const HeldCell& cell : tile.held) {
    const std::size_t k = rimmed(cell.cell % kTile, cell.cell / kTile);
    const auto target = static_cast<Real>(std::max(0.0, level[cell.group] - tile.ground[k]));
    const double volume = (static_cast<double>(target) - static_cast<double>(s.h[k])) * cell_area;
    (volume > 0 ? tile.books.held_in : tile.books.held_out)[cell.group].add(std::abs(volume));
    s.h[k] = target;
    float& max_depth = tile.maxima->max_depth[cell.cell];
    max_depth = std::max(max_depth, static_cast<float>(target));
  }
  s.border_is_fresh = false;
  refresh(t);
}

template <class Real>
void TiledWater<Real>::refresh_borders(std::size_t t) {
  Tile& tile = tiles_.tiles()[t];
  const int w = tile.width;
  const int h = tile.height;
  const int reach = params_.local_time_steps ? kReach : kRim;
  tile.wet_border = {
      any_wet(t, {0, std::min(reach, w)}, {0, h}), any_wet(t, {std::max(0, w - reach), w}, {0, h}),
      any_wet(t, {0, w}, {0, std::min(reach, h)}), any_wet(t, {0, w}, {std::max(0, h - reach), h})};
}

template <class Real>
bool TiledWater<Real>::any_wet(std::size_t t, Span x, Span y) const {
  for (int j = y.from; j < y.below; ++j) {
    const Real* h = state_[t]->h.data() + rimmed(0, j);
    int any = 0;
    for (int i = x.from; i < x.below; ++i) any |= h[i] > 0 ? 1 : 0;
    if (any != 0) return true;
  }
  return false;
}

// What the time step has to keep up with in a cell [m/s].
template <class Real>
double TiledWater<Real>::cell_speed(std::size_t t, int i, int j) const {
  const Tile& tile = tiles_.tiles()[t];
  const CellWater w = at(t, i, j);
  const double scale = tile.obstacles ? static_cast<double>(tile.obstacles->speed_scale[local(i, j)]) : 1.0;
  const double flow = std::abs(w.east) + std::abs(w.north);
  const double wave = std::sqrt(kGravity * w.depth);
  return (inertial() ? std::max(kFilmWave * flow, wave) : flow + 2 * wave) * scale;
}

template <class Real>
void TiledWater<Real>::refresh(std::size_t t) {
  Tile& tile = tiles_.tiles()[t];
  tile.speed = 0;
  tile.border_speed = {};
  tile.wet = false;
  tile.wet_border = {};
  if (!state_[t]) return;
  for (int j = 0; j < tile.height; ++j)
    for (int i = 0; i < tile.width; ++i) {
      tile.speed = std::max(tile.speed, cell_speed(t, i, j));
      tile.wet = tile.wet || at(t, i, j).depth > 0;
    }
  tile.border_speed.fill(tile.speed);
  refresh_borders(t);
}

template <class Real>
CellWater TiledWater<Real>::at(std::size_t t, int i, int j) const {
  if (!state_[t]) return {};
  if (inertial()) return mean_of_faces(t, i, j);
  const State& s = *state_[t];
  const std::size_t k = rimmed(i, j);
  return {static_cast<double>(s.h[k]), static_cast<double>(s.u[k]), static_cast<double>(s.v[k])};
}

// Something besides a step has changed a depth in row j.
template <class Real>
void TiledWater<Real>::water_changed(std::size_t t, int j) {
  state_[t]->border_is_fresh = false;
  tiles_.tiles()[t].maxima->row_bounds[static_cast<std::size_t>(j)] = {};
}

template <class Real>
void TiledWater<Real>::set(std::size_t t, int i, int j, const CellWater& water) {
  State& s = *state_[t];
  const std::size_t k = rimmed(i, j);
  water_changed(t, j);
  s.h[k] = static_cast<Real>(water.depth);
  if (inertial()) return spread_to_faces(t, i, j, water);
  s.u[k] = static_cast<Real>(water.east);
  s.v[k] = static_cast<Real>(water.north);
}

// In 32 bits what rounding leaves goes into the rest, as in the kernels.
template <class Real>
double TiledWater<Real>::add(std::size_t t, int i, int j, double depth) {
  Tile& tile = tiles_.tiles()[t];
  State& s = *state_[t];
  const std::size_t k = rimmed(i, j);
  water_changed(t, j);
  Real* const rest = s.rest.empty() ? nullptr : &s.rest[local(i, j)];
  const double before = static_cast<double>(s.h[k]) - (rest == nullptr ? 0.0 : static_cast<double>(*rest));
  const bool empties = static_cast<double>(s.h[k]) + depth <= 0 || before + depth <= 0;
  const double wanted = empties ? 0.0 : before + depth;
  s.h[k] = static_cast<Real>(wanted);
  double after = static_cast<double>(s.h[k]);
  if (rest != nullptr) {
    *rest = static_cast<Real>(after - wanted);
    after -= static_cast<double>(*rest);
  }
  if (!inertial() && wanted <= params_.dry) s.u[k] = s.v[k] = 0;
  if (depth > 0 && wanted > 0) {
    if (!inertial()) {  // local inertia keeps discharges on faces, which two cells share
      const auto share = static_cast<Real>(before / wanted);
      s.u[k] *= share;
      s.v[k] *= share;
    }
    const double speed = cell_speed(t, i, j);
    tile.speed = std::max(tile.speed, speed);
    for (double& at_border : tile.border_speed) at_border = std::max(at_border, speed);
    tile.wet = true;
    const std::array<int, 4> from_border{i, tile.width - 1 - i, j, tile.height - 1 - j};
    for (std::size_t b = 0; b < 4; ++b) tile.wet_border[b] = tile.wet_border[b] || from_border[b] < kRim;
  }
  return after - before;
}

template <class Real>
void TiledWater<Real>::obstacles_changed(std::size_t t) {
  if (!state_[t]) return;
  if (tiles_.tiles()[t].obstacles) place_crests(t);
  if (inertial()) state_[t]->around = gather_obstacles(t);
}

template <class Real>
void TiledWater<Real>::copy_depth(std::size_t t, std::vector<double>& depth) const {
  if (!state_[t]) return;
  const Tile& tile = tiles_.tiles()[t];
  for (int j = 0; j < tile.height; ++j)
    for (int i = 0; i < tile.width; ++i) depth[local(i, j)] = static_cast<double>(state_[t]->h[rimmed(i, j)]);
}

template <class Real>
void TiledWater<Real>::copy_velocity(std::size_t t, std::vector<double>& east,
                                     std::vector<double>& north) const {
  if (!state_[t]) return;
  const Tile& tile = tiles_.tiles()[t];
  for (int j = 0; j < tile.height; ++j) {
    double* const u = east.data() + local(0, j);
    double* const v = north.data() + local(0, j);
    if (inertial()) {
      means_of_faces(t, j, u, v);
      continue;
    }
    std::copy_n(state_[t]->u.data() + rimmed(0, j), tile.width, u);
    std::copy_n(state_[t]->v.data() + rimmed(0, j), tile.width, v);
  }
}

template <class Real>
double TiledWater<Real>::volume(std::size_t t) const {
  if (!state_[t]) return 0;
  const Tile& tile = tiles_.tiles()[t];
  Book sum;
  for (int j = 0; j < tile.height; ++j) {
    double row = 0;
    for (int i = 0; i < tile.width; ++i) {
      auto h = static_cast<double>(state_[t]->h[rimmed(i, j)]);
      if constexpr (sizeof(Real) == sizeof(float)) h -= static_cast<double>(state_[t]->rest[local(i, j)]);
      row += tile.obstacles ? h / tile.obstacles->inverse_share[local(i, j)] : h;
    }
    sum.add(row);
  }
  return sum.total() * tiles_.spec().cell_m * tiles_.spec().cell_m;
}

template <class Real>
void TiledWater<Real>::save(std::size_t t, SaveArchive& archive) const {
  archive.fields(state_[t]->h, state_[t]->u, state_[t]->v, state_[t]->rest);
}

template <class Real>
void TiledWater<Real>::load(std::size_t t, LoadArchive& archive) {
  forget(t);
  start(t);
  State& s = *state_[t];
  const std::size_t rests = s.rest.size();
  archive.fields(s.h, s.u, s.v, s.rest);
  if (s.h.size() != kRimmedCells || s.u.size() != kRimmedCells || s.v.size() != kRimmedCells ||
      s.rest.size() != rests)
    throw std::runtime_error("surface_water: archive of another tile size");
}

template <class Real>
void TiledWater<Real>::add_to(std::size_t t, Hasher& hasher) const {
  const State& s = *state_[t];
  const Tile& tile = tiles_.tiles()[t];
  for (const auto* field : {&s.h, &s.u, &s.v})
    for (int j = 0; j < tile.height; ++j)
      hasher.range(std::span<const Real>(field->data() + rimmed(0, j), static_cast<std::size_t>(tile.width)));
  hasher.range(s.rest);
}

template class TiledWater<float>;
template class TiledWater<double>;

std::unique_ptr<Water> make_water(TileGrid& tiles, const Params& params) {
  if (params.precision == Precision::single) return std::make_unique<TiledWater<float>>(tiles, params);
  return std::make_unique<TiledWater<double>>(tiles, params);
}

}  // namespace citytwin::surface_water
