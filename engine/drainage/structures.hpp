// Flow through pumps, orifices, weirs and outlets: functions of the heads at both ends, as in Rossman 2017,
// "SWMM Reference Manual Volume II", chapter 6 (weirs submerged after Villemonte 1947).
#pragma once

#include "engine/drainage/section_table.hpp"

namespace citytwin::drainage {

// Where the ends stand, and how far the structure is open.
struct StructureHeads {
  double from = 0, to = 0;                // heads [m]
  double from_invert = 0, to_invert = 0;  // of the nodes [m]
  double from_volume = 0;                 // stored at the inlet node [m3]
  double from_inflow = 0;                 // of the inlet node [m3/s]
  double setting = 1;                     // opening or speed [-]
};

// [m3/s], negative from `to` to `from`. `section` is the opening of orifices and weirs, else not read.
[[nodiscard]] double structure_flow(const Link& link, const SectionTable* section,
                                    const StructureHeads& heads);

// A pump that starts and stops by itself at depths: whether it runs after seeing this depth.
[[nodiscard]] bool pump_runs(const Pump& pump, bool runs, double inlet_depth);

}  // namespace citytwin::drainage
