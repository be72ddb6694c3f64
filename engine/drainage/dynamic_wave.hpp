// Unsteady flow in a whole network: heads at nodes, discharges in links.
//
// Semi-implicit and conservative. Over one step every link's flow is a tangent of the new heads at its ends
// (conduit.hpp, structures.hpp), and every node keeps its book of water:
//
//   V_n(h_n) = V_n(old) + dt (inflow_n + sum of flows of its links - overflow_n)
//
// with V_n(h) = own storage + half of each conduit that ends there, filled to the node's head. Heads solve
// this nonlinear system by Newton's method on the network's matrix (Casulli and Stelling 2013, doi
// 10.1002/fld.3817, for the idea); each trial evaluates the links anew. Heads that turn back from trial to
// trial are damped, and a step that does not settle is taken back and halved. Books move by flows alone, so
// no water is lost even where that does not help: what heads and books differ by is made up in the next step.
// A full conduit stores nothing more (EXTRAN) or as much as a slot of 1 % of its width (SLOT).
#pragma once

#include <memory>
#include <vector>

#include "engine/base/archive.hpp"
#include "engine/drainage/conduit.hpp"
#include "engine/drainage/node_storage.hpp"
#include "engine/drainage/structures.hpp"
#include "engine/drainage/surface_opening.hpp"
#include "engine/model/drainage/network.hpp"
#include "engine/numerics/network_matrix.hpp"

namespace citytwin::drainage {

// Volumes since the start [m3].
struct RoutingBooks {
  double initial = 0;        // in the network at the start
  double inflow = 0;         // from outside into nodes
  double backflow = 0;       // in through outfalls
  double outflow = 0;        // out through outfalls
  double overflow = 0;       // out of nodes onto the ground, and lost to the network; not what ponds
  double captured = 0;       // through openings from the ground
  double returned = 0;       // through openings onto the ground
  double losses = 0;         // evaporated and seeped away
  double clipped = 0;        // booked without being there; 0 unless something is wrong
  double not_withdrawn = 0;  // of negative inflows: what was not there to be taken; not part of `inflow`

  void add(const RoutingBooks& b) {
    inflow += b.inflow;
    backflow += b.backflow;
    outflow += b.outflow;
    overflow += b.overflow;
    captured += b.captured;
    returned += b.returned;
    losses += b.losses;
    clipped += b.clipped;
    not_withdrawn += b.not_withdrawn;
  }
};

struct StepOutcome {
  int trials = 0;
  bool converged = true;
  double largest_rise = 0;      // |change of head| over the step, of depths within their nodes [m]
  Index least_settled = kNone;  // node whose head moved most in the last trial
};

class DynamicWave {
 public:
  // The network outlives it and has passed the reader's checks: every index names a row.
  explicit DynamicWave(const Network& network);

  // Until changed. Of a node [m3/s]; of a link [-]; level at an outfall [m].
  void set_inflow(Index node, double flow) { nodes_[row(node)].inflow = flow; }
  void set_setting(Index link, double setting) { links_[row(link)].setting = setting; }
  void set_stage(Index outfall, double level) { nodes_[row(outfall)].stage = level; }
  // Opens a node to the ground; it overflows through the opening only. The opening's water is set before a
  // step.
  void open_to_surface(Index node, const SurfaceOpening& opening);
  void set_surface(Index node, double depth, double available);
  void set_opening_share(Index node, double share);  // that is not blocked, 0 to 1
  // What came in through the node's opening in the last step [m3]; negative: what came up.
  [[nodiscard]] double exchanged(Index node) const { return nodes_[row(node)].exchanged; }
  // What left the network at an outfall in the last step [m3]; negative: what came back.
  [[nodiscard]] double discharged(Index outfall) const { return nodes_[row(outfall)].exchanged; }
  void set_loss(Index node, double flow) { nodes_[row(node)].loss = flow; }

  // Moves the network by dt [s]; a dry one that nothing comes into sleeps: no trials.
  StepOutcome step(double dt);

