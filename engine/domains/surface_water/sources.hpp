// What enters the water from outside: rain less losses, inflows, imposed levels. All exact integrals of their
// series over a sub-step.
#pragma once

#include <vector>

#include "engine/base/archive.hpp"
#include "engine/domains/surface_water/surface.hpp"
#include "engine/domains/surface_water/tile_grid.hpp"
#include "engine/model/forcing.hpp"

namespace citytwin::surface_water {

// Rain by zone (the set of series that fall on a cell, and the cell of a raster of rain) and land cover.
// Initial and constant loss depend on nothing else, so the net rain of a sub-step is a table: one row per
// rain code = zone and cover, for the pairs that there are and the roofs of every zone.
class Rain {
 public:
  // Gives every cell its code; outside and held cells get the code without rain.
  // Errors: surface_water.bad_place, surface_water.too_many_rain_series, surface_water.two_rain_rasters.
  // `green`: depths that green roofs hold, each with codes of its own [m].
  Result<Done> build(const Forcing& forcing, const Surface& surface, const std::vector<CellKind>& kind,
                     const Params& params, const std::vector<double>& green = {});
  [[nodiscard]] const std::vector<std::uint16_t>& codes() const { return code_; }
  // Code of roofs in the zone of `code`.
  [[nodiscard]] std::uint16_t roof_code(std::uint16_t code) const;
  // Code of green roofs with the depth green[n] in the zone of a roof's code.
  [[nodiscard]] std::uint16_t green_code(std::uint16_t roof, std::size_t n) const;
  [[nodiscard]] std::uint16_t no_code() const { return static_cast<std::uint16_t>(zone_.size()); }
  // Counts the area behind each code; call once, when obstacles and roofs are final.
  void count_areas(const TileGrid& tiles, const std::vector<CellKind>& kind);
  void add_area(std::uint16_t code, double area);  // of roofs that drain into sewers [m2]; after that
  void forget_cells() { std::vector<std::uint16_t>().swap(code_); }

  // Net rain [m] of every code from t0 to t1, taking losses and booking volumes.
  void step(double t0, double t1);
  [[nodiscard]] const std::vector<double>& net() const { return net_; }
  [[nodiscard]] bool falling() const { return falling_; }
  // 1 for every code on which rain from t0 to t1 is more than its initial loss takes: it may run off.
  [[nodiscard]] std::vector<std::uint8_t> may_run(double t0, double t1) const;
  // Highest mean intensity of any zone from t0 to t1 [m/s].
  [[nodiscard]] double intensity(double t0, double t1) const;
  // Mean over the area it falls on, from t0 to t1 [m/s].
  [[nodiscard]] double mean(double t0, double t1) const;
  // The same, in the last sub-step [m/s].
  [[nodiscard]] double mean_rate() const { return mean_rate_; }
  [[nodiscard]] double volume_in() const { return volume_in_.total(); }
  [[nodiscard]] double volume_lost() const { return volume_lost_.total(); }
  [[nodiscard]] bool has_green_roofs() const { return greens_ > 0; }
  // Of it, on green roofs [m3].
  [[nodiscard]] double volume_on_green() const { return volume_on_green_.total(); }

  void save(SaveArchive& archive) const;
  void load(LoadArchive& archive);

 private:
  struct Zone {
    std::uint64_t series = 0;             // bit s = series s falls here
    std::uint32_t raster_cell = kNoCell;  // of the raster
    auto operator<=>(const Zone&) const = default;
  };
  static constexpr std::uint32_t kNoCell = 0xFFFFFFFF;
  Result<Done> read_series(const Forcing& forcing, const GridSpec& spec, std::vector<Zone>& zone_of);
  Result<Done> number_codes(const std::vector<Zone>& zone_of, const Surface& surface,
                            const std::vector<CellKind>& kind);
  void fill_rain(double t0, double t1, std::vector<double>& rain) const;

