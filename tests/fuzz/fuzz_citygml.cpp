// A CityGML file from anywhere.
#include <cmath>
#include <cstdint>

#include "gis/readers/citygml.hpp"
#include "tests/fuzz/input_file.hpp"

using namespace citytwin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::InputFile file(".gml");
  gis::BuildingSource source;
  source.file = file.write(data, size);
  source.key = "fuzz";
  const auto read = gis::read_citygml(source, {});
  if (!read) {
    if (!read.diagnostics().has_errors()) __builtin_trap();  // no value, and no reason why
    return 0;
  }
  for (const auto& count : read->log.counts) {
    // The books close: read = kept + merged + dropped; what is kept is the import's business.
    std::uint64_t out = count.kept + count.merged;
    for (const auto& dropped : count.dropped) out += dropped.count;
    if (out > count.read) __builtin_trap();
  }
  for (const auto& row : read->rows) {
    for (const Point2 p : row.footprint.outer)
      if (!std::isfinite(p.x) || !std::isfinite(p.y)) __builtin_trap();
    if (row.footprint.outer.size() < 3 || row.key.empty()) __builtin_trap();
  }
  return 0;
}
