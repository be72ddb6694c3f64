// The discharge across one face in local inertia, without branches so that loops over faces become vector
// code. Bates et al. 2010 (J. Hydrol. 387, 33, eq. 11) with the weights of de Almeida et al. 2012 (Water
// Resour. Res. 48, W05528, eq. 7), friction by the whole discharge vector, and walls as broad-crested weirs.
#pragma once

#include "engine/domains/surface_water/faces.hpp"

namespace citytwin::surface_water {

// Weight of the face's own discharge against the two beside it.
inline constexpr double kTheta = 0.9;
// Where friction rules, floods travel at 5/3 of the water's speed (kinematic wave): with cfl 0.7, a step
// of 1.5 times the speed keeps ahead of them. Below Froude 2/3 it makes no difference.
inline constexpr double kFilmWave = 1.5;
inline constexpr double kCritical = 1.70494;  // (2/3)^1.5 sqrt(g): broad-crested weir [m^0.5/s]

template <class Real>
CITYTWIN_INLINE Real minus_seven_thirds(Real r) {  // of h, from r = h^(-1/3)
  const Real r3 = r * r * r;
  return r3 * r3 * r;
}
// h^(-1/3) from a magic-number start by one step of Halley's method (cubic): relative error below 2e-4 in 32
// bits, which friction takes to the seventh power; in 64 bits a Newton step more.
CITYTWIN_INLINE float root_of_inverse(float h) {
  const int bits = __builtin_bit_cast(int, h);
  const int start = 0x54a21d2a - static_cast<int>(static_cast<float>(bits) * (1.0F / 3.0F));
  const float y = __builtin_bit_cast(float, start);
  const float e = 1.0F - h * (y * y * y);
  return y + y * e * (1.0F / 3.0F + e * (2.0F / 9.0F));
}
CITYTWIN_INLINE double root_of_inverse(double h) {
  const auto r = static_cast<double>(root_of_inverse(static_cast<float>(h)));
  return r * (4.0 / 3.0 - (h * (1.0 / 3.0)) * (r * r * r));
}

template <class Real>
struct Discharge {
  Real old, before, after;  // of the face and of the two beside it in its own direction [m2/s]
  Real across;              // mean of the four around it in the other direction [m2/s]
};

template <class Real>
struct Walls {
  Real over_left, over_right, open;
};

template <class Real>
struct StepFactors {
  Real half_dt, g_k, k, dry;  // [s], g dt / cell, dt / cell, [m]
};

template <class Real>
struct FaceResult {
  Real q, inverse_depth;  // [m2/s], of the water on the face [1/m]
};

template <class Real, bool kObstacles>
CITYTWIN_INLINE FaceResult<Real> discharge(Real hl, Real hr, Real step, Discharge<Real> d, Real gn2_sum,
                                           Walls<Real> w, StepFactors<Real> f) {
  Real al = larger(step, Real(0));
  Real ar = larger(-step, Real(0));
  Real rise = rise_of_surface(hl, step, hr);
  if constexpr (kObstacles) {
    al = larger(al, w.over_left);
    ar = larger(ar, w.over_right);
  }
  const Real hf = larger(larger(hl - al, hr - ar), Real(0));
  if constexpr (kObstacles) {
    // Water that falls from a crest does not feel how far.
    const Real fall = larger(hr - ar, Real(0)) - larger(hl - al, Real(0));
    const bool falls = w.over_left > Real(-1e29) && smaller(hl - al, hr - ar) <= 0;
    rise = falls ? fall : rise;
  }
  const Real depth = larger(hf, f.dry);
  const Real r = root_of_inverse(depth);
  const Real mean = Real(kTheta) * d.old + Real((1 - kTheta) / 2) * (d.before + d.after);
  const Real speed = std::sqrt(d.old * d.old + d.across * d.across);
  const Real driven = mean - f.g_k * hf * rise;
  const Real q = driven / (Real(1) + f.half_dt * gn2_sum * speed * minus_seven_thirds(r));
  FaceResult<Real> out{hf > f.dry ? q : Real(0), r * r * r};
  if constexpr (kObstacles) {
    const Real most = w.over_left > Real(-1e29) ? Real(kCritical) * hf * std::sqrt(hf) : Real(1e30);
    out.q = w.open > 0 ? larger(smaller(out.q, most), -most) : Real(0);
  }
  return out;
}

// What leaves over an open edge: the discharge of the face before it, at the depth of the last cell.
template <class Real>
CITYTWIN_INLINE Real over_edge(Real outward, Real h_last, Real h_before, Real over, Real dry) {
  const Real passing = larger(h_last - larger(over, Real(0)), Real(0));
  return larger(outward, Real(0)) * passing / larger(larger(h_last, h_before), dry);
}

}  // namespace citytwin::surface_water
