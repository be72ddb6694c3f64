// Who needs what, what works now, and why not. Once per beat, after all domains have published: street
// links open and close with the water on them, facilities' needs are looked at, and every facility's
// function level is solved to a fixed point in id order. Each change is an occurrence with its causes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/archive.hpp"
#include "engine/base/hash.hpp"
#include "engine/geo/csr_graph.hpp"
#include "engine/sim/control.hpp"
#include "engine/sim/exchange.hpp"
#include "engine/sim/run_input.hpp"
#include "engine/sim/run_record.hpp"
#include "engine/sim/sampling.hpp"

namespace citytwin {

class Dependencies {
 public:
  static constexpr const char* kLevelField = "sim.facility_level";   // FunctionLevel per facility
  static constexpr const char* kLinkDepthField = "sim.link_depth";   // [m] per link
  static constexpr const char* kDepthField = "surface_water.depth";  // read, if there is one

  explicit Dependencies(const RunInput& input);

  Result<Done> declare(Exchange& exchange) const;
  // True if the control's target is an asset here ("grid", a facility key, "link/<key>").
  [[nodiscard]] bool owns(const Control& control) const;
  void begin_beat() { changes_ = {}; }  // before the beat's controls
  void apply(const Control& control, SimTime now);
  // Evaluates only what changed and writes function levels and link depths into the exchange.
  void update(SimTime now, Exchange& exchange);

  [[nodiscard]] const std::vector<Occurrence>& occurrences() const { return occurrences_; }
  // Facilities that need each other in a ring, by key; each ring once.
  [[nodiscard]] std::vector<std::vector<std::string>> cycles() const;
  [[nodiscard]] const std::vector<UnmodelledNeed>& unmodelled_needs() const { return unmodelled_; }
  [[nodiscard]] const std::vector<double>& link_depth() const { return link_depth_; }
  [[nodiscard]] const std::vector<double>& facility_depth() const { return facility_depth_; }
  [[nodiscard]] const std::vector<std::uint8_t>& link_open() const { return link_open_; }
  [[nodiscard]] const std::vector<FunctionLevel>& levels() const { return level_; }
  // What the last update() changed, each ascending.
  struct Changes {
    std::vector<std::uint32_t> link_depth, facility_depth;  // rows with another depth
    std::vector<std::uint32_t> link_toggled;                // opened or closed
    std::vector<std::uint32_t> facility_level;              // another function level
  };
  [[nodiscard]] const Changes& changes() const { return changes_; }
  [[nodiscard]] double closed_km() const { return closed_m_ / 1000.0; }

  void save(SaveArchive& archive) const;
  void load(LoadArchive& archive);
  void add_to(Hasher& hasher) const;

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  struct Need {
    std::uint32_t facility = 0;
    NeedKind kind = NeedKind::dry;
    bool from_grid = false;                // the outside supply
    std::vector<std::uint32_t> providers;  // facilities, any of which is enough; access: where paths start
    double threshold = 0;                  // [m]
    std::int64_t backup_ms = 0;
  };
  struct NeedState {
    std::int64_t unmet_since = -1;  // ms; -1 = met
  };
  struct AccessGroup {  // needs that share their starting points
    std::vector<std::uint32_t> providers;
    std::vector<std::uint8_t> reached;  // (junctions)
    bool stale = true;
  };

  template <class Archive, class Self>
  static void layout(Archive& archive, Self& self);
  void resolve_needs(const CityModel& model);
  void build_graph(const CityModel& model);
  void note_forcing(SimTime now);
  void update_links(SimTime now, const GridView* depth, Exchange& exchange);
  void set_link(std::uint32_t link, SimTime now);
  void refresh_access();
  [[nodiscard]] std::vector<std::uint32_t> settle(SimTime now);
  bool solve_facility(std::uint32_t facility, SimTime now);
  void record_changes(const std::vector<std::uint32_t>& changed, SimTime now);
  void record_change(std::uint32_t facility, SimTime now);
  [[nodiscard]] bool met(const Need& need) const;
  [[nodiscard]] std::vector<std::uint32_t> causes_of(const Need& need) const;
  [[nodiscard]] std::vector<std::uint32_t> cutting_links(const Need& need) const;
  std::uint32_t record(Occurrence occurrence);

  const RunInput& input_;
  std::vector<std::string> facility_key_;
  std::vector<FacilityKind> facility_kind_;
  std::vector<std::string> link_key_;
  std::vector<double> link_length_;
  std::vector<std::uint8_t> link_drivable_;  // open to cars or emergency vehicles
  std::vector<double> floor_height_;
  std::vector<std::uint32_t> junction_of_;   // (facilities) nearest junction, kNone if there are no streets
  CsrGraph graph_, reversed_graph_;          // junctions, drivable links; the arc key is the link
  std::vector<Need> needs_;                  // sorted by facility
  std::vector<std::uint32_t> needs_begin_;   // (facilities + 1)
  std::vector<std::uint32_t> access_group_;  // (needs) or kNone
  std::vector<UnmodelledNeed> unmodelled_;
  std::vector<std::vector<std::uint32_t>> dependants_;  // (facilities) facilities that need it
  CellSampling link_cells_, facility_cells_;

  // State.
  std::vector<double> link_depth_, facility_depth_;    // [m]
  std::vector<std::uint8_t> link_open_, link_forced_;  // forced closed by a control
  double closed_m_ = 0;                                // length of closed drivable links
  std::vector<FunctionLevel> level_;
  std::vector<std::uint8_t> forced_failed_;  // by a control
  std::vector<NeedState> need_state_;
  bool grid_failed_ = false;
  std::vector<AccessGroup> access_;
  std::vector<Occurrence> occurrences_;
  std::vector<std::uint32_t> last_of_facility_, last_of_link_;  // index of the last occurrence, or kNone
  std::uint32_t last_of_grid_ = kNone;
  std::vector<std::uint32_t> forcing_occurrence_;  // (forcing series) or kNone
  bool first_ = true;
  std::vector<std::uint8_t> pending_;  // (facilities) to be looked at in this update
  Changes changes_;

  // Of the update that runs.
  std::vector<std::uint32_t> deciding_;      // (facilities) the need that sets the level, or kNone
  std::vector<FunctionLevel> level_before_;  // (facilities) at the start of the beat, for those that changed
};

}  // namespace citytwin
