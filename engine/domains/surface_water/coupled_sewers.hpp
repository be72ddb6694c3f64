// The sewers under the run's grid: a drainage network whose manholes, inlets and outfalls exchange water with
// the cells above them. One domain with two solvers: they take turns within the beat, in steps of
// `surface_water.sewer_step_s`. In each turn the network moves by one step against the water that stands on
// the cells now; what it takes leaves the cells at once, and what it gives comes up at once, so that the same
// volume is booked on both sides. What a cell could not hold or give to the last bit waits at its node.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/archive.hpp"
#include "engine/domains/surface_water/sewer_tanks.hpp"
#include "engine/domains/surface_water/solver.hpp"
#include "engine/drainage/network_flow.hpp"
#include "engine/model/sewer_network.hpp"
#include "engine/sim/observation.hpp"
#include "engine/sim/run_input.hpp"

namespace citytwin::surface_water {

// What has been at the nodes of the network.
struct SewerNodeMaxima {
  std::vector<double> depth;       // above the invert [m]
  std::vector<double> surcharged;  // time with every pipe at the node full [s]
  std::vector<double> captured;    // from the ground [m3]
  std::vector<double> returned;    // onto the ground [m3]
};
struct SewerLinkMaxima {
  std::vector<double> flow;    // |discharge| [m3/s]
  std::vector<double> filled;  // depth over full depth [-]
  std::vector<double> full;    // time with both ends full [s]
};

// Where steps of the hydraulics did not settle.
struct UnsettledSteps {
  drainage::RoutingWork work;
  std::int64_t worst_steps = 0;  // of those least settled at the node
  std::string worst;             // its key
};

class CoupledSewers {
 public:
  // Of the city's sewers on the solver's grid; without sewers it stays empty.
  // Warnings: surface_water.sewers_outside, surface_water.sewer_catchments. Notes:
  // surface_water.sewer_gauges, surface_water.sewer_ponds.
  Result<Done> build(const RunInput& input, const Solver& solver);
  [[nodiscard]] bool empty() const { return flow_ == nullptr; }

  // Moves the network from t by dt [s] against the cells as they are, and books what they exchange.
  void advance(Solver& solver, double t, double dt);

  // Of the steps so far, if too many did not settle (RoutingWork).
  [[nodiscard]] std::optional<UnsettledSteps> too_many_unsettled() const;

  void observe(Observation& out) const;
  // What the network holds, and what left and entered it other than through cells.
  void add_to(Balance& balance) const;

  void save(SaveArchive& archive) const;
  void load(LoadArchive& archive);

 private:
  // Where a node meets the ground: i < 0 is nowhere.
  struct Place {
    int i = -1, j = -1;
    bool opens = false;                    // through inlets or a cover
    bool is_outfall = false;               // water leaves onto the cell, or into the water there
    bool follows = false;                  // an outfall whose stage is the level of the water outside
    double bed = 0;                        // of the water outside such an outfall [m]
    std::vector<std::uint32_t> blockages;  // of blockages_
    double kept_free = 0;                  // share of a blockage that does not happen
    double waiting = 0;                    // owed to the cell, or by it (< 0) [m3]
  };
  void feed_gauges(const Solver& solver, double duration, Diagnostics& noticed);
  void find_places(const NetworkRows& rows, const SewerNodes& city, const Solver& solver);
  void find_outside(std::size_t node, bool in_water, const SewerNodes& city, std::size_t city_row,
                    const Solver& solver);
  void warn_of_buried_outfalls(const Solver& solver, Diagnostics& noticed) const;
  void leave_ponds_to_cells(Diagnostics& noticed);
  void open_node(std::size_t node, const SewerNodes& city, std::size_t city_row, const Solver& solver);
  void note_step(const drainage::StepOutcome& outcome);
  void find_blockages(const Forcing& forcing);
  void find_clean_inlets(const Forcing& forcing);
  void block_inlets(double t);
  void take_roofs(Solver& solver, double dt);
  void read_surface(const Solver& solver);
  void write_surface(Solver& solver);
  void keep_maxima(double dt);

  std::unique_ptr<drainage::Network> network_;  // on the heap: the flow refers to it
  std::unique_ptr<drainage::NetworkFlow> flow_;
  std::vector<Place> places_;                 // (nodes of the network)
  std::vector<ForcingSeries> blockages_;      // field "inlet_opening": share of inlets that stays open
  std::vector<drainage::Index> node_of_row_;  // of the city's table
  std::vector<double> from_roofs_;            // by row, within a turn [m3]
  bool drains_roofs_ = false;
  Book roofs_;                    // [m3]
  std::vector<double> crown_;     // depth at which every pipe at a node is full [m]; 0 = no pipe
  Book onto_cells_, from_cells_;  // through outfalls [m3]
  SewerNodeMaxima nodes_;
  SewerLinkMaxima links_;
  SewerTanks tanks_;
  std::vector<std::int64_t> unsettled_at_;  // by node: steps in which it was the least settled
};

}  // namespace citytwin::surface_water
