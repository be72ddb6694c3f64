#include "gis/generate/noise.hpp"

#include <cmath>
#include <numbers>

namespace citytwin::gis::generate {

FractalNoise::FractalNoise(const Random& random, std::uint32_t purpose, const Box2& box, double wavelength,
                           int octaves, double gain)
    : box_(box) {
  double amplitude = 1;
  double total = 0;
  for (int k = 0; k < octaves; ++k) {
    Octave octave{wavelength, amplitude, static_cast<int>(box.width() / wavelength) + 2, {}};
    const int ny = static_cast<int>(box.height() / wavelength) + 2;
    octave.gradient.reserve(static_cast<std::size_t>(octave.nx) * static_cast<std::size_t>(ny));
    for (int j = 0; j < ny; ++j)
      for (int i = 0; i < octave.nx; ++i) {
        const double angle = 2 * std::numbers::pi *
                             random.uniform(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j),
                                            purpose * 64 + static_cast<std::uint32_t>(k));
        octave.gradient.push_back({std::cos(angle), std::sin(angle)});
      }
    octaves_.push_back(std::move(octave));
    total += amplitude;
    wavelength /= 2;
    amplitude *= gain;
  }
  // Gradient noise of unit gradients spans about +-0.7; fractal sums rarely reach their bound.
  for (Octave& octave : octaves_) octave.amplitude *= 1.8 / total;
}

double FractalNoise::operator()(Point2 p) const {
  const Point2 q{std::clamp(p.x, box_.min.x, box_.max.x) - box_.min.x,
                 std::clamp(p.y, box_.min.y, box_.max.y) - box_.min.y};
  const auto fade = [](double t) { return t * t * t * (t * (t * 6 - 15) + 10); };
  double sum = 0;
  for (const Octave& octave : octaves_) {
    const double x = q.x / octave.wavelength;
    const double y = q.y / octave.wavelength;
    const int i = static_cast<int>(x);
    const int j = static_cast<int>(y);
    const double fx = x - i;
    const double fy = y - j;
    const auto corner = [&](int di, int dj) {
      const Point2 g =
          octave.gradient[static_cast<std::size_t>(j + dj) * static_cast<std::size_t>(octave.nx) +
                          static_cast<std::size_t>(i + di)];
      return g.x * (fx - di) + g.y * (fy - dj);
    };
    const double u = fade(fx);
    const double south = corner(0, 0) + u * (corner(1, 0) - corner(0, 0));
    const double north = corner(0, 1) + u * (corner(1, 1) - corner(0, 1));
    sum += octave.amplitude * (south + fade(fy) * (north - south));
  }
  return sum;
}

double smooth_step(double low, double high, double x) {
  const double t = std::clamp((x - low) / (high - low), 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

}  // namespace citytwin::gis::generate
