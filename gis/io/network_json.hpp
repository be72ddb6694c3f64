// Internal to gis: a drainage network as JSON text: the members of engine/model/drainage/describe.hpp by
// name, without those that have their default; enumerations in words, numbers in full. A reader of a later
// version takes defaults for what an earlier one did not know.
#pragma once

#include <string>

#include "engine/model/drainage/network.hpp"

namespace citytwin::gis {

inline constexpr int kNetworkFormatVersion = 1;

[[nodiscard]] std::string network_to_json(const drainage::Network& network);
// "" or what could not be understood: the name of a member, "json" if it is not JSON.
[[nodiscard]] std::string network_from_json(const std::string& text, drainage::Network& network);

}  // namespace citytwin::gis
