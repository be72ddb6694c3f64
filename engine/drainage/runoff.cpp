#include "engine/drainage/runoff.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/drainage/weather.hpp"

namespace citytwin::drainage {

namespace {

constexpr double kShortest = 1e-3;  // [s]; rounding of times does not make a step

double conveyance(double width, double area, double slope, double manning) {
  if (manning <= 0) return kUnlimited;
  return area > 0 ? width / area * std::sqrt(std::max(0.0, slope)) / manning : 0;
}

}  // namespace

double RunoffBalance::error() const {
  const double in = rain + returned;
  return in > 0 ? (in - evaporation - infiltration - runoff - away - stored) / in : 0;
}

// SWMM gives both impervious parts the conveyance of the whole impervious area.
Runoff::Ground Runoff::ground_of(const Subcatchment& c) {
  Ground g;
  const double impervious = c.area * c.impervious;
  g.area = {impervious * c.impervious_without_storage, impervious * (1 - c.impervious_without_storage),
            c.area - impervious};
  const double hard = conveyance(c.width, impervious, c.slope, c.impervious_n);
  g.reservoir = {Reservoir{hard, 0}, Reservoir{hard, c.impervious_storage},
                 Reservoir{conveyance(c.width, g.area[pervious], c.slope, c.pervious_n), c.pervious_storage}};
  if (c.route_to == RunoffTo::pervious && g.area[pervious] > 0) {
    g.to_outlet = {1 - c.routed, 1 - c.routed, 1};
    g.inner_route = pervious;
  } else if (c.route_to == RunoffTo::impervious && impervious > 0) {
    g.to_outlet = {1, 1, 1 - c.routed};
    g.inner_route = g.area[with_storage] > 0 ? with_storage : without_storage;
    g.order = {pervious, without_storage, with_storage};
  }
  return g;
}

Runoff::Runoff(const Network& network, double duration, Interpolation interpolation)
    : network_(&network),
      duration_(duration),
      interpolation_(interpolation),
      rain_(network.gauges.size(), 0.0),
      wet_ground_(network.subcatchments.size()),
      flows_(network.subcatchments.size()) {
  for (std::size_t c = 0; c < network.subcatchments.size(); ++c) {
    ground_.push_back(ground_of(network.subcatchments[c]));
    wet_ground_[c].soil = start_soil(network.subcatchments[c].infiltration);
  }
  order_catchments();
}

// Upstream first; catchments in a circle come last, in their order, and receive one step late.
void Runoff::order_catchments() {
  const auto& catchments = network_->subcatchments;
  std::vector<int> above(catchments.size(), 0);
  const auto target = [&](std::size_t c) {
    const Index to = catchments[c].outlet_subcatchment;
    return to >= 0 && static_cast<std::size_t>(to) != c ? to : kNone;
  };
  for (std::size_t c = 0; c < catchments.size(); ++c)
    if (target(c) != kNone) ++above[static_cast<std::size_t>(target(c))];
  std::vector<bool> listed(catchments.size(), false);
  const auto list = [&](std::size_t c) {
    listed[c] = true;
    order_.push_back(c);
  };
  for (std::size_t c = 0; c < catchments.size(); ++c)
    if (above[c] == 0) list(c);
  for (std::size_t k = 0; k < order_.size(); ++k) {
    const Index to = target(order_[k]);
    if (to != kNone && --above[static_cast<std::size_t>(to)] == 0) list(static_cast<std::size_t>(to));
  }
  for (std::size_t c = 0; c < catchments.size(); ++c)
    if (!listed[c]) list(c);
}

void Runoff::read_weather() {
  next_change_ = kUnlimited;
  for (std::size_t g = 0; g < rain_.size(); ++g) {
    const Weather rain = rain_at(network_->gauges[g], end_);
    rain_[g] = network_->options.ignore_rainfall ? 0 : std::max(0.0, rain.rate);
    next_change_ = std::min(next_change_, rain.until);
  }
  const Weather evaporation = evaporation_at(network_->evaporation, network_->options, end_);
  evaporation_ = std::max(0.0, evaporation.rate);
  next_change_ = std::min(next_change_, evaporation.until);
}

double Runoff::step_length() const {
  const bool raining = std::any_of(rain_.begin(), rain_.end(), [](double r) { return r > 0; });
  const Options& options = network_->options;
  double dt = std::max(1.0, raining || runs_ ? options.wet_step : options.dry_step);
  if (next_change_ - end_ < dt + kShortest) dt = next_change_ - end_;
  if (duration_ - end_ < dt + kShortest) dt = duration_ - end_;
  return dt;
}

void Runoff::advance(double t) {
  while (end_ < t && end_ < duration_) step();
}

void Runoff::step() {
  read_weather();
  const double dt = step_length();
  begin_ = end_;
  end_ = duration_ - begin_ <= dt ? duration_ : begin_ + dt;
  wet_ = runs_ = false;
  for (const std::size_t c : order_) run_off(c, end_ - begin_);
}

// One part: losses, then the reservoir. `routed` collects what goes to other parts of the catchment [m3].
void Runoff::part_step(std::size_t c, Part part, double dt, double runon, std::array<double, 3>& routed,
                       Sums& sums) {
  const Ground& ground = ground_[c];
  const double area = ground.area[part];
  if (area <= 0) return;
  const Subcatchment& catchment = network_->subcatchments[c];
  double& depth = wet_ground_[c].depth[part];
  const double rain = flows_[c].rain;
  const double arriving = runon + routed[part] / (area * dt);
  const bool dry_air = rain <= 0 || !network_->evaporation.dry_only;
  const double evaporated = dry_air ? std::min(depth / dt, evaporation_) : 0;
  double infiltrated = 0;
  if (part == pervious)
    infiltrated = infiltrate(catchment.infiltration, wet_ground_[c].soil, dt, rain, arriving,
                             std::max(0.0, depth - evaporated * dt));
  const Drained drained =
      drain(ground.reservoir[part], depth, rain + arriving - infiltrated - evaporated, dt);
  depth = drained.depth;
  const double to_outlet = ground.to_outlet[part];
  routed[ground.inner_route] += (1 - to_outlet) * drained.runoff * dt * area;
  sums.evaporated += evaporated * dt * area;
  sums.infiltrated += infiltrated * dt * area;
  sums.volume += to_outlet * drained.runoff * dt * area;
  const bool at_once = !std::isfinite(ground.reservoir[part].conveyance);
  sums.rate += to_outlet * area * (at_once ? drained.runoff : ground.reservoir[part].runoff(depth));
  runs_ = runs_ || drained.runoff > 0;
}

void Runoff::run_off(std::size_t c, double dt) {
  const Subcatchment& catchment = network_->subcatchments[c];
  Wet& wet = wet_ground_[c];
  CatchmentFlow& flow = flows_[c];
  if (catchment.area <= 0) return;
  flow.rain = catchment.gauge >= 0 ? rain_[static_cast<std::size_t>(catchment.gauge)] : 0;
  const double runon = std::exchange(wet.received, 0) / (catchment.area * dt);
  std::array<double, 3> routed{};
  Sums sums;
  for (const Part part : ground_[c].order) part_step(c, part, dt, runon, routed, sums);
  flow.evaporation = sums.evaporated / (catchment.area * dt);
  flow.infiltration = sums.infiltrated / (catchment.area * dt);
  flow.depth = 0;
  for (const Part part : {without_storage, with_storage, pervious})
    flow.depth += wet.depth[part] * ground_[c].area[part] / catchment.area;
  const double before = flow.runoff.last;
  flow.runoff = interpolation_ == Interpolation::straight ? Hydrograph::straight(before, sums.rate)
                                                          : Hydrograph{before, sums.rate, sums.volume / dt};
  wet_ = wet_ || flow.rain > 0 || runon > 0 || flow.depth > 0;
  wet.rain += flow.rain * catchment.area * dt;
  wet.evaporation += sums.evaporated;
  wet.infiltration += sums.infiltrated;
  if (catchment.outlet_node >= 0)
    wet.delivered += flow.runoff.mean * dt;
  else if (const Index to = catchment.outlet_subcatchment; to >= 0 && static_cast<std::size_t>(to) != c)
    wet_ground_[static_cast<std::size_t>(to)].received += sums.volume;
  else
    wet.away += sums.volume;
}

void Runoff::receive(Index subcatchment, double volume) {
  wet_ground_[static_cast<std::size_t>(subcatchment)].received += volume;
  returned_ += volume;
  runs_ = runs_ || volume > 0;
}

}  // namespace citytwin::drainage
