// Save, load and hash: all that the future of the run depends on, and all that it will report.
#include <stdexcept>

#include "engine/base/parallel.hpp"
#include "engine/domains/surface_water/solver.hpp"

namespace citytwin::surface_water {

namespace {

template <class Archive, class Books>
void books_layout(Archive& archive, Books& b) {
  archive.fields(b.edge_in, b.edge_out, b.clipped, b.clipped_cells, b.held_in, b.held_out);
}

template <class Archive, class M>
void maxima_layout(Archive& archive, M& m) {
  archive.fields(m.max_depth, m.max_speed, m.max_hazard, m.arrival, m.above, m.row_above);
}

void save_tile(const Tile& tile, std::size_t t, const Water& water, SaveArchive& archive) {
  const bool started = water.started(t);
  archive.fields(started);
  books_layout(archive, tile.books);
  archive.fields(tile.speed, tile.border_speed);
  if (!started) return;
  water.save(t, archive);
  maxima_layout(archive, *tile.maxima);
}

// A tile that the checkpoint has dry and untouched may have taken part since: it is made so again.
void load_tile(Tile& tile, std::size_t t, Water& water, LoadArchive& archive) {
  bool started = false;
  archive.fields(started);
  books_layout(archive, tile.books);
  double speed = 0;
  std::array<double, 4> border_speed{};
  archive.fields(speed, border_speed);
  if (started)
    water.load(t, archive);
  else
    water.forget(t);
  water.refresh(t);
  tile.speed = speed;  // the very bits: the next time step follows from them
  tile.border_speed = border_speed;
  if (!started) return;
  maxima_layout(archive, *tile.maxima);
  if (tile.maxima->above.size() != kTileCells || tile.maxima->row_above.size() != kTile)
    throw std::runtime_error("surface_water: archive of another tile size");
}

// The interior only: the rim is a copy of neighbours and is filled again before use.
Hash128 hash_tile(const Tile& tile, std::size_t t, const Water& water, const GroundLosses* losses,
                  const Retention* retention) {
  Hasher hasher;
  for (const Book* book : {&tile.books.edge_in, &tile.books.edge_out, &tile.books.clipped})
    hasher.value(book->total());
  for (const auto* books : {&tile.books.held_in, &tile.books.held_out})
    for (const Book& book : *books) hasher.value(book.total());
  if (!water.started(t)) return hasher.finish();
  water.add_to(t, hasher);
  const Maxima& m = *tile.maxima;
  for (const auto* field : {&m.max_depth, &m.max_speed, &m.max_hazard, &m.arrival}) hasher.range(*field);
  hasher.range(m.above);
  hasher.range(m.row_above);
  if (losses != nullptr) losses->add_to(t, hasher);
  if (retention != nullptr) retention->add_to(t, hasher);
  return hasher.finish();
}

}  // namespace

void Solver::save(SaveArchive& archive) const {
  if (structures_) structures_->save(archive);
  rain_.save(archive);
  inflows_.save(archive);
  archive.fields(levels_.level(), initial_volume_, sub_steps_, cell_steps_, trusted_levels_,
                 grid_->tiles().size());
  for (std::size_t t = 0; t < grid_->tiles().size(); ++t) save_tile(grid_->tiles()[t], t, *water_, archive);
  if (losses_) losses_->save(archive);
  if (retention_) retention_->save(archive);
  archive.fields(roof_water_);
  archive.fields(given_shown_, given_in_, given_out_);
}

void Solver::load(LoadArchive& archive) {
  if (structures_) structures_->load(archive);  // before the tiles: they take the crests as they are
  rain_.load(archive);
  inflows_.load(archive);
  std::size_t tiles = 0;
  archive.fields(last_level_, initial_volume_, sub_steps_, cell_steps_, trusted_levels_, tiles);
  levels_.set_levels(last_level_);
  still_changed_ = true;  // as far as is known; to hold what stands at its level already does nothing
  if (tiles != grid_->tiles().size()) throw std::runtime_error("surface_water: archive of another grid");
  for (std::size_t t = 0; t < tiles; ++t) {
    Tile& tile = grid_->tiles()[t];
    load_tile(tile, t, *water_, archive);
    tile.touched = true;
  }
  if (losses_) losses_->load(archive);
  if (retention_) retention_->load(archive);
  archive.fields(roof_water_);
  roof_water_.resize(roof_drains_.size());
  archive.fields(given_shown_, given_in_, given_out_);
  hash_stale_.assign(tiles, 1);
}

Hash128 Solver::hash() const {
  const auto& tiles = grid_->tiles();
  for_chunks(tiles.size(), 8, [&](std::size_t begin, std::size_t end) {
    for (std::size_t t = begin; t < end; ++t) {
      if (hash_stale_[t] == 0) continue;
      tile_hash_[t] = hash_tile(tiles[t], t, *water_, losses_.get(), retention_.get());
      hash_stale_[t] = 0;
    }
  });
  Hasher hasher;
  hasher.value(rain_.volume_in());
  hasher.value(rain_.volume_lost());
  hasher.value(inflows_.volume_in());
  hasher.range(tile_hash_);
  if (!roof_water_.empty()) hasher.range(roof_water_);
  if (structures_) structures_->add_to(hasher);
  return hasher.finish();
}

}  // namespace citytwin::surface_water
