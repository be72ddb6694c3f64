#include "engine/domains/surface_water/input_checks.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/geo/rasterise.hpp"

namespace citytwin::surface_water {

namespace {

// Length of the part of a segment that lies in the box (Liang and Barsky 1984) [m].
double length_within(Point2 a, Point2 b, const Box2& box) {
  double from = 0;
  double to = 1;
  const auto clip = [&](double start, double step, double low, double high) {
    if (step == 0) {
      if (start < low || start > high) to = -1;
      return;
    }
    const double t1 = (low - start) / step;
    const double t2 = (high - start) / step;
    from = std::max(from, std::min(t1, t2));
    to = std::min(to, std::max(t1, t2));
  };
  clip(a.x, b.x - a.x, box.min.x, box.max.x);
  clip(a.y, b.y - a.y, box.min.y, box.max.y);
  return std::max(0.0, to - from) * distance(a, b);
}

// Share of a line's length or a polygon's area that lies within the grid.
double share_within(const Place& place, const GridSpec& grid) {
  double all = 0;
  double within = 0;
  if (place.kind == Place::Kind::polygon) {
    const Polygon polygon{place.points, {}};
    cell_overlaps(grid, polygon, [&](int, int, double area) { within += area; });
    all = std::abs(signed_area(place.points));
  }
  if (place.kind == Place::Kind::polyline) {
    all = length(place.points);
    for (std::size_t k = 1; k < place.points.size(); ++k)
      within += length_within(place.points[k - 1], place.points[k], grid.bounds());
  }
  return all > 0 ? within / all : 1;
}

// When the series first gives water [s]; NaN if it never does.
double begins(const ForcingSeries& given) {
  const Series& s = given.series;
  for (std::size_t k = 0; k < s.time.size(); ++k)
    if (given.place.kind == Place::Kind::raster || s.value[k] > 0) return s.time[k];
  return std::numeric_limits<double>::quiet_NaN();
}

bool misses_run(const ForcingSeries& given, double duration) {
  const double start = begins(given);
  if (std::isnan(start)) return false;
  if (given.place.kind == Place::Kind::raster) return start >= duration;
  return !(given.series.integral(0, duration) > 0);
}

}  // namespace

Diagnostics check_inputs(const Forcing& forcing, const GridSpec& grid, double duration) {
  Diagnostics problems;
  const auto tenth = [](double value) {
    std::string text = std::to_string(std::round(value * 10) / 10);
    return text.substr(0, text.find('.') + 2);
  };
  for (const char* field : {"rain", "inflow", "level"})
    for (const ForcingSeries* given : forcing.of(field)) {
      const Where where{{}, {}, given->key, {}, 0};
      const bool level = given->field == "level";
      if (!level && misses_run(*given, duration))
        problems.error("surface_water.outside_time", where,
                       {{"key", given->key},
                        {"minutes", tenth(begins(*given) / 60)},
                        {"duration", tenth(duration / 60)}});
      const double share = share_within(given->place, grid);
      if (given->field != "rain" && share > 0 && share < 0.5)
        problems.error("surface_water.mostly_outside", where,
                       {{"key", given->key},
                        {"percent", std::to_string(std::min(99L, std::lround(100 * (1 - share))))}});
    }
  return problems;
}

}  // namespace citytwin::surface_water
