#include "scenarios/measures/deployment_values.hpp"

#include "scenarios/core/text.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {

void declare_deployment(ParameterTable& table, double setup_h, const std::string& source) {
  table.push_back({.key = "setup_h",
                   .unit = "h",
                   .text = "Time from the warning until it is in place",
                   .default_value = setup_h,
                   .min = 0,
                   .max = 240,
                   .source = source});
  table.push_back({.key = "warning_h",
                   .unit = "h",
                   .text = "When the warning comes, after the start of the run; with \"watch\" not before",
                   .default_value = 0.0,
                   .min = 0,
                   .max = 10000});
  table.push_back({.key = "watch",
                   .kind = ParameterKind::point,
                   .text = "Where a level is read that gives the warning; with warning_level_m",
                   .optional = true});
  table.push_back({.key = "warning_level_m",
                   .unit = "m",
                   .text = "The warning comes when the water at \"watch\" first reaches this level",
                   .min = -500,
                   .max = 9000,
                   .optional = true});
}

Result<Deployment> deployment_of(const ParameterValues& v, const Where& where) {
  if (v.has("watch") != v.has("warning_level_m"))
    return Result<Deployment>::failure("measure.warning_level", where);
  Deployment deployment;
  deployment.warning = v.number("warning_h") * 3600;
  deployment.setup = v.number("setup_h") * 3600;
  if (v.has("watch")) {
    deployment.watch = v.points("watch").front();
    deployment.warning_level = v.number("warning_level_m");
  }
  return deployment;
}

std::string said_of(const Deployment& deployment) {
  const TextArgs args = {{"setup", report::number(deployment.setup / 3600, 1)},
                         {"there", report::number((deployment.warning + deployment.setup) / 3600, 1)},
                         {"level", report::number(deployment.warning_level, 2)}};
  return " " + text(deployment.watch ? "measure.deployed_at_level" : "measure.deployed_at_time", args);
}

}  // namespace citytwin::scenarios
