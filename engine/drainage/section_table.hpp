// A cross-section as the solver reads it: area, width and friction radius over depth, tabulated.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/model/drainage/network.hpp"

namespace citytwin::drainage {

struct SectionValues {
  double area = 0;      // of flow [m2]
  double width = 0;     // of the free surface [m]
  double radius43 = 0;  // hydraulic radius^(4/3) [m^(4/3)]
  bool operator==(const SectionValues&) const = default;
};

class SectionTable {
 public:
  // Of an outline or a transect. For a transect, the radius is that of the channel's Manning n which conveys
  // what channel and overbanks convey together.
  [[nodiscard]] static SectionTable of(const CrossSection& section, const Network& network);
  // The transect's n, which replaces the conduit's; 0 for other shapes.
  [[nodiscard]] double transect_roughness() const { return transect_roughness_; }

  [[nodiscard]] double full_depth() const { return full_depth_; }
  [[nodiscard]] double full_area() const { return full_.area; }
  [[nodiscard]] const SectionValues& full() const { return full_; }
  [[nodiscard]] double max_width() const { return max_width_; }
  [[nodiscard]] bool closed() const { return closed_; }

  // At depth 0 <= y; beyond full, the full section with no surface.
  [[nodiscard]] SectionValues at(double y) const {
    if (y >= full_depth_) return {full_.area, closed_ ? 0 : full_.width, full_.radius43};
    const double place = y * intervals_per_depth_;
    const auto i = static_cast<std::size_t>(place);
    const Row& row = rows_[i];
    const double above = y - static_cast<double>(i) * depth_per_interval_;
    return {row.area + above * (row.width + 0.5 * above * row.width_slope),
            row.width + above * row.width_slope, row.radius43 + above * row.radius43_slope};
  }
  [[nodiscard]] double depth_of_area(double area) const;
  // Area x hydraulic radius^(2/3): discharge of uniform flow per sqrt(slope) / n.
  [[nodiscard]] double section_factor(double y) const {
    const SectionValues v = at(y);
    return v.area * std::sqrt(v.radius43);
  }
  // Largest section factor (below the crown of a closed section), and the smallest depth with a given one.
  [[nodiscard]] double max_section_factor() const { return max_section_factor_; }
  [[nodiscard]] double depth_of_section_factor(double factor) const;
  // Depth of critical flow of a discharge [m3/s]; full_depth() if the section cannot.
  [[nodiscard]] double critical_depth(double discharge) const;

  bool operator==(const SectionTable&) const = default;

 private:
  struct Row {
    double area = 0, width = 0, width_slope = 0, radius43 = 0, radius43_slope = 0;
    bool operator==(const Row&) const = default;
  };
  struct Sample {
    double area, width, radius;
  };
  void fill(const std::vector<Sample>& samples, double full_depth);
  void fill_from_outline(const CrossSection& section, const CustomShape* custom);
  void fill_from_transect(const Transect& transect);

  std::vector<Row> rows_;                   // at equal steps of depth, and one more at the end
  std::vector<double> section_factor_;      // at the rows, up to its largest
  std::vector<double> critical_discharge_;  // at the rows, never falling
  double full_depth_ = 0, intervals_per_depth_ = 0, depth_per_interval_ = 0;
  SectionValues full_;
  double max_width_ = 0, max_section_factor_ = 0, transect_roughness_ = 0;
  bool closed_ = true;
};

}  // namespace citytwin::drainage
