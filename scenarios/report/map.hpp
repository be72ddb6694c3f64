// A map as it stands in the report: ground, layers, scale bar, north arrow, title, legend, attribution.
#pragma once

#include <string>
#include <vector>

#include "engine/model/city_model.hpp"
#include "scenarios/report/layers.hpp"

namespace citytwin::scenarios::report {

struct LegendEntry {
  enum class Shape { title, area, line, dot, hatch, outline, square };
  Shape shape = Shape::area;
  Colour colour;
  std::string label;
};

struct Map {
  std::string title, note;
  std::vector<std::string> layers;  // SVG, bottom to top
  bool whole_width = true;          // else half the page
};

// The ground picture, embedded once; maps refer to it by `id`.
[[nodiscard]] std::string embed_base(const IndexedImage& base, const std::string& id);

[[nodiscard]] double lettering(const Map& map, const MapFrame& frame);  // font size for markers [px]
[[nodiscard]] std::string render(const Map& map, const MapFrame& frame, const std::string& base_id);
[[nodiscard]] std::string render(const std::vector<LegendEntry>& legend);

// Classes of a scale with their ranges: `label(value)` formats one break.
template <class Label>
std::vector<LegendEntry> class_entries(const ClassScale& scale, LegendEntry::Shape shape, Label&& label);
// Labels "more by x to y" ... need the catalogue and live in map.cpp.
[[nodiscard]] std::vector<LegendEntry> difference_entries(const DifferenceScale& scale,
                                                          const std::vector<std::string>& breaks);
// Permanent water and, where there is any, ground without data.
[[nodiscard]] std::vector<LegendEntry> ground_entries(const CityModel& model);

// A whole-width map with its legend and credit; the legend stands beside a map that is not wide.
[[nodiscard]] std::string render_block(const Map& map, const MapFrame& frame, const std::string& base_id,
                                       const std::vector<LegendEntry>& legend, const std::string& credit);

// Who made the data: every source's attribution and licence, each once.
[[nodiscard]] std::string attribution(const CityModel& model);

// --- implementation of the template ------------------------------------------------------------------------
[[nodiscard]] std::string range_label(const std::string& from,
                                      const std::string& to);  // to "" = no upper end

template <class Label>
std::vector<LegendEntry> class_entries(const ClassScale& scale, LegendEntry::Shape shape, Label&& label) {
  std::vector<LegendEntry> entries;
  for (std::size_t k = 0; k < scale.breaks.size(); ++k) {
    const bool last = k + 1 == scale.breaks.size();
    const bool from_zero = scale.breaks[k] < 1e-3;
    entries.push_back(
        {shape, scale.colours[k],
         range_label(from_zero ? "" : label(scale.breaks[k]), last ? "" : label(scale.breaks[k + 1]))});
  }
  return entries;
}

}  // namespace citytwin::scenarios::report
