#include "engine/drainage/external_inflows.hpp"

#include <doctest/doctest.h>

using namespace citytwin;
using namespace citytwin::drainage;

namespace {

constexpr double kHour = 3600, kDay = 86400;

Pattern pattern(PatternKind kind, std::size_t count, double factor) {
  return {"", kind, std::vector<double>(count, factor)};
}

// On one node, from Friday 2024-07-26.
Network dry_weather(std::vector<Pattern> patterns) {
  Network network;
  network.options.start_date = 45499;
  network.nodes.resize(1);
  DryWeatherFlow flow{0, 1, {}};
  for (std::size_t p = 0; p < patterns.size(); ++p) flow.patterns.push_back(static_cast<Index>(p));
  network.patterns = std::move(patterns);
  network.dry_weather_flows.push_back(flow);
  return network;
}

double flow_at(const Network& network, double t) {
  std::vector<double> inflow(1);
  ExternalInflows(network).add_mean(t, t + 60, inflow);
  return inflow[0];
}

}  // namespace

TEST_CASE("patterns of months, days and hours are multiplied") {
  const Network n = dry_weather({pattern(PatternKind::monthly, 12, 2), pattern(PatternKind::daily, 7, 3),
                                 pattern(PatternKind::hourly, 24, 5)});
  CHECK(flow_at(n, 6 * kHour) == 30);
  CHECK(flow_at(n, kDay + 6 * kHour) == 30);
}

TEST_CASE("on weekends their own pattern takes the place of the hourly one") {
  const Network n = dry_weather({pattern(PatternKind::hourly, 24, 5), pattern(PatternKind::weekend, 24, 7)});
  CHECK(flow_at(n, 6 * kHour) == 5);               // Friday
  CHECK(flow_at(n, kDay + 6 * kHour) == 7);        // Saturday
  CHECK(flow_at(n, 2 * kDay + 23 * kHour) == 7);   // Sunday
  CHECK(flow_at(n, 3 * kDay + 0.5 * kHour) == 5);  // Monday
}
