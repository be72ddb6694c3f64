#include "engine/domains/surface_water/published_depth.hpp"

#include "engine/base/parallel.hpp"

namespace citytwin::surface_water {

namespace {

// Copies the depth of a tile; true if a value changed.
bool copy_depth(const Tile& tile, std::vector<double>& values) {
  if (!tile.state) return false;
  bool changed = false;
  for (int j = 0; j < tile.height; ++j)
    for (int i = 0; i < tile.width; ++i) {
      const double h = tile.state->h[rimmed(i, j)];
      if (values.empty()) {
        if (h == 0) continue;
        values.assign(kTileCells, 0.0);
      }
      changed = changed || values[local(i, j)] != h;
      values[local(i, j)] = h;
    }
  return changed;
}

}  // namespace

void PublishedDepth::start(const TileGrid& grid) {
  spec_ = grid.spec();
  values_.assign(grid.tiles().size(), {});
  changed_.clear();
}

void PublishedDepth::publish(const TileGrid& grid, const std::vector<std::uint32_t>& tiles) {
  std::vector<std::uint8_t> changed(tiles.size(), 0);
  for_chunks(tiles.size(), 4, [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k)
      changed[k] = copy_depth(grid.tiles()[tiles[k]], values_[tiles[k]]) ? 1 : 0;
  });
  changed_.clear();
  for (std::size_t k = 0; k < tiles.size(); ++k)
    if (changed[k] != 0) changed_.push_back(tiles[k]);
}

}  // namespace citytwin::surface_water
