// A report from its sections.
#pragma once

#include <string>

#include "engine/base/run_context.hpp"
#include "scenarios/report/view.hpp"

namespace citytwin::scenarios::report {

// The whole page. Progress under "stage.report"; throws Stopped.
[[nodiscard]] std::string compose(const View& view, const RunContext& context);

}  // namespace citytwin::scenarios::report
