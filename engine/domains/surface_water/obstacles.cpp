#include "engine/domains/surface_water/obstacles.hpp"

#include <algorithm>
#include <cmath>

#include "engine/geo/rasterise.hpp"

namespace citytwin::surface_water {

void block_buildings(const std::vector<std::uint8_t>& built, std::vector<CellKind>& kind) {
  for (std::size_t k = 0; k < kind.size(); ++k)
    if (kind[k] == CellKind::free && built[k] != 0) kind[k] = CellKind::blocked;
}

bool OpenShares::enclosed(const GridSpec& spec, int i, int j) const {
  const auto nx = static_cast<std::size_t>(spec.nx);
  const auto a = static_cast<std::size_t>(i);
  const auto b = static_cast<std::size_t>(j);
  return west[b * (nx + 1) + a] <= 0 && west[b * (nx + 1) + a + 1] <= 0 && south[b * nx + a] <= 0 &&
         south[(b + 1) * nx + a] <= 0;
}

void share_buildings(const OpenShares& shares, const GridSpec& spec, TileGrid& tiles,
                     std::vector<CellKind>& kind) {
  for (int j = 0; j < spec.ny; ++j)
    for (int i = 0; i < spec.nx; ++i) {
      const std::size_t k = spec.index(i, j);
      const float share = shares.area[k];
      if (share >= 1 || kind[k] != CellKind::free) continue;
      if (share < kLeastShare || shares.enclosed(spec, i, j)) {
        kind[k] = CellKind::blocked;
        continue;
      }
      tiles.obstacles_at(i, j).inverse_share[local(i % kTile, j % kTile)] = 1.0 / static_cast<double>(share);
    }
  for (int j = 0; j < spec.ny; ++j)
    for (int i = 0; i <= spec.nx; ++i) {
      const float open = shares.west[static_cast<std::size_t>(j) * static_cast<std::size_t>(spec.nx + 1) +
                                     static_cast<std::size_t>(i)];
      if (open < 1) tiles.change_face_x(i, j, [&](FaceRef face) { *face.open = open; });
    }
  for (int j = 0; j <= spec.ny; ++j)
    for (int i = 0; i < spec.nx; ++i) {
      const float open = shares.south[static_cast<std::size_t>(j) * static_cast<std::size_t>(spec.nx) +
                                      static_cast<std::size_t>(i)];
      if (open < 1) tiles.change_face_y(i, j, [&](FaceRef face) { *face.open = open; });
    }
}

void close_faces(const std::vector<CellKind>& kind, TileGrid& tiles) {
  const GridSpec spec = tiles.spec();
  const auto close = [](FaceRef face) { *face.open = 0; };
  for (int j = 0; j < spec.ny; ++j)
    for (int i = 0; i < spec.nx; ++i) {
      const CellKind here = kind[spec.index(i, j)];
      if (here != CellKind::blocked && here != CellKind::outside) continue;
      tiles.obstacles_at(i, j);
      tiles.change_face_x(i, j, close);
      tiles.change_face_x(i + 1, j, close);
      tiles.change_face_y(i, j, close);
      tiles.change_face_y(i, j + 1, close);
    }
}

void set_speed_scales(const std::vector<CellKind>& kind, TileGrid& tiles) {
  const GridSpec spec = tiles.spec();
  for (std::size_t t = 0; t < tiles.tiles().size(); ++t) {
    Tile& tile = tiles.tiles()[t];
    if (!tile.obstacles) continue;
    Obstacles& o = *tile.obstacles;
    const auto [i0, j0] = tiles.corner(t);
    for (int j = 0; j < tile.height; ++j)
      for (int i = 0; i < tile.width; ++i) {
        const std::size_t c = local(i, j);
        if (kind[spec.index(i0 + i, j0 + j)] == CellKind::held) {
          o.speed_scale[c] = 0;
          continue;
        }
        const auto x = static_cast<std::size_t>(j * kStride + i);
        const float widest =
            std::max(std::max(o.open_x[x], o.open_x[x + 1]), std::max(o.open_y[x], o.open_y[x + kStride]));
        o.speed_scale[c] = std::max(1.0F, widest * static_cast<float>(o.inverse_share[c]));
      }
  }
}

}  // namespace citytwin::surface_water
