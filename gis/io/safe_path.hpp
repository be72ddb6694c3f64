// Every file name that reaches GDAL or an own reader passes here first (notes: an untrusted name can read
// /etc/passwd through a VRT, or the network through /vsicurl).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "engine/base/result.hpp"

namespace citytwin::gis {

// A regular, readable, non-empty file below `base` (when given), with no /vsi prefix, no "://", no
// "DRIVER:" prefix, symlinks resolved and checked again, and at most `max_bytes` long. With `base` the name
// came out of a file (recipe, scenario) and may hold no ".."; without, a person typed it and may.
Result<std::filesystem::path> safe_input(const std::string& name, const std::filesystem::path& base = {},
                                         std::uintmax_t max_bytes = std::uintmax_t{64} << 30U);

}  // namespace citytwin::gis
