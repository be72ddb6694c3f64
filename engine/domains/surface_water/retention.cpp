#include "engine/domains/surface_water/retention.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "engine/geo/rasterise.hpp"

namespace citytwin::surface_water {

namespace {
constexpr double kGap = 1e-6;  // [s]
}

Retention::Retention(const std::vector<RetentionArea>& areas, double step, const std::vector<CellKind>& kind,
                     const TileGrid& tiles)
    : step_(step), ground_(tiles.tiles().size()) {
  const GridSpec& spec = tiles.spec();
  const double whole = spec.cell_m * spec.cell_m;
  constexpr std::uint32_t kNone = 0xFFFFFFFF;
  std::vector<std::uint32_t> entry(spec.size(), kNone);  // of the cell in its tile's list
  for (const RetentionArea& area : areas) {
    if (area.kind != RetentionArea::Kind::ground || area.share <= 0) continue;
    cell_overlaps(spec, Polygon{area.polygon, {}}, [&](int i, int j, double covered) {
      const std::size_t k = spec.index(i, j);
      if (kind[k] != CellKind::free) return;
      std::vector<Cell>& cells = ground_[tiles.tile_index(i, j)].cells;
      if (entry[k] == kNone) {
        entry[k] = static_cast<std::uint32_t>(cells.size());
        cells.emplace_back();
        cells.back().cell = local(i % kTile, j % kTile);
      }
      Cell& cell = cells[entry[k]];
      const double share = area.share * covered / whole;
      cell.share += share;
      cell.storage += share * area.storage;
      cell.intake += share * area.intake;
      cell.sinks += share * area.sinks;
    });
  }
  for (std::size_t t = 0; t < ground_.size(); ++t)
    for (Cell& cell : ground_[t].cells) {
      const double most = std::max(1.0, cell.share);  // areas that lie on each other share the cell
      cell.storage /= most;
      cell.intake /= most;
      cell.sinks /= most;
      const Obstacles* o = tiles.tiles()[t].obstacles.get();
      cell.area = o != nullptr ? whole / o->inverse_share[cell.cell] : whole;
      empty_ = false;
    }
  for (Ground& ground : ground_) {
    std::sort(ground.cells.begin(), ground.cells.end(),
              [](const Cell& a, const Cell& b) { return a.cell < b.cell; });
    ground.held.assign(ground.cells.size(), 0.0);
    ground.sunk.assign(ground.cells.size(), 0.0);
  }
}

void Retention::apply(std::size_t t, double end, double dt, Water& water) {
  Ground& ground = ground_[t];
  if (ground.cells.empty()) return;
  if (!ground.begun) ground.until = end - dt;
  ground.begun = true;
  // A tile that took no part for a while was dry: its stores went on sinking.
  if (const double gap = end - dt - ground.until; gap > kGap)
    for (std::size_t n = 0; n < ground.cells.size(); ++n) {
      const double sank = std::min(ground.held[n], ground.cells[n].sinks * gap);
      ground.held[n] -= sank;
      ground.sunk[n] += sank;
    }
  ground.until = end;
  ground.gathered += dt;
  if (ground.gathered >= step_ - kGap) take_water(ground, t, water);
}

void Retention::take_water(Ground& ground, std::size_t t, Water& water) const {
  const double dt = std::exchange(ground.gathered, 0);
  for (std::size_t n = 0; n < ground.cells.size(); ++n) {
    const Cell& cell = ground.cells[n];
    const int i = static_cast<int>(cell.cell % kTile);
    const int j = static_cast<int>(cell.cell / kTile);
    const double room = std::max(0.0, cell.storage + cell.sinks * dt - ground.held[n]);
    const double wanted = std::min({water.at(t, i, j).depth, cell.intake * dt, room});
    if (wanted > 0) ground.held[n] -= water.add(t, i, j, -wanted);
    const double sank = std::min(ground.held[n], cell.sinks * dt);
    ground.held[n] -= sank;
    ground.sunk[n] += sank;
  }
}

double Retention::sum(std::vector<double> Ground::*depth) const {
  Book total;
  for (const Ground& ground : ground_)
    for (std::size_t n = 0; n < ground.cells.size(); ++n)
      total.add((ground.*depth)[n] * ground.cells[n].area);
  return total.total();
}

double Retention::sunk() const { return sum(&Ground::sunk); }
double Retention::held() const { return sum(&Ground::held); }

double Retention::depth_taken(std::size_t t, int i, int j) const {
  const Ground& ground = ground_[t];
  const auto at = std::lower_bound(ground.cells.begin(), ground.cells.end(), local(i, j),
                                   [](const Cell& cell, std::size_t c) { return cell.cell < c; });
  if (at == ground.cells.end() || at->cell != local(i, j)) return 0;
  const auto n = static_cast<std::size_t>(at - ground.cells.begin());
  return ground.held[n] + ground.sunk[n];
}

void Retention::save(SaveArchive& archive) const {
  for (const Ground& g : ground_) archive.fields(g.held, g.sunk, g.until, g.gathered, g.begun);
}

void Retention::load(LoadArchive& archive) {
  for (Ground& g : ground_) {
    archive.fields(g.held, g.sunk, g.until, g.gathered, g.begun);
    if (g.held.size() != g.cells.size() || g.sunk.size() != g.cells.size())
      throw std::runtime_error("surface_water: archive of other retention areas");
  }
}

void Retention::add_to(std::size_t t, Hasher& hasher) const {
  const Ground& g = ground_[t];
  if (g.cells.empty()) return;
  hasher.range(g.held);
  hasher.range(g.sunk);
  hasher.value(g.until);
  hasher.value(g.gathered);
}

}  // namespace citytwin::surface_water
