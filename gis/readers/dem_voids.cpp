// Voids of a DEM: SRTM has them on steep slopes and water. Small ones are bridged, large ones stay open.
#include <algorithm>
#include <cmath>

#include "gis/readers/dem.hpp"

namespace citytwin::gis {
namespace {

constexpr int kSweeps = 400;
constexpr double kConverged = 1e-3;  // [m], a hundredth of what any DEM resolves
constexpr double kOverRelaxation = 1.8;

struct Void {
  std::vector<std::uint32_t> cells;  // ascending
  bool touches_border = false;
};

// The 4-connected void that holds cell `start`; marks its cells as seen.
Void trace(const Grid<float>& grid, std::size_t start, std::vector<bool>& seen) {
  const auto nx = static_cast<std::size_t>(grid.spec.nx);
  const auto ny = static_cast<std::size_t>(grid.spec.ny);
  Void found;
  std::vector<std::size_t> stack{start};
  seen[start] = true;
  const auto visit = [&](std::size_t c) {
    if (seen[c] || !std::isnan(grid.values[c])) return;
    seen[c] = true;
    stack.push_back(c);
  };
  while (!stack.empty()) {
    const std::size_t c = stack.back();
    stack.pop_back();
    found.cells.push_back(static_cast<std::uint32_t>(c));
    const std::size_t i = c % nx;
    const std::size_t j = c / nx;
    if (i == 0 || j == 0 || i + 1 == nx || j + 1 == ny) found.touches_border = true;
    if (i > 0) visit(c - 1);
    if (i + 1 < nx) visit(c + 1);
    if (j > 0) visit(c - nx);
    if (j + 1 < ny) visit(c + nx);
  }
  std::sort(found.cells.begin(), found.cells.end());
  return found;
}

// Successive over-relaxation of Laplace's equation with the rim as boundary values; a void off the border has
// four neighbours everywhere.
void bridge(Grid<float>& grid, const Void& hole) {
  const auto nx = static_cast<std::size_t>(grid.spec.nx);
  double sum = 0;
  std::size_t rim = 0;
  for (const std::size_t c : hole.cells)
    for (const std::size_t n : {c - nx, c - 1, c + 1, c + nx})
      if (!std::isnan(grid.values[n])) {
        sum += grid.values[n];
        ++rim;
      }
  std::vector<double> height(hole.cells.size(), sum / static_cast<double>(rim));
  for (const std::uint32_t c : hole.cells) grid.values[c] = static_cast<float>(height.front());
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    double largest = 0;
    for (std::size_t k = 0; k < hole.cells.size(); ++k) {
      const std::size_t c = hole.cells[k];
      const double mean = (static_cast<double>(grid.values[c - nx]) + grid.values[c - 1] +
                           grid.values[c + 1] + grid.values[c + nx]) /
                          4;
      const double step = kOverRelaxation * (mean - height[k]);
      height[k] += step;
      grid.values[c] = static_cast<float>(height[k]);
      largest = std::max(largest, std::abs(step));
    }
    if (largest < kConverged) break;
  }
}

}  // namespace

void fill_voids(Grid<float>& grid, const std::string& source, ImportLog& log, const RunContext& context) {
  std::vector<bool> seen(grid.values.size(), false);
  for (std::size_t c = 0; c < grid.values.size(); ++c) {
    if (seen[c] || !std::isnan(grid.values[c])) continue;
    context.check_stop();
    const Void hole = trace(grid, c, seen);
    const auto nx = static_cast<std::size_t>(grid.spec.nx);
    const std::size_t middle = hole.cells[hole.cells.size() / 2];
    const Point2 place = snap(grid.spec.centre(static_cast<int>(middle % nx), static_cast<int>(middle / nx)));
    if (hole.touches_border || hole.cells.size() > kMaxVoidCells) {
      log.findings.push_back({"void.left", source, std::to_string(hole.cells.size()) + " cells", place});
      continue;
    }
    bridge(grid, hole);
    log.terrain_changes.push_back({"void", source, place, 0, hole.cells.size()});
  }
}

}  // namespace citytwin::gis
