// The ground, the clock, the grid and the domains of a plan.
#include <algorithm>

#include <fmt/format.h>

#include "engine/domains/registry.hpp"
#include "engine/model/ground.hpp"
#include "scenarios/core/flat_terrain.hpp"
#include "scenarios/core/local_time.hpp"
#include "scenarios/core/planning.hpp"
#include "scenarios/core/screening.hpp"
#include "scenarios/core/sections.hpp"
#include "scenarios/core/text.hpp"

namespace citytwin::scenarios {
namespace {

void domain_parameters(Planning& p, const DomainInfo& domain) {
  RunSpec& spec = p.plan.input.spec;
  if (std::find(spec.domains.begin(), spec.domains.end(), domain.name) == spec.domains.end()) return;
  const Node& node = p.section(domain.name);
  spec.domain_parameters[domain.name] = p.values(node, domain.parameters, domain.name);
  p.note_assumptions(domain.name, domain.parameters, node, spec.domain_parameters[domain.name]);
  if (domain.needs_terrain && p.city->terrain().empty())
    p.diagnostics.error("scenario.needs_terrain", {p.file.path.string(), "", "", "run.domains", 0},
                        {{"domain", domain.name}});
}

// Measured on Monaco: see DECISIONS.md, "A coarse grid or terrain is a screening".
void say_if_coarse(Planning& p, const Where& where) {
  const double cell = p.plan.input.spec.grid.cell_m;
  if (p.city->terrain().empty()) return;  // refused, or no domain that needs ground
  if (is_screening(*p.city, cell))
    p.diagnostics.warning(on_flat_ground(*p.city) ? "scenario.screening_flat" : "scenario.screening", where,
                          {{"cell", fmt::format("{:g}", cell)},
                           {"true", fmt::format("{:.0f}", p.city->terrain().true_resolution_m)}});
}

}  // namespace

void plan_ground(Planning& p) {
  const auto v = p.values(p.section("terrain"), terrain_section(), "terrain");
  if (!v.has("flat_m")) return;
  if (!p.city->terrain().empty()) {
    p.diagnostics.warning("scenario.flat_ignored", where_of(p.section("terrain"), "terrain.flat_m"));
    return;
  }
  auto flat = with_flat_terrain(*p.city, v.number("flat_m"));
  if (!flat) {
    p.diagnostics.append(flat.diagnostics());
    return;
  }
  p.city = std::make_shared<const CityModel>(*std::move(flat));
  p.places = places_of(*p.city);
  p.plan.text.assumptions.emplace_back(text("assumption.flat_ground"),
                                       fmt::format("{:g} m", v.number("flat_m")));
}

void plan_run(Planning& p) {
  const auto run = p.values(p.section("run"), run_section(), "run");
  const auto grid = p.values(p.section("grid"), grid_section(), "grid");
  if (!p.ok()) return;
  RunSpec& spec = p.plan.input.spec;
  spec.start = run.has("start") ? run.text("start") : "2026-01-01T00:00:00" + p.city->info().utc_offset;
  if (!parse_start(spec.start))
    p.diagnostics.error("scenario.bad_start", where_of(p.section("run"), "run.start"),
                        {{"start", spec.start}});
  spec.duration = SimTime::from_seconds(run.number("duration_h") * 3600);
  spec.beat = SimTime::from_seconds(run.number("beat_s"));
  if (spec.duration < spec.beat)
    p.diagnostics.error("scenario.shorter_than_beat", where_of(p.section("run"), "run.duration_h"));
  spec.seed = static_cast<std::uint64_t>(run.integer("seed"));
  spec.grid = grid_over(p.city->info().frame.extent, grid.number("cell_m"));
  spec.domains = split_list(run.text("domains"));
  spec.record.series_interval = SimTime::from_seconds(run.number("series_s"));
  spec.record.tiles_interval = SimTime::from_seconds(run.number("tiles_s"));
  spec.record.checkpoint_interval = SimTime::from_seconds(run.number("checkpoint_h") * 3600);
  for (const DomainInfo& domain : all_domains()) domain_parameters(p, domain);
  say_if_coarse(p, where_of(p.section("grid"), "grid.cell_m"));
  ScenarioText& t = p.plan.text;
  t.start = spec.start;
  t.duration = text("text.hours", {{"hours", fmt::format("{:g}", run.number("duration_h"))}});
  t.beat = fmt::format("{:g} s", run.number("beat_s"));
  t.grid = text("text.grid", {{"cell", fmt::format("{:g}", spec.grid.cell_m)},
                              {"nx", std::to_string(spec.grid.nx)},
                              {"ny", std::to_string(spec.grid.ny)}});
}

}  // namespace citytwin::scenarios
