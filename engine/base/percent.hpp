// A share in per cent as people read it.
#pragma once

#include <string>

namespace citytwin {

// Without the sign: "0" is nothing and "100" is everything, and nothing else is. Whole per cents between, one
// decimal near the ends: 0.996 → "99.6", 0.9999 → ">99.9", 0.0002 → "<0.1". NaN, of an empty whole: "0".
[[nodiscard]] std::string percent_text(double share);

}  // namespace citytwin
