// What the dependencies know of the city before the first beat: streets as a graph, needs with their
// providers.
#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "engine/geo/spatial_index.hpp"
#include "engine/model/ground.hpp"
#include "engine/model/names.hpp"
#include "engine/sim/dependencies.hpp"

namespace citytwin {

namespace {

constexpr std::uint8_t kDrivable = Access::kCar | Access::kEmergency;

}  // namespace

Dependencies::Dependencies(const RunInput& input) : input_(input) {
  const CityModel& model = *input.model;
  const Facilities& f = model.facilities();
  const Links& links = model.streets().links;
  facility_key_ = f.origin.key;
  facility_kind_ = f.kind;
  floor_height_ = f.floor_height;
  link_key_ = links.origin.key;
  link_length_.reserve(links.size());
  for (std::size_t l = 0; l < links.size(); ++l) {
    link_length_.push_back(length(links.geometry[l]));
    link_drivable_.push_back((links.access[l] & kDrivable) != 0 ? 1 : 0);
  }
  const Grid<std::uint32_t> water = water_body_of_cells(model.water_bodies(), input.spec.grid);
  link_cells_ = sample_links(model, water);
  facility_cells_ = sample_facilities(model, water);
  link_depth_.assign(links.size(), 0.0);
  facility_depth_.assign(f.size(), 0.0);
  link_open_.assign(links.size(), 1);
  link_forced_.assign(links.size(), 0);
  level_.assign(f.size(), FunctionLevel::working);
  forced_failed_.assign(f.size(), 0);
  pending_.assign(f.size(), 0);
  deciding_.assign(f.size(), kNone);
  level_before_.assign(f.size(), FunctionLevel::working);
  last_of_facility_.assign(f.size(), kNone);
  last_of_link_.assign(links.size(), kNone);
  forcing_occurrence_.assign(input.forcing.series.size(), kNone);
  build_graph(model);
  resolve_needs(model);
}

void Dependencies::build_graph(const CityModel& model) {
  const Streets& streets = model.streets();
  std::vector<Arc> arcs;
  std::vector<std::uint8_t> drivable(streets.junctions.size(), 0);
  for (std::size_t l = 0; l < streets.links.size(); ++l) {
    if ((streets.links.access[l] & kDrivable) == 0) continue;
    const std::uint32_t a = streets.links.from[l].value;
    const std::uint32_t b = streets.links.to[l].value;
    const auto key = static_cast<std::uint32_t>(l);
    if (streets.links.lanes_forward[l] > 0) arcs.push_back({a, b, key});
    if (streets.links.lanes_backward[l] > 0) arcs.push_back({b, a, key});
    drivable[a] = drivable[b] = 1;
  }
  graph_ = build_csr(streets.junctions.size(), arcs);
  for (Arc& arc : arcs) std::swap(arc.tail, arc.head);
  reversed_graph_ = build_csr(streets.junctions.size(), arcs);
  std::vector<Point2> points;
  std::vector<std::uint32_t> junctions;
  for (std::uint32_t j = 0; j < drivable.size(); ++j)
    if (drivable[j] != 0) {
      points.push_back(streets.junctions.position[j]);
      junctions.push_back(j);
    }
  const NearestPoint nearest{std::span<const Point2>(points)};
  for (const Point2 p : model.facilities().position) {
    const std::uint32_t n = nearest.nearest(p);
    junction_of_.push_back(n == NearestPoint::kNone ? kNone : junctions[n]);
  }
}

void Dependencies::resolve_needs(const CityModel& model) {
  const Needs& table = model.needs();
  std::vector<std::size_t> order(table.size());
  for (std::size_t r = 0; r < order.size(); ++r) order[r] = r;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return table.facility[a] < table.facility[b]; });
  std::map<std::string, std::uint32_t, std::less<>> row_of_key;
  for (std::uint32_t r = 0; r < facility_key_.size(); ++r) row_of_key.emplace(facility_key_[r], r);
  std::map<std::vector<std::uint32_t>, std::uint32_t> groups;

  needs_begin_.assign(facility_key_.size() + 1, 0);
  dependants_.assign(facility_key_.size(), {});
  for (const std::size_t r : order) {
    Need need;
    need.facility = table.facility[r].value;
    need.kind = table.kind[r];
    need.threshold = table.threshold_depth[r];
    need.backup_ms = static_cast<std::int64_t>(std::llround(table.backup_h[r] * 3'600'000.0));
    const std::string& provider = table.provider[r];
    const auto unmodelled = [&] {
      unmodelled_.push_back({facility_key_[need.facility], std::string(name_of(need.kind)), provider});
    };
    if (need.kind != NeedKind::dry) {
      need.from_grid = provider == "grid" && need.kind != NeedKind::access;
      if (const auto it = row_of_key.find(provider); it != row_of_key.end())
        need.providers.push_back(it->second);
      else if (const auto kind = from_name<FacilityKind>(provider); kind && !need.from_grid)
        for (std::uint32_t p = 0; p < facility_kind_.size(); ++p)
          if (facility_kind_[p] == *kind && p != need.facility) need.providers.push_back(p);
      if (!need.from_grid && need.providers.empty()) {
        unmodelled();
        continue;
      }
    }
    std::uint32_t group = kNone;
    if (need.kind == NeedKind::access) {
      const auto [it, fresh] = groups.emplace(need.providers, static_cast<std::uint32_t>(access_.size()));
      group = it->second;
      if (fresh) {
        access_.push_back({need.providers, {}, true});
        refresh_access();  // with every link open: who can be reached at all
      }
      const std::uint32_t j = junction_of_[need.facility];
      if (j == kNone ||
          access_[group].reached[j] == 0) {  // not connected even on a dry day: not the flood's doing
        unmodelled();
        continue;
      }
    }
    for (const std::uint32_t p : need.providers) dependants_[p].push_back(need.facility);
    needs_.push_back(std::move(need));
    access_group_.push_back(group);
    ++needs_begin_[needs_.back().facility + 1];
  }
  for (std::size_t f = 1; f < needs_begin_.size(); ++f) needs_begin_[f] += needs_begin_[f - 1];
  need_state_.assign(needs_.size(), {});
}

Result<Done> Dependencies::declare(Exchange& exchange) const {
  Diagnostics problems;
  const auto add = [&](const FieldInfo& field, std::size_t size) {
    auto result = exchange.declare(field, size);
    problems.append(result.diagnostics());
  };
  add({kLevelField, "", FieldShape::per_facility, "sim", ""}, level_.size());
  add({kLinkDepthField, "m", FieldShape::per_link, "sim", ""}, link_depth_.size());
  if (problems.has_errors()) return Result<Done>(problems);
  for (std::size_t f = 0; f < level_.size(); ++f)
    exchange.set(kLevelField, f, static_cast<double>(level_[f]), "sim");
  return Done{};
}

}  // namespace citytwin
