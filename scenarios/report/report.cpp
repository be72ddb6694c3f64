#include "scenarios/report/report.hpp"

#include "gis/io/atomic_file.hpp"
#include "scenarios/report/comparison.hpp"
#include "scenarios/report/compose.hpp"

namespace citytwin::scenarios {

namespace {

// A large city on a fine grid is drawn with fewer, larger picture cells until the page is light enough.
Result<Done> write_view(report::View view, const std::filesystem::path& path, const RunContext& context) {
  std::string page = report::compose(view, context);
  while (page.size() > report::kMostBytes && view.frame.most_cells > 200) {
    view.frame.most_cells /= 2;
    page = report::compose(view, context);
  }
  return gis::write_file(path, page);
}

}  // namespace

Result<Done> write_report(const RunFolder& folder, const std::filesystem::path& path,
                          const RunContext& context) {
  return write_view(report::make_view(folder), path, context);
}

Result<Done> write_comparison_report(const RunFolder& a, const RunFolder& b,
                                     const std::filesystem::path& path, const RunContext& context) {
  return write_view(report::make_view(a, b), path, context);
}

}  // namespace citytwin::scenarios
