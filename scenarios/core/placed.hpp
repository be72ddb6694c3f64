// Where an error of a domain stands in the file of the user.
#pragma once

#include <map>
#include <string>

#include "engine/base/diagnostics.hpp"

namespace citytwin::scenarios {

// Domains know series by their key; the file's reader knows the place of each key. A diagnostic of a known
// series gets that place, one of a domain's own parameter without a file gets `file`.
[[nodiscard]] Diagnostics placed(const Diagnostics& diagnostics, const std::map<std::string, Where>& series,
                                 const std::string& file);

// Errors about the name of a file that the user's file gives: at the place where it gives it. What is wrong
// inside that file keeps its own place.
[[nodiscard]] Diagnostics named_at(const Diagnostics& diagnostics, const Where& where);

}  // namespace citytwin::scenarios
