// Random shapes for the property tests: simple polygons, boxes and points inside a small frame.
#pragma once

#include <rapidcheck.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "engine/geo/polygon.hpp"

namespace citytwin::test {

// A number in [low, high] on a grid of 1/1024, as city files hold it.
inline rc::Gen<double> metres(int low, int high) {
  return rc::gen::map(rc::gen::inRange(low * 1024, high * 1024 + 1), [](int v) { return v / 1024.0; });
}

inline rc::Gen<Point2> point_in(int low, int high) {
  return rc::gen::map(rc::gen::pair(metres(low, high), metres(low, high)),
                      [](const std::pair<double, double>& p) {
                        return Point2{p.first, p.second};
                      });
}

// Star-shaped, so simple: corners at increasing angles, at radii between 1 and 30 m.
inline rc::Gen<Ring> star_ring() {
  return rc::gen::map(
      rc::gen::tuple(point_in(-40, 40), rc::gen::container<std::vector<double>>(metres(1, 30))),
      [](const std::tuple<Point2, std::vector<double>>& parts) {
        auto radii = std::get<1>(parts);
        while (radii.size() < 3) radii.push_back(7.0 + static_cast<double>(radii.size()));
        Ring ring;
        for (std::size_t k = 0; k < radii.size(); ++k) {
          const double angle =
              2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(radii.size());
          ring.push_back(std::get<0>(parts) + Point2{std::cos(angle), std::sin(angle)} * radii[k]);
        }
        return ring;
      });
}

}  // namespace citytwin::test
