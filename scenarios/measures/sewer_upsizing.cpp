// Pipes replaced by wider ones.
#include "engine/model/drainage/network.hpp"
#include "scenarios/measures/measure.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

Point2 middle_of(const SewerLinks& links, std::size_t row) {
  const auto line = links.geometry[row];
  return line[line.size() / 2];
}

Result<MeasureOutcome> make(const MeasureInput& input) {
  const auto& v = input.values;
  const SewerLinks& links = input.model.sewers().links;
  const Polygon zone{v.points("area"), {}};
  const double factor = v.number("factor");
  MeasureOutcome out;
  out.outline = zone.outer;
  double widest = 0;
  for (std::size_t row = 0; row < links.size(); ++row) {
    if (links.kind[row] != drainage::LinkKind::conduit || !contains(zone, middle_of(links, row))) continue;
    const std::string& key = links.origin.key[row];
    out.edits.push_back(SetColumn{"sewer_links", key, "full_depth", factor * links.full_depth[row]});
    if (links.width[row] > 0)
      out.edits.push_back(SetColumn{"sewer_links", key, "width", factor * links.width[row]});
    out.quantity += links.length[row];
    out.cost += links.length[row] * factor * links.full_depth[row] * v.number("cost_per_m_per_m");
    widest = std::max(widest, factor * links.full_depth[row]);
  }
  Diagnostics noticed;
  if (out.edits.empty()) {
    noticed.warning("measure.no_sewers", input.where);
    out.sentence = "done_none";
  }
  out.description = {{"length", report::number(out.quantity)},
                     {"percent", report::number(100 * (factor - 1))},
                     {"widest", report::number(widest, 2)}};
  return Result<MeasureOutcome>(std::move(out), std::move(noticed));
}

}  // namespace

MeasureType sewer_upsizing() {
  MeasureType type;
  type.name = "sewer_upsizing";
  type.text = "Sewer pipes replaced by wider ones";
  type.parameters = {
      {.key = "area",
       .kind = ParameterKind::polygon,
       .text = "Pipes whose middle lies in this area: points, or words such as \"extent\""},
      {.key = "factor", .text = "New width over old", .default_value = 1.3, .min = 1.01, .max = 5},
      {.key = "cost_per_m_per_m",
       .unit = "currency/m2",
       .text = "Cost per metre of pipe and metre of diameter",
       .default_value = 1500.0,
       .min = 0,
       .max = 1e6,
       .cost_basis = "per m",
       .source = "estimated: open-cut replacement in streets"},
  };
  type.lifetime_years = 80;
  type.lifetime_source = "estimated: concrete and plastic pipes";
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
