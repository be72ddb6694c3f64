// Save, load and hash: all that the future of the run depends on, and all that it will report.
#include <span>

#include "engine/base/parallel.hpp"
#include "engine/domains/surface_water/solver.hpp"

namespace citytwin::surface_water {

namespace {

template <class Archive, class Books>
void books_layout(Archive& archive, Books& b) {
  archive.fields(b.edge_in, b.edge_out, b.clipped, b.clipped_cells, b.held_in, b.held_out);
}

template <class Archive, class State>
void state_layout(Archive& archive, State& s) {
  archive.fields(s.h, s.u, s.v, s.max_depth, s.max_speed, s.max_hazard, s.arrival, s.above);
}

void save_tile(const Tile& tile, SaveArchive& archive) {
  const bool has_state = tile.state != nullptr;
  archive.fields(has_state);
  books_layout(archive, tile.books);
  if (has_state) state_layout(archive, *tile.state);
}

void load_tile(Tile& tile, LoadArchive& archive) {
  bool has_state = false;
  archive.fields(has_state);
  books_layout(archive, tile.books);
  tile.state.reset();
  if (!has_state) return;
  tile.state = std::make_unique<TileState>();
  TileState& s = *tile.state;
  state_layout(archive, s);
  if (s.h.size() != kRimmedCells || s.above.size() != kTileCells)
    throw std::runtime_error("surface_water: archive of another tile size");
}

// The interior only: the rim is a copy of neighbours and is filled again before use.
Hash128 hash_tile(const Tile& tile) {
  Hasher hasher;
  for (const Book* book : {&tile.books.edge_in, &tile.books.edge_out, &tile.books.clipped})
    hasher.value(book->total());
  for (const auto* books : {&tile.books.held_in, &tile.books.held_out})
    for (const Book& book : *books) hasher.value(book.total());
  if (!tile.state) return hasher.finish();
  const TileState& s = *tile.state;
  const auto width = static_cast<std::size_t>(tile.width);
  for (const auto* field : {&s.h, &s.u, &s.v})
    for (int j = 0; j < tile.height; ++j)
      hasher.range(std::span<const double>(field->data() + rimmed(0, j), width));
  for (const auto* field : {&s.max_depth, &s.max_speed, &s.max_hazard, &s.arrival}) hasher.range(*field);
  hasher.range(s.above);
  return hasher.finish();
}

}  // namespace

void Solver::save(SaveArchive& archive) const {
  rain_.save(archive);
  inflows_.save(archive);
  archive.fields(levels_.level(), initial_volume_, sub_steps_, cell_steps_, grid_.tiles().size());
  for (const Tile& tile : grid_.tiles()) save_tile(tile, archive);
}

void Solver::load(LoadArchive& archive) {
  rain_.load(archive);
  inflows_.load(archive);
  std::size_t tiles = 0;
  archive.fields(last_level_, initial_volume_, sub_steps_, cell_steps_, tiles);
  levels_.set_levels(last_level_);
  if (tiles != grid_.tiles().size()) throw std::runtime_error("surface_water: archive of another grid");
  for (Tile& tile : grid_.tiles()) {
    load_tile(tile, archive);
    refresh_tile(tile);
    tile.touched = true;
  }
  hash_stale_.assign(tiles, 1);
}

Hash128 Solver::hash() const {
  const auto& tiles = grid_.tiles();
  for_chunks(tiles.size(), 8, [&](std::size_t begin, std::size_t end) {
    for (std::size_t t = begin; t < end; ++t) {
      if (hash_stale_[t] == 0) continue;
      tile_hash_[t] = hash_tile(tiles[t]);
      hash_stale_[t] = 0;
    }
  });
  Hasher hasher;
  hasher.value(rain_.volume_in());
  hasher.value(rain_.volume_lost());
  hasher.value(inflows_.volume_in());
  hasher.range(tile_hash_);
  return hasher.finish();
}

}  // namespace citytwin::surface_water
