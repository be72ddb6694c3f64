#include "gis/generate/tensor_field.hpp"

#include <cmath>
#include <numbers>

#include "engine/base/parallel.hpp"
#include "gis/generate/noise.hpp"

namespace citytwin::gis::generate {

namespace {

constexpr double kFieldCell = 40;  // [m]

struct Tensor {
  double c = 0, s = 0;
  void add(double angle, double weight) {
    c += weight * std::cos(2 * angle);
    s += weight * std::sin(2 * angle);
  }
};

}  // namespace

TensorField::TensorField(std::uint64_t seed, const Landscape& land, const Settlement& plan,
                         const RunContext& context) {
  const Random random(seed, kFieldStream);
  const GridSpec grid{land.extent.min, kFieldCell,
                      static_cast<int>(std::ceil(land.extent.width() / kFieldCell)),
                      static_cast<int>(std::ceil(land.extent.height() / kFieldCell))};
  cos2_ = sin2_ = Grid<float>(grid);
  const FractalNoise twist(random, 30, land.extent, 1700, 3);
  // Besides the centres, quarters laid out at one time share one grid.
  std::vector<Settlement::Centre> quarters = plan.centres;
  const auto count = static_cast<std::uint32_t>(land.extent.area() / 6e6);
  for (std::uint32_t k = 0; k < count; ++k)
    quarters.push_back({{land.extent.min.x + random.uniform(k, 0, 1) * land.extent.width(),
                         land.extent.min.y + random.uniform(k, 0, 2) * land.extent.height()},
                        0.5,
                        std::numbers::pi * random.uniform(k, 0, 3)});
  const double background = std::numbers::pi * random.uniform(0, 1, 4);
  for_chunks(static_cast<std::size_t>(grid.ny), 16, [&](std::size_t begin, std::size_t end) {
    for (int j = static_cast<int>(begin); j < static_cast<int>(end); ++j) {
      context.check_stop();
      for (int i = 0; i < grid.nx; ++i) {
        const Point2 p = grid.centre(i, j);
        Tensor sum;
        sum.add(background, 0.08);
        for (std::size_t k = 0; k < quarters.size(); ++k) {
          const Point2 from = p - quarters[k].position;
          const double r = length(from);
          sum.add(quarters[k].heading, 0.9 * std::exp(-(r * r) / (900.0 * 900.0)));
          // Ring roads around the main centre and the larger ones.
          if (k == 0)
            sum.add(std::atan2(from.y, from.x),
                    1.1 * std::exp(-r / (1.6 * plan.falloff)) * smooth_step(250, 700, r));
        }
        const Point2 along{sample_bilinear(land.along_x, land.clamped(p)),
                           sample_bilinear(land.along_y, land.clamped(p))};
        const double to_water = std::max(0.0, land.water_distance_at(p));
        sum.add(std::atan2(along.y, along.x), 2.2 * std::exp(-to_water / 220));
        const Point2 uphill = land.gradient_at(p);
        if (length(uphill) > 1e-6)
          sum.add(std::atan2(uphill.y, uphill.x) + std::numbers::pi / 2,
                  1.2 * smooth_step(0.03, 0.14, length(uphill)));
        const double turn = 2 * 0.35 * twist(p) * smooth_step(80, 500, to_water);
        const double norm = std::hypot(sum.c, sum.s);
        const double scale = norm > 1e-9 ? 1 / norm : 0;
        cos2_.at(i, j) = static_cast<float>(scale * (sum.c * std::cos(turn) - sum.s * std::sin(turn)));
        sin2_.at(i, j) = static_cast<float>(scale * (sum.c * std::sin(turn) + sum.s * std::cos(turn)));
      }
    }
  });
}

Point2 TensorField::direction(Point2 p, int family) const {
  const double c = sample_bilinear(cos2_, p);
  const double s = sample_bilinear(sin2_, p);
  if (!(std::hypot(c, s) > 0.05)) return {};
  const double angle = std::atan2(s, c) / 2 + (family == 1 ? std::numbers::pi / 2 : 0);
  return {std::cos(angle), std::sin(angle)};
}

}  // namespace citytwin::gis::generate
