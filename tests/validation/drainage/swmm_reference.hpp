// Results of EPA SWMM 5 kept beside the project (shared/reference/drainage), and how far a run is from them.
#pragma once

#include <string>
#include <vector>

#include "engine/drainage/network_flow.hpp"

namespace citytwin::test {

// Rows of a reference table, in the units of its project.
struct ReferenceTable {
  std::vector<double> time;
  std::vector<std::string> keys;
  std::vector<std::vector<double>> columns;  // by key
  [[nodiscard]] bool empty() const { return time.empty(); }
};
[[nodiscard]] ReferenceTable read_reference(const std::string& model, const std::string& what);

struct SwmmModel {
  drainage::Network network;
  double length = 1, flow = 1;  // units of its tables [m], [m3/s]
  ReferenceTable link_flow, node_depth, node_flooding;
};
// Without tables, and with a message, where the files are not.
[[nodiscard]] SwmmModel read_model(const std::string& name);

struct Series2 {
  std::string key;
  std::vector<double> reference, ours;  // at the rows of the reference [m3/s], [m]
};

struct ModelRun {
  std::vector<Series2> links, nodes;
  double outfall_reference = 0, outfall = 0;    // volumes [m3]
  double flooding_reference = 0, flooding = 0;  // of all nodes, over the rows [m3]
  double routing_error = 0, runoff_error = 0;
  drainage::RoutingWork work;
};
[[nodiscard]] ModelRun run_model(const SwmmModel& model, const drainage::StepControl& steps = {});

[[nodiscard]] double peak(const std::vector<double>& values);  // of absolute values
// Nash and Sutcliffe 1970.
[[nodiscard]] double efficiency(const Series2& s);
// Rows from our peak to the nearest row in which the reference is within 1 % of its own: a flat peak has no
// one time.
[[nodiscard]] std::size_t peak_shift(const Series2& s);
// How much the reference goes up and down, over that of one rise and fall through its range: 1 for one wave.
[[nodiscard]] double restlessness(const std::vector<double>& reference);
// How far the largest value stands out from both its neighbours, of the largest: one row that no other
// confirms.
[[nodiscard]] double lonely_peak(const std::vector<double>& reference);

// The largest value that a row beside it confirms: the smaller of the two.
[[nodiscard]] double confirmed_peak(const std::vector<double>& values);

}  // namespace citytwin::test
