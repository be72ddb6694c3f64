#include "engine/domains/surface_water/sources.hpp"

#include <algorithm>
#include <cmath>

#include "engine/geo/rasterise.hpp"

namespace citytwin::surface_water {

std::vector<std::pair<int, int>> cells_of(const Place& place, const GridSpec& spec,
                                          const std::vector<CellKind>& kind) {
  std::vector<std::pair<int, int>> cells;
  const auto add = [&](int i, int j) {
    if (kind[spec.index(i, j)] == CellKind::free) cells.emplace_back(i, j);
  };
  switch (place.kind) {
    case Place::Kind::point:
    case Place::Kind::polyline:
      cells_along(spec, place.points, add);
      break;
    case Place::Kind::polygon:
      cells_with_centre_in(spec, Polygon{place.points, {}}, add);
      break;
    default:
      break;
  }
  std::sort(cells.begin(), cells.end());
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

Result<Done> Inflows::build(const Forcing& forcing, const std::vector<CellKind>& kind, TileGrid& tiles) {
  const GridSpec spec = tiles.spec();
  for (const ForcingSeries* inflow : forcing.of("inflow")) {
    const Where where{{}, {}, inflow->key, {}, 0};
    const auto place = inflow->place.kind;
    if (place != Place::Kind::point && place != Place::Kind::polyline)
      return Result<Done>::failure("surface_water.bad_place", where, {{"field", "inflow"}});
    for (const double q : inflow->series.value)
      if (!(q >= 0)) return Result<Done>::failure("surface_water.negative_inflow", where);
    const auto cells = cells_of(inflow->place, spec, kind);
    if (cells.empty()) {
      const Point2 first = inflow->place.points.empty() ? Point2{} : inflow->place.points.front();
      return Result<Done>::failure(
          "surface_water.inflow_outside", where,
          {{"x", std::to_string(std::lround(first.x))}, {"y", std::to_string(std::lround(first.y))}});
    }
    const double per_volume = 1.0 / (static_cast<double>(cells.size()) * spec.cell_m * spec.cell_m);
    double highest = 0;
    for (const auto& [i, j] : cells) {
      Tile& tile = tiles.tile_at(i, j);
      const std::size_t c = local(i % kTile, j % kTile);
      const double inverse = tile.obstacles ? tile.obstacles->inverse_share[c] : 1.0;
      tile.inflows.push_back(
          {static_cast<std::uint16_t>(c), static_cast<std::uint16_t>(series_.size()), per_volume * inverse});
      highest = std::max(highest, per_volume * inverse);
    }
    series_.push_back(inflow->series);
    highest_per_volume_.push_back(highest);
  }
  volume_.assign(series_.size(), 0);
  return Done{};
}

void Inflows::step(double t0, double t1) {
  flowing_ = false;
  for (std::size_t s = 0; s < series_.size(); ++s) {
    volume_[s] = series_[s].integral(t0, t1);
    volume_in_.add(volume_[s]);
    flowing_ = flowing_ || volume_[s] > 0;
  }
}

std::vector<double> Inflows::volumes(double t0, double t1) const {
  std::vector<double> out;
  for (const Series& series : series_) out.push_back(series.integral(t0, t1));
  return out;
}

double Inflows::intensity(double t0, double t1) const {
  double highest = 0;
  for (std::size_t s = 0; s < series_.size(); ++s)
    highest = std::max(highest, series_[s].integral(t0, t1) / (t1 - t0) * highest_per_volume_[s]);
  return highest;
}

namespace {

// A level that stands below all ground it is held on keeps those cells dry: they swallow what reaches them.
void notice_low_level(const ForcingSeries& level, const std::vector<std::pair<int, int>>& cells,
                      const Surface& surface, Diagnostics& noticed) {
  double lowest = std::numeric_limits<double>::infinity();
  for (const auto& [i, j] : cells) lowest = std::min(lowest, surface.ground[surface.spec.index(i, j)]);
  const auto& value = level.series.value;
  const double highest = value.empty() ? 0 : *std::ranges::max_element(value);
  if (highest > lowest) return;
  const auto metres = [](double z) {
    const std::string text = std::to_string(std::round(z * 100) / 100);
    return text.substr(0, text.find('.') + 3);
  };
  noticed.warning("surface_water.level_below_ground", {{}, {}, level.key, {}, 0},
                  {{"key", level.key}, {"level", metres(highest)}, {"ground", metres(lowest)}});
}

}  // namespace

Result<Done> Levels::build(const Forcing& forcing, const WaterBodies& bodies, const Params& params) {
  sea_level_ = 0;
  for (std::size_t row = bodies.size(); row-- > 0;)
    if (bodies.kind[row] == WaterKind::sea && !std::isnan(bodies.level[row])) sea_level_ = bodies.level[row];
  sea_level_ = params.sea_level.value_or(sea_level_);
  for (const ForcingSeries* level : forcing.of("level")) {
    const Where where{{}, {}, level->key, {}, 0};
    switch (level->place.kind) {
      case Place::Kind::sea:
        if (!sea_.empty()) return Result<Done>::failure("surface_water.two_sea_levels", where);
        sea_ = level->series;
        break;
      case Place::Kind::polyline:
      case Place::Kind::polygon:
      case Place::Kind::point:
        others_.push_back(*level);
        break;
      default:
        return Result<Done>::failure("surface_water.bad_place", where, {{"field", "level"}});
    }
  }
  level_.assign(others_.size() + 2, 0.0);
  set_time(0);
  return Done{};
}

// Why a level has no cell: others hold those it would have, or there are none.
Result<Done> Levels::no_cell_left(const ForcingSeries& level, const GridSpec& spec,
                                  std::vector<CellKind> kind, const std::vector<std::uint16_t>& group) const {
  const Where where{{}, {}, level.key, {}, 0};
  std::ranges::replace(kind, CellKind::held, CellKind::free);
  const auto cells = cells_of(level.place, spec, kind);
  if (cells.empty()) return Result<Done>::failure("surface_water.level_outside", where);
  const std::size_t other = group[spec.index(cells.front().first, cells.front().second)];
  if (other == 0) return Result<Done>::failure("surface_water.level_in_sea", where, {{"key", level.key}});
  return Result<Done>::failure("surface_water.level_on_level", where,
                               {{"key", level.key}, {"other", others_[other - 1].key}});
}

double Levels::lowest_sea() const {
  double lowest = sea_.empty() ? sea_level_ : std::numeric_limits<double>::infinity();
  for (const double value : sea_.value) lowest = std::min(lowest, value);
  return lowest;
}

void Levels::set_time(double t) {
  level_.front() = sea_.empty() ? sea_level_ : sea_.at(t);
  for (std::size_t s = 0; s < others_.size(); ++s) level_[s + 1] = others_[s].series.at(t);
  level_.back() = -1e30;
}

Result<Done> Levels::mark(Surface& surface, EdgeRule edge, std::vector<CellKind>& kind,
                          std::vector<std::uint16_t>& group, Diagnostics& noticed) const {
  const GridSpec& spec = surface.spec;
  group.assign(spec.size(), kFree);
  for (std::size_t k = 0; k < spec.size(); ++k)
    if (surface.water[k] == 2 && kind[k] == CellKind::free) {
      kind[k] = CellKind::held;
      group[k] = 0;
    }
  for (std::size_t s = 0; s < others_.size(); ++s) {
    const auto cells = cells_of(others_[s].place, spec, kind);
    if (cells.empty()) return no_cell_left(others_[s], spec, kind, group);
    notice_low_level(others_[s], cells, surface, noticed);
    for (const auto& [i, j] : cells) {
      kind[spec.index(i, j)] = CellKind::held;
      group[spec.index(i, j)] = static_cast<std::uint16_t>(s + 1);
    }
  }
  if (edge == EdgeRule::closed) return Done{};
  // The open edge of the known ground: a row of cells that swallow what reaches them, no higher than the
  // ground beside them.
  for (int j = 0; j < spec.ny; ++j)
    for (int i = 0; i < spec.nx; ++i) {
      if (kind[spec.index(i, j)] != CellKind::outside) continue;
      double lowest = std::numeric_limits<double>::infinity();
      for (const auto& [a, b] : {std::pair{i - 1, j}, {i + 1, j}, {i, j - 1}, {i, j + 1}})
        if (spec.inside(a, b) && kind[spec.index(a, b)] == CellKind::free)
          lowest = std::min(lowest, surface.ground[spec.index(a, b)]);
      if (std::isfinite(lowest)) {
        surface.ground[spec.index(i, j)] = lowest;
        group[spec.index(i, j)] = sink();
      }
    }
  for (std::size_t k = 0; k < kind.size(); ++k)
    if (group[k] == sink()) kind[k] = CellKind::held;
  return Done{};
}

}  // namespace citytwin::surface_water
