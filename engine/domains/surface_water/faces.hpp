// The flux across one face, without branches so that loops over faces become vector code.
//
// Interface: hydrostatic reconstruction of Audusse et al. 2004 (SIAM J. Sci. Comput. 25, 2050), with the
// interface level of Chen and Noelle 2017 (SIAM J. Numer. Anal. 55, 758): z* = min(max(zL, zR), min(wL, wR)).
// Both agree unless the step of the ground is higher than the water on it, where Audusse's form loses the
// weight of the water on the slope (thin rain films run several times too slowly).
// Flux: HLL with Einfeldt-type speeds from the two-rarefaction star state (Toro 2001, section 10.3) and exact
// dry-front speeds; the tangential momentum is carried by the mass flux (HLLC).
//
// `left` and `right` are momentum fluxes minus the hydrostatic pressure of the cell itself. Water at rest
// gives exactly 0 on both sides, whatever the ground, the open width and the walls.
#pragma once

#include <cmath>
#include <limits>

namespace citytwin::surface_water {

#define CITYTWIN_INLINE [[gnu::always_inline]] inline

template <class Real>
CITYTWIN_INLINE Real smaller(Real a, Real b) {
  return a < b ? a : b;
}
template <class Real>
CITYTWIN_INLINE Real larger(Real a, Real b) {
  return a > b ? a : b;
}

template <class Real>
struct FaceSide {
  Real h;
  Real un, ut;  // velocity normal to the face and along it
};

// The ground at a face, by differences only: a number of 32 bits keeps a film of a millimetre at any height
// above the sea, and the tiles on both sides of a face compute the same bits.
template <class Real>
struct FaceGround {
  Real step;                      // ground of the right cell above that of the left [m]
  Real rounding;                  // a rise of the surface no higher than this is none [m]: surface_rounding()
  Real over_left = Real(-1e30);   // crest of a wall above the ground of the left cell [m]; -1e30 = none
  Real over_right = Real(-1e30);  // above the ground of the right cell [m]
};

template <class Real>
struct FaceFlux {
  Real mass, left, right, tangential;  // per metre of open face: [m2/s], [m3/s2]
};

// A rise of the water surface that is no more than the rounding of the depths on both sides is none: water at
// rest stays at rest to the last bit, and a lake in 32 bits has no currents of its own.
template <class Real>
CITYTWIN_INLINE Real surface_rounding(Real h_left, Real h_right) {
  return std::numeric_limits<Real>::epsilon() * (h_left + h_right);
}
template <class Real>
CITYTWIN_INLINE Real rise_of_surface(Real h_left, Real step, Real h_right) {
  const Real rise = step + (h_right - h_left);
  return std::abs(rise) <= surface_rounding(h_left, h_right) ? Real(0) : rise;
}

template <class Real>
CITYTWIN_INLINE FaceFlux<Real> face_flux(FaceSide<Real> l, FaceSide<Real> r, FaceGround<Real> z) {
  const Real g = Real(9.81);
  // z* above the ground of either cell.
  const Real al = larger(smaller(larger(z.step, Real(0)), smaller(l.h, z.step + r.h)), z.over_left);
  const Real ar = larger(smaller(larger(-z.step, Real(0)), smaller(r.h, l.h - z.step)), z.over_right);
  const Real hl_any = larger(smaller(l.h - al, l.h), Real(0));
  const Real hr_any = larger(smaller(r.h - ar, r.h), Real(0));
  const bool level = std::abs(z.step + (r.h - l.h)) <= z.rounding;
  // The smaller, not the mean: a dry cell must not get water from rounding.
  const Real both = smaller(hl_any, hr_any);
  const Real hl = level ? both : hl_any;
  const Real hr = level ? both : hr_any;
  const Real cl = std::sqrt(g * hl);
  const Real cr = std::sqrt(g * hr);
  const Real us = Real(0.5) * (l.un + r.un) + (cl - cr);
  const Real cs = Real(0.5) * (cl + cr) + Real(0.25) * (l.un - r.un);
  const Real sl_wet = smaller(l.un - cl, us - cs);
  const Real sr_wet = larger(r.un + cr, us + cs);
  const Real sl = smaller(hl > 0 ? sl_wet : r.un - 2 * cr, Real(0));
  const Real sr = larger(hr > 0 ? sr_wet : l.un + 2 * cl, Real(0));
  const Real d = Real(1) / larger(sr - sl, Real(1e-30));
  const Real half = Real(-0.5) * (sl + sr) * d;
  const Real ss = sl * sr * d;
  const Real ql = hl * l.un;
  const Real qr = hr * r.un;
  const Real pl = Real(0.5) * g * hl * hl;
  const Real pr = Real(0.5) * g * hr * hr;
  const Real fl = ql * l.un + pl;
  const Real fr = qr * r.un + pr;
  FaceFlux<Real> f;
  // In this form a dry side gives nothing, to the last bit; the momentum's is exact for water at rest.
  f.mass = d * (sr * ql - sl * qr) + ss * (hr - hl);
  const Real momentum = Real(0.5) * (fl + fr) + half * (fr - fl) + ss * (qr - ql);
  f.left = (momentum - pl) + g * hl * smaller(al, Real(0));
  f.right = (momentum - pr) + g * hr * smaller(ar, Real(0));
  f.tangential = f.mass * (f.mass > 0 ? l.ut : r.ut);
  return f;
}

// Momentum flux (minus the cell's own pressure) onto the closed part of a face: the HLL flux against the
// mirrored state. `towards` is the velocity towards the wall. Water that leaves the wall at c or faster
// leaves no pressure there at all (the minimum, -g h2/2): without that bound the wall would push it on,
// without end.
template <class Real>
CITYTWIN_INLINE Real wall_push(Real h, Real towards, Real c) {
  const Real speed = larger(towards, -c);
  return h * speed * (speed + (c + Real(0.5) * std::abs(speed)));
}

// h^(-1/3) without pow: magic-number start and two Newton steps; relative error below 1e-5, the same bits
// everywhere.
CITYTWIN_INLINE float inverse_cube_root(float h) {
  const int bits = __builtin_bit_cast(int, h);
  const int start = 0x54a21d2a - static_cast<int>(static_cast<float>(bits) * (1.0F / 3.0F));
  float y = __builtin_bit_cast(float, start);
  y = y * (4.0F / 3.0F - (h * (1.0F / 3.0F)) * (y * y * y));
  return y * (4.0F / 3.0F - (h * (1.0F / 3.0F)) * (y * y * y));
}

// h^(-4/3); in double one more Newton step: relative error below 1e-9.
CITYTWIN_INLINE float power_minus_four_thirds(float h) {
  const float r = inverse_cube_root(h);
  const float r2 = r * r;
  return r2 * r2;
}
CITYTWIN_INLINE double power_minus_four_thirds(double h) {
  auto r = static_cast<double>(inverse_cube_root(static_cast<float>(h)));
  r = r * (4.0 / 3.0 - (h * (1.0 / 3.0)) * (r * r * r));
  const double r2 = r * r;
  return r2 * r2;
}

}  // namespace citytwin::surface_water
