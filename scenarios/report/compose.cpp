#include "scenarios/report/compose.hpp"

#include <iterator>

#include "scenarios/core/text.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/sections.hpp"

namespace citytwin::scenarios::report {

std::string compose(const View& view, const RunContext& context) {
  using Section = std::string (*)(const View&);
  static constexpr Section kSections[] = {opening_section, hazard_section,      sewers_section,
                                          damage_section,  streets_section,     facilities_section,
                                          series_section,  assumptions_section, data_section,
                                          limits_section,  run_section};
  context.progress("stage.report", 0);
  std::string body = status_mark(view);
  if (view.frame.width > 0) body += embed_base(draw_base(view.city(), view.frame), view.base_id);
  double done = 1;
  for (const Section section : kSections) {
    context.check_stop();
    context.progress("stage.report", done++ / (1 + static_cast<double>(std::size(kSections))));
    body += section(view);
  }
  context.progress("stage.report", 1);
  return page(text("report.language"), view.scenario.title, body);
}

}  // namespace citytwin::scenarios::report
