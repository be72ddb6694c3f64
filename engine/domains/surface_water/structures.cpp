#include "engine/domains/surface_water/structures.hpp"

#include <algorithm>
#include <cmath>

#include "engine/domains/surface_water/structure_flow.hpp"

namespace citytwin::surface_water {

double Structures::level(const Cell& cell, const Water& water) const {
  const Tile& tile = tiles_->tiles()[cell.tile];
  return tile.ground[rimmed(cell.i, cell.j)] + water.at(cell.tile, cell.i, cell.j).depth;
}

double Structures::area(const Cell& cell) const {
  const Tile& tile = tiles_->tiles()[cell.tile];
  const double whole = tiles_->spec().cell_m * tiles_->spec().cell_m;
  return tile.obstacles ? whole / tile.obstacles->inverse_share[local(cell.i, cell.j)] : whole;
}

double Structures::take(const Cell& cell, double volume, Water& water) {
  if (cell.held || volume <= 0) return cell.held ? volume : 0;
  if (!water.started(cell.tile)) return 0;
  return -water.add(cell.tile, cell.i, cell.j, -volume / area(cell)) * area(cell);
}

void Structures::give(const Cell& cell, double volume, Water& water) {
  if (cell.held || cell.none || volume <= 0) return;
  water.start(cell.tile);
  water.add(cell.tile, cell.i, cell.j, volume / area(cell));
}

double Structures::opening(const StructureRule& rule, const Cell& watch, std::uint8_t& on, double t,
                           const Water& water) const {
  const double given = rule.opening.empty() ? 1 : std::clamp(rule.opening.at(t), 0.0, 1.0);
  if (!rule.switched()) return given;
  const double seen = level(watch, water);
  const bool rising = rule.on_level >= rule.off_level;
  if (rising ? seen >= rule.on_level : seen <= rule.on_level) on = 1;
  if (rising ? seen <= rule.off_level : seen >= rule.off_level) on = 0;
  return on != 0 ? given : 0;
}

void Structures::move(std::size_t p, double t, double dt, Water& water, std::vector<std::size_t>& changed) {
  Pair& pair = pairs_[p];
  const HydraulicStructure& s = pair.structure;
  if (!is_there(pair.deployed, t, water)) return;
  const double open = opening(s.rule, pair.watch, on_[p], t, water);
  if (open <= 0) return;
  double volume = 0;
  if (s.kind == StructureKind::pump) {
    volume = open * s.capacity * dt;
  } else {
    const double from = level(pair.from, water);
    const double to = level(pair.to, water);
    volume = structure_flow(s, open, from, to) * dt;
    // No further than to equal levels; held water does not move.
    const double a = pair.from.held ? HUGE_VAL : area(pair.from);
    const double b = pair.to.held ? HUGE_VAL : area(pair.to);
    const double both = std::isinf(a) ? b : std::isinf(b) ? a : a * b / (a + b);
    const double most = std::abs(from - to) * both;
    volume = std::clamp(volume, -most, most);
  }
  if (volume == 0) return;
  const Cell& source = volume > 0 ? pair.from : pair.to;
  const Cell& target = volume > 0 ? pair.to : pair.from;
  const double taken = take(source, std::abs(volume), water);
  if (taken <= 0) return;
  give(target, taken, water);
  const bool out = target.none || target.held;
  if (source.held && !out) in_.add(taken);
  if (out && !source.held) out_.add(taken);
  if (!out && !source.held) moved_.add(taken);
  for (const Cell* cell : {&source, &target})
    if (!cell->none && !cell->held) changed.push_back(cell->tile);
}

// Free: critical flow (2/3)^1.5 sqrt(g) h^1.5. Normal: Manning's h^(5/3) sqrt(S) / n with the cell's own n.
void Structures::let_out(const Exit& exit, double dt, Water& water, std::vector<std::size_t>& changed) {
  std::vector<double> flow(exit.cells.size(), 0.0);
  double weights = 0;
  double highest = -HUGE_VAL;
  for (std::size_t k = 0; k < flow.size(); ++k) {
    const Cell& cell = exit.cells[k];
    const double h = water.at(cell.tile, cell.i, cell.j).depth;
    if (h <= 0) continue;
    const double conveyance = h * std::cbrt(h * h);
    if (exit.outflow.kind == OutflowKind::free) {
      flow[k] = std::pow(2.0 / 3.0, 1.5) * std::sqrt(kGravity) * h * std::sqrt(h) * exit.width;
    } else if (exit.outflow.kind == OutflowKind::normal) {
      const auto drag = static_cast<double>(tiles_->tiles()[cell.tile].friction[local(cell.i, cell.j)]);
      const double n = std::max(1e-3, std::sqrt(drag / kGravity));
      flow[k] = conveyance * std::sqrt(exit.outflow.slope) / n * exit.width;
    } else {
      flow[k] = conveyance;
      weights += conveyance;
      highest = std::max(highest, level(cell, water));
    }
  }
  if (exit.outflow.kind == OutflowKind::rating && weights > 0) {
    const double total = std::max(0.0, exit.outflow.rating.at(highest));
    for (double& q : flow) q *= total / weights;
  }
  for (std::size_t k = 0; k < flow.size(); ++k) {
    if (flow[k] <= 0) continue;
    left_.add(take(exit.cells[k], flow[k] * dt, water));
    changed.push_back(exit.cells[k].tile);
  }
}

void Structures::breach(const Breach& b, double t1, std::vector<std::size_t>& seen) {
  const double formed = b.breach.formation > 0 ? (t1 - b.breach.start) / b.breach.formation : 1;
  if (t1 < b.breach.start || now_ > b.breach.start + b.breach.formation) return;
  const double share = std::clamp(formed, 0.0, 1.0);
  for (const BreachedFace& face : b.faces) {
    const auto before = static_cast<double>(face.before);
    const auto fallen = static_cast<float>(before + (b.breach.level - before) * share);
    float& wall = crests_[face.crest].wall;
    wall = std::min(wall, fallen);  // another breach may have gone deeper
  }
  seen.insert(seen.end(), b.tiles.begin(), b.tiles.end());
}

void Structures::apply(double t0, double t1, Water& water, std::vector<std::size_t>& changed) {
  std::vector<std::size_t> seen;  // by tiles: crests that change
  for (const Breach& b : breaches_) breach(b, t1, seen);
  for (Movable& b : barriers_) put_up(b, t1, water, seen);
  if (!seen.empty()) renew_crests();
  for (const std::size_t tile : seen) water.obstacles_changed(tile);
  changed.insert(changed.end(), seen.begin(), seen.end());
  for (std::size_t p = 0; p < pairs_.size(); ++p) move(p, t0, t1 - t0, water, changed);
  for (const Exit& exit : exits_) let_out(exit, t1 - t0, water, changed);
  now_ = t1;
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
}

namespace {
template <class Archive, class Crests, class Pairs, class Barriers>
void movable_layout(Archive& archive, Crests& crests, Pairs& pairs, Barriers& barriers) {
  for (auto& crest : crests) archive.fields(crest.wall);
  for (auto& pair : pairs) archive.fields(pair.deployed.warned);
  for (auto& b : barriers) archive.fields(b.deployed.warned, b.on, b.stands);
}
}  // namespace

void Structures::save(SaveArchive& archive) const {
  archive.fields(on_, now_, left_, out_, in_, moved_);
  movable_layout(archive, crests_, pairs_, barriers_);
}

void Structures::load(LoadArchive& archive) {
  archive.fields(on_, now_, left_, out_, in_, moved_);
  on_.resize(pairs_.size());
  movable_layout(archive, crests_, pairs_, barriers_);
  renew_crests();
}

void Structures::add_to(Hasher& hasher) const {
  hasher.range(on_);
  for (const Pair& pair : pairs_) hasher.value(pair.deployed.warned);
  for (const Movable& b : barriers_) {
    hasher.value(b.deployed.warned);
    hasher.value(b.on);
    hasher.value(b.stands);
  }
  for (const Book* book : {&left_, &out_, &in_, &moved_}) hasher.value(book->total());
}

}  // namespace citytwin::surface_water
