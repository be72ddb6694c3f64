// Exact steady flows along a channel of width one, computed: SWASHES set-ups (Delestre et al. 2013, Int. J.
// Numer. Meth. Fluids 72, 269, sections 3.1 and 3.2).
#pragma once

#include <string>
#include <vector>

namespace citytwin::test {

struct SteadyCase {
  std::string name;     // also of its table in shared/reference/flood/analytic
  double length, cell;  // [m]
  double manning, q;    // q [m2/s]
  double depth_out;     // at the end [m]
  double seconds;       // after which the flow has settled
  bool shock;
};
const std::vector<SteadyCase>& steady_cases();

// In the middles of the cells [m].
struct SteadyFlow {
  std::vector<double> x, ground, depth;
};
// Over the bump of 0.2 m between 8 and 12 m: Bernoulli's head on both sides of its crest, and where a jump
// joins them the momentum function q2/h + g h2/2 is the same on both sides. MacDonald's channel: the depth is
// given, the ground follows from dz/dx = (Fr2 - 1) dh/dx - n2 q2 / h^(10/3).
SteadyFlow steady_solution(const SteadyCase& c);

}  // namespace citytwin::test
