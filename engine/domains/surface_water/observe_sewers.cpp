// What the sewers show of themselves.
#include "engine/domains/surface_water/coupled_sewers.hpp"

namespace citytwin::surface_water {

void CoupledSewers::observe(Observation& out) const {
  if (empty()) return;
  const drainage::DynamicWave& wave = flow_->wave();
  const drainage::RoutingBooks& books = wave.books();
  std::size_t surcharged = 0;
  for (std::size_t n = 0; n < places_.size(); ++n)
    if (crown_[n] > 0 && wave.depth(static_cast<drainage::Index>(n)) > crown_[n]) ++surcharged;
  out.values.push_back({"surface_water.sewer_captured", "m3", books.captured});
  out.values.push_back({"surface_water.sewer_returned", "m3", books.returned});
  out.values.push_back({"surface_water.sewer_outflow", "m3", books.outflow - books.backflow});
  out.values.push_back({"surface_water.sewer_stored", "m3", wave.stored()});
  out.values.push_back({"surface_water.sewer_surcharged_nodes", "1", static_cast<double>(surcharged)});
  out.values.push_back(
      {"surface_water.sewer_unsettled_steps", "1", static_cast<double>(flow_->work().unconverged)});
  if (drains_roofs_) out.values.push_back({"surface_water.sewer_from_roofs", "m3", roofs_.total()});
  if (out.when != Observation::When::end) return;
  ObservedTable nodes{"sewer_nodes", {}, {}}, links{"sewer_links", {}, {}};
  for (const drainage::Node& node : network_->nodes) nodes.key.push_back(node.key);
  for (const drainage::Link& link : network_->links) links.key.push_back(link.key);
  nodes.columns = {ObservedTable::Column::of("max_depth", "m", nodes_.depth),
                   ObservedTable::Column::of("surcharged_h", "h", nodes_.surcharged, 1 / 3600.0),
                   ObservedTable::Column::of("captured", "m3", nodes_.captured),
                   ObservedTable::Column::of("returned", "m3", nodes_.returned)};
  std::vector<double> capacity(links_.flow.size());
  for (std::size_t l = 0; l < capacity.size(); ++l)
    capacity[l] = wave.full_flow(static_cast<drainage::Index>(l));
  links.columns = {ObservedTable::Column::of("max_flow", "m3/s", links_.flow),
                   ObservedTable::Column::of("capacity", "m3/s", capacity),
                   ObservedTable::Column::of("max_filled", "1", links_.filled),
                   ObservedTable::Column::of("full_h", "h", links_.full, 1 / 3600.0)};
  out.tables.push_back(std::move(nodes));
  out.tables.push_back(std::move(links));
  tanks_.observe(wave, out);
  out.rules.emplace_back(drains_roofs_ ? "rule.sewers_with_roofs" : "rule.sewers");
}

void CoupledSewers::add_to(Balance& balance) const {
  if (empty()) return;
  const drainage::RoutingBooks& books = flow_->wave().books();
  balance.initial += books.initial;
  balance.storage += flow_->wave().stored();
  for (const Place& place : places_) balance.storage += place.waiting;
  // What outfalls give to cells and take from them stays in the domain.
  balance.parts.push_back({"sewer_inflow", books.inflow - roofs_.total(), 0});
  balance.parts.push_back(
      {"sewer_outfalls", books.backflow - from_cells_.total(), books.outflow - onto_cells_.total()});
  balance.parts.push_back({"sewer_overflow", books.clipped, books.overflow + books.losses});
}

}  // namespace citytwin::surface_water
