// A domain for tests: water rises everywhere in the cells x >= from_x by the forcing "rain" [m/s], and falls
// by a Control "drain". Depth is published as surface_water.depth.
#pragma once

#include <algorithm>
#include <memory>

#include "engine/sim/domain.hpp"

namespace citytwin::test {

class PondDomain final : public Domain, private GridView {
 public:
  explicit PondDomain(Box2 where = {{-1e9, -1e9}, {1e9, 1e9}}, std::string name = "surface_water")
      : where_(where) {
    info_.name = std::move(name);
    info_.controls = {"depth"};
  }
  [[nodiscard]] const DomainInfo& info() const override { return info_; }
  Result<Done> initialise(const RunInput& input, const RunContext& /*context*/) override {
    input_ = &input;
    grid_ = input.spec.grid;
    values_.assign(tiles_x() * tiles_y() * kTile * kTile, 0.0);
    return Done{};
  }
  Result<Done> declare(Exchange& exchange) override {
    auto result = exchange.declare({info_.name + ".depth", "m", FieldShape::grid, info_.name, ""}, 0);
    if (result.ok()) exchange.bind_grid(info_.name + ".depth", this);
    return result;
  }
  void apply(const Control& control) override {
    if (control.column == "depth") depth_ = control.value;
  }
  StepResult advance(SimTime now, SimTime beat, const Exchange& /*exchange*/, const RunContext&) override {
    for (const ForcingSeries* s : input_->forcing.of("rain"))
      depth_ += s->series.integral(now.seconds(), (now + beat).seconds());
    return {};
  }
  void publish(Exchange& /*exchange*/) override {
    changed_.clear();
    for (std::uint32_t t = 0; t < tiles_x() * tiles_y(); ++t) changed_.push_back(t);
    for (int j = 0; j < grid_.ny; ++j)
      for (int i = 0; i < grid_.nx; ++i)
        values_[tile_of(i, j) * kTile * kTile + static_cast<std::size_t>((j % kTile) * kTile + i % kTile)] =
            where_.contains(grid_.centre(i, j)) ? depth_ : 0.0;
  }
  void observe(Observation& out) const override {
    out.values.push_back({info_.name + ".depth_now", "m", depth_});
  }
  void save(SaveArchive& archive) const override { archive.fields(depth_, values_); }
  void load(LoadArchive& archive) override { archive.fields(depth_, values_); }
  [[nodiscard]] Hash128 hash() const override { return hash_bytes(&depth_, sizeof depth_); }

  [[nodiscard]] const GridSpec& spec() const override { return grid_; }
  [[nodiscard]] const double* tile(std::size_t t) const override {
    return values_.data() + t * kTile * kTile;
  }
  [[nodiscard]] std::span<const std::uint32_t> changed_tiles() const override { return changed_; }

 private:
  DomainInfo info_;
  Box2 where_;
  const RunInput* input_ = nullptr;
  GridSpec grid_;
  double depth_ = 0;
  std::vector<double> values_;
  std::vector<std::uint32_t> changed_;
};

}  // namespace citytwin::test
