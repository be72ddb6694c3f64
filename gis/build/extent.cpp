#include "gis/build/extent.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "gis/geometry/clip.hpp"
#include "gis/geometry/repair.hpp"
#include "gis/io/safe_path.hpp"
#include "gis/readers/vector.hpp"

namespace citytwin::gis {

namespace {

constexpr double kLeastArea = 1;  // [m2]
constexpr int kEdgePieces = 32;   // a straight edge in degrees is a curve in metres

std::optional<Box2> parse_box(const std::string& text) {
  std::array<double, 4> v{};
  const char* at = text.data();
  const char* end = text.data() + text.size();
  for (std::size_t i = 0; i < 4; ++i) {
    while (at != end && *at == ' ') ++at;
    const auto [next, error] = std::from_chars(at, end, v[i]);
    if (error != std::errc{} || !std::isfinite(v[i])) return std::nullopt;
    at = next;
    while (at != end && *at == ' ') ++at;
    if (i < 3 && (at == end || *at++ != ',')) return std::nullopt;
  }
  if (at != end) return std::nullopt;
  return Box2{{v[0], v[1]}, {v[2], v[3]}};
}

bool looks_like_box(const std::string& text) {
  return text.find(',') != std::string::npos &&
         text.find_first_not_of("0123456789+-.,eE ") == std::string::npos;
}

Polygon ring_of(const Box2& box) {
  const std::array<Point2, 4> corners{box.min, Point2{box.max.x, box.min.y}, box.max,
                                      Point2{box.min.x, box.max.y}};
  Polygon polygon;
  for (std::size_t c = 0; c < 4; ++c)
    for (int k = 0; k < kEdgePieces; ++k)
      polygon.outer.push_back(corners[c] +
                              (corners[(c + 1) % 4] - corners[c]) * (static_cast<double>(k) / kEdgePieces));
  return polygon;
}

Result<Polygon> polygon_file(const ImportRecipe& recipe, const RunContext& context) {
  const Where where{.file = recipe.area, .key = "area"};
  const auto path = safe_input(recipe.area, recipe.base_folder);
  if (!path) return Result<Polygon>(path.diagnostics());
  BuildingSource source;
  source.file = *path;
  source.key = "area";
  const auto read = read_vector(source, "area polygons", {}, context);
  if (!read) return Result<Polygon>(read.diagnostics());
  const auto crs = Crs::parse(read->crs, where);
  if (!crs) return Result<Polygon>(crs.diagnostics());
  std::vector<Polygon> areas;
  for (const VectorFeature& row : read->rows) areas.insert(areas.end(), row.areas.begin(), row.areas.end());
  std::vector<Polygon> united = unite(areas);
  if (united.size() != 1)
    return Result<Polygon>::failure("area.not_one_polygon", where,
                                    {{"count", std::to_string(united.size())}});
  if (crs->is_local()) return Result<Polygon>(std::move(united.front()));
  const auto transform = FrameTransform::make(*crs, CityFrame{.crs = "EPSG:4326"});
  if (!transform) return Result<Polygon>(transform.diagnostics());
  transform->to_frame(united.front().outer);
  for (Ring& hole : united.front().holes) transform->to_frame(hole);
  return Result<Polygon>(std::move(united.front()));
}

Result<Polygon> given_area(const ImportRecipe& recipe, const RunContext& context) {
  if (!looks_like_box(recipe.area)) return polygon_file(recipe, context);
  const auto box = parse_box(recipe.area);
  const bool on_globe = box && std::abs(box->min.x) <= 180 && std::abs(box->max.x) <= 180 &&
                        std::abs(box->min.y) <= 90 && std::abs(box->max.y) <= 90;
  const bool local = recipe.crs == "local";
  if (!box || !(box->min.x < box->max.x && box->min.y < box->max.y) || (!on_globe && !local))
    return Result<Polygon>::failure("area.bad", {.key = "area"}, {{"area", recipe.area}});
  return Result<Polygon>(ring_of(*box));
}

}  // namespace

Result<Box2> to_lon_lat(const Box2& box, const Crs& crs) {
  if (crs.is_local()) return Result<Box2>(box);
  const auto transform = FrameTransform::make(crs, CityFrame{.crs = "EPSG:4326"});
  if (!transform) return Result<Box2>(transform.diagnostics());
  return Result<Box2>(transform->to_frame(box));
}

void note_extent(ImportLog& log, const std::string& source, const Box2& box, const Crs& crs) {
  if (box.empty()) return;
  const auto lon_lat = to_lon_lat(box, crs);
  if (lon_lat && std::isfinite(lon_lat->width() + lon_lat->height()))
    log.extents.push_back({source, *lon_lat});
}

void note_extent(ImportLog& log, const std::string& source, const Box2& box, const CityFrame& frame) {
  if (frame.crs == "local") return note_extent(log, source, box, Crs());
  const auto transform = FrameTransform::make(Crs::wgs84(), frame);
  if (transform && !box.empty()) note_extent(log, source, transform->from_frame(box), Crs::wgs84());
}

Result<Polygon> choose_area(const ImportRecipe& recipe, const std::vector<SourceExtent>& sources,
                            const RunContext& context) {
  Box2 common{{-1e300, -1e300}, {1e300, 1e300}};
  for (const SourceExtent& source : sources) {
    const Box2 next = common.intersection(source.box);
    if (next.empty() || !(next.area() > 0))
      return Result<Polygon>::failure("extent.no_overlap", {.file = source.key}, {{"source", source.key}});
    common = next;
  }
  if (!recipe.area.empty()) {
    auto area = given_area(recipe, context);
    if (area && !sources.empty() && !bounds(area->outer).overlaps(common))
      return Result<Polygon>::failure("area.outside_sources", {.key = "area"}, {{"area", recipe.area}});
    return area;
  }
  if (sources.empty()) return Result<Polygon>::failure("extent.none");
  return Result<Polygon>(ring_of(common));
}

Result<CityExtent> make_extent(const Polygon& area, bool local, const ImportRecipe& recipe,
                               const std::vector<SourceExtent>& sources, const std::string& vertical_datum) {
  Crs crs;
  if (!local) {
    const Point2 centre = bounds(area.outer).centre();
    auto chosen = recipe.crs.empty() ? utm_of(centre.x, centre.y) : Crs::parse(recipe.crs, {.key = "crs"});
    if (!chosen) return Result<CityExtent>(chosen.diagnostics());
    crs = *chosen;
  }
  Diagnostics unfit = check_frame(crs, {.key = "crs"});
  if (unfit.has_errors()) return Result<CityExtent>(std::move(unfit));
  Polygon projected = area;
  if (!local) {
    const auto transform = FrameTransform::make(Crs::wgs84(), CityFrame{.crs = crs.code()});
    if (!transform) return Result<CityExtent>(transform.diagnostics());
    std::size_t lost = transform->to_frame(projected.outer);
    for (Ring& hole : projected.holes) lost += transform->to_frame(hole);
    if (lost > 0)
      return Result<CityExtent>::failure("area.not_in_crs", {.key = "crs"}, {{"crs", crs.code()}});
  }
  for (const SourceExtent& source : sources) {
    if (local || !recipe.area.empty() || source.crs != crs.code()) continue;
    std::vector<Polygon> inside = clip_polygon(projected, source.own, kLeastArea);
    if (inside.empty())
      return Result<CityExtent>::failure("extent.no_overlap", {.file = source.key}, {{"source", source.key}});
    projected = std::move(inside.front());
  }
  CityFrame frame = make_frame(crs, bounds(projected.outer), vertical_datum);
  const Point2 origin{frame.origin_x, frame.origin_y};
  for (Point2& p : projected.outer) p = p - origin;
  for (Ring& hole : projected.holes)
    for (Point2& p : hole) p = p - origin;
  if (!snap_polygon(projected))
    return Result<CityExtent>::failure("area.bad", {.key = "area"}, {{"area", recipe.area}});
  normalise(projected);
  frame.extent = bounds(projected.outer);
  return Result<CityExtent>(CityExtent{frame, ClipArea(std::move(projected))});
}

}  // namespace citytwin::gis
