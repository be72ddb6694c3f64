#include "gis/readers/dem.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace citytwin::gis {
namespace {

// Dead Sea shore is at -430 m, the deepest bathymetry of a coastal DEM above -11 000, Everest at 8849.
constexpr ValueRange kPlausible{-11'100, 9'000};
constexpr double kSameResolution = 1.05;
constexpr std::uint64_t kSaturatedCells = 10;

// The part of `grid` that a source's box touches; empty (nx = 0) if none.
GridSpec part_of(const GridSpec& grid, const Box2& box) {
  const int i0 = std::max(grid.column(box.min.x) - 1, 0);
  const int j0 = std::max(grid.row(box.min.y) - 1, 0);
  const int i1 = std::min(grid.column(box.max.x) + 2, grid.nx);
  const int j1 = std::min(grid.row(box.max.y) + 2, grid.ny);
  if (box.empty() || i1 <= i0 || j1 <= j0) return {};
  return {grid.origin + Point2{i0 * grid.cell_m, j0 * grid.cell_m}, grid.cell_m, i1 - i0, j1 - j0};
}

// Puts values where there are none yet; returns how many.
std::uint64_t lay_under(Grid<float>& top, const Grid<float>& part) {
  const int i0 = static_cast<int>(std::lround((part.spec.origin.x - top.spec.origin.x) / top.spec.cell_m));
  const int j0 = static_cast<int>(std::lround((part.spec.origin.y - top.spec.origin.y) / top.spec.cell_m));
  std::uint64_t used = 0;
  for (int j = 0; j < part.spec.ny; ++j)
    for (int i = 0; i < part.spec.nx; ++i) {
      float& value = top.at(i0 + i, j0 + j);
      if (!std::isnan(value) || std::isnan(part.at(i, j))) continue;
      value = part.at(i, j);
      ++used;
    }
  return used;
}

void keep_books(const RasterInfo& info, const RasterCounts& counts, ImportLog& log) {
  ImportCount line{.source = info.key,
                   .kind = "dem cells",
                   .read = counts.read,
                   .kept = counts.valid,
                   .merged = 0,
                   .added_by_splitting = 0,
                   .dropped = {}};
  if (counts.no_data > 0) line.drop("dropped.no_data", counts.no_data);
  if (counts.not_a_number > 0) line.drop("dropped.not_a_number", counts.not_a_number);
  if (counts.out_of_range > 0) line.drop("dropped.implausible_height", counts.out_of_range);
  log.counts.push_back(std::move(line));
}

// Finest first; sources given earlier lie on top of equals.
std::vector<std::size_t> order_of(const std::vector<DemSource>& sources) {
  std::vector<std::size_t> order(sources.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return sources[a].raster.info().resolution_m * kSameResolution < sources[b].raster.info().resolution_m;
  });
  return order;
}

void warn_of_mixtures(const std::vector<DemSource>& sources, const std::vector<std::uint64_t>& used,
                      Diagnostics& diagnostics) {
  const RasterInfo* first = nullptr;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    if (used[s] == 0) continue;
    const RasterInfo& info = sources[s].raster.info();
    if (first == nullptr) {
      first = &info;
      if (info.vertical_datum == "unknown") diagnostics.warning("dem.unknown_datum", {.file = info.file});
      continue;
    }
    const double ratio = info.resolution_m / first->resolution_m;
    if (ratio > kSameResolution || ratio < 1 / kSameResolution)
      diagnostics.warning("dem.several_resolutions", {.file = info.file},
                          {{"first_m", std::to_string(std::lround(first->resolution_m))},
                           {"other_m", std::to_string(std::lround(info.resolution_m))}});
    if (info.vertical_datum != first->vertical_datum)
      diagnostics.warning("dem.several_datums", {.file = info.file},
                          {{"first", first->vertical_datum}, {"other", info.vertical_datum}});
  }
}

}  // namespace

Result<Terrain> read_dem(const std::vector<DemSource>& sources, const CityFrame& frame, ImportLog& log,
                         const RunContext& context) {
  if (sources.empty()) return Terrain{};
  const auto order = order_of(sources);
  const auto grid = natural_grid(sources[order.front()].raster, frame);
  if (!grid.ok()) return Result<Terrain>(grid.diagnostics());
  const double need = static_cast<double>(grid->size()) * sizeof(float) * 4;
  if (context.memory_limit_bytes > 0 && need > context.memory_limit_bytes)
    return Result<Terrain>::failure("memory.too_large", {.file = sources[order.front()].raster.info().file},
                                    {{"need_mb", std::to_string(std::llround(need / 1e6))}});
  Diagnostics diagnostics;
  Terrain terrain;
  terrain.elevation = Grid<float>(*grid, kNoData);
  std::vector<std::uint64_t> used(sources.size(), 0);
  double done = 0;
  for (const std::size_t s : order) {
    const RasterInfo& info = sources[s].raster.info();
    const auto transform = FrameTransform::make(info.crs, frame);
    if (!transform.ok()) return Result<Terrain>(transform.diagnostics());
    RasterCounts counts;
    if (const GridSpec part = part_of(*grid, transform->to_frame(info.bounds)); part.nx > 0) {
      const auto values =
          read_onto_grid(sources[s].raster, part, frame, Resampling::bilinear, kPlausible, counts, context);
      if (!values.ok()) return Result<Terrain>(values.diagnostics());
      used[s] = lay_under(terrain.elevation, *values);
    }
    keep_books(info, counts, log);
    if (info.saturates_at_255 && counts.at_255 >= kSaturatedCells)
      diagnostics.warning("dem.saturated", {.file = info.file}, {{"cells", std::to_string(counts.at_255)}});
    context.progress("stage.read_dem", ++done / static_cast<double>(sources.size()));
  }
  const auto most = static_cast<std::size_t>(std::max_element(used.begin(), used.end()) - used.begin());
  if (used[most] == 0)
    return Result<Terrain>::failure("dem.outside", {.file = sources[most].raster.info().file});
  terrain.source = sources[most].id;
  terrain.true_resolution_m = sources[most].raster.info().resolution_m;
  warn_of_mixtures(sources, used, diagnostics);
  fill_voids(terrain.elevation, sources[most].raster.info().key, log, context);
  return Result<Terrain>(std::move(terrain), std::move(diagnostics));
}

}  // namespace citytwin::gis