  [[nodiscard]] double head(Index node) const { return nodes_[row(node)].head; }      // [m]
  [[nodiscard]] double depth(Index node) const;                                       // [m]
  [[nodiscard]] double volume(Index node) const { return nodes_[row(node)].volume; }  // [m3]
  // Onto the ground, where it is lost or ponds; mean of the step [m3/s].
  [[nodiscard]] double overflow(Index node) const { return nodes_[row(node)].overflow; }
  [[nodiscard]] double total_inflow(Index node) const { return nodes_[row(node)].total_inflow; }  // [m3/s]
  [[nodiscard]] double max_depth(Index node) const { return nodes_[row(node)].max_depth; }
  [[nodiscard]] double flow(Index link) const { return links_[row(link)].flow; }  // [m3/s]
  [[nodiscard]] double setting(Index link) const { return links_[row(link)].setting; }
  [[nodiscard]] bool is_surcharged(Index node) const;  // its head is above its highest crown; no outfall is
  [[nodiscard]] bool is_full(Index link) const;        // a closed conduit, full at both ends
  [[nodiscard]] double link_depth(Index link) const;   // mean of its ends [m]
  [[nodiscard]] double link_width(
      Index link) const;  // of the water in one barrel at that depth, never narrowing towards a crown [m]
  [[nodiscard]] bool is_open(Index link) const;                                  // a conduit without a lid
  [[nodiscard]] NodeStorage::Values storage_at(Index node, double depth) const;  // of the node itself
  [[nodiscard]] double link_velocity(Index link) const;                          // [m/s]
  [[nodiscard]] double full_flow(Index link) const;  // of a conduit, uniform and full [m3/s]
  [[nodiscard]] double slope(Index link) const;
  [[nodiscard]] const RoutingBooks& books() const { return books_; }
  [[nodiscard]] double stored() const;  // [m3]
  // |in - out - change of storage| / (initial + in).
  [[nodiscard]] double continuity_error() const;
  [[nodiscard]] bool is_dry() const;  // nothing flows and nothing is about to

  void save(SaveArchive& archive) const;
  void load(LoadArchive& archive);

  [[nodiscard]] const Network& network() const { return network_; }

 private:
  static constexpr double kOverflowConductance = 1e3;  // [m2/s]: holds the head at the ground to q / 1e3
  static std::size_t row(Index i) { return static_cast<std::size_t>(i); }

  struct NodeRow {
    double invert = 0, max_depth = 0;
    double crown = 0;  // head at which every conduit that ends there is full [m]
    double top = 0;    // head at which it overflows [m]
    double ponded_area = 0;
    NodeStorage storage;
    NetworkMatrix::Index unknown = -1;  // -1: an outfall, whose head is given
    std::uint32_t first_end = 0, last_end = 0;
    // State.
    double head = 0, volume = 0, inflow = 0, loss = 0, stage = 0;
    double old_head = 0, overflow = 0, total_inflow = 0;
    double move = 0;   // of the head in the last trial [m]
    double reach = 0;  // how far it may go at most in the next [m]
    int same_way = 0;  // trials in which it has gone the same way since it turned back
    bool overflows = false;
    std::int32_t opening = -1;  // of openings_
    OpeningFlow from_surface;
    double exchanged = 0;
  };
  struct LinkRow {
    Index from = 0, to = 0;
    std::int32_t conduit = -1;  // of conduits_
    const SectionTable* section = nullptr;
    double flow = 0, setting = 1;
    LinearFlow linear;
    NetworkMatrix::Index from_from = -1, to_to = -1, from_to = -1, to_from = -1;  // positions in the matrix
  };
  struct ConduitEnd {
    std::int32_t conduit;
    bool is_from;
  };

  void build_sections();
  void build_links();
  void build_nodes();
  void start();
  [[nodiscard]] double free_level(const NodeRow& node, Index index) const;
  [[nodiscard]] double end_invert(ConduitEnd end) const;  // [m]
  void set_outfall_heads();
  void share_conduits();
  static void hand_over(NodeRow& giver, NodeRow& taker, double volume);
  void advance(double dt, int halvings, StepOutcome& outcome);
  void begin_trials();
  void take_back();
  bool try_step(double dt, bool again, StepOutcome& outcome);
  void evaluate_links(double dt);
  void assemble(double dt);
  double update_heads(int trial, Index& moved_most);
  static double damped_move(NodeRow& node, double move);
  void update_flows();
  void note_flow(const LinkRow& link);
  void keep_books_positive(double dt);
  void close_books(double dt);
  static void close_outfall(NodeRow& node, double dt, RoutingBooks& now);
  void close_node(NodeRow& node, double dt, RoutingBooks& now);
  void show_outfalls();
  [[nodiscard]] double surface_volume(const NodeRow& node, double dt) const;
  void add_stored(std::size_t node, double head, double& volume, double& area) const;

  const Network& network_;
  std::vector<std::unique_ptr<SectionTable>> sections_;
  std::vector<NodeRow> nodes_;
  std::vector<LinkRow> links_;
  std::vector<ConduitProperties> conduits_;
  std::vector<ConduitState> conduit_states_;
  std::vector<std::uint32_t> conduit_link_;
  std::vector<ConduitEnd> ends_;         // of conduits, by node
  std::vector<Index> outfalls_, pumps_;  // few: what a step has to look for among all
  std::vector<SurfaceOpening> openings_;
  NetworkMatrix matrix_;
  std::vector<double> right_;
  std::vector<double> given_, balance_;  // by node, within a step
  RoutingBooks books_;
};

}  // namespace citytwin::drainage
