// How long an event lasts, in words.
#pragma once

#include <string>

#include <fmt/format.h>

#include "engine/model/parameters.hpp"
#include "scenarios/core/text.hpp"

namespace citytwin::scenarios {

// Of the parameter "duration_h"; without it, to the end of the run.
[[nodiscard]] inline std::string lasting(const ParameterValues& v) {
  if (!v.has("duration_h")) return text("event.to_the_end");
  return text("event.for_hours", {{"hours", fmt::format("{:g}", v.number("duration_h"))}});
}

}  // namespace citytwin::scenarios
