#include "scenarios/report/layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/geo/rasterise.hpp"
#include "scenarios/report/html.hpp"

namespace citytwin::scenarios::report {

namespace {

constexpr std::uint8_t kOpacity = 225;  // streets and houses stay visible below

std::vector<Colour> with_transparent(const std::vector<Colour>& colours) {
  std::vector<Colour> palette{{255, 255, 255, 0}};
  for (Colour c : colours) {
    c.a = kOpacity;
    palette.push_back(c);
  }
  return palette;
}

// palette: 0 transparent, then worse from weak to strong, then better.
std::vector<Colour> difference_palette(const DifferenceScale& scale) {
  std::vector<Colour> colours = scale.worse;
  colours.insert(colours.end(), scale.better.begin(), scale.better.end());
  return with_transparent(colours);
}

std::uint8_t difference_entry(const DifferenceScale& scale, double change) {
  const ClassScale steps{scale.breaks, scale.worse};
  const int step = steps.class_of(std::abs(change));
  if (step < 0) return 0;
  return static_cast<std::uint8_t>(1 + step + (change > 0 ? 0 : static_cast<int>(scale.worse.size())));
}

std::string image_tag(const IndexedImage& image, const Box2& where, const MapFrame& frame, bool pixelated) {
  return fmt::format(
      "<image x=\"{:.2f}\" y=\"{:.2f}\" width=\"{:.2f}\" height=\"{:.2f}\" preserveAspectRatio=\"none\"{} "
      "href=\"{}\"/>\n",
      frame.px(where.min.x), frame.py(where.max.y), where.width() / frame.m_per_px,
      where.height() / frame.m_per_px, pixelated ? " style=\"image-rendering:pixelated\"" : "",
      data_uri(image));
}

// Gathers the palette entry of every picture pixel from the block of cells it stands for.
template <class Entry>
std::string cells_picture(const GridSpec& spec, const std::vector<Colour>& palette, const MapFrame& frame,
                          Entry&& entry) {
  const int block = std::max(1, (std::max(spec.nx, spec.ny) + frame.most_cells - 1) / frame.most_cells);
  IndexedImage image{(spec.nx + block - 1) / block, (spec.ny + block - 1) / block, {}, palette};
  image.pixels.resize(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x) {
      const int i0 = x * block, j0 = (image.height - 1 - y) * block;
      image.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                   static_cast<std::size_t>(x)] =
          entry(i0, j0, std::min(i0 + block, spec.nx), std::min(j0 + block, spec.ny));
    }
  Box2 where = spec.bounds();
  where.max = {spec.origin.x + image.width * block * spec.cell_m,
               spec.origin.y + image.height * block * spec.cell_m};
  return image_tag(image, where, frame, true);
}

bool is_hidden(const Grid<std::uint8_t>& hidden, int i, int j) {
  return !hidden.empty() && hidden.at(i, j) != 0;
}

template <class Entry>
std::string areas_picture(const PolygonColumn& areas, const std::vector<Colour>& palette,
                          const MapFrame& frame, Entry&& entry) {
  const GridSpec spec = frame.pixels();
  Grid<std::uint8_t> pixels(spec, 0);
  for (std::size_t row = 0; row < areas.size(); ++row) {
    const std::uint8_t colour = entry(row);
    if (colour == 0) continue;
    cells_with_centre_in(spec, areas[row], [&](int i, int j) { pixels.at(i, j) = colour; });
  }
  return cells_picture(spec, palette, frame, [&](int i, int j, int, int) { return pixels.at(i, j); });
}

}  // namespace

std::string grid_layer(const Grid<float>& grid, const Grid<std::uint8_t>& hidden, const ClassScale& scale,
                       Thin thin, const MapFrame& frame) {
  return cells_picture(grid.spec, with_transparent(scale.colours), frame,
                       [&](int i0, int j0, int i1, int j1) {
                         float shown = kNoData;
                         for (int j = j0; j < j1; ++j)
                           for (int i = i0; i < i1; ++i) {
                             const float here = grid.at(i, j);
                             if (std::isnan(here) || is_hidden(hidden, i, j)) continue;
                             if (std::isnan(shown) || (thin == Thin::largest ? here > shown : here < shown))
                               shown = here;
                           }
                         return static_cast<std::uint8_t>(1 + scale.class_of(shown));
                       });
}

