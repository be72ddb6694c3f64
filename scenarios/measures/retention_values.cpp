#include "scenarios/measures/retention_values.hpp"

#include "scenarios/measures/open_ground.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {

Parameter share_of_ground(std::string words, double value, std::string source) {
  return {.key = "share",
          .text = std::move(words),
          .default_value = value,
          .min = 0.001,
          .max = 1,
          .source = std::move(source)};
}

Parameter millimetres(std::string key, std::string words, double value, double max, std::string source) {
  return {.key = std::move(key),
          .unit = "mm",
          .text = std::move(words),
          .default_value = value,
          .min = 0,
          .max = max,
          .source = std::move(source)};
}

Parameter rate_mm_per_h(std::string key, std::string words, double value, std::string source) {
  return {.key = std::move(key),
          .unit = "mm/h",
          .text = std::move(words),
          .default_value = value,
          .min = 0,
          .max = 10000,
          .source = std::move(source)};
}

Parameter cost_per_m2(std::string words, double value, std::string source) {
  return {.key = "cost_per_m2",
          .unit = "currency/m2",
          .text = std::move(words),
          .default_value = value,
          .min = 0,
          .max = 1e6,
          .cost_basis = "per m2",
          .source = std::move(source)};
}

MeasureOutcome ground_that_keeps(const MeasureInput& input, RetentionArea area, int decimals) {
  const auto& v = input.values;
  area.key = input.key;
  area.polygon = v.points("area");
  area.share = v.number("share");
  area.sinks = v.number("sinks_mm_per_h") * kMillimetrePerHour;
  MeasureOutcome out;
  out.outline = area.polygon;
  out.quantity = area.share * open_ground(input.model, input.grid, area.polygon);
  out.cost = out.quantity * v.number("cost_per_m2");
  out.description = {{"area", report::number(out.quantity)},
                     {"percent", report::number(100 * area.share, decimals)},
                     {"volume", report::number(out.quantity * area.storage)},
                     {"sinks", report::number(v.number("sinks_mm_per_h"), 1)}};
  out.edits.push_back(AddRetention{std::move(area)});
  return out;
}

}  // namespace citytwin::scenarios
