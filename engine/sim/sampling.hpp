// Grid → things: the one mapping by which a grid field is read at links, buildings and facilities.
// A thing's value is the highest over the cells it touches; only things in changed tiles are looked at again.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/geo/ragged.hpp"
#include "engine/model/city_model.hpp"
#include "engine/sim/exchange.hpp"

namespace citytwin {

class CellSampling {
 public:
  CellSampling() = default;
  // cells_of_thing: (things) grid cells (GridSpec::index) each touches; a thing without cells is always 0.
  CellSampling(const GridSpec& grid, Ragged<std::uint32_t> cells_of_thing);

  // Recomputes `values` (things) from the view's changed tiles; appends the things whose value changed to
  // `changed`, ascending.
  void update(const GridView& view, std::vector<double>& values, std::vector<std::uint32_t>& changed) const;

  [[nodiscard]] std::size_t size() const { return cells_.size(); }

 private:
  [[nodiscard]] double highest(const GridView& view, std::size_t thing) const;
  GridSpec grid_;
  Ragged<std::uint32_t> cells_;
  Ragged<std::uint32_t> things_of_tile_;
};

// `water` is water_body_of_cells() of the run's grid: a quay or a riverside street whose line crosses water
// that is always there is not flooded by it.
//
// Cells along each street link. Bridges and tunnels have none: surface water does not close them; an
// underpass is a link like any other.
[[nodiscard]] CellSampling sample_links(const CityModel& model, const Grid<std::uint32_t>& water);
// Cells that a facility's building touches, else the cell of its position.
[[nodiscard]] CellSampling sample_facilities(const CityModel& model, const Grid<std::uint32_t>& water);

}  // namespace citytwin
