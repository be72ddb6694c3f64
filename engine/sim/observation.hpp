// What a domain shows of itself: filled by Domain::observe(), read by Recorder, Snapshot and report.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/geo/grid.hpp"

namespace citytwin {

// A named number now: stored volume, wet area, people served ... Recorded as a time series.
struct ObservedValue {
  std::string name;  // "surface_water.volume"
  std::string unit;
  double value = 0;
};

// A grid for people: maximum depth, arrival time ... NaN = no data (outside, or never happened).
struct ObservedGrid {
  std::string name;
  std::string unit;
  Grid<float> grid;
};

// Values by row of something that is many: maxima at manholes and in pipes. `key` as in the city's table.
struct ObservedTable {
  struct Column {
    std::string name, unit;
    std::vector<float> value;
    // The values times `scale`.
    [[nodiscard]] static Column of(std::string name, std::string unit, const std::vector<double>& values,
                                   double scale = 1);
  };
  std::string name;  // "sewer_nodes"
  std::vector<std::string> key;
  std::vector<Column> columns;
  [[nodiscard]] const Column* column(std::string_view which) const {
    for (const Column& c : columns)
      if (c.name == which) return &c;
    return nullptr;
  }
};

// The water (energy, vehicle) balance of a domain since the start, in double.
struct Balance {
  std::string domain;
  std::string unit;
  double initial = 0, in = 0, out = 0, storage = 0;
  struct Part {
    std::string name;  // "rain", "inflow", "infiltration", "sea" ...
    double in = 0, out = 0;
  };
  std::vector<Part> parts;
  // |in - out - (storage - initial)| / (initial + in); 0 for an empty domain.
  [[nodiscard]] double error() const;
};

struct Observation {
  enum class When { series, snapshot, end };
  When when = When::series;  // series: values only; snapshot: current grids; end: maxima too
  std::vector<ObservedValue> values;
  std::vector<ObservedGrid> grids;
  std::vector<Balance> balances;
  std::vector<ObservedTable> tables;  // at the end
  std::vector<std::string> rules;     // catalogue keys of modelling rules that ran, e.g. "rule.porosity"
};

}  // namespace citytwin
