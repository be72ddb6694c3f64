#include "engine/drainage/node_storage.hpp"

#include <cmath>

namespace citytwin::drainage {

NodeStorage::NodeStorage(std::vector<double> depth, std::vector<double> area)
    : depth_(std::move(depth)), area_(std::move(area)) {
  volume_.push_back(0);
  bool equal = depth_.size() > 2;
  for (std::size_t i = 0; i + 1 < depth_.size(); ++i) {
    const double step = depth_[i + 1] - depth_[i];
    slope_.push_back((area_[i + 1] - area_[i]) / step);
    volume_.push_back(volume_[i] + 0.5 * step * (area_[i] + area_[i + 1]));
    equal = equal && std::abs(step - depth_[1]) < 1e-9 * depth_[1];
  }
  slope_.push_back(0);
  if (equal) steps_per_metre_ = 1 / depth_[1];
}

NodeStorage NodeStorage::of(const Storage& storage, double max_depth) {
  constexpr double kLeastArea = 1e-3;  // a tank whose bottom is a point still has a depth [m2]
  std::vector<double> depth, area;
  if (!storage.area.x.empty()) {
    for (std::size_t i = 0; i < storage.area.x.size(); ++i) {
      if (i == 0 && storage.area.x[0] > 0) {
        depth.push_back(0);
        area.push_back(std::max(storage.area.y[0], kLeastArea));
      }
      depth.push_back(storage.area.x[i]);
      area.push_back(std::max(storage.area.y[i], kLeastArea));
    }
  } else {
    constexpr int kSteps = 200;
    const double top = std::max(max_depth, 1.0);
    for (int i = 0; i <= kSteps; ++i) {
      const double y = top * i / kSteps;
      const double power = storage.coefficient == 0 ? 0 : storage.coefficient * std::pow(y, storage.exponent);
      depth.push_back(y);
      area.push_back(
          std::max(storage.constant + storage.linear * y + storage.quadratic * y * y + power, kLeastArea));
    }
  }
  return {std::move(depth), std::move(area)};
}

}  // namespace citytwin::drainage
