// The one list of domains. A new domain is one folder and one line in registry.cpp.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "engine/sim/domain.hpp"

namespace citytwin {

[[nodiscard]] const std::vector<DomainInfo>& all_domains();
[[nodiscard]] std::unique_ptr<Domain> make_domain(std::string_view name);  // nullptr if unknown

}  // namespace citytwin
