// The grid in tiles of 64 x 64 cells, structure of arrays: what the kernel reads and writes. State arrays
// carry a rim of two cells, so that the kernels have no branches at tile borders.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

namespace citytwin::surface_water {

inline constexpr int kTile = 64;
inline constexpr std::size_t kTileCells = std::size_t{kTile} * kTile;
// Rows of 72: the interior starts at column 8 (aligned), the western rim is columns 6 and 7 and the eastern
// rim is columns 0 and 1 of the next row.
inline constexpr int kStride = 72;
inline constexpr int kPad = 8;
inline constexpr int kRim = 2;
// Discharges on faces have a third column and row in the east and north.
inline constexpr std::size_t kRimmedCells = std::size_t{kTile + 2 * kRim + 1} * kStride + kPad;
// Index of cell (i, j) in a rimmed array, i and j from -2 to 65 (faces: 66).
constexpr std::size_t rimmed(int i, int j) {
  return static_cast<std::size_t>((j + kRim) * kStride + kPad + i);
}
constexpr std::size_t local(int i, int j) { return static_cast<std::size_t>(j * kTile + i); }

// Local time steps: a tile steps at most 2^4 times while a calmer one steps once, and a wave, which crosses
// less than a cell per step, does not get across this many cells meanwhile.
inline constexpr int kMostLevels = 4;
// More levels for water that gets faster while calmer tiles are still in their step.
inline constexpr int kSpareLevels = 6;
inline constexpr int kReach = 1 << kMostLevels;

inline constexpr double kGravity = 9.81;  // [m/s2]
inline constexpr float kNoCrest = -1e30F;
inline constexpr float kNever = 1e29F;  // arrival times at or above it mean: not yet

// Borders of tiles and edges of the grid: west, east, south, north.
struct Side {
  int di, dj;  // outward
};
inline constexpr Side kSides[4] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};

enum class CellKind : std::uint8_t {
  free,     // water moves here
  blocked,  // inside a building: no storage, no flow; its rain goes to the ground around it
  outside,  // no ground: not part of the domain
  held,     // its level is imposed (sea, level boundary, open edge)
};

// What stands in the way in a tile that has buildings, walls, held or outside cells; plain tiles have none.
struct Obstacles {
  std::vector<float>
      open_x;  // share of the face's width that is open (64 rows x kStride; face west of cell i)
  std::vector<float> open_y;          // (65 rows x kStride; face south of cell (i, j))
  std::vector<float> crest_x;         // wall crest [m], kNoCrest = none; layout as open_x
  std::vector<float> crest_y;         // layout as open_y
  std::vector<double> inverse_share;  // 1 / share of the cell's area that stores water, >= 1 (64 x 64)
  std::vector<float> speed_scale;     // weight of the cell in the time step: 0 where held (64 x 64)
  std::vector<std::uint8_t> movable;  // 1: a barrier may rise on a face of the cell (64 x 64); empty = none
  Obstacles();
};

// What a row's water may do without any cell of it passing its maximum, so that most steps need not look.
struct RowBounds {
  double rise = -1;       // of every depth [m]; < 0: not known
  float max_speed = -1;   // the least maximum of the row [m/s]; < 0: not known
  float max_hazard = -1;  // the same [m2/s]
};

// What has been, by cell; allocated when the tile first takes part.
struct Maxima {
  std::vector<float> max_depth;   // [m] (64 x 64, as all below)
  std::vector<float> max_speed;   // [m/s]
  std::vector<float> max_hazard;  // depth x speed [m2/s]
  std::vector<float> arrival;     // first time deeper than the threshold [s]; kNever
  std::vector<double> above;      // time spent deeper than the threshold [s], less that of whole rows:
  std::vector<double> row_above;  // time that every cell of a row was deeper (64)
  std::vector<std::uint8_t> row_arrived;  // 1: every cell of the row has an arrival time (64); may be 0 still
  std::array<RowBounds, kTile> row_bounds;
  [[nodiscard]] double time_above(int i, int j) const {
    return above[static_cast<std::size_t>(j * kTile + i)] + row_above[static_cast<std::size_t>(j)];
  }
  Maxima();
};

// Rain that falls on a roof and runs to the ground beside it.
struct RoofShare {
  std::uint16_t cell;  // local index of the cell that receives
  std::uint16_t code;  // rain code of the roof
  double ratio;        // roof area / cell's storing area
};

struct HeldCell {
  std::uint16_t cell;   // local index
  std::uint16_t group;  // which level series (see Levels)
  std::uint16_t flows;  // 1: keeps its velocity (a boundary that water crosses); 0: a reservoir (the sea)
};

struct InflowCell {
  std::uint16_t cell;
  std::uint16_t series;  // which inflow
  double per_volume;     // depth per m3 of the series that enters here [1/m2]
};

// A running sum that keeps what rounding would drop (Neumaier 1974): a plain sum of a million equal volumes
// is wrong in the eleventh digit, always to the same side.
struct Book {
  double sum = 0, rest = 0;
  void add(double x) {
    const double t = sum + x;
    rest += (sum < 0 ? -sum : sum) >= (x < 0 ? -x : x) ? (sum - t) + x : (x - t) + sum;
    sum = t;
  }
  [[nodiscard]] double total() const { return sum + rest; }
};

// Sums since the start, per tile so that they are the same for any thread count.
struct TileBooks {
  Book edge_in, edge_out;  // through open grid edges [m3]
  Book clipped;            // made by setting a negative depth to zero [m3]
  std::uint64_t clipped_cells = 0;
  std::vector<Book> held_in, held_out;  // per level group [m3]
};

// Water that finer steps have passed across a border to a tile that takes longer ones: per face, since that
// tile's last step. As FaceFlux, times the length of the steps; its mean over the tile's step during that.
struct BorderFlux {
  std::array<double, kTile> mass{}, left{}, right{}, tangential{};
  // The longer step may lose no more through a face than it would have by itself, with the flux at its
  // beginning: that much its cells can give (the CFL condition), and no depth turns negative.
  std::array<double, kTile> most{};
  bool fresh = true;  // no finer step has been taken yet
};

// Held water where it meets free cells.
struct Shore {
  std::uint16_t group;
  double ground;  // the lowest over which it can run [m]
};

struct Tile {
  int width = 0, height = 0;             // cells of the grid in it (64 except at the north and east end)
  std::vector<double> ground;            // [m] (rimmed)
  std::vector<float> friction;           // g n2 (64 x 64)
  std::vector<std::uint16_t> rain_code;  // (64 x 64), index into the net rain of a sub-step
  std::vector<std::uint16_t> codes;      // the distinct codes of the tile, ascending
  std::vector<RoofShare> roofs;
  std::vector<HeldCell> held;  // ascending by cell
  std::vector<Shore> shores;
  std::vector<InflowCell> inflows;
  std::unique_ptr<Obstacles> obstacles;
  std::array<bool, 4> at_edge{};  // west, east, south, north end of the grid
  bool has_free_cell = false;
  bool still_water = false;  // every cell and every neighbour across its border is held by one group

  std::unique_ptr<Maxima> maxima;  // null until the tile takes part
  TileBooks books;
  double speed = 0;  // max of |u| + |v| + 2c, for the time step [m/s]
  // West, east, south, north: the same within kReach cells of the border, and whether any is wet there.
  std::array<double, 4> border_speed{};
  std::array<bool, 4> wet_border{};
  bool wet = false;
  bool active = false;
  int level = 0;         // of its time step: 2^-level of the longest
  bool touched = false;  // since the last hash and publication
};

}  // namespace citytwin::surface_water
