// An OpenStreetMap extract (XML; the parser is expat and libosmium, what it makes of it is ours).
#include <cmath>
#include <cstdint>

#include "gis/readers/osm.hpp"
#include "tests/fuzz/input_file.hpp"

using namespace citytwin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::InputFile file(".osm");
  const auto read = gis::read_osm(file.write(data, size), "fuzz", {});
  if (!read) {
    if (!read.diagnostics().has_errors()) __builtin_trap();  // no value, and no reason why
    return 0;
  }
  for (const auto& node : read->nodes)
    if (!(std::abs(node.position.x) <= 180 && std::abs(node.position.y) <= 90)) __builtin_trap();
  for (const auto& road : read->roads) {
    if (road.nodes.size() < 2 || !(road.speed >= 0) || !std::isfinite(road.speed)) __builtin_trap();
    for (const auto node : road.nodes)
      if (node >= read->nodes.size()) __builtin_trap();
  }
  for (const auto& building : read->buildings)
    if (building.row.footprint.outer.size() < 3) __builtin_trap();
  return 0;
}
