// What drives a run from outside: immutable, named, unit-carrying series with a place. Events and readers
// make it; domains only read it.
#pragma once

#include <string>
#include <vector>

#include "engine/geo/polygon.hpp"
#include "engine/numerics/series.hpp"

namespace citytwin {

struct Place {
  enum class Kind { everywhere, sea, point, polyline, polygon };
  Kind kind = Kind::everywhere;
  std::vector<Point2> points;  // city frame [m]
};

struct ForcingSeries {
  std::string key;    // unique, e.g. "design_storm"
  std::string field;  // "rain" [m/s], "inflow" [m3/s], "level" [m]
  std::string unit;   // SI, must match the field
  Place place;
  Series series;
};

struct Forcing {
  std::vector<ForcingSeries> series;

  // All series of one field, in order.
  [[nodiscard]] std::vector<const ForcingSeries*> of(std::string_view field) const {
    std::vector<const ForcingSeries*> found;
    for (const auto& s : series)
      if (s.field == field) found.push_back(&s);
    return found;
  }
};

}  // namespace citytwin
