// EVAPORATION. Rates from temperatures or climate files are not simulated.
#include "gis/readers/swmm_inp/fields.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

void read_evaporation(Project& project) {
  using Kind = drainage::Evaporation::Kind;
  drainage::Evaporation& e = project.network.evaporation;
  const double unit = project.units.evaporation();
  for (const Row& row : project.text.rows(Section::evaporation)) {
    Fields f(project, row);
    if (f.is(0, "CONSTANT")) {
      if (!f.need(2)) continue;
      e.kind = Kind::constant;
      e.rate = f.number(1, "Rate", kNotNegative) * unit;
    } else if (f.is(0, "MONTHLY")) {
      if (!f.need(13)) continue;
      e.kind = Kind::monthly;
      e.monthly.clear();
      for (std::size_t month = 1; month <= 12; ++month)
        e.monthly.push_back(f.number(month, "Rate", kNotNegative) * unit);
    } else if (f.is(0, "TIMESERIES")) {
      if (!f.need(2)) continue;
      e.kind = Kind::series;
      e.series = si_series(project, f.series(1), unit, true);
      e.series.between = Series::Between::step;
    } else if (f.is(0, "DRY_ONLY")) {
      e.dry_only = f.yes_or(1, "DRY_ONLY", false);
    } else if (f.is(0, "TEMPERATURE") || f.is(0, "FILE")) {
      project.warning("swmm.evaporation_source", row, {{"source", shown(f.text(0))}});
    } else if (f.is(0, "RECOVERY")) {
      project.warning("swmm.evaporation_recovery", row);
    } else {
      project.error("swmm.unknown_word", row,
                    {{"field", "Source"},
                     {"value", shown(f.text(0))},
                     {"words", "CONSTANT, MONTHLY, TIMESERIES, TEMPERATURE, FILE, RECOVERY, DRY_ONLY"}});
    }
  }
}

}  // namespace citytwin::gis::swmm
