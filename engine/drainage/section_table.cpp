#include "engine/drainage/section_table.hpp"

#include "engine/drainage/gravity.hpp"
#include "engine/drainage/section_outline.hpp"

namespace citytwin::drainage {

namespace {

constexpr int kIntervals = 64;

// What lies below a height, walking up one side of an outline.
class SideWalk {
 public:
  explicit SideWalk(const std::vector<Point2>& side) : side_(side) {}
  double area = 0, wetted = 0, half_width = 0;

  void rise_to(double y) {
    while (next_ < side_.size() && side_[next_].y <= y) step_to(side_[next_++]);
    if (next_ < side_.size() && side_[next_].y > y) {
      const Point2 a = at_, b = side_[next_];
      if (b.y > a.y) step_to({a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y), y});
    }
    half_width = at_.x;
  }

 private:
  void step_to(Point2 p) {
    area += 0.5 * (p.x + at_.x) * (p.y - at_.y);
    wetted += std::hypot(p.x - at_.x, p.y - at_.y);
    at_ = p;
  }
  const std::vector<Point2>& side_;
  std::size_t next_ = 0;
  Point2 at_{0, 0};
};

// Overbank or channel: area, wetted perimeter and conveyance of the strips between two stations.
struct Part {
  double area = 0, wetted = 0;
  double n = 0;
  [[nodiscard]] double conveyance() const {
    return area > 0 && wetted > 0 ? area * std::pow(area / wetted, 2.0 / 3.0) / n : 0;
  }
};

// Strip of ground from (x0, z0) to (x1, z1) below the level: adds to the part, returns the width of its
// surface.
double add_strip(Part& part, double x0, double z0, double x1, double z1, double level) {
  if (std::min(z0, z1) >= level) return 0;
  if (z0 > level) {
    x0 = x1 + (x0 - x1) * (level - z1) / (z0 - z1);
    z0 = level;
  }
  if (z1 > level) {
    x1 = x0 + (x1 - x0) * (level - z0) / (z1 - z0);
    z1 = level;
  }
  part.area += (x1 - x0) * (level - 0.5 * (z0 + z1));
  part.wetted += std::hypot(x1 - x0, z1 - z0);
  return x1 - x0;
}

}  // namespace

SectionTable SectionTable::of(const CrossSection& section, const Network& network) {
  SectionTable table;
  if (section.transect >= 0) {
    table.fill_from_transect(network.transects[static_cast<std::size_t>(section.transect)]);
  } else {
    table.fill_from_outline(section, section.custom_shape < 0
                                         ? nullptr
                                         : &network.shapes[static_cast<std::size_t>(section.custom_shape)]);
  }
  return table;
}

void SectionTable::fill_from_outline(const CrossSection& section, const CustomShape* custom) {
  const SectionOutline outline = outline_of(section, custom);
  closed_ = outline.closed;
  SideWalk left(outline.left), right(outline.right);
  std::vector<Sample> samples;
  for (int i = 0; i <= kIntervals; ++i) {
    const double y = outline.full_depth * i / kIntervals;
    // The lid is wetted only when full: walk up to just below it for the last row but one half step.
    left.rise_to(i < kIntervals ? y : outline.full_depth);
    right.rise_to(i < kIntervals ? y : outline.full_depth);
    const double area = left.area + right.area;
    const double wetted = left.wetted + right.wetted - outline.frictionless_walls * y;
    samples.push_back({area, left.half_width + right.half_width, wetted > 0 ? area / wetted : 0});
  }
  if (section.full_area > 0 && section.full_radius > 0) {  // a standard pipe: its own values, so distributed
    const double wider = section.full_area / samples.back().area;
    const double rounder = section.full_radius / samples.back().radius;
    for (Sample& s : samples) s = {s.area * wider, s.width * wider, s.radius * rounder};
  }
  fill(samples, outline.full_depth);
}

