#include "scenarios/events/hyetograph.hpp"

#include <algorithm>
#include <cmath>

namespace citytwin::scenarios {

Series uniform_storm(const Storm& storm) {
  return {{0, storm.duration}, {storm.depth / storm.duration, 0}, Series::Between::step};
}

Series triangular_storm(const Storm& storm) {
  const double peak = 2 * storm.depth / storm.duration;
  const double at = std::clamp(storm.peak_position, 0.01, 0.99) * storm.duration;
  return {{0, at, storm.duration}, {0, peak, 0}, Series::Between::linear};
}

Series alternating_block_storm(const Storm& storm) {
  const auto blocks = static_cast<std::size_t>(std::max(1.0, std::ceil(storm.duration / storm.block - 1e-9)));
  const double dt = storm.duration / static_cast<double>(blocks);
  // Depth of the hardest d seconds, as a share of the whole storm's.
  const auto share = [&](double d) {
    return d / storm.duration * std::pow((storm.duration + storm.b) / (d + storm.b), storm.c);
  };
  // Increments are largest first because the law is concave.
  std::vector<double> increment(blocks);
  for (std::size_t i = 0; i < blocks; ++i)
    increment[i] = share(dt * static_cast<double>(i + 1)) - share(dt * static_cast<double>(i));

  Series series;
  series.between = Series::Between::step;
  const auto peak =
      std::min(blocks - 1, static_cast<std::size_t>(storm.peak_position * static_cast<double>(blocks)));
  std::vector<double> placed(blocks);
  std::size_t after = peak + 1, before = peak;  // next free blocks; `before` counts down
  placed[peak] = increment[0];
  for (std::size_t i = 1; i < blocks; ++i) {
    const bool right = (i % 2 == 1 && after < blocks) || before == 0;
    placed[right ? after++ : --before] = increment[i];
  }
  for (std::size_t i = 0; i < blocks; ++i) {
    series.time.push_back(dt * static_cast<double>(i));
    series.value.push_back(placed[i] * storm.depth / dt);
  }
  series.time.push_back(storm.duration);
  series.value.push_back(0);
  return series;
}

}  // namespace citytwin::scenarios
