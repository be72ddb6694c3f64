// What drives a run from outside: immutable, named, unit-carrying series with a place. Events and readers
// make it; domains only read it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/geo/grid.hpp"
#include "engine/geo/polygon.hpp"
#include "engine/numerics/series.hpp"

namespace citytwin {

struct Place {
  enum class Kind { everywhere, sea, point, polyline, polygon, raster };
  Kind kind = Kind::everywhere;
  std::vector<Point2> points;  // city frame [m]
};

// A value by cell and time: one frame per time of its series, which holds the mean of each frame. Cells of
// the run take the value of the raster's cell that their centre lies in.
struct RasterFrames {
  GridSpec spec;                          // city frame
  std::vector<std::vector<float>> frame;  // (ny, nx) each; empty = 0 everywhere
};

struct ForcingSeries {
  std::string key;    // unique, e.g. "design_storm"
  std::string field;  // "rain" [m/s], "inflow" [m3/s], "level" [m], "inlet_opening" [1],
                      // "inlet_kept_free" [1]: share of a blockage that does not happen
  std::string unit;   // SI, must match the field
  Place place;
  Series series;
  std::shared_ptr<const RasterFrames> raster;  // of Place::Kind::raster: rain only, else null
};

struct HydraulicStructures;  // engine/model/hydraulic_structures.hpp
struct GivenFlood;           // engine/model/given_flood.hpp

struct Forcing {
  std::vector<ForcingSeries> series;
  std::shared_ptr<const HydraulicStructures> structures;  // culverts, pumps, outflows, breaches; null = none
  std::shared_ptr<const GivenFlood> given_flood;          // instead of a simulation; null = none

  // All series of one field, in order.
  [[nodiscard]] std::vector<const ForcingSeries*> of(std::string_view field) const {
    std::vector<const ForcingSeries*> found;
    for (const auto& s : series)
      if (s.field == field) found.push_back(&s);
    return found;
  }
};

}  // namespace citytwin
