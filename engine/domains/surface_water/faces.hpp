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
  Real h, z;
  Real un, ut;  // velocity normal to the face and along it
};

template <class Real>
struct FaceFlux {
  Real mass, left, right, tangential;  // per metre of open face: [m2/s], [m3/s2]
};

template <class Real>
CITYTWIN_INLINE FaceFlux<Real> face_flux(FaceSide<Real> l, FaceSide<Real> r, Real crest) {
  const Real g = Real(9.81);
  const Real wl = l.z + l.h;
  const Real wr = r.z + r.h;
  const Real zf = larger(smaller(larger(l.z, r.z), smaller(wl, wr)), crest);
  const Real hl = larger(smaller(wl - zf, l.h), Real(0));
  const Real hr = larger(smaller(wr - zf, r.h), Real(0));
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
  f.mass = Real(0.5) * (ql + qr) + half * (qr - ql) + ss * (hr - hl);
  const Real momentum = Real(0.5) * (fl + fr) + half * (fr - fl) + ss * (qr - ql);
  f.left = (momentum - pl) + g * hl * smaller(zf - l.z, Real(0));
  f.right = (momentum - pr) + g * hr * smaller(zf - r.z, Real(0));
  f.tangential = f.mass * (f.mass > 0 ? l.ut : r.ut);
  return f;
}

// Momentum flux (minus the cell's own pressure) onto the closed part of a face: the HLL flux against the
// mirrored state. `towards` is the velocity towards the wall.
template <class Real>
CITYTWIN_INLINE Real wall_push(Real h, Real towards, Real c) {
  return h * towards * (towards + (c + Real(0.5) * std::abs(towards)));
}

// h^(-4/3) without pow: magic-number start (float bits), two Newton steps in float, one in double; relative
// error below 1e-9, the same bits everywhere.
CITYTWIN_INLINE double power_minus_four_thirds(double h) {
  const auto hf = static_cast<float>(h);
  const int bits = __builtin_bit_cast(int, hf);
  const int start = 0x54a21d2a - static_cast<int>(static_cast<float>(bits) * (1.0F / 3.0F));
  float y = __builtin_bit_cast(float, start);
  y = y * (4.0F / 3.0F - (hf * (1.0F / 3.0F)) * (y * y * y));
  y = y * (4.0F / 3.0F - (hf * (1.0F / 3.0F)) * (y * y * y));
  auto r = static_cast<double>(y);
  r = r * (4.0 / 3.0 - (h * (1.0 / 3.0)) * (r * r * r));
  const double r2 = r * r;
  return r2 * r2;
}

}  // namespace citytwin::surface_water
