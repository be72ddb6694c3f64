// report.html: one file, at most 3 MB, readable without JavaScript and in print.
#pragma once

#include <filesystem>

#include "engine/base/run_context.hpp"
#include "scenarios/core/run_files.hpp"

namespace citytwin::scenarios {

// The sentence that answers the scenario's question, from the impact.
[[nodiscard]] std::string headline(const RunFolder& folder);
// Of `b` compared with `a`.
[[nodiscard]] std::string headline(const RunFolder& a, const RunFolder& b);

Result<Done> write_report(const RunFolder& folder, const std::filesystem::path& path,
                          const RunContext& context);

}  // namespace citytwin::scenarios
