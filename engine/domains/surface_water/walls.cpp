// Walls on the faces of the grid.
#include <algorithm>
#include <cmath>

#include "engine/domains/surface_water/obstacles.hpp"
#include "engine/geo/rasterise.hpp"

namespace citytwin::surface_water {

// Cells of the dual grid are the nodes of the run's grid; the traversal steps from node to neighbouring node,
// and each such step is one face.
float crest_at(double crest_level, double height, double z1, double z2) {
  const double higher = std::max(z1, z2);
  const double crest = std::isnan(crest_level) ? higher + height : crest_level;
  return crest > higher ? static_cast<float>(crest) : kNoCrest;
}

void raise_walls(const Barriers& barriers, const std::vector<double>& ground, TileGrid& tiles) {
  const GridSpec spec = tiles.spec();
  const auto z = [&](int i, int j) {
    const double value = ground[spec.index(std::clamp(i, 0, spec.nx - 1), std::clamp(j, 0, spec.ny - 1))];
    return std::isnan(value) ? -1e30 : value;
  };
  for (std::size_t row = 0; row < barriers.size(); ++row)
    for (const Face& face : faces_along(spec, barriers.line[row])) {
      const auto [i, j] = cell_before(face);
      const float crest =
          crest_at(barriers.crest_level[row], barriers.height[row], z(i, j), z(face.i, face.j));
      if (crest <= kNoCrest) continue;
      change_face(tiles, face, [crest](FaceRef f) { *f.crest = std::max(*f.crest, crest); });
    }
}

void keep_room_for(const std::vector<MovableBarrier>& barriers, TileGrid& tiles) {
  for (const MovableBarrier& barrier : barriers)
    for (const Face& face : faces_along(tiles.spec(), barrier.line)) {
      tiles.mark_movable(face.i, face.j);
      const auto [i, j] = cell_before(face);
      tiles.mark_movable(i, j);
    }
}

}  // namespace citytwin::surface_water
