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
}

void ShallowRoughness::update(std::size_t t, const Water& water) {
  const Friction& f = friction_[t];
  if (f.deep.empty()) return;
  thread_local std::vector<double> depth;
  depth.assign(kTileCells, 0.0);
  water.copy_depth(t, depth);
  std::vector<float>& friction = tiles_.tiles()[t].friction;
  for (std::size_t c = 0; c < kTileCells; ++c) {
    const double share = std::clamp((depth[c] - from_) / (to_ - from_), 0.0, 1.0);
    const double n = f.shallow[c] + (f.deep[c] - f.shallow[c]) * share;
    friction[c] = static_cast<float>(kGravity * n * n);
  }
}

}  // namespace citytwin::surface_water
