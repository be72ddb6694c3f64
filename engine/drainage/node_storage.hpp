// What a node holds besides its share of the conduits that meet there, over the depth above its invert.
#pragma once

#include <vector>

#include "engine/model/drainage/network.hpp"

namespace citytwin::drainage {

// Plan area, straight between its points; the last one holds on above. Below the invert the area goes on as
// it is there, so that volume(depth) rises everywhere and a deficit has a depth, too.
class NodeStorage {
 public:
  NodeStorage() = default;
  NodeStorage(std::vector<double> depth, std::vector<double> area);  // depth rises from 0
  [[nodiscard]] static NodeStorage of(const Storage& storage, double max_depth);

  struct Values {
    double volume = 0, area = 0;  // [m3], [m2]
  };
  [[nodiscard]] Values at(double depth) const {
    if (depth <= 0) return {depth * area_.front(), area_.front()};
    std::size_t i = 0;
    if (steps_per_metre_ > 0) {
      i = std::min(static_cast<std::size_t>(depth * steps_per_metre_), depth_.size() - 1);
    } else {
      while (i + 1 < depth_.size() && depth_[i + 1] <= depth) ++i;
    }
    const double above = depth - depth_[i];
    return {volume_[i] + above * (area_[i] + 0.5 * above * slope_[i]), area_[i] + above * slope_[i]};
  }

 private:
  std::vector<double> depth_, area_, slope_, volume_;
  double steps_per_metre_ = 0;  // > 0: the points are at equal steps
};

}  // namespace citytwin::drainage
