// Small projects in text for the tests of the reader.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "gis/readers/swmm_inp.hpp"

namespace citytwin::gis::test {

inline std::string said(const Diagnostics& diagnostics, Severity severity = Severity::error) {
  std::string out;
  for (const auto& d : diagnostics.items()) {
    if (d.severity != severity) continue;
    out += d.code + " " + d.where.layer + " " + d.where.feature + ":" + std::to_string(d.where.line) + "; ";
    for (const auto& [name, value] : d.args) out += name + "=" + value + " ";
  }
  return out;
}

inline drainage::Network network_of(const std::string& text, const std::filesystem::path& folder = {}) {
  auto read = parse_swmm_inp(text, "test.inp", folder);
  REQUIRE_MESSAGE(read.ok(), said(read.diagnostics()));
  return std::move(*read);
}

// A junction J over an outfall O, joined by a pipe C of 100 long and 1 wide, in the flow unit and with more
// rows.
inline std::string project(const std::string& flow_unit, const std::string& more = "") {
  return "[OPTIONS]\nFLOW_UNITS " + flow_unit +
         "\nFLOW_ROUTING DYNWAVE\nSTART_DATE 01/02/2020\nSTART_TIME 06:00\nEND_DATE 01/03/2020\n"
         "[JUNCTIONS]\nJ 10 4 1 2 30\n[OUTFALLS]\nO 8 FREE NO\n"
         "[CONDUITS]\nC J O 100 0.013 0.5 0.25 2 3\n[XSECTIONS]\nC CIRCULAR 1 0 0 0 1\n" +
         more;
}

inline constexpr double kFoot = 0.3048;
inline constexpr double kCubicFoot = 0.028316846592;

}  // namespace citytwin::gis::test
