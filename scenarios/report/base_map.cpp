#include "scenarios/report/base_map.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/parallel.hpp"
#include "engine/geo/rasterise.hpp"

namespace citytwin::scenarios::report {

namespace {

constexpr int kFine = 2;    // sub-pixels per pixel side: cheap anti-aliasing
constexpr int kGreys = 50;  // palette = grey level × water share
constexpr int kWaterShares = kFine * kFine + 1;
constexpr double kDarkest = 130;  // grey level of index 0
constexpr std::uint8_t kGround = 240, kBuilding = 190, kStreet = 255, kEdge = 160;

// Grey level of the ground from its slope, light from the north-west, 45° high (Horn 1981 shading), with the
// relief exaggerated until a flat city shows some.
Grid<std::uint8_t> relief(const Terrain& terrain, const GridSpec& spec) {
  Grid<std::uint8_t> shade(spec, kGround);
  if (terrain.empty()) return shade;
  const double step = std::max(spec.cell_m, terrain.elevation.spec.cell_m);
  for_chunks(static_cast<std::size_t>(spec.ny), 16, [&](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row)
      for (int i = 0; i < spec.nx; ++i) {
        const Point2 p = spec.centre(i, static_cast<int>(row));
        const auto z = [&](double dx, double dy) {
          return sample_bilinear(terrain.elevation, p + Point2{dx, dy});
        };
        const double gx = (z(step, 0) - z(-step, 0)) / (2 * step);
        const double gy = (z(0, step) - z(0, -step)) / (2 * step);
        if (std::isnan(gx) || std::isnan(gy)) continue;
        constexpr double kExaggeration = 1.6;
        const double nx = -gx * kExaggeration, ny = -gy * kExaggeration;
        const double light = (-nx + ny + std::sqrt(2.0)) / (2 * std::sqrt(nx * nx + ny * ny + 1));
        // Flat ground has light 0.707 and gets kGround.
        const double level = kGround + 75 * (std::clamp(light, 0.0, 1.0) - std::sqrt(0.5));
        shade.at(i, static_cast<int>(row)) = static_cast<std::uint8_t>(std::clamp(level, 165.0, 252.0));
      }
  });
  return shade;
}

// Width in sub-pixels of the streets that a city map shows; 0 = too small to draw at this scale.
double street_width_m(RoadClass road) {
  switch (road) {
    case RoadClass::motorway:
    case RoadClass::trunk:
      return 18;
    case RoadClass::primary:
      return 14;
    case RoadClass::secondary:
      return 11;
    case RoadClass::tertiary:
      return 9;
    case RoadClass::residential:
    case RoadClass::other:
      return 6;
    case RoadClass::service:
      return 4;
    default:
      return 0;
  }
}

class Canvas {
 public:
  Canvas(const MapFrame& frame, Grid<std::uint8_t> ground)
      : grey_(frame.pixels(kFine), kGround), water_(frame.pixels(kFine), 0) {
    for (int j = 0; j < grey_.spec.ny; ++j)
      for (int i = 0; i < grey_.spec.nx; ++i) grey_.at(i, j) = ground.at(i / kFine, j / kFine);
  }

  [[nodiscard]] double sub_pixel_m() const { return grey_.spec.cell_m; }

  void fill_water(const Polygon& polygon) {
    cells_with_centre_in(water_.spec, polygon, [&](int i, int j) { water_.at(i, j) = 1; });
  }
  void fill(const Polygon& polygon, std::uint8_t grey) {
    cells_with_centre_in(grey_.spec, polygon, [&](int i, int j) { dry(i, j, grey); });
  }
  void stroke(std::span<const Point2> line, double width_m, std::uint8_t grey) {
    cells_along(grey_.spec, line, [&](int i, int j) { dry(i, j, grey); });
    if (width_m < 1.5 * sub_pixel_m()) return;
    for (std::size_t k = 1; k < line.size(); ++k) {
      const Point2 along = line[k] - line[k - 1];
      const double size = length(along);
      if (size == 0) continue;
      const Point2 side = Point2{-along.y, along.x} * (width_m / 2 / size);
      fill({{line[k - 1] + side, line[k - 1] - side, line[k] - side, line[k] + side}, {}}, grey);
    }
  }

