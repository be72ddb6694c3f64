// Gradient noise (Perlin 1985, quintic fade of Perlin 2002) and its fractal sum, as a pure function of the
// seed: gradients are drawn once per lattice point, keyed by (column, row, octave).
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/random.hpp"
#include "engine/geo/point.hpp"

namespace citytwin::gis::generate {

class FractalNoise {
 public:
  // Sum of `octaves` layers over `box`: the first has `wavelength` [m], each next half the wavelength and
  // `gain` times the amplitude. Points outside the box are clamped to it.
  FractalNoise(const Random& random, std::uint32_t purpose, const Box2& box, double wavelength, int octaves,
               double gain = 0.5);

  // About [-1, 1], mean 0.
  [[nodiscard]] double operator()(Point2 p) const;

 private:
  struct Octave {
    double wavelength, amplitude;
    int nx;
    std::vector<Point2> gradient;
  };
  Box2 box_;
  std::vector<Octave> octaves_;
};

// 3t2 - 2t3 of x mapped from [low, high] to [0, 1].
[[nodiscard]] double smooth_step(double low, double high, double x);

}  // namespace citytwin::gis::generate
