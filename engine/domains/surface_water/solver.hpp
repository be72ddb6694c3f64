// The solver: tiles, sources and time steps. No exchange, no names; domain.cpp puts it on the beat.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "engine/base/archive.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/run_context.hpp"
#include "engine/domains/surface_water/ground_losses.hpp"
#include "engine/domains/surface_water/params.hpp"
#include "engine/domains/surface_water/retention.hpp"
#include "engine/domains/surface_water/roofs.hpp"
#include "engine/domains/surface_water/shallow_roughness.hpp"
#include "engine/domains/surface_water/sources.hpp"
#include "engine/domains/surface_water/structures.hpp"
#include "engine/domains/surface_water/tile_grid.hpp"
#include "engine/domains/surface_water/water.hpp"
#include "engine/sim/run_input.hpp"

namespace citytwin::surface_water {

// Something that ends the run: code and arguments of the diagnostic.
struct Trouble {
  std::string code;
  std::vector<std::pair<std::string, std::string>> args;
};

// What rain and inflows bring in a stretch of time: net rain by code [m], volume by inflow [m3].
struct Supply {
  std::vector<double> net, volume;
  bool raining = false, flowing = false;
  void add(const Supply& other);
};

// A stretch of time in equal ticks, 2^levels of them; a tile of level l steps once in 2^(levels - l) ticks.
struct StepPlan {
  double tick = 0;  // [s]
  int levels = 0;
  [[nodiscard]] int ticks() const { return 1 << levels; }
};

class Solver {
 public:
  // Errors: those of read_params, make_surface, Rain, Inflows, Levels and unpack_initial.
  Result<Done> build(const RunInput& input, const RunContext& context);

  // From t0 to t1 [s]; empty on success. Throws Stopped between sub-steps.
  [[nodiscard]] std::optional<Trouble> advance(double t0, double t1, const RunContext& context);

  [[nodiscard]] const TileGrid& grid() const { return *grid_; }
  [[nodiscard]] const Water& water() const { return *water_; }
  [[nodiscard]] const Params& params() const { return params_; }
  [[nodiscard]] const Rain& rain() const { return rain_; }
  [[nodiscard]] const Inflows& inflows() const { return inflows_; }
  [[nodiscard]] const Levels& levels() const { return levels_; }
  [[nodiscard]] const Structures* structures() const { return structures_.get(); }  // null: there are none
  [[nodiscard]] const GivenFlood* given_flood() const { return given_.get(); }      // null: simulated
  [[nodiscard]] double given_in() const { return given_in_.total(); }               // by a given flood [m3]
  [[nodiscard]] double given_out() const { return given_out_.total(); }
  [[nodiscard]] const GroundLosses* losses() const {
    return losses_.get();
  }  // null: the ground takes nothing
  [[nodiscard]] const Retention* retention() const { return retention_.get(); }  // null: there is none
  // What roofs gave to the city's sewer nodes (rows) since the last call is handed over; and what still
  // waits.
  void take_roof_water(std::vector<double>& by_node);  // [m3], added
  [[nodiscard]] bool roofs_drain() const { return !roof_drains_.empty(); }
  [[nodiscard]] double roof_water() const;  // [m3]
  [[nodiscard]] const std::vector<CellKind>& kind() const { return kind_; }
  // A free cell whose ground is a roof.
  [[nodiscard]] bool is_roof(std::size_t cell) const { return !raised_.empty() && raised_[cell] != 0; }
  [[nodiscard]] const std::vector<std::uint8_t>& permanent_water() const { return permanent_water_; }
  [[nodiscard]] double initial_volume() const { return initial_volume_; }  // [m3]
  [[nodiscard]] double volume() const;                                     // [m3]
  [[nodiscard]] bool has_buildings() const { return has_buildings_; }
  [[nodiscard]] std::uint64_t sub_steps() const { return sub_steps_; }  // of the tiles with the finest
  [[nodiscard]] std::uint64_t cell_steps() const {
    return cell_steps_;
  }  // cells of tiles, each time they step

  // Of one cell of the grid: depth and ground [m], and the area that stores water [m2].
  [[nodiscard]] double depth(int i, int j) const;
  [[nodiscard]] double ground(int i, int j) const;
  [[nodiscard]] double open_area(int i, int j) const;
  // Puts water on a free cell, or takes it (volume < 0), between sub-steps; returns what was really moved
  // [m3].
  double add_water(int i, int j, double volume);

  void save(SaveArchive& archive) const;
  void load(LoadArchive& archive);
  // Hash of all state: per-tile hashes, computed again only for tiles that took part since the last call.
  [[nodiscard]] Hash128 hash() const;
  // Tiles that took part since the last call, ascending.
  [[nodiscard]] std::vector<std::uint32_t> take_touched();

