#include "engine/domains/surface_water/published_depth.hpp"

#include <algorithm>

#include "engine/base/parallel.hpp"

namespace citytwin::surface_water {

namespace {

// Copies the depth of a tile; true if a value changed. Nothing is kept of a tile that has always been dry.
bool copy_depth(const Water& water, std::size_t t, std::vector<double>& values) {
  if (!water.started(t)) return false;
  thread_local std::vector<double> now;
  now.assign(kTileCells, 0.0);
  water.copy_depth(t, now);
  if (values.empty() && std::ranges::all_of(now, [](double h) { return h == 0; })) return false;
  if (values == now) return false;
  values = now;
  return true;
}

}  // namespace

void PublishedDepth::start(const TileGrid& grid) {
  spec_ = grid.spec();
  values_.assign(grid.tiles().size(), {});
  changed_.clear();
}

void PublishedDepth::publish(const Water& water, const std::vector<std::uint32_t>& tiles) {
  std::vector<std::uint8_t> changed(tiles.size(), 0);
  for_chunks(tiles.size(), 4, [&](std::size_t begin, std::size_t end) {
    for (std::size_t k = begin; k < end; ++k)
      changed[k] = copy_depth(water, tiles[k], values_[tiles[k]]) ? 1 : 0;
  });
  changed_.clear();
  for (std::size_t k = 0; k < tiles.size(); ++k)
    if (changed[k] != 0) changed_.push_back(tiles[k]);
}

}  // namespace citytwin::surface_water
