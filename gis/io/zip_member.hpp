// One file out of a zip, unpacked into memory with its size bounded before and while reading.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"

namespace citytwin::gis {

struct ZipMember {
  std::string name;  // without folder
  std::vector<char> bytes;
};

// The one member whose name `wanted` accepts. Failure: zip.broken, zip.no_member, zip.several_members,
// zip.too_large (claimed or true size above max_bytes).
Result<ZipMember> read_zip_member(const std::filesystem::path& path,
                                  const std::function<bool(std::string_view)>& wanted,
                                  std::uint64_t max_bytes, const RunContext& context);

}  // namespace citytwin::gis
