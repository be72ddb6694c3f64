// Laboratory cases: data kept beside the project (shared/reference/flood), and gauges in a run.
#pragma once

#include <string>
#include <vector>

#include "tests/validation/surface_water/flood_case.hpp"

namespace citytwin::test {

using Columns = std::vector<std::vector<double>>;

// The columns of numbers in a text file of shared/reference/flood, rows without numbers left out; a file in a
// zip archive by `inside`. Empty, and said so, where there is none.
Columns read_columns(const std::string& name, const std::string& inside = {});

// The value of a table (time, value ...) at a time, linear in between.
double value_at(const Columns& table, std::size_t column, double time);

struct Gauge {
  std::string name;
  Point2 at;
};

// Level of the water by gauge and row of time: column 0 is the time, then one column for each gauge.
Columns gauge_levels(FloodRun& run, const std::vector<Gauge>& gauges, double end);

struct Peak {
  double time = 0, value = 0;
};
Peak peak_of(const Columns& table, std::size_t column, double from, double to);

}  // namespace citytwin::test
