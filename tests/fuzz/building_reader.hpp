// What every reader of buildings owes, whatever is in the file.
#pragma once

#include <cmath>
#include <cstdint>
#include <string>

#include "gis/readers/buildings_common.hpp"
#include "tests/fuzz/input_file.hpp"

namespace citytwin::fuzz {

template <class Reader>
void read_buildings(const InputFile& file, const std::uint8_t* data, std::size_t size, Reader&& reader) {
  gis::BuildingSource source;
  source.file = file.write(data, size);
  source.key = "fuzz";
  const auto read = reader(source, RunContext{});
  if (!read) {
    if (!read.diagnostics().has_errors()) __builtin_trap();  // no value, and no reason why
    return;
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
}

}  // namespace citytwin::fuzz
