#include "engine/drainage/reservoir.hpp"

#include <algorithm>
#include <cmath>

namespace citytwin::drainage {

namespace {

constexpr double kTolerance = 1e-10;  // [m]

struct Slope {
  double conveyance, rate;
  double operator()(double head) const {
    if (head <= 0) return rate;
    return rate - conveyance * head * std::cbrt(head * head);
  }
};

struct Trial {
  double head, error;
};

// One step of Dormand-Prince 5(4).
Trial dormand_prince(const Slope& f, double y, double h) {
  const double k1 = f(y);
  const double k2 = f(y + h * (1.0 / 5 * k1));
  const double k3 = f(y + h * (3.0 / 40 * k1 + 9.0 / 40 * k2));
  const double k4 = f(y + h * (44.0 / 45 * k1 - 56.0 / 15 * k2 + 32.0 / 9 * k3));
  const double k5 =
      f(y + h * (19372.0 / 6561 * k1 - 25360.0 / 2187 * k2 + 64448.0 / 6561 * k3 - 212.0 / 729 * k4));
  const double k6 = f(y + h * (9017.0 / 3168 * k1 - 355.0 / 33 * k2 + 46732.0 / 5247 * k3 + 49.0 / 176 * k4 -
                               5103.0 / 18656 * k5));
  const double next =
      y + h * (35.0 / 384 * k1 + 500.0 / 1113 * k3 + 125.0 / 192 * k4 - 2187.0 / 6784 * k5 + 11.0 / 84 * k6);
  const double k7 = f(next);
  const double error = h * (71.0 / 57600 * k1 - 71.0 / 16695 * k3 + 71.0 / 1920 * k4 - 17253.0 / 339200 * k5 +
                            22.0 / 525 * k6 - 1.0 / 40 * k7);
  return {next, std::abs(error)};
}

double integrate(const Slope& f, double head, double dt) {
  double t = 0;
  double h = dt;
  while (t < dt) {
    h = std::min(h, dt - t);
    const Trial trial = dormand_prince(f, head, h);
    const bool accepted = trial.error <= kTolerance || h < 1e-9 * dt;
    if (accepted) {
      t = h >= dt - t ? dt : t + h;
      head = trial.head;
    }
    const double growth = trial.error > 0 ? 0.9 * std::pow(kTolerance / trial.error, 0.2) : 5.0;
    h *= std::clamp(growth, 0.1, 5.0);
  }
  return head;
}

}  // namespace

double Reservoir::runoff(double depth) const {
  const double head = depth - storage;
  return head > 0 && std::isfinite(conveyance) ? conveyance * head * std::cbrt(head * head) : 0;
}

Drained drain(const Reservoir& reservoir, double depth, double rate, double dt) {
  const double available = std::max(0.0, depth + rate * dt);
  double start = depth;
  double left = dt;
  if (start <= reservoir.storage) {
    if (available <= reservoir.storage) return {available, 0};
    left -= (reservoir.storage - start) / rate;
    start = reservoir.storage;
  }
  if (reservoir.conveyance <= 0) return {available, 0};
  double end = std::min(available, reservoir.storage);
  if (std::isfinite(reservoir.conveyance) && left > 0)
    end = reservoir.storage + integrate({reservoir.conveyance, rate}, start - reservoir.storage, left);
  end = std::clamp(end, 0.0, available);
  return {end, (available - end) / dt};
}

}  // namespace citytwin::drainage
