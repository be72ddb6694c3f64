#include "tests/validation/surface_water/steady_solutions.hpp"

#include <cmath>

namespace citytwin::test {

namespace {

constexpr double g = 9.81;
constexpr double kCrest = 10, kCrestHeight = 0.2;

double bump(double x) { return x > 8 && x < 12 ? kCrestHeight - 0.05 * (x - kCrest) * (x - kCrest) : 0; }

double critical_depth(double q) { return std::cbrt(q * q / g); }

// The depth at which q2/(2 g h2) + h = head, below or above critical depth.
double depth_of_head(double head, double q, bool subcritical) {
  const double critical = critical_depth(q);
  if (head <= 1.5 * critical) return critical;
  double low = subcritical ? critical : 1e-6;
  double high = subcritical ? head : critical;
  for (int k = 0; k < 100; ++k) {
    const double h = 0.5 * (low + high);
    (((h + q * q / (2 * g * h * h) > head) == subcritical) ? high : low) = h;
  }
  return 0.5 * (low + high);
}

double momentum(double h, double q) { return q * q / h + 0.5 * g * h * h; }

// Where, behind the crest, flow with the crest's head jumps to that with the head at the end [m].
double jump_at(double crest_head, double end_head, double q) {
  double low = kCrest;
  double high = 12;
  for (int k = 0; k < 100; ++k) {
    const double x = 0.5 * (low + high);
    const double fast = depth_of_head(crest_head - bump(x), q, false);
    const double slow = depth_of_head(end_head - bump(x), q, true);
    (momentum(fast, q) > momentum(slow, q) ? low : high) = x;
  }
  return low;
}

double over_bump(const SteadyCase& c, double x) {
  const double end_head = c.depth_out + c.q * c.q / (2 * g * c.depth_out * c.depth_out);
  const double crest_head = 1.5 * critical_depth(c.q) + kCrestHeight;
  const bool passes_critical = c.shock || end_head < crest_head;
  if (!passes_critical) return depth_of_head(end_head - bump(x), c.q, true);
  if (x < kCrest) return depth_of_head(crest_head - bump(x), c.q, true);
  if (c.shock && x > jump_at(crest_head, end_head, c.q)) return depth_of_head(end_head - bump(x), c.q, true);
  return depth_of_head(crest_head - bump(x), c.q, false);
}

// MacDonald's short channel with a smooth transition and a shock at 200/3 m.
constexpr double kShock = 200.0 / 3;
double macdonald_depth(double x) {
  const double unit = std::cbrt(4 / g);
  const double y = x / 100 - 2.0 / 3;
  if (x <= kShock) return unit * (4.0 / 3 - x / 100) - 9 * x / 1000 * y;
  return unit * ((((0.674202 * y + 0.674202) * y - 21.7112) * y + 14.492) * y + 1.4305);
}
double macdonald_slope(double x) {  // dz/dx
  constexpr double kStep = 1e-5;
  const double h = macdonald_depth(x);
  const double rise = (macdonald_depth(x + kStep) - macdonald_depth(x - kStep)) / (2 * kStep);
  return (4 / (g * h * h * h) - 1) * rise - 0.0328 * 0.0328 * 4 / std::pow(h, 10.0 / 3);
}

// Ground from the end, where it is 0; the shock lies on an end of a piece.
SteadyFlow macdonald(const SteadyCase& c) {
  SteadyFlow flow;
  const int n = static_cast<int>(std::lround(c.length / c.cell));
  flow.ground.resize(static_cast<std::size_t>(n));
  double z = 0;
  double at = c.length;
  const auto integrate_to = [&](double to) {  // midpoints
    const int pieces = static_cast<int>(std::ceil((at - to) / 1e-3));
    const double dx = (at - to) / pieces;
    for (int k = 0; k < pieces; ++k) z -= macdonald_slope(at - (k + 0.5) * dx) * dx;
    at = to;
  };
  for (int i = n - 1; i >= 0; --i) {
    const double x = (i + 0.5) * c.cell;
    if (x < kShock && at > kShock) integrate_to(kShock);
    integrate_to(x);
    flow.ground[static_cast<std::size_t>(i)] = z;
  }
  for (int i = 0; i < n; ++i) {
    flow.x.push_back((i + 0.5) * c.cell);
    flow.depth.push_back(macdonald_depth(flow.x.back()));
  }
  return flow;
}

}  // namespace

const std::vector<SteadyCase>& steady_cases() {
  static const std::vector<SteadyCase> cases{
      {"bump_subcritical", 25, 0.05, 0, 4.42, 2, 60, false},
      {"bump_transcritical", 25, 0.05, 0, 1.53, 0.405781, 60, false},
      {"bump_transcritical_shock", 25, 0.05, 0, 0.18, 0.33, 150, true},
      {"macdonald_short_shock", 100, 0.2, 0.0328, 2, 2.878708, 200, true},
  };
  return cases;
}

SteadyFlow steady_solution(const SteadyCase& c) {
  if (c.manning > 0) return macdonald(c);
  SteadyFlow flow;
  for (int i = 0; i < std::lround(c.length / c.cell); ++i) {
    const double x = (i + 0.5) * c.cell;
    flow.x.push_back(x);
    flow.ground.push_back(bump(x));
    flow.depth.push_back(over_bump(c, x));
  }
  return flow;
}

}  // namespace citytwin::test
