// A network's identity: everything describe.hpp names, in order.
#pragma once

#include "engine/base/hash.hpp"
#include "engine/model/drainage/network.hpp"

namespace citytwin {

[[nodiscard]] Hash128 content_hash(const drainage::Network& network);

}  // namespace citytwin
