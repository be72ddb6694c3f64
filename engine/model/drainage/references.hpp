// Does a network point only at rows it has? For networks that come from a file.
#pragma once

#include "engine/model/drainage/network.hpp"

namespace citytwin::drainage {

// The member that holds the first index out of range (or a table of unequal columns), nullptr if there is
// none.
[[nodiscard]] const char* first_dead_reference(const Network& network);

}  // namespace citytwin::drainage
