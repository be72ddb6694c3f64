// Barriers that are put up and taken down: crests on faces that are there for a time. A crest stores no
// water, so what stands in the cells beside it stays as it is.
#include <algorithm>
#include <cmath>

#include "engine/domains/surface_water/obstacles.hpp"
#include "engine/domains/surface_water/structures.hpp"

namespace citytwin::surface_water {

Structures::Deployed Structures::place_deployed(const std::optional<Deployment>& how,
                                                const std::vector<CellKind>& kind) const {
  return {how, how && how->watch ? cell_at(*how->watch, kind) : Cell{}, kNotYet};
}

bool Structures::is_there(Deployed& deployed, double t, const Water& water) const {
  if (!deployed.how) return true;
  const Deployment& how = *deployed.how;
  if (deployed.warned == kNotYet && t >= how.warning) {
    if (!how.watch) deployed.warned = how.warning;
    if (how.watch && level(deployed.watch, water) >= how.warning_level) deployed.warned = t;
  }
  return deployed.warned != kNotYet && t >= deployed.warned + how.setup;
}

Result<Done> Structures::place_barriers(const HydraulicStructures& given, const std::vector<CellKind>& kind) {
  const GridSpec& spec = tiles_->spec();
  const auto ground = [&](int i, int j) {
    i = std::clamp(i, 0, spec.nx - 1);
    j = std::clamp(j, 0, spec.ny - 1);
    return tiles_->tile_at(i, j).ground[rimmed(i % kTile, j % kTile)];
  };
  for (const MovableBarrier& b : given.barriers) {
    const Where where{{}, {}, b.key, {}, 0};
    Movable placed{b, {}, place_deployed(b.deployed, kind), {}, {}};
    if (b.rule.watch) placed.watch = cell_at(*b.rule.watch, kind);
    if ((b.rule.switched() && placed.watch.none) ||
        (b.deployed && b.deployed->watch && placed.deployed.watch.none))
      return Result<Done>::failure("surface_water.barrier_watch", where);
    std::vector<std::size_t> tiles;
    for (const Face& face : faces_along(spec, b.line)) {
      const auto [i, j] = cell_before(face);
      const float crest = crest_at(b.crest_level, b.height, ground(i, j), ground(face.i, face.j));
      if (crest <= kNoCrest) continue;
      change_face(*tiles_, face, [&](FaceRef f) {
        placed.faces.push_back({changing_crest(f.crest), crest});
        tiles.push_back(f.tile);
      });
    }
    if (placed.faces.empty()) return Result<Done>::failure("surface_water.barrier_outside", where);
    placed.tiles = seen_by(std::move(tiles));
    barriers_.push_back(std::move(placed));
  }
  return Done{};
}

std::size_t Structures::changing_crest(float* crest) {
  const auto [known, first] = crest_of_.try_emplace(crest, crests_.size());
  if (first) crests_.push_back({crest, *crest});
  return known->second;
}

void Structures::put_up(Movable& b, double t, const Water& water, std::vector<std::size_t>& seen) {
  const bool there = is_there(b.deployed, t, water);
  const bool stands = there && opening(b.barrier.rule, b.watch, b.on, t, water) > 0;
  if (stands == (b.stands != 0)) return;
  b.stands = stands ? 1 : 0;
  seen.insert(seen.end(), b.tiles.begin(), b.tiles.end());
}

// From the walls up, so that the order in which barriers come and go, and walls fall, does not matter.
void Structures::renew_crests() {
  for (const ChangingCrest& crest : crests_) *crest.crest = crest.wall;
  for (const Movable& b : barriers_) {
    if (b.stands == 0) continue;
    for (const MovableFace& face : b.faces) {
      float& crest = *crests_[face.crest].crest;
      crest = std::max(crest, face.risen);
    }
  }
}

}  // namespace citytwin::surface_water
