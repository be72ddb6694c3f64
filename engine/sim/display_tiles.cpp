#include "engine/sim/display_tiles.hpp"

#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace citytwin {

namespace {

constexpr std::size_t kCells = std::size_t{GridView::kTile} * GridView::kTile;

std::size_t tile_count(const GridSpec& grid) {
  const auto tiles = [](int cells) {
    return static_cast<std::size_t>((cells + GridView::kTile - 1) / GridView::kTile);
  };
  return tiles(grid.nx) * tiles(grid.ny);
}

std::vector<char> pack(const double* values) {
  std::vector<std::uint16_t> quantised(kCells);
  bool any = false;
  for (std::size_t c = 0; c < kCells; ++c) {
    const double steps = std::round(values[c] / DisplayTiles::kStep);
    quantised[c] = static_cast<std::uint16_t>(std::clamp(steps, 0.0, 65535.0));
    any = any || quantised[c] != 0;
  }
  if (!any) return {};
  uLongf size = compressBound(kCells * 2);
  std::vector<char> packed(size);
  if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                reinterpret_cast<const Bytef*>(quantised.data()), kCells * 2, Z_BEST_SPEED) != Z_OK)
    throw std::runtime_error("display tiles: compression failed");
  packed.resize(size);
  packed.shrink_to_fit();  // the budget counts what is in it, not the bound it was made with
  return packed;
}

std::vector<std::uint16_t> unpack(const std::vector<char>& packed) {
  std::vector<std::uint16_t> values(kCells, 0);
  if (packed.empty()) return values;
  uLongf size = kCells * 2;
  if (uncompress(reinterpret_cast<Bytef*>(values.data()), &size,
                 reinterpret_cast<const Bytef*>(packed.data()), packed.size()) != Z_OK ||
      size != kCells * 2)
    throw std::runtime_error("display tiles: broken tile");
  return values;
}

}  // namespace

DisplayTiles::DisplayTiles(const GridSpec& grid, SimTime interval, double budget_bytes)
    : grid_(grid), interval_(interval), next_(interval), budget_(budget_bytes) {
  changed_.assign(tile_count(grid), 0);
}

void DisplayTiles::beat(SimTime now, const GridView& view) {
  if (interval_.ms <= 0) return;
  for (const std::uint32_t tile : view.changed_tiles()) changed_[tile] = 1;
  if (now < next_) return;
  next_ = after(now);
  Frame frame{now, {}};
  for (std::uint32_t tile = 0; tile < changed_.size(); ++tile) {
    if (changed_[tile] == 0) continue;
    changed_[tile] = 0;
    const double* values = view.tile(tile);
    frame.tiles.push_back({tile, values == nullptr ? std::vector<char>{} : pack(values)});
    bytes_ += frame.tiles.back().packed.size() + sizeof(Tile);
  }
  frames_.push_back(std::move(frame));
  while (static_cast<double>(bytes_) > budget_ && frames_.size() > 2) thin();
}

// The first multiple of the interval after `time`.
SimTime DisplayTiles::after(SimTime time) const { return interval_ * (time.ms / interval_.ms + 1); }

// Merges every second frame into its successor and doubles the interval: a tile that the successor has is
// newer and stays, one that it lacks moves there.
void DisplayTiles::thin() {
  std::vector<Frame> kept;
  for (std::size_t f = 0; f < frames_.size(); ++f) {
    if (f % 2 == 0 && f + 1 < frames_.size()) {
      Frame& next = frames_[f + 1];
      for (Tile& tile : frames_[f].tiles) {
        const auto place = std::lower_bound(next.tiles.begin(), next.tiles.end(), tile.tile,
                                            [](const Tile& t, std::uint32_t id) { return t.tile < id; });
        if (place != next.tiles.end() && place->tile == tile.tile)
          bytes_ -= tile.packed.size() + sizeof(Tile);
        else
          next.tiles.insert(place, std::move(tile));
      }
    } else {
      kept.push_back(std::move(frames_[f]));
    }
  }
  frames_ = std::move(kept);
  interval_ = interval_ * 2;
  next_ = after(frames_.back().time);
  ++thinned_;
}

std::vector<SimTime> DisplayTiles::times() const {
  std::vector<SimTime> times;
  for (const Frame& frame : frames_) times.push_back(frame.time);
  return times;
}

Grid<float> DisplayTiles::at(SimTime time) const {
  Grid<float> grid(grid_, 0.0F);
  const auto tiles_x = static_cast<std::uint32_t>((grid_.nx + GridView::kTile - 1) / GridView::kTile);
  for (const Frame& frame : frames_) {
    if (frame.time > time) break;
    for (const Tile& tile : frame.tiles) {
      const std::vector<std::uint16_t> values = unpack(tile.packed);
      const int i0 = static_cast<int>(tile.tile % tiles_x) * GridView::kTile;
      const int j0 = static_cast<int>(tile.tile / tiles_x) * GridView::kTile;
      for (int j = j0; j < std::min(j0 + GridView::kTile, grid_.ny); ++j)
        for (int i = i0; i < std::min(i0 + GridView::kTile, grid_.nx); ++i)
          grid.at(i, j) = static_cast<float>(
              values[static_cast<std::size_t>((j - j0) * GridView::kTile + (i - i0))] * kStep);
    }
  }
  return grid;
}

template <class Archive, class Self>
void DisplayTiles::layout(Archive& archive, Self& self) {
  archive.fields(self.grid_, self.budget_, self.interval_, self.next_, self.changed_, self.bytes_,
                 self.thinned_);
  if (self.grid_.nx < 0 || self.grid_.ny < 0 || self.changed_.size() != tile_count(self.grid_))
    throw std::runtime_error("archive: tiles of another grid");
  archive.list(self.frames_, [&](auto& frame) {
    archive.fields(frame.time);
    archive.list(frame.tiles, [&](auto& tile) {
      archive.fields(tile.tile, tile.packed);
      if (tile.tile >= self.changed_.size()) throw std::runtime_error("archive: no such tile");
    });
  });
}

void DisplayTiles::save(SaveArchive& archive) const { layout(archive, *this); }
void DisplayTiles::load(LoadArchive& archive) { layout(archive, *this); }

}  // namespace citytwin
