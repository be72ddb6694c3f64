#include "engine/domains/surface_water/shallow_roughness.hpp"

#include <algorithm>
#include <cmath>

namespace citytwin::surface_water {

ShallowRoughness::ShallowRoughness(const Params& params, const Surface& surface, TileGrid& tiles)
    : tiles_(tiles), from_(params.shallow_depth), to_(params.deep_depth), friction_(tiles.tiles().size()) {
  for (std::size_t t = 0; t < friction_.size(); ++t) {
    const Tile& tile = tiles.tiles()[t];
    const auto [i0, j0] = tiles.corner(t);
    std::vector<double> deep(kTileCells);
    std::vector<double> shallow(kTileCells);
    bool any = false;
    for (int j = 0; j < tile.height; ++j)
      for (int i = 0; i < tile.width; ++i) {
        const std::size_t c = local(i, j);
        const auto cover =
            std::min<std::size_t>(surface.cover[tiles.spec().index(i0 + i, j0 + j)], params.cover.size() - 1);
        deep[c] = std::sqrt(static_cast<double>(tile.friction[c]) / kGravity);
        shallow[c] = params.cover[cover].manning_shallow.value_or(deep[c]);
        any = any || params.cover[cover].manning_shallow.has_value();
      }
    if (any) friction_[t] = {std::move(deep), std::move(shallow)};
  }
  for (std::size_t t = 0; t < friction_.size(); ++t) {
    const auto [i0, j0] = tiles.corner(t);
    for (int dj = -1; dj <= 1; ++dj)
      for (int di = -1; di <= 1; ++di) {
        const int i = std::clamp(i0 + di * kTile, 0, tiles.spec().nx - 1);
        const int j = std::clamp(j0 + dj * kTile, 0, tiles.spec().ny - 1);
        friction_[t].any_around = friction_[t].any_around || !friction_[tiles.tile_index(i, j)].deep.empty();
      }
  }
}

float ShallowRoughness::drag_at(const Friction& f, std::size_t c, double depth) const {
  const double share = std::clamp((depth - from_) / (to_ - from_), 0.0, 1.0);
  const double n = f.shallow[c] + (f.deep[c] - f.shallow[c]) * share;
  return static_cast<float>(kGravity * n * n);
}

void ShallowRoughness::update(std::size_t t, const Water& water) {
  const Friction& f = friction_[t];
  if (f.deep.empty()) return;
  thread_local std::vector<double> depth;
  depth.assign(kTileCells, 0.0);
  water.copy_depth(t, depth);
  std::vector<float>& friction = tiles_.tiles()[t].friction;
  for (std::size_t c = 0; c < kTileCells; ++c) friction[c] = drag_at(f, c, depth[c]);
}

// The cells around a tile are not read from the tiles beside it, which may be at another time: they have the
// roughness that follows from the depths in the rim.
template <class Real>
void ShallowRoughness::place_drag(std::size_t t, const Real* depth, std::pmr::vector<Real>& drag) const {
  if (!friction_[t].any_around) return;
  const Tile& tile = tiles_.tiles()[t];
  const GridSpec& spec = tiles_.spec();
  const auto corner = tiles_.corner(t);
  drag.resize(kRimmedCells);
  const auto around = [&](int i, int j) {
    const int gi = std::clamp(corner.first + i, 0, spec.nx - 1);
    const int gj = std::clamp(corner.second + j, 0, spec.ny - 1);
    const std::size_t from = tiles_.tile_index(gi, gj);
    const std::size_t c = local(gi % kTile, gj % kTile);
    const std::size_t k = rimmed(i, j);
    drag[k] = static_cast<Real>(friction_[from].deep.empty()
                                    ? tiles_.tiles()[from].friction[c]
                                    : drag_at(friction_[from], c, static_cast<double>(depth[k])));
  };
  for (int j = 0; j < tile.height; ++j)
    for (int i = 0; i < tile.width; ++i) drag[rimmed(i, j)] = static_cast<Real>(tile.friction[local(i, j)]);
  for (int i = -1; i <= tile.width; ++i) around(i, -1), around(i, tile.height);
  for (int j = 0; j < tile.height; ++j) around(-1, j), around(tile.width, j);
}

template void ShallowRoughness::place_drag(std::size_t, const float*, std::pmr::vector<float>&) const;
template void ShallowRoughness::place_drag(std::size_t, const double*, std::pmr::vector<double>&) const;

}  // namespace citytwin::surface_water