  std::vector<Series> series_;
  ForcingSeries raster_;  // without frames if there is none
  std::vector<Zone> zones_;
  std::vector<std::uint32_t> zone_;   // per code
  std::vector<std::uint16_t> roof_;   // per code
  std::vector<std::uint16_t> green_;  // (zones, green)
  std::size_t greens_ = 0;
  std::vector<std::uint8_t> cover_;                                // per code
  std::vector<double> zone_rain_;                                  // of the sub-step [m] (zones)
  std::vector<std::uint16_t> code_;                                // (ny, nx), during set-up
  std::vector<double> initial_left_, constant_loss_, area_, net_;  // per code
  bool falling_ = false;
  double mean_rate_ = 0, total_area_ = 0;
  Book volume_in_, volume_lost_, volume_on_green_;  // [m3]
};

// Point and line inflows. The cells are listed in the tiles (Tile::inflows).
class Inflows {
 public:
  // Errors: surface_water.bad_place, surface_water.inflow_outside, surface_water.negative_inflow.
  Result<Done> build(const Forcing& forcing, const std::vector<CellKind>& kind, TileGrid& tiles);
  void step(double t0, double t1);
  [[nodiscard]] const std::vector<double>& volume() const { return volume_; }  // of the sub-step [m3]
  [[nodiscard]] std::vector<double> volumes(double t0, double t1) const;       // of any stretch of time [m3]
  [[nodiscard]] bool flowing() const { return flowing_; }
  // Highest rise of any cell from t0 to t1 if nothing flowed away [m/s].
  [[nodiscard]] double intensity(double t0, double t1) const;
  [[nodiscard]] double volume_in() const { return volume_in_.total(); }
  void save(SaveArchive& archive) const { archive.fields(volume_in_); }
  void load(LoadArchive& archive) { archive.fields(volume_in_); }

 private:
  std::vector<Series> series_;
  std::vector<double> highest_per_volume_;  // [1/m2]
  std::vector<double> volume_;
  bool flowing_ = false;
  Book volume_in_;
};

// Imposed levels. Group 0 is the sea, the last group the open edge of the known ground (always empty).
class Levels {
 public:
  // Errors: surface_water.bad_place, surface_water.two_sea_levels.
  Result<Done> build(const Forcing& forcing, const WaterBodies& bodies, const Params& params);
  // Lowest level of the sea over the whole run [m].
  [[nodiscard]] double lowest_sea() const;
  // Marks held cells and gives them a group: (ny, nx), kFree where not held. Errors: level_outside,
  // level_in_sea, level_on_level; a level that never wets its cells is noticed (surface_water.*).
  static constexpr std::uint16_t kFree = 0xFFFF;
  Result<Done> mark(Surface& surface, EdgeRule edge, std::vector<CellKind>& kind,
                    std::vector<std::uint16_t>& group, Diagnostics& noticed) const;
  void set_time(double t);
  void set_levels(const std::vector<double>& level) { level_ = level; }  // of a checkpoint
  [[nodiscard]] std::size_t groups() const { return level_.size(); }
  [[nodiscard]] const std::vector<double>& level() const { return level_; }  // [m]
  [[nodiscard]] std::uint16_t sink() const { return static_cast<std::uint16_t>(level_.size() - 1); }

 private:
  [[nodiscard]] Result<Done> no_cell_left(const ForcingSeries& level, const GridSpec& spec,
                                          std::vector<CellKind> kind,
                                          const std::vector<std::uint16_t>& group) const;

  double sea_level_ = 0;
  Series sea_;                         // empty = constant
  std::vector<ForcingSeries> others_;  // groups 1 .. n
  std::vector<double> level_;
};

// The free cells that `place` touches; empty if none.
[[nodiscard]] std::vector<std::pair<int, int>> cells_of(const Place& place, const GridSpec& spec,
                                                        const std::vector<CellKind>& kind);

}  // namespace citytwin::surface_water