std::string difference_layer(const Grid<float>& before, const Grid<float>& after,
                             const Grid<std::uint8_t>& hidden, const DifferenceScale& scale,
                             const MapFrame& frame) {
  const auto depth = [](float value) { return std::isnan(value) ? 0.0 : static_cast<double>(value); };
  return cells_picture(after.spec, difference_palette(scale), frame, [&](int i0, int j0, int i1, int j1) {
    double shown = 0;
    for (int j = j0; j < j1; ++j)
      for (int i = i0; i < i1; ++i) {
        if (is_hidden(hidden, i, j)) continue;
        const double change = depth(after.at(i, j)) - depth(before.at(i, j));
        if (std::abs(change) > std::abs(shown)) shown = change;
      }
    return difference_entry(scale, shown);
  });
}

std::string area_layer(const PolygonColumn& areas, const std::vector<double>& values, const ClassScale& scale,
                       const MapFrame& frame) {
  return areas_picture(areas, with_transparent(scale.colours), frame, [&](std::size_t row) {
    return static_cast<std::uint8_t>(1 + scale.class_of(values[row]));
  });
}

std::string area_difference_layer(const PolygonColumn& areas, const std::vector<double>& before,
                                  const std::vector<double>& after, const DifferenceScale& scale,
                                  const MapFrame& frame) {
  return areas_picture(areas, difference_palette(scale), frame,
                       [&](std::size_t row) { return difference_entry(scale, after[row] - before[row]); });
}

std::string line_layer(const Ragged<Point2>& lines, const std::vector<double>& values,
                       const ClassScale& scale, double width, const MapFrame& frame) {
  std::vector<std::string> paths(scale.colours.size());
  for (std::size_t row = 0; row < lines.size(); ++row) {
    const int k = scale.class_of(values[row]);
    if (k < 0) continue;
    std::string& path = paths[static_cast<std::size_t>(k)];
    long last_x = 0, last_y = 0;
    const auto line = lines[row];
    for (std::size_t p = 0; p < line.size(); ++p) {
      const long x = std::lround(frame.px(line[p].x)), y = std::lround(frame.py(line[p].y));
      if (p > 0 && x == last_x && y == last_y && p + 1 < line.size()) continue;
      path += p == 0 ? fmt::format("M{} {}", x, y) : fmt::format("l{} {}", x - last_x, y - last_y);
      last_x = x;
      last_y = y;
    }
  }
  std::string svg;
  for (std::size_t k = 0; k < paths.size(); ++k)
    if (!paths[k].empty())
      svg += fmt::format(
          "<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{:.1f}\" stroke-linecap=\"round\"/>\n",
          paths[k], hex(scale.colours[k]), width);
  return svg;
}

std::string marker_layer(const std::vector<Marker>& markers, double size, const MapFrame& frame) {
  std::string dots, labels;
  std::vector<Box2> taken;
  const double r = size * 0.38;
  for (const Marker& m : markers) {
    const double x = frame.px(m.place.x), y = frame.py(m.place.y);
    if (x < 0 || y < 0 || x > frame.width || y > frame.height) continue;
    dots += fmt::format(
        "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"{}\" stroke=\"#fff\" "
        "stroke-width=\"{:.1f}\"/>\n",
        x, y, r, hex(m.fill), r / 3);
    if (m.label.empty()) continue;
    const double width = 0.58 * size * static_cast<double>(m.label.size()), gap = r * 1.6;
    struct Side {
      double dx, dy;
    };
    for (const Side side : {Side{gap, 0.35 * size},
                            {-gap - width, 0.35 * size},
                            {-width / 2, -gap - 0.2 * size},
                            {-width / 2, gap + 0.75 * size}}) {
      const Box2 box{{x + side.dx, y + side.dy - 0.8 * size},
                     {x + side.dx + width, y + side.dy + 0.2 * size}};
      const bool inside =
          box.min.x > 0 && box.min.y > 0 && box.max.x < frame.width && box.max.y < frame.height;
      if (!inside || std::any_of(taken.begin(), taken.end(), [&](const Box2& t) { return t.overlaps(box); }))
        continue;
      taken.push_back(box);
      labels += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", x + side.dx, y + side.dy,
                            escape(m.label));
      break;
    }
  }
  return dots + fmt::format(
                    "<g font-size=\"{:.1f}\" font-weight=\"600\" fill=\"#1d2630\" stroke=\"#fff\" "
                    "stroke-width=\"{:.1f}\" paint-order=\"stroke\" stroke-linejoin=\"round\">{}</g>\n",
                    size, size / 4, labels);
}

}  // namespace citytwin::scenarios::report
