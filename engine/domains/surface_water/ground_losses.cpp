#include "engine/domains/surface_water/ground_losses.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace citytwin::surface_water {

namespace {

struct Taken {
  double left, held;  // depth that moves on, in depressions [m]
};

// Infiltration draws on what stands and on what is held; the initial abstraction of a curve number comes
// first and for good.
Taken take(const GroundProperties& cover, drainage::SoilState& soil, double depth, double held, double fell,
           double dt) {
  if (cover.soil.model == InfiltrationModel::curve_number) {
    const double filled = std::min(depth, cover.depression - held);
    const double rain = std::max(0.0, fell - filled);
    const double rate =
        drainage::infiltrate(cover.soil, soil, dt, rain / dt, 0, std::max(0.0, depth - filled - rain));
    return {std::max(0.0, depth - filled - rate * dt * cover.pervious), held + filled};
  }
  const double there = depth + held;
  const double rain = std::min(fell, there);
  const double rate = drainage::infiltrate(cover.soil, soil, dt, rain / dt, 0, there - rain);
  const double left = there - std::min(rate * dt * cover.pervious, there);
  const double kept = std::min(left, cover.depression);
  return {left - kept, kept};
}

}  // namespace

GroundLosses::GroundLosses(const GroundParams& params, const Surface& surface,
                           const std::vector<CellKind>& kind, const TileGrid& tiles)
    : params_(params), tiles_(tiles), ground_(tiles.tiles().size()) {
  const GridSpec& spec = tiles.spec();
  for (std::size_t t = 0; t < ground_.size(); ++t) {
    const auto [i0, j0] = tiles.corner(t);
    Ground& ground = ground_[t];
    ground.cover.assign(kTileCells, kNone);
    for (int j = 0; j < tiles.tiles()[t].height; ++j)
      for (int i = 0; i < tiles.tiles()[t].width; ++i) {
        const std::size_t k = spec.index(i0 + i, j0 + j);
        const auto cover = std::min<std::size_t>(surface.cover[k], params_.cover.size() - 1);
        if (kind[k] != CellKind::free || surface.water[k] != 0 || !params_.cover[cover].takes()) continue;
        ground.cover[local(i, j)] = static_cast<std::uint8_t>(cover);
        ground.any = true;
      }
  }
}

void GroundLosses::begin(Ground& ground) const {
  ground.soil.resize(kTileCells);
  ground.held.assign(kTileCells, 0.0);
  ground.infiltrated.assign(kTileCells, 0.0);
  for (std::size_t c = 0; c < kTileCells; ++c)
    if (ground.cover[c] != kNone) ground.soil[c] = drainage::start_soil(params_.cover[ground.cover[c]].soil);
}

// A tile that took no part for a while was dry but for its depressions: they drain, and the soil recovers.
void GroundLosses::rest(Ground& ground, double dt) const {
  for (std::size_t c = 0; c < kTileCells; ++c) {
    if (ground.cover[c] == kNone) continue;
    const Taken taken = take(params_.cover[ground.cover[c]], ground.soil[c], 0, ground.held[c], 0, dt);
    ground.infiltrated[c] += ground.held[c] - taken.held;
    ground.held[c] = taken.held;
  }
}

void GroundLosses::apply(std::size_t t, double end, double dt, const double* source, Water& water) {
  Ground& ground = ground_[t];
  if (!ground.any) return;
  if (ground.soil.empty()) {
    begin(ground);
    ground.until = end - dt;
  }
  constexpr double kGap = 1e-6;  // [s]
  if (const double gap = end - dt - ground.until; gap > kGap) rest(ground, gap);
  ground.until = end;
  ground.gathered += dt;
  if (source != nullptr) {
    ground.fell.resize(kTileCells, 0.0);
    for (std::size_t c = 0; c < kTileCells; ++c) ground.fell[c] += source[c];
  }
  if (ground.gathered >= params_.step - kGap) take_water(t, water);
}

void GroundLosses::take_water(std::size_t t, Water& water) {
  Ground& ground = ground_[t];
  const double dt = std::exchange(ground.gathered, 0);
  thread_local std::vector<double> depth;
  depth.assign(kTileCells, 0.0);
  water.copy_depth(t, depth);
  for (std::size_t c = 0; c < kTileCells; ++c) {
    if (ground.cover[c] == kNone) continue;
    const double fell = ground.fell.empty() ? 0 : ground.fell[c];
    const Taken taken =
        take(params_.cover[ground.cover[c]], ground.soil[c], depth[c], ground.held[c], fell, dt);
    const double change =
        taken.left < depth[c]
            ? water.add(t, static_cast<int>(c % kTile), static_cast<int>(c / kTile), taken.left - depth[c])
            : 0;
    ground.infiltrated[c] += -change - (taken.held - ground.held[c]);
    ground.held[c] = taken.held;
  }
  ground.fell.clear();
}

double GroundLosses::sum(std::vector<double> Ground::*depth) const {
  Book total;
  for (std::size_t t = 0; t < ground_.size(); ++t) {
    const std::vector<double>& values = ground_[t].*depth;
    const Obstacles* obstacles = tiles_.tiles()[t].obstacles.get();
    for (std::size_t c = 0; c < values.size(); ++c)
      total.add(obstacles != nullptr ? values[c] / obstacles->inverse_share[c] : values[c]);
  }
  return total.total() * tiles_.spec().cell_m * tiles_.spec().cell_m;
}

double GroundLosses::infiltrated() const { return sum(&Ground::infiltrated); }
double GroundLosses::held() const { return sum(&Ground::held); }

double GroundLosses::depth_taken(std::size_t t, int i, int j) const {
  const Ground& ground = ground_[t];
  return ground.soil.empty() ? 0 : ground.infiltrated[local(i, j)] + ground.held[local(i, j)];
}

void GroundLosses::save(SaveArchive& archive) const {
  for (const Ground& ground : ground_)
    archive.fields(ground.soil, ground.held, ground.infiltrated, ground.fell, ground.until, ground.gathered);
}

void GroundLosses::load(LoadArchive& archive) {
  for (Ground& ground : ground_) {
    archive.fields(ground.soil, ground.held, ground.infiltrated, ground.fell, ground.until, ground.gathered);
    if (!ground.soil.empty() && ground.soil.size() != kTileCells)
      throw std::runtime_error("surface_water: archive of another tile size");
  }
}

void GroundLosses::add_to(std::size_t t, Hasher& hasher) const {
  const Ground& ground = ground_[t];
  if (ground.soil.empty()) return;
  hasher.range(ground.held);
  hasher.range(ground.infiltrated);
  for (const drainage::SoilState& s : ground.soil)
    for (const double value : {s.time, s.infiltrated, s.stored, s.room, s.event_room, s.rate})
      hasher.value(value);
  hasher.range(ground.fell);
  hasher.value(ground.until);
  hasher.value(ground.gathered);
}

}  // namespace citytwin::surface_water
