#include "engine/domains/surface_water/obstacles.hpp"

#include <algorithm>
#include <cmath>

#include "engine/geo/rasterise.hpp"

namespace citytwin::surface_water {

namespace {

constexpr float kBlockedShare = 0.5F;
// With less open area than this, or with four closed faces, a cell is all building: its rain would stand
// metres deep in a sliver that drains nowhere.
constexpr float kLeastShare = 0.2F;

std::vector<double> covered_area(const Buildings& buildings, const GridSpec& spec) {
  std::vector<double> covered(spec.size(), 0.0);
  for (std::size_t b = 0; b < buildings.size(); ++b)
    cell_overlaps(spec, buildings.footprint[b],
                  [&](int i, int j, double area) { covered[spec.index(i, j)] += area; });
  return covered;
}

}  // namespace

void block_buildings(const CityModel& model, const GridSpec& spec, std::vector<CellKind>& kind) {
  const std::vector<double> covered = covered_area(model.buildings(), spec);
  const double half = static_cast<double>(kBlockedShare) * spec.cell_m * spec.cell_m;
  for (std::size_t k = 0; k < kind.size(); ++k)
    if (kind[k] == CellKind::free && covered[k] >= half) kind[k] = CellKind::blocked;
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

namespace {

std::pair<Tile*, std::size_t> tile_cell(TileGrid& tiles, std::size_t k) {
  const int i = static_cast<int>(k % static_cast<std::size_t>(tiles.spec().nx));
  const int j = static_cast<int>(k / static_cast<std::size_t>(tiles.spec().nx));
  return {&tiles.tile_at(i, j), local(i % kTile, j % kTile)};
}

}  // namespace

void drain_roofs(const std::vector<CellKind>& kind, const std::vector<std::uint16_t>& code, TileGrid& tiles) {
  const GridSpec spec = tiles.spec();
  std::vector<std::uint8_t> seen(spec.size(), 0);
  std::vector<std::pair<int, int>> stack;
  std::vector<std::size_t> roof;
  std::vector<std::size_t> ring;
  const auto visit = [&](int i, int j) {
    if (!spec.inside(i, j)) return;
    const std::size_t k = spec.index(i, j);
    if (kind[k] == CellKind::free) ring.push_back(k);
    if (kind[k] != CellKind::blocked || seen[k] != 0) return;
    seen[k] = 1;
    stack.emplace_back(i, j);
  };
  for (int j0 = 0; j0 < spec.ny; ++j0)
    for (int i0 = 0; i0 < spec.nx; ++i0) {
      roof.clear();
      ring.clear();
      if (kind[spec.index(i0, j0)] == CellKind::blocked) visit(i0, j0);
      while (!stack.empty()) {
        const auto [i, j] = stack.back();
        stack.pop_back();
        roof.push_back(spec.index(i, j));
        visit(i - 1, j);
        visit(i + 1, j);
        visit(i, j - 1);
        visit(i, j + 1);
      }
      if (roof.empty()) continue;
      std::sort(ring.begin(), ring.end());
      ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
      if (ring.empty()) ring = roof;  // walled in by others: the rain stays on the roof
      const auto open_share = [&](std::size_t k) {
        const auto [tile, cell] = tile_cell(tiles, k);
        return tile->obstacles ? 1.0 / tile->obstacles->inverse_share[cell] : 1.0;
      };
      double open_cells = 0;  // a nearly closed cell takes its share of the rain, not a full cell's
      for (const std::size_t k : ring) open_cells += open_share(k);
      std::vector<std::uint16_t> codes;
      codes.reserve(roof.size());
      for (const std::size_t k : roof) codes.push_back(code[k]);
      std::sort(codes.begin(), codes.end());
      for (std::size_t a = 0; a < codes.size();) {
        std::size_t b = a;
        while (b < codes.size() && codes[b] == codes[a]) ++b;
        for (const std::size_t k : ring) {
          const auto [tile, cell] = tile_cell(tiles, k);
          tile->roofs.push_back(
              {static_cast<std::uint16_t>(cell), codes[a], static_cast<double>(b - a) / open_cells});
        }
        a = b;
      }
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
