// Sewers under a flood case: manholes, pipes, and a street that has both.
#pragma once

#include "tests/validation/surface_water/flood_case.hpp"

namespace citytwin::test {

// A manhole with two gullies, and an outfall whose level is fixed.
void add_manhole(FloodCase& c, const std::string& key, Point2 at, double ground, double invert);
void add_outfall(FloodCase& c, const std::string& key, Point2 at, double ground, double invert, double level);
// Between two nodes, in the order in which they were added; round, n 0.013.
void add_pipe(FloodCase& c, const std::string& key, std::size_t from, std::size_t to, double diameter);

// A street of 240 m x 48 m that falls eastwards, with a row of five manholes under it and an outfall at its
// low end; cells of 4 m, rain for 15 min.
FloodCase street(double rain_mm_per_h, double diameter, double sewer_step);

// A value that the domain observes now, by its name.
double observed_value(FloodRun& run, const std::string& name);

}  // namespace citytwin::test
