#include "tools/citytwin/city_output.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "engine/model/drainage/network.hpp"
#include "gis/io/city_file.hpp"
#include "scenarios/core/out_folder.hpp"
#include "scenarios/core/text.hpp"
#include "tools/citytwin/commands.hpp"
#include "tools/citytwin/terminal.hpp"

namespace citytwin::tools {

namespace {

using scenarios::text;

std::string number(const char* format, double value) { return fmt::format(fmt::runtime(format), value); }

std::string terrain_line(const CityModel& city) {
  const GridSpec& spec = city.terrain().elevation.spec;
  const std::string& datum = city.info().frame.vertical_datum;
  return text("cli.city.terrain", {{"nx", std::to_string(spec.nx)},
                                   {"ny", std::to_string(spec.ny)},
                                   {"cell", number("{:.4g}", spec.cell_m)},
                                   {"resolution", number("{:.3g}", city.terrain().true_resolution_m)},
                                   {"datum", datum == "unknown" ? text("check.text.unknown") : datum}});
}

std::string sewer_line(const Sewers& sewers) {
  const SewerLinks& links = sewers.links;
  double pipe_km = 0;
  for (std::size_t l = 0; l < links.size(); ++l)
    if (links.kind[l] == drainage::LinkKind::conduit) pipe_km += links.length[l] / 1000;
  const auto& provenance = links.origin.provenance;
  const auto made = std::count(provenance.begin(), provenance.end(), Provenance::synthesised);
  const auto& kinds = sewers.nodes.kind;
  return text(
      "cli.city.sewers",
      {{"km", number("{:.0f}", pipe_km)},
       {"links", std::to_string(links.size())},
       {"nodes", std::to_string(sewers.nodes.size())},
       {"outfalls", std::to_string(std::count(kinds.begin(), kinds.end(), SewerNodeKind::outfall))},
       {"pumps", std::to_string(std::count(links.kind.begin(), links.kind.end(), drainage::LinkKind::pump))},
       {"synthesised", number("{:.0f}", links.size() == 0 ? 0.0
                                                          : 100.0 * static_cast<double>(made) /
                                                                static_cast<double>(links.size()))}});
}

std::string city_summary(const CityModel& city, const std::string& file) {
  const auto& cells = city.management_cells();
  const double people = std::accumulate(cells.population.begin(), cells.population.end(), 0.0);
  const Box2& extent = city.info().frame.extent;
  double street_km = 0;
  for (std::size_t l = 0; l < city.streets().links.size(); ++l)
    street_km += length(city.streets().links.geometry[l]) / 1000;
  std::string out = text("cli.city", {{"name", city.info().name},
                                      {"width", number("{:.1f}", extent.width() / 1000)},
                                      {"height", number("{:.1f}", extent.height() / 1000)},
                                      {"people", number("{:.0f}", people)},
                                      {"buildings", std::to_string(city.buildings().size())},
                                      {"links", std::to_string(city.streets().links.size())},
                                      {"street_km", number("{:.0f}", street_km)},
                                      {"facilities", std::to_string(city.facilities().size())},
                                      {"water_bodies", std::to_string(city.water_bodies().size())}}) +
                    "\n";
  if (!city.terrain().empty()) out += terrain_line(city) + "\n";
  if (!city.sewers().empty()) out += sewer_line(city.sewers()) + "\n";
  out += text("cli.city.content", {{"hash", content_hash(city).hex()}}) + "\n";
  return out + text("cli.city.written", {{"file", file}});
}

}  // namespace

int write_and_tell(const CityModel& city, const std::string& file, const RunContext& context) {
  const auto written = gis::write_city(city, file, context);
  if (!written.ok()) {
    print_diagnostics(scenarios::not_written(file, written.diagnostics()));
    return kExitFailed;
  }
  print_diagnostics(written.diagnostics());
  print(city_summary(city, file));
  return kExitGood;
}

}  // namespace citytwin::tools
