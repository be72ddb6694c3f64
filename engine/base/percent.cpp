#include "engine/base/percent.hpp"

#include <cmath>

namespace citytwin {

std::string percent_text(double share) {
  if (!(share > 0)) return "0";
  if (share >= 1) return "100";
  const double per_cent = 100 * share;
  if (const long whole = std::lround(per_cent); whole > 0 && whole < 100) return std::to_string(whole);
  const long tenths = std::lround(10 * per_cent);
  if (tenths == 0) return "<0.1";
  if (tenths == 1000) return ">99.9";
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

}  // namespace citytwin
