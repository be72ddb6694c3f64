#include <algorithm>
#include <cmath>

#include "engine/base/parallel.hpp"
#include "engine/domains/surface_water/domain.hpp"

namespace citytwin::surface_water {

namespace {

struct WetArea {
  double area = 0, deepest = 0;
};

// Free cells deeper than the threshold, and the deepest of them; standing water and the sea are left out.
WetArea wet_area(const Solver& solver) {
  const TileGrid& grid = solver.grid();
  const double cell_area = grid.spec().cell_m * grid.spec().cell_m;
  std::vector<WetArea> parts(grid.tiles().size());
  for_chunks(parts.size(), 8, [&](std::size_t begin, std::size_t end) {
    std::vector<double> depth(kTileCells);
    for (std::size_t t = begin; t < end; ++t) {
      const Tile& tile = grid.tiles()[t];
      if (!tile.wet) continue;
      solver.water().copy_depth(t, depth);
      const auto [i0, j0] = grid.corner(t);
      for (int j = 0; j < tile.height; ++j)
        for (int i = 0; i < tile.width; ++i) {
          const std::size_t k = grid.spec().index(i0 + i, j0 + j);
          if (solver.permanent_water()[k] != 0 || solver.kind()[k] != CellKind::free || solver.is_roof(k))
            continue;
          const double h = depth[local(i, j)];
          parts[t].deepest = std::max(parts[t].deepest, h);
          if (h > solver.params().wet_threshold) parts[t].area += cell_area;
        }
    }
  });
  WetArea total;
  for (const WetArea& part : parts) {
    total.area += part.area;
    total.deepest = std::max(total.deepest, part.deepest);
  }
  return total;
}

// A grid for people: value(tile index, i, j, cell of the grid); NaN outside and inside buildings.
template <class Value>
ObservedGrid make_grid(const Solver& solver, const char* name, const char* unit, Value&& value) {
  const TileGrid& grid = solver.grid();
  ObservedGrid out{name, unit, Grid<float>(grid.spec(), kNoData)};
  for_chunks(grid.tiles().size(), 8, [&](std::size_t begin, std::size_t end) {
    for (std::size_t t = begin; t < end; ++t) {
      const Tile& tile = grid.tiles()[t];
      const auto [i0, j0] = grid.corner(t);
      for (int j = 0; j < tile.height; ++j)
        for (int i = 0; i < tile.width; ++i) {
          const std::size_t k = grid.spec().index(i0 + i, j0 + j);
          if (solver.kind()[k] == CellKind::outside || solver.kind()[k] == CellKind::blocked ||
              solver.is_roof(k))
            continue;
          out.grid.values[k] = value(t, i, j, k);
        }
    }
  });
  return out;
}

void add_current(const Solver& solver, Observation& out) {
  const Water& water = solver.water();
  out.grids.push_back(make_grid(
      solver, "surface_water.depth", "m",
      [&](std::size_t t, int i, int j, std::size_t) { return static_cast<float>(water.at(t, i, j).depth); }));
  out.grids.push_back(
      make_grid(solver, "surface_water.speed", "m/s", [&](std::size_t t, int i, int j, std::size_t) {
        const CellWater w = water.at(t, i, j);
        return static_cast<float>(std::hypot(w.east, w.north));
      }));
}

void add_maxima(const Solver& solver, Observation& out) {
  const std::vector<Tile>& tiles = solver.grid().tiles();
  const auto field = [&](const char* name, const char* unit, std::vector<float> Maxima::*values) {
    out.grids.push_back(make_grid(solver, name, unit, [&, values](std::size_t t, int i, int j, std::size_t) {
      return tiles[t].maxima ? ((*tiles[t].maxima).*values)[local(i, j)] : 0.0F;
    }));
  };
  field("surface_water.max_depth", "m", &Maxima::max_depth);
  // A map of depths says nothing of velocity.
  if (solver.given_flood() == nullptr) field("surface_water.max_speed", "m/s", &Maxima::max_speed);
  if (solver.given_flood() == nullptr) field("surface_water.max_hazard", "m2/s", &Maxima::max_hazard);
  out.grids.push_back(
      make_grid(solver, "surface_water.arrival_time", "s", [&](std::size_t t, int i, int j, std::size_t) {
        const float when = tiles[t].maxima ? tiles[t].maxima->arrival[local(i, j)] : kNever;
        return when < kNever ? when : kNoData;
      }));
  out.grids.push_back(
      make_grid(solver, "surface_water.duration", "s", [&](std::size_t t, int i, int j, std::size_t) {
        return tiles[t].maxima ? static_cast<float>(tiles[t].maxima->time_above(i, j)) : 0.0F;
      }));
  out.grids.push_back(
      make_grid(solver, "surface_water.ground", "m", [&](std::size_t t, int i, int j, std::size_t) {
        return static_cast<float>(tiles[t].ground[rimmed(i, j)]);
      }));
  out.grids.push_back(make_grid(
      solver, "surface_water.permanent_water", "1",
      [&](std::size_t, int, int, std::size_t k) { return solver.permanent_water()[k] != 0 ? 1.0F : 0.0F; }));
  const GroundLosses* losses = solver.losses();
  const Retention* retention = solver.retention();
  if (losses == nullptr && retention == nullptr) return;
  out.grids.push_back(
      make_grid(solver, "surface_water.taken_by_ground", "m", [&](std::size_t t, int i, int j, std::size_t) {
        return static_cast<float>((losses != nullptr ? losses->depth_taken(t, i, j) : 0) +
                                  (retention != nullptr ? retention->depth_taken(t, i, j) : 0));
      }));
}

Balance make_balance(const Solver& solver, const CoupledSewers& sewers) {
  Balance balance;
  balance.domain = "surface_water";
  balance.unit = "m3";
  balance.initial = solver.initial_volume();
  balance.storage = solver.volume();
  Balance::Part sea{"sea", 0, 0}, level{"level", 0, 0}, edge{"edge", 0, 0}, clipped{"clipped", 0, 0};
  for (const Tile& tile : solver.grid().tiles()) {
    const TileBooks& b = tile.books;
    edge.in += b.edge_in.total();
    edge.out += b.edge_out.total();
    clipped.in += b.clipped.total();
    for (std::size_t g = 0; g < b.held_in.size(); ++g) {
      Balance::Part& part = g == 0 ? sea : g + 1 == b.held_in.size() ? edge : level;
      part.in += b.held_in[g].total();
      part.out += b.held_out[g].total();
    }
  }
  balance.parts = {{"rain", solver.rain().volume_in(), 0},
                   {"losses", 0, solver.rain().volume_lost()},
                   {"inflow", solver.inflows().volume_in(), 0},
                   sea,
                   level,
                   edge,
                   clipped};
  if (const GroundLosses* losses = solver.losses()) {
    balance.parts.push_back({"infiltration", 0, losses->infiltrated()});
    balance.storage += losses->held();
  }
  if (const Retention* retention = solver.retention()) {
    balance.parts.push_back({"retention", 0, retention->sunk()});
    balance.storage += retention->held();
  }
  balance.storage += solver.roof_water();
  if (const Structures* s = solver.structures()) {
    balance.parts.push_back({"outflow", 0, s->left()});
    balance.parts.push_back({"structures", s->let_in(), s->pumped_out()});
  }
  if (solver.given_flood() != nullptr)
    balance.parts.push_back({"given", solver.given_in(), solver.given_out()});
  sewers.add_to(balance);
  for (const Balance::Part& part : balance.parts) {
    balance.in += part.in;
    balance.out += part.out;
  }
  return balance;
}

}  // namespace

void observe_solver(const Solver& solver, const CoupledSewers& sewers, Observation& out) {
  const WetArea wet = wet_area(solver);
  out.values.push_back({"surface_water.rain", "m/s", solver.rain().mean_rate()});
  out.values.push_back({"surface_water.volume", "m3", solver.volume()});
  out.values.push_back({"surface_water.wet_area", "m2", wet.area});
  out.values.push_back({"surface_water.deepest", "m", wet.deepest});
  out.values.push_back({"surface_water.sub_steps", "1", static_cast<double>(solver.sub_steps())});
  out.values.push_back({"surface_water.cell_steps", "1", static_cast<double>(solver.cell_steps())});
  if (const Retention* r = solver.retention())
    out.values.push_back({"surface_water.kept_by_ground", "m3", r->held() + r->sunk()});
  if (solver.rain().has_green_roofs())
    out.values.push_back({"surface_water.kept_on_green_roofs", "m3", solver.rain().volume_on_green()});
  sewers.observe(out);
  if (out.when != Observation::When::series) add_current(solver, out);
  if (out.when != Observation::When::end) return;
  add_maxima(solver, out);
  out.balances.push_back(make_balance(solver, sewers));
  if (solver.structures() != nullptr)
    out.values.push_back({"surface_water.moved_by_structures", "m3", solver.structures()->moved()});
  if (solver.given_flood() != nullptr) out.rules.emplace_back("rule.given_flood");
  if (!solver.has_buildings()) return;
  const BuildingRule rule = solver.params().buildings;
  out.rules.emplace_back(rule == BuildingRule::blocked  ? "rule.buildings_blocked"
                         : rule == BuildingRule::raised ? "rule.buildings_raised"
                                                        : "rule.buildings_porosity");
  if (solver.roofs_drain()) out.rules.emplace_back("rule.roofs_to_sewers");
}

}  // namespace citytwin::surface_water
