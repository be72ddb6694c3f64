#include "engine/drainage/network_losses.hpp"

#include <algorithm>

#include "engine/drainage/weather.hpp"

namespace citytwin::drainage {

namespace {

constexpr double kFilm = 1e-3;  // shallower water does not evaporate or seep [m]

Infiltration soil_of(const Storage& storage) {
  Infiltration soil;
  soil.model = InfiltrationModel::green_ampt;
  soil.suction = storage.suction;
  soil.conductivity = storage.conductivity;
  soil.initial_deficit = storage.initial_deficit;
  return soil;
}

bool has_evaporation(const Evaporation& e) {
  const auto above = [](double rate) { return rate > 0; };
  return e.rate > 0 || std::any_of(e.monthly.begin(), e.monthly.end(), above) ||
         std::any_of(e.series.value.begin(), e.series.value.end(), above);
}

// Green and Ampt under standing water; without a deficit the soil is saturated for good.
double soak(const Storage& storage, SoilState& state, double dt, double depth) {
  if (storage.initial_deficit <= 0) return depth > 0 ? storage.conductivity : 0;
  return infiltrate(soil_of(storage), state, dt, 0, 0, depth);
}

}  // namespace

NetworkLosses::NetworkLosses(const Network& network) : network_(network), loss_(network.nodes.size(), 0.0) {
  const bool evaporates = has_evaporation(network.evaporation);
  for (std::size_t n = 0; n < network.nodes.size(); ++n) {
    const Storage& storage = network.nodes[n].storage;
    if (network.nodes[n].kind != NodeKind::storage) continue;
    if (storage.conductivity <= 0 && (storage.evaporated_share <= 0 || !evaporates)) continue;
    tanks_.push_back(static_cast<Index>(n));
    bottom_.push_back(start_soil(soil_of(storage)));
    bank_.push_back(bottom_.back());
  }
  for (std::size_t l = 0; l < network.links.size(); ++l) {
    const Link& link = network.links[l];
    if (link.kind == LinkKind::conduit && (link.conduit.seepage > 0 || evaporates))
      conduits_.push_back(static_cast<Index>(l));
  }
}

double NetworkLosses::evaporation(double t) const {
  if (network_.evaporation.dry_only && !network_.options.ignore_rainfall)
    for (const RainGauge& gauge : network_.gauges)
      if (rain_at(gauge, t).rate > 0) return 0;
  return std::max(0.0, evaporation_at(network_.evaporation, network_.options, t).rate);
}

double NetworkLosses::tank_loss(std::size_t tank, const DynamicWave& wave, double evaporation, double dt) {
  const Index node = tanks_[tank];
  const Storage& storage = network_.nodes[static_cast<std::size_t>(node)].storage;
  const double depth = wave.depth(node);
  const double surface = wave.storage_at(node, depth).area, bottom = wave.storage_at(node, 0).area;
  double loss = depth > kFilm ? evaporation * storage.evaporated_share * surface : 0;
  if (storage.conductivity > 0) {
    loss += bottom * soak(storage, bottom_[tank], dt, depth);
    loss += std::max(0.0, surface - bottom) * soak(storage, bank_[tank], dt, depth / 2);  // mean depth
  }
  return loss;
}

double NetworkLosses::conduit_loss(Index link, const DynamicWave& wave, double evaporation) const {
  const Conduit& conduit = network_.links[static_cast<std::size_t>(link)].conduit;
  if (wave.link_depth(link) <= kFilm) return 0;
  const double area = conduit.length * conduit.barrels * wave.link_width(link);
  return area * (conduit.seepage + (wave.is_open(link) ? evaporation : 0));
}

void NetworkLosses::apply(DynamicWave& wave, double t, double dt) {
  std::fill(loss_.begin(), loss_.end(), 0.0);
  const double rate = evaporation(t);
  for (std::size_t k = 0; k < tanks_.size(); ++k)
    loss_[static_cast<std::size_t>(tanks_[k])] += tank_loss(k, wave, rate, dt);
  for (const Index l : conduits_) {
    const Link& link = network_.links[static_cast<std::size_t>(l)];
    const double half = 0.5 * conduit_loss(l, wave, rate);
    loss_[static_cast<std::size_t>(link.from)] += half;
    loss_[static_cast<std::size_t>(link.to)] += half;
  }
  for (std::size_t n = 0; n < loss_.size(); ++n) {
    const auto node = static_cast<Index>(n);
    if (network_.nodes[n].kind == NodeKind::outfall) continue;
    wave.set_loss(node, std::min(loss_[n], std::max(0.0, wave.volume(node)) / dt));
  }
}

}  // namespace citytwin::drainage
