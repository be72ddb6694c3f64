// One function per group of sections, in the order in which they are read.
#pragma once

#include "gis/readers/swmm_inp/project.hpp"

namespace citytwin::gis::swmm {

void read_options(Project& project);         // OPTIONS: first, since units and start depend on them
void read_names(Project& project);           // ids of all that others refer to
void read_patterns(Project& project);        // PATTERNS
void read_curves(Project& project);          // CURVES
void read_series(Project& project);          // TIMESERIES
void read_transects(Project& project);       // TRANSECTS
void read_streets(Project& project);         // STREETS
void read_evaporation(Project& project);     // EVAPORATION
void read_nodes(Project& project);           // JUNCTIONS, OUTFALLS, STORAGE, DIVIDERS
void read_links(Project& project);           // CONDUITS, PUMPS, ORIFICES, WEIRS, OUTLETS
void read_cross_sections(Project& project);  // XSECTIONS
void read_losses(Project& project);          // LOSSES
void read_subcatchments(Project& project);   // SUBCATCHMENTS, SUBAREAS
void read_infiltration(Project& project);    // INFILTRATION
void read_gauges(Project& project);          // RAINGAGES: only those in use need their rain
void read_inflows(Project& project);         // INFLOWS, DWF
void read_controls(Project& project);        // CONTROLS
void read_map(Project& project);             // MAP, COORDINATES, VERTICES, POLYGONS
void read_ignored(Project& project);         // what is not simulated: one warning each
void check_network(Project& project);        // what only all together can tell

// Curves with the units of both axes given. Which = row of raw_curves; kNone gives an empty curve.
Curve si_curve(const Project& project, Index which, double x_unit, double y_unit);
// A series, interpolated, that keeps its first and last value outside its times (held) or is 0 there.
// Each use is a copy: too many samples in all are reported (once).
Series si_series(Project& project, Index which, double unit, bool held);

// What an index of the file's tables is made of, checked: 0 where there is none.
template <class Row>
Row& at(std::vector<Row>& rows, Index index) {
  return rows[static_cast<std::size_t>(index)];
}

}  // namespace citytwin::gis::swmm