  [[nodiscard]] IndexedImage finish(const MapFrame& frame) const {
    IndexedImage image{frame.width, frame.height, {}, palette()};
    image.pixels.resize(static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height));
    for (int y = 0; y < frame.height; ++y)
      for (int x = 0; x < frame.width; ++x)
        image.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(frame.width) +
                     static_cast<std::size_t>(x)] = entry(x, frame.height - 1 - y);
    return image;
  }

 private:
  void dry(int i, int j, std::uint8_t grey) {
    grey_.at(i, j) = grey;
    water_.at(i, j) = 0;  // bridges and piers lie on top
  }
  static std::vector<Colour> palette() {
    std::vector<Colour> colours;
    for (int w = 0; w < kWaterShares; ++w)
      for (int g = 0; g < kGreys; ++g) {
        const double grey = kDarkest + (255 - kDarkest) * g / (kGreys - 1);
        const double share = static_cast<double>(w) / (kWaterShares - 1);
        const auto mix = [&](std::uint8_t water) {
          return static_cast<std::uint8_t>(std::lround(grey * (1 - share) + water * share));
        };
        colours.push_back({mix(kWaterColour.r), mix(kWaterColour.g), mix(kWaterColour.b)});
      }
    return colours;
  }
  // Palette entry of pixel column x, row j from the south: the mean of its sub-pixels.
  [[nodiscard]] std::uint8_t entry(int x, int j) const {
    int grey = 0, wet = 0, land = 0;
    for (int b = 0; b < kFine; ++b)
      for (int a = 0; a < kFine; ++a) {
        const int i = x * kFine + a, jj = j * kFine + b;
        if (water_.at(i, jj) != 0) {
          ++wet;
        } else {
          grey += grey_.at(i, jj);
          ++land;
        }
      }
    const double mean = land == 0 ? 255.0 : static_cast<double>(grey) / land;
    const long level = std::lround((mean - kDarkest) / (255 - kDarkest) * (kGreys - 1));
    return static_cast<std::uint8_t>(wet * kGreys + std::clamp(level, 0L, kGreys - 1L));
  }

  Grid<std::uint8_t> grey_, water_;
};

void draw_streets(Canvas& canvas, const Links& links) {
  // Small streets first, so that the large ones stay whole. Seen from far the smallest only add noise.
  for (const bool large : {false, true})
    for (std::size_t row = 0; row < links.size(); ++row) {
      const double width = street_width_m(links.road_class[row]);
      const bool is_large = width > 8;
      if (is_large != large || width == 0 || width < canvas.sub_pixel_m()) continue;
      if (links.structure[row] == Structure::tunnel) continue;
      canvas.stroke(links.geometry[row], std::max(width, large ? 2.0 * canvas.sub_pixel_m() : 0.0), kStreet);
    }
}

}  // namespace

GridSpec MapFrame::pixels(int fine) const {
  return {extent.min, m_per_px / fine, width * fine, height * fine};
}

MapFrame frame_of(const Box2& extent) {
  MapFrame frame;
  if (extent.empty() || extent.width() <= 0 || extent.height() <= 0) return frame;
  frame.m_per_px = std::max(extent.width(), extent.height()) / kLongestSidePx;
  frame.width = std::max(1, static_cast<int>(std::ceil(extent.width() / frame.m_per_px - 1e-6)));
  frame.height = std::max(1, static_cast<int>(std::ceil(extent.height() / frame.m_per_px - 1e-6)));
  frame.extent.min = extent.min;
  frame.extent.max = {extent.min.x + frame.width * frame.m_per_px,
                      extent.min.y + frame.height * frame.m_per_px};
  return frame;
}

IndexedImage draw_base(const CityModel& model, const MapFrame& frame) {
  Canvas canvas(frame, relief(model.terrain(), frame.pixels()));
  for (std::size_t row = 0; row < model.water_bodies().size(); ++row)
    canvas.fill_water(model.water_bodies().area[row]);
  draw_streets(canvas, model.streets().links);
  const Buildings& buildings = model.buildings();
  for (std::size_t row = 0; row < buildings.size(); ++row) {
    const Polygon footprint = buildings.footprint[row];
    canvas.fill(footprint, kBuilding);
    if (canvas.sub_pixel_m() > 1.5) continue;  // outlines help only where a house is many pixels wide
    Ring outline = footprint.outer;
    outline.push_back(outline.front());
    canvas.stroke(outline, 0, kEdge);
  }
  return canvas.finish(frame);
}

}  // namespace citytwin::scenarios::report
