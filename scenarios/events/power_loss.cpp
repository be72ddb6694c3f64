// An asset, every asset of a kind, or the outside supply ("grid") fails, and may come back.
#include <fmt/format.h>

#include "engine/base/nearest_word.hpp"
#include "engine/model/names.hpp"
#include "scenarios/core/toml.hpp"
#include "scenarios/events/event.hpp"
#include "scenarios/events/lasting.hpp"

namespace citytwin::scenarios {
namespace {

constexpr std::string_view kKind = "kind:";

// Keys of the failing assets; empty = there is no such asset.
std::vector<std::string> targets(const CityModel& model, const std::string& asset) {
  if (asset == "grid") return {asset};
  const auto& facilities = model.facilities();
  std::vector<std::string> found;
  for (std::size_t row = 0; row < facilities.size(); ++row) {
    const bool of_kind =
        asset.starts_with(kKind) && name_of(facilities.kind[row]) == asset.substr(kKind.size());
    if (of_kind || facilities.origin.key[row] == asset) found.push_back(facilities.origin.key[row]);
  }
  return found;
}

Result<EventOutcome> make(const EventInput& input) {
  const auto& v = input.values;
  const std::string& asset = v.text("asset");
  const auto failing = targets(input.model, asset);
  if (failing.empty()) {
    std::vector<std::string> known = input.model.facilities().origin.key;
    known.insert(known.begin(), "grid");
    for (const auto kind : Names<FacilityKind>::kAll) known.push_back(std::string(kKind) + std::string(kind));
    return Result<EventOutcome>::failure("event.no_such_asset", input.where,
                                         {{"asset", asset}, {"nearest", nearest_word(asset, known)}});
  }
  EventOutcome out;
  const double start = v.number("start_h") * 3600;
  for (const auto& key : failing) {
    out.controls.push_back({SimTime::from_seconds(start), key, Control::Verb::fail, "", 0});
    if (v.has("duration_h"))
      out.controls.push_back(
          {SimTime::from_seconds(start + v.number("duration_h") * 3600), key, Control::Verb::repair, "", 0});
  }
  out.description = {
      {"asset", asset}, {"start", fmt::format("{:.1f}", start / 3600)}, {"duration", lasting(v)}};
  return out;
}

}  // namespace

EventType power_loss() {
  EventType type;
  type.name = "power_loss";
  type.text = "An asset, or the outside power supply of the city, fails";
  type.parameters = {
      {.key = "asset",
       .kind = ParameterKind::text,
       .text = "Key of a facility, \"kind:substation\" for all of a kind, or \"grid\" for the outside supply",
       .default_value = std::string("grid")},
      {.key = "start_h",
       .unit = "h",
       .text = "When it fails, after the start of the run",
       .default_value = 0.0,
       .min = 0,
       .max = 240},
      {.key = "duration_h",
       .unit = "h",
       .text = "When it comes back after that; to the end of the run if not given",
       .min = 0.01,
       .max = 10000,
       .optional = true},
  };
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
