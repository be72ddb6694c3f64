#include "scenarios/report/colour.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace citytwin::scenarios::report {

namespace {

Colour rgb(std::uint32_t value) {
  return {static_cast<std::uint8_t>(value >> 16U), static_cast<std::uint8_t>((value >> 8U) & 0xFFU),
          static_cast<std::uint8_t>(value & 0xFFU)};
}

std::vector<Colour> colours(std::initializer_list<std::uint32_t> values) {
  std::vector<Colour> out;
  for (const auto value : values) out.push_back(rgb(value));
  return out;
}

// The step that cuts a time into so many parts or fewer.
double time_step(double longest_s, int parts) {
  static constexpr double kSteps[] = {60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400};
  for (const double step : kSteps)
    if (step * parts >= longest_s) return step;
  return 86400 * std::ceil(longest_s / 86400 / parts);
}

// Five classes of equal width; without those that begin where nothing reaches.
ClassScale time_scale(double longest_s, std::vector<Colour> colours) {
  const double step = time_step(longest_s, 5);
  ClassScale scale{{0}, {colours.front()}};
  for (std::size_t k = 1; k < colours.size() && static_cast<double>(k) * step < longest_s; ++k) {
    scale.breaks.push_back(static_cast<double>(k) * step);
    scale.colours.push_back(colours[k]);
  }
  return scale;
}

}  // namespace

std::string hex(Colour c) { return fmt::format("#{:02x}{:02x}{:02x}", c.r, c.g, c.b); }

int ClassScale::class_of(double value) const {
  if (std::isnan(value)) return -1;
  return static_cast<int>(std::upper_bound(breaks.begin(), breaks.end(), value) - breaks.begin()) - 1;
}

double nice_below(double value) {
  if (!(value > 0) || std::isinf(value)) return 0;
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  const double lead = value / power;
  return power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1);
}

ClassScale depth_scale() {
  return {{0.1, 0.3, 0.5, 1, 2}, colours({0x9ccbee, 0x559fdb, 0x2470bd, 0x173f92, 0x240b4f})};
}

ClassScale arrival_scale(std::vector<float> times) {
  const auto viridis = colours({0x440154, 0x3b528b, 0x21918c, 0x5ec962, 0xfde725});
  if (times.empty()) return {{0}, {viridis.front()}};
  std::sort(times.begin(), times.end());
  const auto quantile = [&](double q) {
    return static_cast<double>(times[static_cast<std::size_t>(q * static_cast<double>(times.size()))]);
  };
  const double step = time_step(quantile(0.9) - quantile(0.2), 12);
  ClassScale scale{{0}, {viridis.front()}};
  for (const double q : {0.2, 0.45, 0.7, 0.9}) {
    const double at = (std::floor(quantile(q) / step) + 1) * step;
    if (at <= scale.breaks.back()) continue;
    scale.breaks.push_back(at);
    scale.colours.push_back(viridis[scale.colours.size()]);
  }
  return scale;
}

ClassScale amount_scale(double largest) {
  const double top = nice_below(largest);
  static constexpr double kBelow[] = {1e-12, 0.05, 0.2, 0.5, 1};  // every amount above zero is shown
  ClassScale scale{{}, colours({0xfdd49e, 0xfdae6b, 0xef6548, 0xc41c1c, 0x6b0000})};
  for (const double share : kBelow) scale.breaks.push_back(top * share);
  return scale;
}

ClassScale closure_scale(double longest_s) {
  return time_scale(longest_s, colours({0xfdae61, 0xf46d43, 0xd73027, 0xa50026, 0x4d0013}));
}

DifferenceScale difference_scale(double largest) {
  const double top = nice_below(largest);
  return {{0.05 * top, 0.2 * top, 0.5 * top},
          colours({0xdfb46a, 0xb8751e, 0x6b3d05}),
          colours({0x7fcabd, 0x2b8c83, 0x01514a})};
}

DifferenceScale depth_difference_scale() {
  DifferenceScale scale = difference_scale(1);
  scale.breaks = {0.02, 0.1, 0.3};
  return scale;
}

}  // namespace citytwin::scenarios::report
