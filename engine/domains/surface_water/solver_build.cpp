// From the city and the forcing to tiles ready to run.
#include <algorithm>
#include <cmath>
#include <map>

#include "engine/domains/surface_water/initial_state.hpp"
#include "engine/domains/surface_water/input_checks.hpp"
#include "engine/domains/surface_water/obstacles.hpp"
#include "engine/domains/surface_water/solver.hpp"

namespace citytwin::surface_water {

namespace {

const std::vector<double>* find(const InitialGrids& grids, const char* name) {
  const auto it = grids.find(name);
  return it == grids.end() ? nullptr : &it->second;
}

// The value of a given grid at a cell, NaN where there is none.
double given_at(const std::vector<double>* grid, std::size_t k) {
  return grid == nullptr ? std::numeric_limits<double>::quiet_NaN() : (*grid)[k];
}

void replace_ground(const InitialGrids& given, Surface& surface) {
  const std::vector<double>* ground = find(given, "ground");
  for (std::size_t k = 0; ground != nullptr && k < surface.ground.size(); ++k)
    if (!std::isnan((*ground)[k])) surface.ground[k] = (*ground)[k];
}

template <class Visit>
void each_neighbour(const GridSpec& spec, int i, int j, Visit&& visit) {
  if (i > 0) visit(spec.index(i - 1, j));
  if (i + 1 < spec.nx) visit(spec.index(i + 1, j));
  if (j > 0) visit(spec.index(i, j - 1));
  if (j + 1 < spec.ny) visit(spec.index(i, j + 1));
}

}  // namespace

Result<Done> Solver::build(const RunInput& input, const RunContext& context) {
  const auto parameters = input.spec.domain_parameters.find("surface_water");
  ParameterValues values =
      parameters == input.spec.domain_parameters.end() ? ParameterValues{} : parameters->second;
  fill_defaults(parameter_table(), values);
  auto params = read_params(values, input.spec.grid.cell_m);
  if (!params) return Result<Done>(params.diagnostics());
  params_ = *params;
  if (input.spec.grid.nx <= 0 || input.spec.grid.ny <= 0 || !(input.spec.grid.cell_m > 0))
    return Result<Done>::failure("surface_water.no_grid");
  return place_city(input, context);
}

Result<Done> Solver::place_city(const RunInput& input, const RunContext& context) {
  const CityModel& model = *input.model;
  const GridSpec& spec = input.spec.grid;
  noticed_ = check_inputs(input.forcing, spec, input.spec.duration.seconds());
  if (noticed_.has_errors()) return Result<Done>(std::move(noticed_));
  const auto initial = input.spec.initial_state.find("surface_water");
  auto given = unpack_initial(
      initial == input.spec.initial_state.end() ? std::vector<char>{} : initial->second, spec.size());
  if (!given) return Result<Done>(given.diagnostics());
  if (auto r = levels_.build(input.forcing, model.water_bodies(), params_); !r) return r;
  auto made = make_surface(model, spec, params_, levels_.lowest_sea(), context);
  if (!made) return Result<Done>(made.diagnostics());
  Surface& surface = *made;
  replace_ground(*given, surface);

  grid_ = std::make_unique<TileGrid>(spec);
  kind_.assign(spec.size(), CellKind::free);
  for (std::size_t k = 0; k < kind_.size(); ++k)
    if (std::isnan(surface.ground[k])) kind_[k] = CellKind::outside;
  has_buildings_ = params_.buildings != BuildingRule::none && model.buildings().size() > 0;
  if (has_buildings_) place_buildings(model, surface, context);
  std::vector<std::uint16_t> group;
  if (auto r = levels_.mark(surface, params_.edge, kind_, group, noticed_); !r) return r;
  close_faces(kind_, *grid_);
  raise_walls(model.barriers(), surface.ground, *grid_);
  if (input.forcing.structures) keep_room_for(input.forcing.structures->barriers, *grid_);
  context.check_stop();
  const GreenRoofs green = has_buildings_ ? GreenRoofs(model, spec) : GreenRoofs{};
  if (auto r = rain_.build(input.forcing, surface, kind_, params_, green.storage()); !r) return r;
  for (double& z : surface.ground)
    if (std::isnan(z)) z = 0;  // behind closed faces: never used, but it must be a number
  grid_->fill_ground(surface.ground);
  place_cells(surface, group);
  if (const std::vector<double>* manning = find(*given, "manning"))
    for (int j = 0; j < spec.ny; ++j)
      for (int i = 0; i < spec.nx; ++i)
        if (const double n = (*manning)[spec.index(i, j)]; !std::isnan(n))
          grid_->tile_at(i, j).friction[local(i % kTile, j % kTile)] = static_cast<float>(kGravity * n * n);
  place_roofs(model, green);
  list_codes();
  if (auto r = inflows_.build(input.forcing, ground_kind(), *grid_); !r) return r;
  rain_.count_areas(*grid_, kind_);
  for (const RoofDrain& drain : roof_drains_) rain_.add_area(drain.code, drain.area);
  rain_.forget_cells();
  place_held(group);
  set_speed_scales(kind_, *grid_);
  for (Tile& tile : grid_->tiles())
    for (const HeldCell& cell : tile.held)
      if (cell.flows != 0) tile.obstacles->speed_scale[cell.cell] = 1;
  mark_still_water();
  water_ = make_water(*grid_, params_);
  if (params_.rough_when_shallow()) roughness_ = std::make_unique<ShallowRoughness>(params_, surface, *grid_);
  if (params_.ground.on()) losses_ = std::make_unique<GroundLosses>(params_.ground, surface, kind_, *grid_);
  place_retention(model, surface);
  fill_initial(surface, *given);
  if (auto r = place_special(input.forcing, surface); !r) return r;
  return Result<Done>(Done{}, std::move(noticed_));
}

void Solver::place_buildings(const CityModel& model, Surface& surface, const RunContext& context) {
  const GridSpec& spec = surface.spec;
  if (params_.buildings == BuildingRule::porosity)
    share_buildings(building_shares(model, spec, context), spec, *grid_, kind_);
  if (params_.buildings == BuildingRule::blocked)
    block_buildings(built_cells(model.buildings(), spec), kind_);
  if (params_.buildings != BuildingRule::raised) return;
  raised_ = built_cells(model.buildings(), spec);
  for (std::size_t k = 0; k < raised_.size(); ++k) {
    if (kind_[k] != CellKind::free || surface.water[k] != 0) raised_[k] = 0;
    if (raised_[k] == 0) continue;
    surface.ground[k] += params_.raised_by;
    surface.cover[k] = static_cast<std::uint8_t>(LandCoverClass::building);
  }
}

void Solver::place_roofs(const CityModel& model, const GreenRoofs& green) {
  if (!has_buildings_) return;
  const SewerNodes& nodes = model.sewers().nodes;
  const bool drain = params_.roofs_to_sewers && params_.sewers && nodes.size() > 0;
  const RoofRules rules{raised_, green, drain ? &nodes : nullptr, params_.roof_reach};
  roof_drains_ = drain_roofs(rules, kind_, rain_, *grid_);
  roof_water_.assign(roof_drains_.size(), 0.0);
}

// Not under water bodies: a river does not sink into a street's paving.
void Solver::place_retention(const CityModel& model, const Surface& surface) {
  const auto& areas = model.land_cover().retention;
  if (areas.empty()) return;
  std::vector<CellKind> dry = ground_kind();
  for (std::size_t k = 0; k < dry.size(); ++k)
    if (surface.water[k] != 0) dry[k] = CellKind::held;
  auto retention = std::make_unique<Retention>(areas, params_.ground.step, dry, *grid_);
  if (!retention->empty()) retention_ = std::move(retention);
}

std::vector<CellKind> Solver::ground_kind() const {
  std::vector<CellKind> kind = kind_;
  for (std::size_t k = 0; k < kind.size(); ++k)
    if (is_roof(k)) kind[k] = CellKind::blocked;
  return kind;
}

// Friction, rain codes and kinds of cells into the tiles.
void Solver::place_cells(const Surface& surface, const std::vector<std::uint16_t>& group) {
  const GridSpec& spec = surface.spec;
  const auto no_rain = static_cast<std::uint16_t>(rain_.net().size() - 1);
  for (std::size_t t = 0; t < grid_->tiles().size(); ++t) {
    Tile& tile = grid_->tiles()[t];
    const auto [i0, j0] = grid_->corner(t);
    std::fill(tile.rain_code.begin(), tile.rain_code.end(), no_rain);
    for (int j = 0; j < tile.height; ++j)
      for (int i = 0; i < tile.width; ++i) {
        const std::size_t k = spec.index(i0 + i, j0 + j);
        const std::size_t c = local(i, j);
        const double n =
            params_.cover[std::min<std::size_t>(surface.cover[k], params_.cover.size() - 1)].manning;
        tile.friction[c] = static_cast<float>(kGravity * n * n);
        if (kind_[k] == CellKind::held) {
          grid_->obstacles_at(i0 + i, j0 + j);
          const bool flows = group[k] != 0 && group[k] != levels_.sink();
          tile.held.push_back(
              {static_cast<std::uint16_t>(c), group[k], static_cast<std::uint16_t>(flows ? 1 : 0)});
        }
        if (kind_[k] != CellKind::free) continue;
        tile.rain_code[c] = rain_.codes()[k];
        tile.has_free_cell = true;
      }
    tile.books.held_in.assign(levels_.groups(), {});
    tile.books.held_out.assign(levels_.groups(), {});
  }
}

// Every code whose rain can reach the tile: of its cells, of their roofs, of roofs that drain into it.
void Solver::list_codes() {
  for (Tile& tile : grid_->tiles()) {
    tile.codes = tile.rain_code;
    for (const RoofShare& roof : tile.roofs) tile.codes.push_back(roof.code);
    std::sort(tile.codes.begin(), tile.codes.end());
    tile.codes.erase(std::unique(tile.codes.begin(), tile.codes.end()), tile.codes.end());
  }
}

// Where held water meets free cells: its depth over that ground bounds the time step. The open edge holds
// none.
void Solver::place_held(const std::vector<std::uint16_t>& group) {
  const GridSpec& spec = grid_->spec();
  for (std::size_t t = 0; t < grid_->tiles().size(); ++t) {
    const auto [i0, j0] = grid_->corner(t);
    Tile& tile = grid_->tiles()[t];
    std::map<std::uint16_t, double> lowest;
    for (const HeldCell& cell : tile.held) {
      if (cell.group == levels_.sink()) continue;
      const int i = i0 + cell.cell % kTile;
      const int j = j0 + cell.cell / kTile;
      const double z = tile.ground[rimmed(cell.cell % kTile, cell.cell / kTile)];
      each_neighbour(spec, i, j, [&](std::size_t k) {
        if (group[k] == cell.group) return;
        const int ni = static_cast<int>(k % static_cast<std::size_t>(spec.nx));
        const int nj = static_cast<int>(k / static_cast<std::size_t>(spec.nx));
        const double nz = grid_->tile_at(ni, nj).ground[rimmed(ni % kTile, nj % kTile)];
        if (kind_[k] != CellKind::free && kind_[k] != CellKind::held) return;
        const auto [known, first] = lowest.try_emplace(cell.group, std::max(z, nz));
        if (!first) known->second = std::min(known->second, std::max(z, nz));
      });
    }
    for (const auto& [held_group, ground] : lowest) tile.shores.push_back({held_group, ground});
  }
}

void Solver::mark_still_water() {
  const GridSpec& spec = grid_->spec();
  for (std::size_t t = 0; t < grid_->tiles().size(); ++t) {
    Tile& tile = grid_->tiles()[t];
    const auto cells = static_cast<std::size_t>(tile.width) * static_cast<std::size_t>(tile.height);
    if (tile.held.size() != cells) continue;
    const std::uint16_t group = tile.held.front().group;
    bool still = group != levels_.sink();
    for (const HeldCell& cell : tile.held)
      still =
          still && cell.group == group && cell.flows == 0 && tile.obstacles->inverse_share[cell.cell] <= 1.0;
    // Its rim: cells across the border are held too (the corners do not matter).
    const auto [i0, j0] = grid_->corner(t);
    const auto held = [&](int i, int j) {
      return !spec.inside(i, j) || kind_[spec.index(i, j)] == CellKind::held;
    };
    for (int j = 0; j < tile.height; ++j)
      still = still && held(i0 - 1, j0 + j) && held(i0 + tile.width, j0 + j);
    for (int i = 0; i < tile.width; ++i)
      still = still && held(i0 + i, j0 - 1) && held(i0 + i, j0 + tile.height);
    tile.still_water = still;
    if (still) still_.push_back(static_cast<std::uint32_t>(t));
  }
}

void Solver::fill_initial(const Surface& surface, const InitialGrids& given) {
  const GridSpec& spec = surface.spec;
  const auto* depth = find(given, "depth");
  const auto* level = find(given, "level");
  const auto* east = find(given, "velocity_east");
  const auto* north = find(given, "velocity_north");
  permanent_water_.assign(spec.size(), 0);
  for (std::size_t t = 0; t < grid_->tiles().size(); ++t) {
    Tile& tile = grid_->tiles()[t];
    const auto [i0, j0] = grid_->corner(t);
    for (const HeldCell& cell : tile.held) {
      const int i = cell.cell % kTile;
      const int j = cell.cell / kTile;
      water_->start(t);
      water_->set(t, i, j, {std::max(0.0, levels_.level()[cell.group] - tile.ground[rimmed(i, j)]), 0, 0});
    }
    for (int j = 0; j < tile.height; ++j)
      for (int i = 0; i < tile.width; ++i) {
        const std::size_t k = spec.index(i0 + i, j0 + j);
        if (surface.water[k] == 2) permanent_water_[k] = 1;
        if (kind_[k] != CellKind::free) continue;
        const double z = tile.ground[rimmed(i, j)];
        double h = given_at(depth, k);
        if (std::isnan(h)) h = given_at(level, k) - z;
        if (std::isnan(h)) h = surface.water_level[k] - z;
        if (!(h > 0)) continue;
        const double u = given_at(east, k);
        const double v = given_at(north, k);
        water_->start(t);
        water_->set(t, i, j, {h, std::isnan(u) ? 0 : u, std::isnan(v) ? 0 : v});
        if (surface.water[k] == 1) permanent_water_[k] = 1;
      }
    water_->refresh(t);
    if (!water_->started(t)) continue;
    start_maxima(t);
    tile.touched = true;
  }
  last_level_ = levels_.level();
  hash_stale_.assign(grid_->tiles().size(), 1);
  tile_hash_.assign(grid_->tiles().size(), {});
  initial_volume_ = volume();
}

// The initial state is the first that counts.
void Solver::start_maxima(std::size_t t) {
  const Tile& tile = grid_->tiles()[t];
  Maxima& m = *tile.maxima;
  for (int j = 0; j < tile.height; ++j)
    for (int i = 0; i < tile.width; ++i) {
      const std::size_t c = local(i, j);
      const CellWater w = water_->at(t, i, j);
      m.max_depth[c] = static_cast<float>(w.depth);
      m.max_speed[c] = static_cast<float>(std::hypot(w.east, w.north));
      m.max_hazard[c] = m.max_depth[c] * m.max_speed[c];
      if (w.depth > params_.arrival_threshold) m.arrival[c] = 0;
    }
}

}  // namespace citytwin::surface_water
