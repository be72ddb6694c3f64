#include "scenarios/standalone/drainage_tables.hpp"

#include <cerrno>
#include <cmath>
#include <cstring>

#include <fmt/format.h>

#include "gis/readers/swmm_inp/units.hpp"
#include "scenarios/core/csv.hpp"

namespace citytwin::scenarios {

namespace {

constexpr int kDigits = 7;

template <class Rows>
std::string header(const Rows& rows) {
  Csv csv("");
  csv.text("t_s");
  for (const auto& r : rows) csv.text(r.key);
  return csv.finish();
}

const char* flow_name(drainage::FlowUnits units) {
  switch (units) {
    case drainage::FlowUnits::cfs:
      return "ft3/s";
    case drainage::FlowUnits::gpm:
      return "gal/min";
    case drainage::FlowUnits::mgd:
      return "Mgal/d";
    case drainage::FlowUnits::cms:
      return "m3/s";
    case drainage::FlowUnits::lps:
      return "l/s";
    case drainage::FlowUnits::mld:
      return "Ml/d";
  }
  return "";
}

}  // namespace

ReportUnits report_units(drainage::FlowUnits units) {
  const auto u = gis::swmm::units_of(units);
  return {u.length, u.flow, u.metric ? "m" : "ft", flow_name(units)};
}

void DrainageTables::Table::begin(double t) {
  row.clear();
  fmt::format_to(std::back_inserter(row), "{:.10g}", t);
}
void DrainageTables::Table::add(double value) {
  row += ',';
  fmt::format_to(std::back_inserter(row), "{:.{}g}", value, kDigits);
}
void DrainageTables::Table::end() {
  row += '\n';
  out.write(row.data(), static_cast<std::streamsize>(row.size()));
}

DrainageTables::DrainageTables(const drainage::Network& network, const std::filesystem::path& folder,
                               const std::string& name)
    : network_(network), units_(report_units(network.options.flow_units)) {
  const auto open = [&](Table& table, const char* what, const std::string& first) {
    table.path = folder / (name + "_" + what + ".csv");
    table.out.open(table.path, std::ios::binary);
    table.out << first;
  };
  open(depth_, "node_depth", header(network.nodes));
  open(head_, "node_head", header(network.nodes));
  open(flooding_, "node_flooding", header(network.nodes));
  open(flow_, "link_flow", header(network.links));
}

bool DrainageTables::is_sensible(double value, const std::string& key) {
  if (std::isfinite(value)) return true;
  if (bad_.empty()) bad_ = key;
  return false;
}

bool DrainageTables::add(const drainage::DynamicWave& wave, double t) {
  bool sensible = true;
  for (Table* table : {&depth_, &head_, &flooding_, &flow_}) table->begin(t);
  for (std::size_t n = 0; n < network_.nodes.size(); ++n) {
    const auto index = static_cast<drainage::Index>(n);
    const double head = wave.head(index), overflow = wave.overflow(index);
    depth_.add(wave.depth(index) / units_.length);
    head_.add(head / units_.length);
    flooding_.add(overflow / units_.flow);
    hasher_.value(head);
    hasher_.value(overflow);
    sensible = is_sensible(head + overflow, network_.nodes[n].key) && sensible;
  }
  for (std::size_t l = 0; l < network_.links.size(); ++l) {
    const double flow = wave.flow(static_cast<drainage::Index>(l));
    flow_.add(flow / units_.flow);
    hasher_.value(flow);
    sensible = is_sensible(flow, network_.links[l].key) && sensible;
  }
  for (Table* table : {&depth_, &head_, &flooding_, &flow_}) table->end();
  return sensible;
}

Result<Done> DrainageTables::close() {
  for (Table* table : {&depth_, &head_, &flooding_, &flow_}) {
    table->out.close();
    if (!table->out)
      return Result<Done>::failure("file.cannot_write", Where{.file = table->path.string()},
                                   {{"reason", std::strerror(errno)}});
  }
  return Done{};
}

double DrainageTables::estimated_bytes(const drainage::Network& network, double rows) {
  constexpr double kBytesPerValue = 9;
  return rows * kBytesPerValue * static_cast<double>(3 * network.nodes.size() + network.links.size());
}

}  // namespace citytwin::scenarios
