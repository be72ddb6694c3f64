// The text of a CityJSON source, plain or out of a zip, within stated limits.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"

namespace citytwin::gis {

// A document is held about this many times its text's size while it is read.
inline constexpr double kJsonGrowth = 10;
inline constexpr std::uint64_t kLargestJson = std::uint64_t{2} << 30U;  // bytes, uncompressed

// Failures: cityjson.too_large, cityjson.zip_members (not exactly one .json inside), cityjson.zip_broken.
Result<std::string> read_json_text(const std::filesystem::path& file, const RunContext& context);

}  // namespace citytwin::gis