 private:
  Result<Done> place_city(const RunInput& input, const RunContext& context);
  void place_buildings(const CityModel& model, Surface& surface, const RunContext& context);
  void place_roofs(const CityModel& model, const GreenRoofs& green);
  void place_retention(const CityModel& model, const Surface& surface);
  [[nodiscard]] std::vector<CellKind> ground_kind() const;  // roofs that are raised ground count as blocked
  void place_cells(const Surface& surface, const std::vector<std::uint16_t>& group);
  void list_codes();
  void place_held(const std::vector<std::uint16_t>& group);
  void mark_still_water();
  void start_maxima(std::size_t tile);
  void fill_initial(const Surface& surface, const std::map<std::string, std::vector<double>>& given);
  // Of local_steps.cpp.
  [[nodiscard]] double source_step(double rate) const;
  [[nodiscard]] double shore_speed(const Tile& tile) const;
  [[nodiscard]] double facing_speed(std::size_t tile) const;
  void find_limits(double t0, double t1);
  [[nodiscard]] StepPlan next_steps(double t0, double t1);
  [[nodiscard]] int level_of(std::size_t tile, double stretch, int levels) const;
  // Structures move water between tiles after every step of the grid: with them all tiles keep to one step.
  [[nodiscard]] bool steps_locally() const { return params_.local_time_steps && !structures_; }
  void look_beside(std::size_t tile, TileStep& step) const;

  Supply supply_of(double t0, double t1);
  void choose_active(double t0, double t1);
  const double* gather_sources(const Tile& tile, const Supply& supply, std::vector<double>& buffer) const;
  void step_one(std::size_t tile, double t1, double dt, const Supply& supply);
  void hold_still_water();
  [[nodiscard]] std::optional<Trouble> run_steps(double t0, double t1, const StepPlan& plan);
  [[nodiscard]] std::optional<Trouble> run_level(int level, double t0, double t1, Supply& supply);
  void refine(int level, double step);
  [[nodiscard]] std::optional<Trouble> step_level(const std::vector<std::uint32_t>& tiles, double t1,
                                                  double dt, const Supply& supply);
  Result<Done> place_special(const Forcing& forcing, const Surface& surface);
  struct Showing {
    bool begins, ends;
    double seconds;  // for which the flood is there in the step
  };
  void mark_changed(std::size_t tile);
  void use_structures(double t0, double t1);
  void show_given(double t0, double t1);
  [[nodiscard]] double given_depth(std::size_t cell) const;
  void show_cell(std::size_t tile, int i, int j, double depth, const Showing& how);
  [[nodiscard]] Trouble bad_cell(std::size_t tile) const;

  Params params_;
  Diagnostics noticed_;             // while it was built: what is legitimate but odd
  std::unique_ptr<TileGrid> grid_;  // on the heap: the water refers to it
  std::unique_ptr<Water> water_;
  Rain rain_;
  Inflows inflows_;
  Levels levels_;
  std::unique_ptr<GroundLosses> losses_;
  std::unique_ptr<Retention> retention_;
  std::vector<RoofDrain> roof_drains_;
  std::vector<double> roof_water_;  // by drain: on its way to the node [m3]
  std::unique_ptr<Structures> structures_;
  std::unique_ptr<ShallowRoughness> roughness_;
  std::shared_ptr<const GivenFlood> given_;
  bool given_shown_ = false;
  Book given_in_, given_out_;                  // [m3]
  std::vector<CellKind> kind_;                 // (ny, nx)
  std::vector<std::uint8_t> permanent_water_;  // (ny, nx)
  bool has_buildings_ = false;
  std::vector<std::uint8_t> raised_;  // 1: the cell is a building as raised ground (ny, nx); empty = none

  std::vector<std::uint32_t> active_;  // tiles that take part in the current stretch of steps
  std::array<std::vector<std::uint32_t>, kMostLevels + kSpareLevels + 1> at_level_;  // of them, by time step
  std::vector<double> limit_;  // by tile: the longest step that its water and its neighbours' allow [s]
  std::vector<std::uint32_t> still_;  // tiles of still water
  std::vector<double> last_level_;
  bool still_changed_ = false;  // something has put water into still water since, or taken it
  double initial_volume_ = 0;
  std::uint64_t sub_steps_ = 0, cell_steps_ = 0;
  int trusted_levels_ = 0;  // of time steps: as many as the water has been steady enough for lately
  int refined_ = 0;         // by how many levels a tile's step had to be refined in this stretch, at most
  mutable std::vector<Hash128> tile_hash_;
  mutable std::vector<std::uint8_t> hash_stale_;
};

}  // namespace citytwin::surface_water
