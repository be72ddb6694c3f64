// What other domains and viewers read: a copy of the depth, renewed for tiles that changed.
#pragma once

#include <memory>
#include <vector>

#include "engine/domains/surface_water/water.hpp"
#include "engine/sim/exchange.hpp"

namespace citytwin::surface_water {

class PublishedDepth final : public GridView {
 public:
  void start(const TileGrid& grid);
  // Copies `tiles` (ascending); a tile counts as changed if any value did.
  void publish(const Water& water, const std::vector<std::uint32_t>& tiles);

  [[nodiscard]] const GridSpec& spec() const override { return spec_; }
  [[nodiscard]] const double* tile(std::size_t t) const override {
    return values_[t].empty() ? nullptr : values_[t].data();
  }
  [[nodiscard]] std::span<const std::uint32_t> changed_tiles() const override { return changed_; }

 private:
  GridSpec spec_;
  std::vector<std::vector<double>> values_;  // per tile, empty while every cell is 0
  std::vector<std::uint32_t> changed_;
};

}  // namespace citytwin::surface_water
