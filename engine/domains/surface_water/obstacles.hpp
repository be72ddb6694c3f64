// Buildings, walls, unknown ground and held cells, put on cells and faces.
#pragma once

#include <span>
#include <vector>

#include "engine/domains/surface_water/surface.hpp"
#include "engine/domains/surface_water/tile_grid.hpp"
#include "engine/geo/rasterise.hpp"
#include "engine/model/hydraulic_structures.hpp"

namespace citytwin::surface_water {

// With less open area than this, or with four closed faces, a cell is all building: its rain would stand
// metres deep in a sliver that drains nowhere. "rule.buildings_porosity" of the texts names it.
inline constexpr float kLeastShare = 0.2F;

// Share of the cell that stores water and of its west and south faces that lets water through, on a grid.
struct OpenShares {
  std::vector<float> area;                                                // (ny, nx)
  std::vector<float> west;                                                // (ny, nx + 1)
  std::vector<float> south;                                               // (ny + 1, nx)
  [[nodiscard]] bool enclosed(const GridSpec& spec, int i, int j) const;  // all four faces closed
};

// From building footprints, counted on a finer grid of n x n points per cell: width along the face itself,
// never more than the open area of either cell.
[[nodiscard]] OpenShares building_shares(const CityModel& model, const GridSpec& spec,
                                         const RunContext& context);

// Marks built cells (roofs.hpp) as blocked.
void block_buildings(const std::vector<std::uint8_t>& built, std::vector<CellKind>& kind);
// Storage and conveyance by share; cells with hardly any open area, or none that leads out, become blocked.
void share_buildings(const OpenShares& shares, const GridSpec& spec, TileGrid& tiles,
                     std::vector<CellKind>& kind);
// Closes the faces of blocked and outside cells.
void close_faces(const std::vector<CellKind>& kind, TileGrid& tiles);
// Crest of a wall at a face between ground z1 and z2 [m]; kNoCrest where the ground is as high. `crest_level`
// NaN: `height` above the higher.
[[nodiscard]] float crest_at(double crest_level, double height, double z1, double z2);
// Calls change(FaceRef) for every tile that stores the face.
template <class Change>
void change_face(TileGrid& tiles, const Face& face, Change&& change) {
  if (face.x)
    tiles.change_face_x(face.i, face.j, change);
  else
    tiles.change_face_y(face.i, face.j, change);
}
// Walls as crests on the chain of faces nearest to each line; watertight along the chain.
void raise_walls(const Barriers& barriers, const std::vector<double>& ground, TileGrid& tiles);
// Makes the tiles that barriers touch ready for crests that come later. Their cells have no slopes from the
// beginning: the tiles on both sides of a border, and a run that goes on from a checkpoint, see the same. (A
// wall that breaches keeps a crest, if a low one, so its cells never get any.)
void keep_room_for(const std::vector<MovableBarrier>& barriers, TileGrid& tiles);
// Weight of each cell in the time step: narrow storage behind a wide face fills fast.
void set_speed_scales(const std::vector<CellKind>& kind, TileGrid& tiles);

}  // namespace citytwin::surface_water
