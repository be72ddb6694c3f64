// What happens to the water once per step, beside its own flow: structures, and a flood that is only shown.
#include <algorithm>

#include "engine/domains/surface_water/solver.hpp"
#include "engine/model/given_flood.hpp"

namespace citytwin::surface_water {

Result<Done> Solver::place_special(const Forcing& forcing, const Surface& surface) {
  if (forcing.structures && !forcing.structures->empty()) {
    structures_ = std::make_unique<Structures>();
    if (auto r = structures_->build(*forcing.structures, ground_kind(), *grid_); !r) return r;
  }
  given_ = forcing.given_flood;
  if (!given_) return Done{};
  const Where where{{}, {}, given_->key, {}, 0};
  if (!forcing.series.empty() || structures_)
    return Result<Done>::failure("surface_water.given_flood_alone", where);
  if (!(given_->depth.spec == surface.spec))
    return Result<Done>::failure("surface_water.given_flood_grid", where);
  return Done{};
}

void Solver::mark_changed(std::size_t t) {
  water_->refresh(t);
  grid_->tiles()[t].touched = true;
  hash_stale_[t] = 1;
}

void Solver::use_structures(double t0, double t1) {
  if (!structures_) return;
  std::vector<std::size_t> changed;
  structures_->apply(t0, t1, *water_, changed);
  for (const std::size_t t : changed) mark_changed(t);
}

// The map's depths from its start to its end, all at once; water bodies keep at least what stands in them.
void Solver::show_given(double t0, double t1) {
  const GivenFlood& flood = *given_;
  const double from = std::max(t0, flood.start);
  const double until = std::min(t1, flood.end);
  const bool begins = !given_shown_ && until > from;
  const bool ends = given_shown_ && t1 > flood.end;
  if (!begins && !ends && !(given_shown_ && until > from)) return;
  for (std::size_t t = 0; t < grid_->tiles().size(); ++t) {
    const auto [i0, j0] = grid_->corner(t);
    Tile& tile = grid_->tiles()[t];
    bool any = false;
    for (int j = 0; j < tile.height; ++j)
      for (int i = 0; i < tile.width; ++i) {
        const std::size_t k = grid_->spec().index(i0 + i, j0 + j);
        const double depth = given_depth(k);
        if (!(depth > 0) || kind_[k] != CellKind::free) continue;
        if (!any) water_->start(t);
        any = true;
        show_cell(t, i, j, depth, {begins, ends, std::max(0.0, until - from)});
      }
    if (any) hash_stale_[t] = 1;
    if (any && (begins || ends)) mark_changed(t);
  }
  given_shown_ = (given_shown_ || begins) && !ends;
}

double Solver::given_depth(std::size_t k) const {
  const auto depth = static_cast<double>(given_->depth.values[k]);
  return permanent_water_[k] != 0 ? 0 : depth;
}

void Solver::show_cell(std::size_t t, int i, int j, double depth, const Showing& how) {
  Maxima& m = *grid_->tiles()[t].maxima;
  const std::size_t c = local(i, j);
  const double cell_area = grid_->spec().cell_m * grid_->spec().cell_m;
  const Obstacles* o = grid_->tiles()[t].obstacles.get();
  const double area = o != nullptr ? cell_area / o->inverse_share[c] : cell_area;
  if (how.begins) {
    given_in_.add(water_->add(t, i, j, depth) * area);
    m.max_depth[c] = std::max(m.max_depth[c], static_cast<float>(depth));
    if (depth > params_.arrival_threshold)
      m.arrival[c] = std::min(m.arrival[c], static_cast<float>(given_->start));
  }
  if (depth > params_.arrival_threshold) m.above[c] += how.seconds;
  if (how.ends) given_out_.add(-water_->add(t, i, j, -depth) * area);
}

}  // namespace citytwin::surface_water
