// Internal to gis: the content hash of a source's file, for the row of `sources`.
#pragma once

#include <filesystem>
#include <string>

#include "engine/base/run_context.hpp"

namespace citytwin::gis {

[[nodiscard]] std::string hash_of_file(const std::filesystem::path& file, const RunContext& context);

}  // namespace citytwin::gis
