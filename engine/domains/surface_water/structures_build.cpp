// Where structures, outflows and breaches lie on the grid.
#include <algorithm>
#include <cmath>

#include "engine/domains/surface_water/nearest_cell.hpp"
#include "engine/domains/surface_water/structures.hpp"
#include "engine/geo/rasterise.hpp"

namespace citytwin::surface_water {

namespace {

constexpr int kBesideBuilding = 3;  // [cells]

std::vector<std::pair<std::string, std::string>> at(Point2 p) {
  return {{"x", std::to_string(std::lround(p.x))}, {"y", std::to_string(std::lround(p.y))}};
}

}  // namespace

// None where no water moves and none is held; beside a building that stands on the place.
Structures::Cell Structures::cell_at(Point2 p, const std::vector<CellKind>& kind) const {
  const GridSpec& spec = tiles_->spec();
  const int ci = spec.column(p.x);
  const int cj = spec.row(p.y);
  if (!spec.inside(ci, cj)) return {};
  const int reach = kind[spec.index(ci, cj)] == CellKind::blocked ? kBesideBuilding : 0;
  const auto found = nearest_cell(
      spec, p, reach, [&](std::size_t k) { return kind[k] == CellKind::free || kind[k] == CellKind::held; });
  if (!found) return {};
  const auto [i, j] = *found;
  return {tiles_->tile_index(i, j), i % kTile, j % kTile, kind[spec.index(i, j)] == CellKind::held, false};
}

// Tiles and those around them, each once.
std::vector<std::size_t> Structures::seen_by(std::vector<std::size_t> tiles) const {
  const GridSpec& spec = tiles_->spec();
  std::vector<std::size_t> seen;
  std::sort(tiles.begin(), tiles.end());
  tiles.erase(std::unique(tiles.begin(), tiles.end()), tiles.end());
  for (const std::size_t t : tiles) {
    const auto [i0, j0] = tiles_->corner(t);
    for (int dj = -1; dj <= 1; ++dj)
      for (int di = -1; di <= 1; ++di) {
        const int i = i0 + di * kTile;
        const int j = j0 + dj * kTile;
        if (spec.inside(i, j)) seen.push_back(tiles_->tile_index(i, j));
      }
  }
  std::sort(seen.begin(), seen.end());
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  return seen;
}

Result<Done> Structures::place_pairs(const HydraulicStructures& given, const std::vector<CellKind>& kind) {
  for (const HydraulicStructure& s : given.structures) {
    const Where where{{}, {}, s.key, {}, 0};
    Pair pair{s, cell_at(s.from, kind), {}, {}, place_deployed(s.deployed, kind)};
    const auto outside = [&](Point2 p) {
      return Result<Done>::failure("surface_water.structure_outside", where, at(p));
    };
    if (pair.from.none) return outside(s.from);
    if (s.to) pair.to = cell_at(*s.to, kind);
    if (s.to && pair.to.none) return outside(*s.to);
    if (!s.to && s.kind != StructureKind::pump)
      return Result<Done>::failure("surface_water.structure_one_end", where);
    if (!pair.to.none && pair.to.tile == pair.from.tile && pair.to.i == pair.from.i &&
        pair.to.j == pair.from.j)
      return Result<Done>::failure("surface_water.structure_loop", where, at(s.from));
    pair.watch = s.rule.watch ? cell_at(*s.rule.watch, kind) : pair.from;
    if (pair.watch.none) return outside(*s.rule.watch);
    if (pair.deployed.watch.none && s.deployed && s.deployed->watch) return outside(*s.deployed->watch);
    pairs_.push_back(std::move(pair));
  }
  on_.assign(pairs_.size(), 0);
  return Done{};
}

Result<Done> Structures::place_exits(const HydraulicStructures& given, const std::vector<CellKind>& kind) {
  for (const Outflow& outflow : given.outflows) {
    Exit exit{outflow, {}, 0};
    const auto cells = cells_of({Place::Kind::polyline, outflow.line}, tiles_->spec(), kind);
    if (cells.empty())
      return Result<Done>::failure("surface_water.outflow_outside", {{}, {}, outflow.key, {}, 0},
                                   at(outflow.line.empty() ? Point2{} : outflow.line.front()));
    for (const auto& [i, j] : cells)
      exit.cells.push_back({tiles_->tile_index(i, j), i % kTile, j % kTile, false, false});
    exit.width = std::min(tiles_->spec().cell_m, length(outflow.line) / static_cast<double>(cells.size()));
    exits_.push_back(std::move(exit));
  }
  return Done{};
}

// The crests on faces whose middle is near the place.
Result<Done> Structures::place_breaches(const HydraulicStructures& given) {
  const GridSpec& spec = tiles_->spec();
  for (const LeveeBreach& breach : given.breaches) {
    Breach placed{breach, {}, {}};
    const double reach = std::max(breach.width / 2, 0.75 * spec.cell_m);
    std::vector<std::size_t> tiles;
    for (std::size_t t = 0; t < tiles_->tiles().size(); ++t) {
      Tile& tile = tiles_->tiles()[t];
      if (!tile.obstacles) continue;
      const auto corner = tiles_->corner(t);
      const auto look = [&](std::vector<float>& crests, bool x, int i, int j) {
        const auto k = static_cast<std::size_t>(j * kStride + i);
        const double mx = spec.origin.x + (corner.first + i + (x ? 0.0 : 0.5)) * spec.cell_m;
        const double my = spec.origin.y + (corner.second + j + (x ? 0.5 : 0.0)) * spec.cell_m;
        if (crests[k] <= kNoCrest || std::hypot(mx - breach.at.x, my - breach.at.y) > reach) return;
        placed.faces.push_back({changing_crest(&crests[k]), crests[k]});
        tiles.push_back(t);
      };
      for (int j = 0; j <= tile.height; ++j)
        for (int i = 0; i <= tile.width; ++i) {
          if (j < tile.height) look(tile.obstacles->crest_x, true, i, j);
          if (i < tile.width) look(tile.obstacles->crest_y, false, i, j);
        }
    }
    if (placed.faces.empty())
      return Result<Done>::failure("surface_water.breach_without_wall", {{}, {}, breach.key, {}, 0},
                                   at(breach.at));
    placed.tiles = seen_by(std::move(tiles));
    breaches_.push_back(std::move(placed));
  }
  return Done{};
}

Result<Done> Structures::build(const HydraulicStructures& given, const std::vector<CellKind>& kind,
                               TileGrid& tiles) {
  tiles_ = &tiles;
  if (auto r = place_pairs(given, kind); !r) return r;
  if (auto r = place_exits(given, kind); !r) return r;
  if (auto r = place_breaches(given); !r) return r;
  return place_barriers(given, kind);
}

}  // namespace citytwin::surface_water
