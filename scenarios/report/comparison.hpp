// Two finished runs side by side: the report behind `citytwin compare`.
#pragma once

#include <filesystem>

#include "engine/base/run_context.hpp"
#include "scenarios/core/run_files.hpp"

namespace citytwin::scenarios {

// `b` is shown with what changed against `a` (their baselines are not). Maps of differences need the same
// grid, tables by management cell the same cells; what cannot be compared says so.
Result<Done> write_comparison_report(const RunFolder& a, const RunFolder& b,
                                     const std::filesystem::path& path, const RunContext& context);

}  // namespace citytwin::scenarios
