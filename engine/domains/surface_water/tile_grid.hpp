// All tiles of a run's grid, and access to cells and faces by grid position while the run is set up.
#pragma once

#include <utility>
#include <vector>

#include "engine/domains/surface_water/tile.hpp"
#include "engine/geo/grid.hpp"

namespace citytwin::surface_water {

struct FaceRef {  // one face as one tile stores it
  float* open;
  float* crest;
  std::size_t tile;  // that stores it
};

class TileGrid {
 public:
  TileGrid() = default;
  explicit TileGrid(const GridSpec& spec);

  [[nodiscard]] const GridSpec& spec() const { return spec_; }
  [[nodiscard]] int tiles_x() const { return tiles_x_; }
  [[nodiscard]] int tiles_y() const { return tiles_y_; }
  [[nodiscard]] std::vector<Tile>& tiles() { return tiles_; }
  [[nodiscard]] const std::vector<Tile>& tiles() const { return tiles_; }
  [[nodiscard]] std::size_t tile_index(int i, int j) const {
    return static_cast<std::size_t>(j / kTile) * static_cast<std::size_t>(tiles_x_) +
           static_cast<std::size_t>(i / kTile);
  }
  [[nodiscard]] Tile& tile_at(int i, int j) { return tiles_[tile_index(i, j)]; }
  // Tile across a border (0 west, 1 east, 2 south, 3 north), or nullptr at the end of the grid.
  [[nodiscard]] Tile* neighbour(std::size_t tile, int border);
  // South-west cell of a tile.
  [[nodiscard]] std::pair<int, int> corner(std::size_t tile) const {
    return {static_cast<int>(tile % static_cast<std::size_t>(tiles_x_)) * kTile,
            static_cast<int>(tile / static_cast<std::size_t>(tiles_x_)) * kTile};
  }

  Obstacles& obstacles_at(int i, int j);
  // A barrier may come to stand on a face of the cell; cells outside the grid are left out.
  void mark_movable(int i, int j);
  // Whether nothing stands, or may come to stand, in the cell or on its faces, and its level is not held: the
  // same throughout a run.
  [[nodiscard]] bool open_ground(int i, int j) const;
  // Calls change(FaceRef) for every tile that stores the face west (x) or south (y) of cell (i, j); i may be
  // nx, j may be ny.
  template <class Change>
  void change_face_x(int i, int j, Change&& change);
  template <class Change>
  void change_face_y(int i, int j, Change&& change);

  // (ny, nx) values into a rimmed array per tile; rims at the grid's ends repeat the cell inside.
  void fill_ground(const std::vector<double>& ground);

 private:
  GridSpec spec_;
  int tiles_x_ = 0, tiles_y_ = 0;
  std::vector<Tile> tiles_;
};

template <class Change>
void TileGrid::change_face_x(int i, int j, Change&& change) {
  const auto at = [&](int cell_i) {
    Obstacles& o = obstacles_at(cell_i, j);
    const int column = i - cell_i / kTile * kTile;
    const auto k = static_cast<std::size_t>((j % kTile) * kStride + column);
    change(FaceRef{&o.open_x[k], &o.crest_x[k], tile_index(cell_i, j)});
  };
  if (i > 0) at(i - 1);
  if (i < spec_.nx && (i == 0 || i % kTile == 0)) at(i);
}

template <class Change>
void TileGrid::change_face_y(int i, int j, Change&& change) {
  const auto at = [&](int cell_j) {
    Obstacles& o = obstacles_at(i, cell_j);
    const int row = j - cell_j / kTile * kTile;
    const auto k = static_cast<std::size_t>(row * kStride + i % kTile);
    change(FaceRef{&o.open_y[k], &o.crest_y[k], tile_index(i, cell_j)});
  };
  if (j > 0) at(j - 1);
  if (j < spec_.ny && (j == 0 || j % kTile == 0)) at(j);
}

}  // namespace citytwin::surface_water
