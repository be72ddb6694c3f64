// Colours of maps and charts, all readable with the common colour-vision deficiencies and in grey print.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace citytwin::scenarios::report {

struct Colour {
  std::uint8_t r = 0, g = 0, b = 0, a = 255;
};

[[nodiscard]] std::string hex(Colour colour);  // "#rrggbb"

// Class k holds values in [breaks[k], breaks[k + 1]); the last class has no upper end. Values below
// breaks[0], and NaN, belong to no class.
struct ClassScale {
  std::vector<double> breaks;
  std::vector<Colour> colours;  // same length

  // -1 = no class.
  [[nodiscard]] int class_of(double value) const;
};

// Signed differences: class k of `worse` holds values >= breaks[k], of `better` values <= -breaks[k].
struct DifferenceScale {
  std::vector<double> breaks;
  std::vector<Colour> worse, better;  // same length, from weak to strong
};

// Water depth [m]: 0.1, 0.3, 0.5, 1, 2; blues that darken evenly.
[[nodiscard]] ClassScale depth_scale();
// Arrival [s]: viridis, early is dark. The breaks are round times just above quantiles of `times`, so that no
// class holds most of them: nine of ten lie below the last break, wherever on the clock they are.
[[nodiscard]] ClassScale arrival_scale(std::vector<float> times);
// Amounts from 0: five classes at 1-2-5 steps below the largest value; oranges to dark red.
[[nodiscard]] ClassScale amount_scale(double largest);
// Closure time of streets [s].
[[nodiscard]] ClassScale closure_scale(double longest_s);
// Brown = more, teal = less; breaks at 5 %, 20 %, 50 % of a 1-2-5 number near `largest`.
[[nodiscard]] DifferenceScale difference_scale(double largest);
// Depth differences [m]: 0.02, 0.1, 0.3.
[[nodiscard]] DifferenceScale depth_difference_scale();

inline constexpr Colour kRunColour{0xb3, 0x45, 0x00};       // this run, in charts
inline constexpr Colour kBaselineColour{0x4a, 0x5a, 0x6a};  // what it is compared with
inline constexpr Colour kMeasureColour{0xc5, 0x1b, 0x8a};   // what the strategy builds, on maps
inline constexpr Colour kWaterColour{0xc3, 0xd3, 0xde};     // permanent water
inline constexpr Colour kOutsideColour{0xff, 0xff, 0xff};

// The largest of 1, 2, 5 times a power of ten that is not above `value`; 0 for values <= 0.
[[nodiscard]] double nice_below(double value);

}  // namespace citytwin::scenarios::report
