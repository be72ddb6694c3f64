#include "scenarios/report/report.hpp"

#include "gis/io/atomic_file.hpp"
#include "scenarios/report/comparison.hpp"
#include "scenarios/report/compose.hpp"

namespace citytwin::scenarios {

Result<Done> write_report(const RunFolder& folder, const std::filesystem::path& path, const RunContext& context) {
  return gis::write_file(path, report::compose(report::make_view(folder), context));
}

Result<Done> write_comparison_report(const RunFolder& a, const RunFolder& b, const std::filesystem::path& path,
                                     const RunContext& context) {
  return gis::write_file(path, report::compose(report::make_view(a, b), context));
}

}  // namespace citytwin::scenarios
