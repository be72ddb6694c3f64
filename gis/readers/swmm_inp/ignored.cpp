// What is read and not simulated: one warning for each section that has rows.
#include <array>

#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

constexpr std::array kNotSimulated{Section::files,       Section::temperature, Section::aquifers,
                                   Section::groundwater, Section::gwf,         Section::snowpacks,
                                   Section::rdii,        Section::hydrographs, Section::lid_controls,
                                   Section::lid_usage,   Section::adjustments, Section::events,
                                   Section::inlets,      Section::inlet_usage};

constexpr std::array kWaterQuality{Section::pollutants, Section::landuses,  Section::buildup,
                                   Section::washoff,    Section::coverages, Section::loadings,
                                   Section::treatment};

}  // namespace

void read_ignored(Project& project) {
  for (const Section section : kNotSimulated) {
    const auto& rows = project.text.rows(section);
    if (!rows.empty())
      project.warning("swmm.not_simulated", {rows.front().line, section, {}},
                      {{"section", std::string(name_of(section))}, {"count", std::to_string(rows.size())}});
  }
  std::size_t count = project.water_quality_rows;
  std::string names;
  Row first;
  for (const Section section : kWaterQuality) {
    const auto& rows = project.text.rows(section);
    if (rows.empty()) continue;
    count += rows.size();
    names += (names.empty() ? "" : ", ") + std::string(name_of(section));
    if (first.line == 0 || rows.front().line < first.line) first = {rows.front().line, section, {}};
  }
  if (count > 0)
    project.warning("swmm.water_quality", first,
                    {{"sections", names.empty() ? "INFLOWS, DWF" : names}, {"count", std::to_string(count)}});
}

}  // namespace citytwin::gis::swmm
