#include "engine/domains/surface_water/tile_grid.hpp"

#include <algorithm>

namespace citytwin::surface_water {

Obstacles::Obstacles()
    : open_x(std::size_t{kTile} * kStride, 1.0F),
      open_y(std::size_t{kTile + 1} * kStride, 1.0F),
      crest_x(std::size_t{kTile} * kStride, kNoCrest),
      crest_y(std::size_t{kTile + 1} * kStride, kNoCrest),
      inverse_share(kTileCells, 1.0),
      speed_scale(kTileCells, 1.0F) {}

Maxima::Maxima()
    : max_depth(kTileCells, 0.0F),
      max_speed(kTileCells, 0.0F),
      max_hazard(kTileCells, 0.0F),
      arrival(kTileCells, kNever),
      above(kTileCells, 0.0),
      row_above(kTile, 0.0),
      row_arrived(kTile, 0) {}

TileGrid::TileGrid(const GridSpec& spec)
    : spec_(spec), tiles_x_((spec.nx + kTile - 1) / kTile), tiles_y_((spec.ny + kTile - 1) / kTile) {
  tiles_.resize(static_cast<std::size_t>(tiles_x_) * static_cast<std::size_t>(tiles_y_));
  for (std::size_t t = 0; t < tiles_.size(); ++t) {
    const auto [i0, j0] = corner(t);
    Tile& tile = tiles_[t];
    tile.width = std::min(kTile, spec.nx - i0);
    tile.height = std::min(kTile, spec.ny - j0);
    tile.at_edge = {i0 == 0, i0 + tile.width == spec.nx, j0 == 0, j0 + tile.height == spec.ny};
    tile.ground.assign(kRimmedCells, 0.0);
    tile.friction.assign(kTileCells, 0.0F);
    tile.rain_code.assign(kTileCells, 0);
  }
}

Tile* TileGrid::neighbour(std::size_t tile, int border) {
  if (tiles_[tile].at_edge[static_cast<std::size_t>(border)]) return nullptr;
  const auto row = static_cast<std::size_t>(tiles_x_);
  switch (border) {
    case 0:
      return &tiles_[tile - 1];
    case 1:
      return &tiles_[tile + 1];
    case 2:
      return &tiles_[tile - row];
    default:
      return &tiles_[tile + row];
  }
}

Obstacles& TileGrid::obstacles_at(int i, int j) {
  Tile& tile = tile_at(i, j);
  if (!tile.obstacles) tile.obstacles = std::make_unique<Obstacles>();
  return *tile.obstacles;
}

void TileGrid::mark_movable(int i, int j) {
  if (!spec_.inside(i, j)) return;
  Obstacles& o = obstacles_at(i, j);
  o.movable.resize(kTileCells, 0);
  o.movable[local(i % kTile, j % kTile)] = 1;
}

bool TileGrid::open_ground(int i, int j) const {
  const Tile& tile = tiles_[tile_index(i, j)];
  if (!tile.obstacles) return true;
  const Obstacles& o = *tile.obstacles;
  const auto cell = local(i % kTile, j % kTile);
  if (std::ranges::binary_search(tile.held, static_cast<std::uint16_t>(cell), {}, &HeldCell::cell))
    return false;
  if (!o.movable.empty() && o.movable[cell] != 0) return false;
  const auto k = static_cast<std::size_t>((j % kTile) * kStride + i % kTile);
  const auto open = [&](const std::vector<float>& share, const std::vector<float>& crest, std::size_t at) {
    return share[at] >= 1 && crest[at] <= kNoCrest;
  };
  return o.inverse_share[cell] <= 1 && open(o.open_x, o.crest_x, k) && open(o.open_x, o.crest_x, k + 1) &&
         open(o.open_y, o.crest_y, k) && open(o.open_y, o.crest_y, k + kStride);
}

void TileGrid::fill_ground(const std::vector<double>& ground) {
  for (std::size_t t = 0; t < tiles_.size(); ++t) {
    const auto [i0, j0] = corner(t);
    Tile& tile = tiles_[t];
    for (int j = -kRim; j < tile.height + kRim; ++j)
      for (int i = -kRim; i < tile.width + kRim; ++i) {
        const int gi = std::clamp(i0 + i, 0, spec_.nx - 1);
        const int gj = std::clamp(j0 + j, 0, spec_.ny - 1);
        tile.ground[rimmed(i, j)] = ground[spec_.index(gi, gj)];
      }
  }
}

}  // namespace citytwin::surface_water
