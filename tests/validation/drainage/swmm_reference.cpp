#include "tests/validation/drainage/swmm_reference.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "engine/drainage/calendar.hpp"
#include "gis/readers/swmm_inp.hpp"
#include "gis/readers/swmm_inp/units.hpp"

namespace citytwin::test {

namespace {
const std::string kFolder = CITYTWIN_SOURCE_DIR "/../shared/reference/drainage/";

double trapezoids(const std::vector<double>& time, const std::vector<double>& value) {
  double sum = 0;
  for (std::size_t k = 1; k < time.size(); ++k)
    sum += 0.5 * (value[k] + value[k - 1]) * (time[k] - time[k - 1]);
  return sum;
}
}  // namespace

ReferenceTable read_reference(const std::string& model, const std::string& what) {
  std::ifstream file(kFolder + model + "_" + what + ".csv");
  ReferenceTable table;
  std::string line, field;
  std::getline(file, line);
  std::stringstream header(line);
  std::getline(header, field, ',');
  while (std::getline(header, field, ',')) table.keys.push_back(field);
  table.columns.resize(table.keys.size());
  while (std::getline(file, line)) {
    std::stringstream fields(line);
    std::getline(fields, field, ',');
    table.time.push_back(std::stod(field));
    for (auto& column : table.columns) {
      std::getline(fields, field, ',');
      column.push_back(std::stod(field));
    }
  }
  return table;
}

SwmmModel read_model(const std::string& name) {
  SwmmModel model;
  const std::string file = kFolder + name + ".inp";
  if (!std::ifstream(file)) {
    MESSAGE("skipped: no reference model ", name);
    return model;
  }
  const auto network = gis::read_swmm_inp(file);
  REQUIRE(network.ok());
  model.network = *network;
  const auto units = gis::swmm::units_of(network->options.flow_units);
  model.length = units.length;
  model.flow = units.flow;
  model.link_flow = read_reference(name, "link_flow");
  model.node_depth = read_reference(name, "node_depth");
  model.node_flooding = read_reference(name, "node_flooding");
  return model;
}

ModelRun run_model(const SwmmModel& model, const drainage::StepControl& steps) {
  const drainage::Network& network = model.network;
  const double end = (network.options.end_date - network.options.start_date) * drainage::kSecondsPerDay;
  drainage::NetworkFlow flow(network, std::round(end), steps);
  std::map<std::string, drainage::Index> node, link;
  for (std::size_t i = 0; i < network.nodes.size(); ++i)
    node[network.nodes[i].key] = static_cast<drainage::Index>(i);
  for (std::size_t i = 0; i < network.links.size(); ++i)
    link[network.links[i].key] = static_cast<drainage::Index>(i);

  ModelRun run;
  for (const std::string& key : model.link_flow.keys) run.links.push_back({key, {}, {}});
  for (const std::string& key : model.node_depth.keys) run.nodes.push_back({key, {}, {}});
  std::vector<double> flooding, flooding_reference;
  for (std::size_t k = 0; k < model.link_flow.time.size(); ++k) {
    flow.advance_to(model.link_flow.time[k]);
    for (std::size_t c = 0; c < run.links.size(); ++c) {
      run.links[c].reference.push_back(model.link_flow.columns[c][k] * model.flow);
      run.links[c].ours.push_back(flow.wave().flow(link.at(run.links[c].key)));
    }
    for (std::size_t c = 0; c < run.nodes.size(); ++c) {
      run.nodes[c].reference.push_back(model.node_depth.columns[c][k] * model.length);
      run.nodes[c].ours.push_back(flow.wave().depth(node.at(run.nodes[c].key)));
    }
    double ours = 0, reference = 0;
    for (std::size_t n = 0; n < network.nodes.size(); ++n)
      ours += flow.wave().overflow(static_cast<drainage::Index>(n));
    for (const auto& column : model.node_flooding.columns) reference += column[k] * model.flow;
    flooding.push_back(ours);
    flooding_reference.push_back(reference);
  }
  run.flooding = trapezoids(model.link_flow.time, flooding);
  run.flooding_reference = trapezoids(model.link_flow.time, flooding_reference);
  for (const Series2& s : run.links) {
    const drainage::Link& l = network.links[static_cast<std::size_t>(link.at(s.key))];
    const auto is_outfall = [&](drainage::Index n) {
      return network.nodes[static_cast<std::size_t>(n)].kind == drainage::NodeKind::outfall;
    };
    if (is_outfall(l.from) == is_outfall(l.to)) continue;
    const double sign = is_outfall(l.to) ? 1 : -1;
    run.outfall_reference += sign * trapezoids(model.link_flow.time, s.reference);
    run.outfall += sign * trapezoids(model.link_flow.time, s.ours);
  }
  run.routing_error = flow.wave().continuity_error();
  if (flow.runoff() != nullptr) run.runoff_error = flow.runoff()->balance().error();
  run.work = flow.work();
  return run;
}

double peak(const std::vector<double>& values) {
  double largest = 0;
  for (const double v : values) largest = std::max(largest, std::abs(v));
  return largest;
}

double efficiency(const Series2& s) {
  double mean = 0, spread = 0, departure = 0;
  for (const double v : s.reference) mean += v / static_cast<double>(s.reference.size());
  for (std::size_t k = 0; k < s.reference.size(); ++k) {
    spread += (s.reference[k] - mean) * (s.reference[k] - mean);
    departure += (s.reference[k] - s.ours[k]) * (s.reference[k] - s.ours[k]);
  }
  return spread > 0 ? 1 - departure / spread : 1;
}

std::size_t peak_shift(const Series2& s) {
  std::size_t ours = 0;
  for (std::size_t k = 0; k < s.ours.size(); ++k)
    if (std::abs(s.ours[k]) > std::abs(s.ours[ours])) ours = k;
  const double high = 0.99 * peak(s.reference);
  std::size_t nearest = s.reference.size();
  for (std::size_t k = 0; k < s.reference.size(); ++k)
    if (std::abs(s.reference[k]) >= high) nearest = std::min(nearest, k > ours ? k - ours : ours - k);
  return nearest;
}

double restlessness(const std::vector<double>& reference) {
  double path = 0;
  for (std::size_t k = 1; k < reference.size(); ++k) path += std::abs(reference[k] - reference[k - 1]);
  const auto [low, high] = std::minmax_element(reference.begin(), reference.end());
  return *high > *low ? path / (2 * (*high - *low)) : 0;
}

double lonely_peak(const std::vector<double>& reference) {
  std::size_t at = 0;
  for (std::size_t k = 0; k < reference.size(); ++k)
    if (std::abs(reference[k]) > std::abs(reference[at])) at = k;
  double neighbour = 0;
  if (at > 0) neighbour = std::abs(reference[at - 1]);
  if (at + 1 < reference.size()) neighbour = std::max(neighbour, std::abs(reference[at + 1]));
  const double largest = std::abs(reference[at]);
  return largest > 0 ? 1 - neighbour / largest : 0;
}

double confirmed_peak(const std::vector<double>& values) {
  double largest = 0;
  for (std::size_t k = 1; k < values.size(); ++k)
    largest = std::max(largest, std::min(std::abs(values[k]), std::abs(values[k - 1])));
  return largest;
}

}  // namespace citytwin::test
