#include "scenarios/core/sewer_names.hpp"

#include "scenarios/core/text.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {

namespace {

constexpr double kInStreet = 30, kNear = 400;  // [m]

}  // namespace

std::string street_at(const CityModel& model, Point2 p) {
  const Links& links = model.streets().links;
  std::size_t best = links.size();
  double nearest = kNear;
  for (std::size_t row = 0; row < links.size(); ++row) {
    if (links.name[row].empty()) continue;
    const double d = distance_to_line(p, links.geometry[row]);
    if (d >= nearest) continue;
    nearest = d;
    best = row;
  }
  if (best == links.size())
    return text("sewer.at_point", {{"x", report::number(p.x)}, {"y", report::number(p.y)}});
  return nearest <= kInStreet ? links.name[best] : text("sewer.near_street", {{"street", links.name[best]}});
}

std::string sewer_node_name(const CityModel& model, std::size_t node) {
  const SewerNodes& nodes = model.sewers().nodes;
  return text("sewer.node",
              {{"street", street_at(model, nodes.position[node])}, {"key", nodes.origin.key[node]}});
}

}  // namespace citytwin::scenarios
