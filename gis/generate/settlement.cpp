#include "gis/generate/settlement.hpp"

#include <cmath>
#include <numbers>

#include "gis/generate/noise.hpp"

namespace citytwin::gis::generate {

namespace {

constexpr double kPlanCell = 50;  // [m]
constexpr double kPerKm2 = 1e-6;

Point2 main_centre(const Random& random, const Landscape& land) {
  // Towns start on dry ground beside the water, near the middle of the map.
  Point2 best = land.extent.centre();
  double best_score = -1e9;
  const double wanted = land.water == WaterSide::river ? 260 : 420;
  for (std::uint32_t k = 0; k < 400; ++k) {
    const Point2 p =
        land.extent.centre() + Point2{(random.uniform(k, 0, 1) - 0.5) * 0.3 * land.extent.width(),
                                      (random.uniform(k, 0, 2) - 0.5) * 0.3 * land.extent.height()};
    const double score = -std::abs(land.water_distance_at(p) - wanted) / 100 -
                         40 * length(land.gradient_at(p)) -
                         distance(p, land.extent.centre()) / (0.1 * land.extent.width());
    if (score > best_score) {
      best_score = score;
      best = p;
    }
  }
  return best;
}

std::vector<Settlement::Centre> place_centres(const Random& random, const Landscape& land,
                                              double population) {
  const auto heading = [&](std::uint32_t k) { return std::numbers::pi * random.uniform(k, 1, 3); };
  std::vector<Settlement::Centre> centres{{main_centre(random, land), 1, heading(0)}};
  const auto wanted = static_cast<std::size_t>(2 + std::floor(2 * std::log2(population / 10'000)));
  const double apart = 0.55 * land.extent.width() / std::sqrt(static_cast<double>(wanted + 1));
  for (std::uint32_t k = 1; k < 4000 && centres.size() <= wanted; ++k) {
    const double reach = land.extent.width() * 0.34 * std::sqrt(random.uniform(k, 1, 4));
    const double angle = 2 * std::numbers::pi * random.uniform(k, 1, 5);
    const Point2 p = centres[0].position + Point2{reach * std::cos(angle), reach * std::sin(angle)};
    if (!land.extent.grown(-0.12 * land.extent.width()).contains(p)) continue;
    if (land.water_distance_at(p) < 200 || length(land.gradient_at(p)) > 0.08) continue;
    bool free = true;
    for (const auto& c : centres) free = free && distance(c.position, p) > apart;
    if (free) centres.push_back({p, 0.15 + 0.25 * random.uniform(k, 1, 6), heading(k)});
  }
  return centres;
}

// 0 where nobody builds, 1 on good ground.
double suitability(const Landscape& land, Point2 p) {
  const double water = smooth_step(5, 40, land.water_distance_at(p));
  const double steep = 1 - smooth_step(0.10, 0.24, length(land.gradient_at(p)));
  const double margin = std::min(
      {p.x - land.extent.min.x, land.extent.max.x - p.x, p.y - land.extent.min.y, land.extent.max.y - p.y});
  return water * steep * smooth_step(0.01, 0.09, margin / land.extent.width());
}

}  // namespace

double Settlement::density_at(Point2 p) const {
  const double density_here = sample_bilinear(density, p);
  return std::isfinite(density_here) ? density_here : 0;
}

double Settlement::intensity_at(Point2 p) const { return (density_at(p) - edge) / (peak - edge); }

Settlement plan_settlement(std::uint64_t seed, const Landscape& land, double population,
                           const RunContext& context) {
  const Random random(seed, kPlanStream);
  Settlement plan;
  plan.centres = place_centres(random, land, population);
  plan.peak = 22'000 * kPerKm2 * std::pow(population / 50'000, 0.16);
  plan.edge = 3'900 * kPerKm2;
  plan.industry_heading = 2 * std::numbers::pi * random.uniform(0, 2, 7);
  GridSpec grid{land.extent.min, kPlanCell, static_cast<int>(std::lround(land.extent.width() / kPlanCell)),
                static_cast<int>(std::lround(land.extent.height() / kPlanCell))};
  // Towns grow in lobes: along roads long gone, around estates that were not for sale.
  const FractalNoise patchy(random, 20, land.extent, 900 + 0.5 * std::sqrt(population), 4, 0.6);
  Grid<float> ground(grid);
  for (int j = 0; j < grid.ny; ++j) {
    context.check_stop();
    for (int i = 0; i < grid.nx; ++i) {
      const Point2 p = grid.centre(i, j);
      ground.at(i, j) =
          static_cast<float>(suitability(land, p) * std::clamp(1 + 0.75 * patchy(p), 0.25, 1.6));
    }
  }
  const auto fill = [&](double falloff) {
    plan.falloff = falloff;
    plan.density = Grid<float>(grid);
    double people = 0;
    for (int j = 0; j < grid.ny; ++j) {
      context.check_stop();
      for (int i = 0; i < grid.nx; ++i) {
        double sum = 0;
        for (const auto& c : plan.centres) {
          const double reach = falloff * (c.weight < 1 ? 0.45 : 1);
          sum += c.weight * std::exp(-distance(grid.centre(i, j), c.position) / reach);
        }
        const double here =
            std::min(plan.peak * sum, plan.peak * 1.05) * static_cast<double>(ground.at(i, j));
        plan.density.at(i, j) = static_cast<float>(here);
        if (here > plan.edge) people += here * kPlanCell * kPlanCell;
      }
    }
    return people;
  };
  double low = 50;
  double high = land.extent.width();
  for (int k = 0; k < 24; ++k) (fill((low + high) / 2) < population ? low : high) = (low + high) / 2;
  fill((low + high) / 2);
  return plan;
}

}  // namespace citytwin::gis::generate
