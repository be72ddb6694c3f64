// A grid field over time for display: every few minutes the tiles that changed, quantised and compressed,
// within a budget. Not for numbers: those are the maxima and series.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/archive.hpp"
#include "engine/base/sim_time.hpp"
#include "engine/sim/exchange.hpp"

namespace citytwin {

class DisplayTiles {
 public:
  static constexpr double kStep = 0.001;  // quantum of the stored values (1 mm for depths); largest 65.535

  DisplayTiles() = default;
  DisplayTiles(const GridSpec& grid, SimTime interval, double budget_bytes);

  // After every beat. Stores a frame when one is due: at the first beat an interval or more after the last.
  void beat(SimTime now, const GridView& view);

  [[nodiscard]] std::vector<SimTime> times() const;
  // The field as it was at the last frame at or before `time`; zeros before the first.
  [[nodiscard]] Grid<float> at(SimTime time) const;
  [[nodiscard]] std::size_t bytes() const { return bytes_; }
  // How many times every second frame was merged into its successor to stay within the budget.
  [[nodiscard]] int thinned() const { return thinned_; }

  void save(SaveArchive& archive) const;
  void load(LoadArchive& archive);

 private:
  struct Tile {
    std::uint32_t tile = 0;
    std::vector<char> packed;  // zlib of uint16 values; empty = all zero
  };
  struct Frame {
    SimTime time;
    std::vector<Tile> tiles;  // ascending
  };
  template <class Archive, class Self>
  static void layout(Archive& archive, Self& self);
  void thin();
  [[nodiscard]] SimTime after(SimTime time) const;

  GridSpec grid_;
  SimTime interval_, next_;
  double budget_ = 0;
  std::vector<std::uint8_t> changed_;  // (tiles) since the last frame
  std::vector<Frame> frames_;
  std::size_t bytes_ = 0;
  int thinned_ = 0;
};

}  // namespace citytwin
