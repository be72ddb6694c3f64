#include "scenarios/core/places.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "engine/model/ground.hpp"
#include "engine/model/names.hpp"
#include "gis/crs/crs.hpp"
#include "scenarios/core/main_line.hpp"

namespace citytwin::scenarios {
namespace {

using Points = std::vector<Point2>;

constexpr double kEdge = 60;  // [m] what ends this near to the edge of the city is meant to reach it

std::optional<std::size_t> row_of(const std::vector<std::string>& keys, std::string_view key) {
  const auto it = std::find(keys.begin(), keys.end(), key);
  if (it == keys.end()) return std::nullopt;
  return static_cast<std::size_t>(it - keys.begin());
}

std::optional<double> number(std::string_view s) {
  double value = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  if (error != std::errc{} || end != s.data() + s.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

bool in_water(const WaterBodies& water, Point2 p) {
  for (std::size_t row = 0; row < water.size(); ++row)
    if (water.area.contains(row, p)) return true;
  return false;
}

// See places.hpp: the deepest hollow of the inner city.
Points lowest_ground(const CityModel& model) {
  const Box2 extent = model.info().frame.extent;
  const double cell = std::max(50.0, std::max(extent.width(), extent.height()) / 150);
  if (model.terrain().empty()) return {};
  const Grid<float> ground = resample_ground(model.terrain(), grid_over(extent, cell));
  const GridSpec& spec = ground.spec;
  const int reach = std::max(1, static_cast<int>(300 / cell));
  const int edge_x = spec.nx / 6, edge_y = spec.ny / 6;
  double best_hollow = -std::numeric_limits<double>::infinity();
  Points best;
  for (int j = edge_y; j < spec.ny - edge_y; ++j)
    for (int i = edge_x; i < spec.nx - edge_x; ++i) {
      const float here = ground.at(i, j);
      if (std::isnan(here)) continue;
      double sum = 0;
      int count = 0;
      for (int dj = -reach; dj <= reach; ++dj)
        for (int di = -reach; di <= reach; ++di)
          if (spec.inside(i + di, j + dj) && !std::isnan(ground.at(i + di, j + dj))) {
            sum += ground.at(i + di, j + dj);
            ++count;
          }
      const double hollow = sum / count - here;
      if (hollow > best_hollow && !in_water(model.water_bodies(), spec.centre(i, j))) {
        best_hollow = hollow;
        best = {spec.centre(i, j)};
      }
    }
  return best;
}

Points first_of_kind(const Facilities& facilities, std::string_view name) {
  const auto kind = from_name<FacilityKind>(name);
  std::size_t best = facilities.size();
  for (std::size_t row = 0; kind && row < facilities.size(); ++row)
    if (facilities.kind[row] == *kind &&
        (best == facilities.size() || facilities.origin.key[row] < facilities.origin.key[best]))
      best = row;
  return best == facilities.size() ? Points{} : Points{facilities.position[best]};
}

// The part inside the city; nothing where the centre lies outside.
Points square(Point2 centre, double radius, const Box2& extent) {
  if (!extent.contains(centre)) return {};
  const Point2 low{std::max(centre.x - radius, extent.min.x), std::max(centre.y - radius, extent.min.y)};
  const Point2 high{std::min(centre.x + radius, extent.max.x), std::min(centre.y + radius, extent.max.y)};
  if (low.x >= high.x || low.y >= high.y) return {};
  return {low, {high.x, low.y}, high, {low.x, high.y}};
}

struct Resolver {
  const CityModel& model;

  // What comes after `prefix`, if `words` starts with it.
  static std::optional<std::string_view> after(std::string_view words, std::string_view prefix) {
    if (!words.starts_with(prefix)) return std::nullopt;
    return words.substr(prefix.size());
  }

  Points point(std::string_view words) const {
    if (words == "centre") return {model.info().frame.extent.centre()};
    if (words == "lowest") return lowest_ground(model);
    if (words == "river") {
      const auto river = main_river(model);
      if (river.line.empty()) return {};
      // In the outermost cell: water put in further down would run out over the open edge behind it.
      const Box2 extent = model.info().frame.extent;
      return {point_along(stretch_inside(extended_to_edge(river.line, extent, kEdge), extent), 0.5)};
    }
    if (const auto kind = after(words, "kind:")) return first_of_kind(model.facilities(), *kind);
    if (const auto key = after(words, "facility:")) {
      const auto row = row_of(model.facilities().origin.key, *key);
      return row ? Points{model.facilities().position[*row]} : Points{};
    }
    if (const auto key = after(words, "building:")) {
      const auto row = row_of(model.buildings().origin.key, *key);
      return row ? Points{centroid(model.buildings().footprint[*row])} : Points{};
    }
    if (const auto key = after(words, "sewer:")) {
      const auto row = row_of(model.sewers().nodes.origin.key, *key);
      return row ? Points{model.sewers().nodes.position[*row]} : Points{};
    }
    return {};
  }

  Points polyline(std::string_view words) const {
    if (words == "coast") return main_coast(model);
    if (words == "river") return main_river(model).line;
    for (const double sign : {1.0, -1.0})
      if (const auto offset = after(words, sign > 0 ? "river:left:" : "river:right:")) {
        const auto metres = number(*offset);
        const auto river = main_river(model);
        if (!metres || river.line.empty()) return {};
        // To the very edge of the city, so that no water goes round the end of a wall.
        const Box2 extent = model.info().frame.extent;
        const double offset_m = river.width / 2 + std::abs(*metres);
        return stretch_inside(
            parallel_line(extended_to_edge(river.line, extent, offset_m + kEdge), sign * offset_m), extent);
      }
    return {};
  }

  static Points ring(const RowOrigin& origin, const PolygonColumn& areas, std::string_view key) {
    const auto row = row_of(origin.key, key);
    if (!row) return {};
    const auto outer = areas.outer(*row);
    return {outer.begin(), outer.end()};
  }

  Points polygon(std::string_view words) const {
    const Box2 extent = model.info().frame.extent;
    if (words == "extent")
      return {extent.min, {extent.max.x, extent.min.y}, extent.max, {extent.min.x, extent.max.y}};
    if (const auto key = after(words, "building:"))
      return ring(model.buildings().origin, model.buildings().footprint, *key);
    if (const auto key = after(words, "water:"))
      return ring(model.water_bodies().origin, model.water_bodies().area, *key);
    if (const auto key = after(words, "cell:"))
      return ring(model.management_cells().origin, model.management_cells().area, *key);
    if (const auto rest = after(words, "around:")) {
      const auto colon = rest->rfind(':');
      const auto radius = colon == std::string_view::npos ? std::nullopt : number(rest->substr(colon + 1));
      if (!radius || *radius <= 0) return {};
      const Points centre = point(rest->substr(0, colon));
      return centre.empty() ? Points{} : square(centre.front(), *radius, extent);
    }
    return {};
  }

  Points words(const GeometryText& given, const Where& where, Diagnostics& diagnostics) const {
    Points points = given.kind == ParameterKind::point      ? point(given.reference)
                    : given.kind == ParameterKind::polyline ? polyline(given.reference)
                                                            : polygon(given.reference);
    if (points.empty()) diagnostics.error("place.not_found", where, {{"place", given.reference}});
    return points;
  }

  Points lonlat(Points points, const Where& where, Diagnostics& diagnostics) const {
    for (const Point2 p : points)
      if (std::abs(p.x) > 180 || std::abs(p.y) > 90) {
        diagnostics.error("place.bad_lonlat", where);
        return {};
      }
    const auto transform = gis::FrameTransform::make(gis::Crs::wgs84(), model.info().frame);
    if (!transform || transform->to_frame(std::span<Point2>(points)) > 0) {
      diagnostics.error("place.no_lonlat", where, {{"crs", model.info().frame.crs}});
      return {};
    }
    return points;
  }

  Points operator()(const GeometryText& given, const Where& where, Diagnostics& diagnostics) const {
    Points points = !given.reference.empty() ? words(given, where, diagnostics)
                    : given.lonlat           ? lonlat(given.points, where, diagnostics)
                                             : given.points;
    for (Point2& p : points) p = snap(p);
    return points;
  }
};

}  // namespace

PlaceResolver places_of(const CityModel& model) { return Resolver{model}; }

}  // namespace citytwin::scenarios
