// Reads an EPA SWMM 5 project (.inp) into a drainage network in SI units.
//
// Format: Rossman 2015, "Storm Water Management Model User's Manual Version 5.1", EPA/600/R-14/413b, appendix
// D, with the additions of 5.2. Which sections are simulated, read and ignored or refused: gis/README.md.
//
// Every problem is reported with file, line, section and id. Warnings name what is read and not simulated.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/base/result.hpp"
#include "engine/model/drainage/network.hpp"

namespace citytwin::gis {

// Rain files and series in files of their own must lie in or below the folder of `file`.
Result<drainage::Network> read_swmm_inp(const std::filesystem::path& file);

// The same from text. `file` is what messages call it; files that it names are looked for below `folder`, and
// refused when that is empty.
Result<drainage::Network> parse_swmm_inp(std::string_view text, const std::string& file,
                                         const std::filesystem::path& folder = {});

}  // namespace citytwin::gis
