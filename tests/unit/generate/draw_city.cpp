#include "draw_city.hpp"

#include <array>
#include <fstream>

namespace citytwin::testing {

namespace {

const char* colour(LandCoverClass c) {
  switch (c) {
    case LandCoverClass::paved:
      return "#e4e1da";
    case LandCoverClass::residential:
      return "#efece4";
    case LandCoverClass::commercial:
      return "#f3e3da";
    case LandCoverClass::industrial:
      return "#e6dfe9";
    case LandCoverClass::park:
      return "#c3e0ac";
    case LandCoverClass::grass:
      return "#d5e8bf";
    case LandCoverClass::forest:
      return "#a9cd96";
    case LandCoverClass::cropland:
      return "#eeeed2";
    case LandCoverClass::wetland:
      return "#c6dcc6";
    case LandCoverClass::water:
      return "#a5cbe3";
    case LandCoverClass::sand:
      return "#f4ebc3";
    default:
      return "#f5f3ee";
  }
}

const char* colour(BuildingUse u) {
  switch (u) {
    case BuildingUse::residential:
      return "#cdb9a5";
    case BuildingUse::commercial:
      return "#d98f78";
    case BuildingUse::industrial:
      return "#a796b8";
    case BuildingUse::public_service:
      return "#c7a44e";
    case BuildingUse::health:
      return "#d04a4a";
    case BuildingUse::education:
      return "#5e8fc9";
    default:
      return "#999999";
  }
}

struct Pen {
  double width;  // [m]
  const char* casing;
  const char* fill;
};

Pen pen(RoadClass c) {
  switch (c) {
    case RoadClass::primary:
      return {17, "#b0782f", "#f6b95f"};
    case RoadClass::secondary:
      return {13, "#b8a04a", "#f9e08c"};
    case RoadClass::tertiary:
      return {10, "#a8a8a0", "#fdf8d0"};
    default:
      return {7, "#c6c2ba", "#ffffff"};
  }
}

class Canvas {
 public:
  Canvas(const std::filesystem::path& file, const Box2& view, int pixels)
      : out_(file), view_(view), scale_(pixels / view.width()) {
    out_ << "<svg xmlns='http://www.w3.org/2000/svg' width='" << pixels << "' height='"
         << static_cast<int>(view.height() * scale_) << "'>\n";
  }
  ~Canvas() { out_ << "</svg>\n"; }
  [[nodiscard]] bool shows(std::span<const Point2> points) const { return bounds(points).overlaps(view_); }
  void path(std::span<const Point2> points, bool close) {
    out_ << "M";
    for (Point2 p : points) out_ << x(p.x) << ' ' << y(p.y) << ' ';
    if (close) out_ << "Z";
  }
  void area(const PolygonColumn& column, std::size_t row, const std::string& style) {
    if (!shows(column.outer(row))) return;
    out_ << "<path fill-rule='evenodd' " << style << " d='";
    for (std::size_t r = 0; r < column.ring_count(row); ++r) path(column.ring(row, r), true);
    out_ << "'/>\n";
  }
  void line(std::span<const Point2> points, const char* stroke, double metres) {
    if (!shows(points)) return;
    out_ << "<path fill='none' stroke-linecap='round' stroke-linejoin='round' stroke='" << stroke
         << "' stroke-width='" << metres * scale_ << "' d='";
    path(points, false);
    out_ << "'/>\n";
  }
  void cell(Point2 corner, double metres, const std::string& fill) {
    out_ << "<rect x='" << x(corner.x) << "' y='" << y(corner.y + metres) << "' width='"
         << metres * scale_ + 0.3 << "' height='" << metres * scale_ + 0.3 << "' " << fill << "/>\n";
  }
  void dot(Point2 p, const char* fill) {
    if (view_.contains(p))
      out_ << "<circle cx='" << x(p.x) << "' cy='" << y(p.y) << "' r='3.2' stroke='white' fill='" << fill
           << "'/>\n";
  }

 private:
  [[nodiscard]] double x(double v) const { return std::round((v - view_.min.x) * scale_ * 100) / 100; }
  [[nodiscard]] double y(double v) const { return std::round((view_.max.y - v) * scale_ * 100) / 100; }
  std::ofstream out_;
  Box2 view_;
  double scale_;
};

// One square per 2 pixels at most: class, then hill shade lit from the north-west.
void draw_ground(Canvas& canvas, const CityTables& t, const Box2& view) {
  const double step = std::max(t.land_cover.raster.spec.cell_m, view.width() / 500);
  const auto& e = t.terrain.elevation;
  const Box2 all = e.spec.bounds();
  for (double y = view.min.y; y < view.max.y; y += step)
    for (double x = view.min.x; x < view.max.x; x += step) {
      const Point2 c{x + step / 2, y + step / 2};
      if (!all.grown(-25).contains(c)) continue;
      const auto cover = static_cast<LandCoverClass>(
          t.land_cover.raster.at(t.land_cover.raster.spec.column(c.x), t.land_cover.raster.spec.row(c.y)));
      canvas.cell({x, y}, step, std::string("fill='") + colour(cover) + "'");
      const double dx = sample_bilinear(e, {c.x + 20, c.y}) - sample_bilinear(e, {c.x - 20, c.y});
      const double dy = sample_bilinear(e, {c.x, c.y + 20}) - sample_bilinear(e, {c.x, c.y - 20});
      const double shade = std::clamp((dx - dy) / 40 * 2.2, -0.35, 0.35);
      if (std::abs(shade) < 0.02) continue;
      canvas.cell({x, y}, step,
                  std::string("fill='") + (shade < 0 ? "black" : "white") + "' fill-opacity='" +
                      std::to_string(std::abs(shade)).substr(0, 5) + "'");
    }
}

}  // namespace

void draw_city(const CityTables& t, const std::filesystem::path& file, const Box2& view, int pixels) {
  Canvas canvas(file, view, pixels);
  draw_ground(canvas, t, view);
  for (std::size_t k = 0; k < t.land_cover.size(); ++k)
    canvas.area(t.land_cover.area, k, std::string("fill='") + colour(t.land_cover.cover[k]) + "'");
  for (std::size_t k = 0; k < t.water_bodies.size(); ++k)
    canvas.area(t.water_bodies.area, k, "fill='#a5cbe3'");
  const Links& links = t.streets.links;
  for (const bool casing : {true, false})
    for (int c = static_cast<int>(RoadClass::other); c >= 0; --c)
      for (std::size_t k = 0; k < links.size(); ++k)
        if (static_cast<int>(links.road_class[k]) == c) {
          const Pen p = pen(links.road_class[k]);
          const bool bridge = links.structure[k] == Structure::bridge;
          canvas.line(links.geometry[k], casing ? (bridge ? "#333333" : p.casing) : p.fill,
                      p.width + (casing ? (bridge ? 7 : 3.5) : 0));
        }
  for (std::size_t k = 0; k < t.buildings.size(); ++k)
    canvas.area(t.buildings.footprint, k,
                std::string("stroke='#80705f' stroke-width='0.3' fill='") + colour(t.buildings.use[k]) + "'");
  for (std::size_t k = 0; k < t.facilities.size(); ++k) canvas.dot(t.facilities.position[k], "#222266");
}

}  // namespace citytwin::testing