void SectionTable::fill_from_transect(const Transect& transect) {
  closed_ = false;
  // A channel that winds is longer than its flood plain, whose length the conduit has.
  transect_roughness_ = transect.channel_n * std::sqrt(transect.meander);
  const auto [low, high] = std::minmax_element(transect.elevation.begin(), transect.elevation.end());
  const double depth = *high - *low;
  std::vector<Sample> samples;
  for (int i = 0; i <= kIntervals; ++i) {
    const double level = *low + depth * i / kIntervals;
    Part parts[3];
    parts[0].n = transect.left_n;
    parts[1].n = transect_roughness_;
    parts[2].n = transect.right_n;
    double width = 0;
    for (std::size_t k = 0; k + 1 < transect.station.size(); ++k) {
      const double middle = 0.5 * (transect.station[k] + transect.station[k + 1]);
      Part& part = parts[middle < transect.left_bank ? 0 : middle > transect.right_bank ? 2 : 1];
      width += add_strip(part, transect.station[k], transect.elevation[k], transect.station[k + 1],
                         transect.elevation[k + 1], level);
    }
    double area = 0, conveyance = 0;
    for (const Part& part : parts) {
      area += part.area;
      conveyance += part.conveyance();
    }
    const double radius = area > 0 ? std::pow(conveyance * transect_roughness_ / area, 1.5) : 0;
    samples.push_back({area, width, radius});
  }
  fill(samples, depth);
}

void SectionTable::fill(const std::vector<Sample>& samples, double full_depth) {
  full_depth_ = full_depth;
  depth_per_interval_ = full_depth / kIntervals;
  intervals_per_depth_ = kIntervals / full_depth;
  rows_.resize(kIntervals + 1);
  for (std::size_t i = 0; i < samples.size(); ++i)
    rows_[i] = {samples[i].area, samples[i].width, 0, std::pow(samples[i].radius, 4.0 / 3.0), 0};
  // The lid of a box is wetted only when the box is full; a rounded crown has no width to lose there.
  for (std::size_t i = 0; i < kIntervals; ++i) {
    // The width between rows is straight, and such that the area at the next row is met exactly.
    const double mean_width = (rows_[i + 1].area - rows_[i].area) / depth_per_interval_;
    rows_[i].width_slope = 2 * (mean_width - rows_[i].width) / depth_per_interval_;
    const double next = rows_[i].width + rows_[i].width_slope * depth_per_interval_;
    if (next < 0 || std::abs(next - rows_[i + 1].width) > 0.5 * (rows_[i].width + rows_[i + 1].width)) {
      rows_[i].width = mean_width;  // the first or last interval of a round section
      rows_[i].width_slope = 0;
    }
    rows_[i].radius43_slope = (rows_[i + 1].radius43 - rows_[i].radius43) / depth_per_interval_;
    max_width_ = std::max(max_width_, rows_[i].width);
  }
  max_width_ = std::max(max_width_, rows_.back().width);
  full_ = {rows_.back().area, rows_.back().width, rows_.back().radius43};

  double critical = 0;
  for (const Row& row : rows_) {
    max_section_factor_ = std::max(max_section_factor_, row.area * std::sqrt(row.radius43));
    section_factor_.push_back(max_section_factor_);
    const double width = std::max(row.width, 1e-3 * max_width_);
    critical = std::max(critical, row.area * std::sqrt(kGravity * row.area / width));
    critical_discharge_.push_back(critical);
  }
}

namespace {

// Position of a value in a rising list, in steps from its first.
double position_in(const std::vector<double>& rising, double value) {
  const auto after = std::lower_bound(rising.begin(), rising.end(), value);
  if (after == rising.begin()) return 0;
  if (after == rising.end()) return static_cast<double>(rising.size() - 1);
  const double high = *after, low = *(after - 1);
  return static_cast<double>(after - rising.begin() - 1) + (value - low) / (high - low);
}

}  // namespace

double SectionTable::depth_of_section_factor(double factor) const {
  return depth_per_interval_ * position_in(section_factor_, factor);
}

double SectionTable::critical_depth(double discharge) const {
  return depth_per_interval_ * position_in(critical_discharge_, discharge);
}

double SectionTable::depth_of_area(double area) const {
  const auto after = std::lower_bound(rows_.begin(), rows_.end(), area,
                                      [](const Row& row, double value) { return row.area < value; });
  if (after == rows_.begin()) return 0;
  if (after == rows_.end()) return full_depth_;
  const Row& row = *(after - 1);
  const double low = static_cast<double>(after - rows_.begin() - 1) * depth_per_interval_;
  return low + depth_per_interval_ * (area - row.area) / (after->area - row.area);
}

}  // namespace citytwin::drainage
