// What a run did with the city's sewers: totals for people, and the recorded rows beside the city's own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "engine/base/diagnostics.hpp"
#include "gis/writers/vector_writer.hpp"
#include "scenarios/core/run_files.hpp"

namespace citytwin::scenarios {

// Where a row of the sewers comes from: "synthesised", "file" (somebody's data), or "measure", which added
// it.
[[nodiscard]] std::string_view sewer_origin(const RowOrigin& origin, std::size_t row);
// Of all rows but those of measures: as above, or "synthesised and file".
[[nodiscard]] std::string_view sewers_origin(const Sewers& sewers);
// Manholes of a file whose only inlet is the one cover that the import gave them.
[[nodiscard]] std::size_t manholes_with_one_cover(const SewerNodes& nodes);

struct SewerTotals {
  std::string_view origin = "file";  // sewers_origin()
  double rain = 0;                   // that fell on the city [m3]
  double captured = 0;               // taken in through inlets and covers [m3]
  double from_roofs = 0;             // straight from roofs [m3]
  double returned = 0;               // that came up through them [m3]
  double base_inflow = 0;            // of the modeller's project: dry weather and other inflows [m3]
  double at_start = 0;               // in the pipes [m3]
  double lost = 0;                   // evaporated, seeped away, or over nodes that nothing covers [m3]
  double outflow = 0;                // through outfalls, less what came back [m3]
  double stored = 0;                 // at the end [m3]
  std::size_t nodes = 0, surcharged_nodes = 0;  // under pressure at some time
  std::size_t returning_nodes = 0;              // gave back more than 1 m3
  double pipe_km = 0, full_km = 0;              // all; full at both ends at some time
  double unsettled_steps = 0;                   // of the hydraulics
  // Of the rain, what the sewers took through inlets, covers and from roofs, less what came up again, also of
  // water that never was rain on this city (base_inflow, backflow of outfalls) [-].
  [[nodiscard]] double captured_share() const {
    return rain > 0 ? (captured + from_roofs - returned) / rain : 0;
  }
};

// What a tank of the sewers did; volumes in m3.
struct SewerTank {
  std::size_t node = 0;  // row of the city's sewer nodes
  double capacity = 0, most = 0, full_h = 0, taken = 0, at_end = 0;
  [[nodiscard]] double share() const { return capacity > 0 ? most / capacity : 0; }
};
// Those of measures first, then the largest.
[[nodiscard]] std::vector<SewerTank> sewer_tanks(const FinishedRun& run);
// A warning measure.tank_hardly_used for each of a measure that never filled to this share.
inline constexpr double kHardlyUsed = 0.05;
[[nodiscard]] Diagnostics warn_of_idle_tanks(const FinishedRun& run);
[[nodiscard]] nlohmann::json tanks_json(const FinishedRun& run);

// Nothing if no sewers ran.
[[nodiscard]] std::optional<SewerTotals> sewer_totals(const FinishedRun& run);
[[nodiscard]] nlohmann::json sewers_json(const SewerTotals& totals);

// Recorded column of "sewer_nodes" or "sewer_links" by row of the city's table; NaN where the run had no such
// row.
[[nodiscard]] std::vector<double> sewer_node_values(const FinishedRun& run, const char* column);
[[nodiscard]] std::vector<double> sewer_link_values(const FinishedRun& run, const char* column);

[[nodiscard]] std::string sewers_csv(const FinishedRun& run);
// Layers sewer_nodes and sewer_links, which refer to `run`.
void add_sewer_layers(const FinishedRun& run, std::vector<gis::ResultLayer>& all);

}  // namespace citytwin::scenarios
