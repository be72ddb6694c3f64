// Flow through weirs, orifices, gates and culverts between two water levels, in SI. Pure functions.
#pragma once

#include "engine/model/hydraulic_structures.hpp"

namespace citytwin::surface_water {

// Over a crest of `width` at `crest`, from level `up` to level `down` <= up [m3/s]: q = C B H^1.5 (C
// about 1.7 for a broad crest), reduced where drowned by (1 - (h/H)^1.5)^0.385 (Villemonte 1947).
[[nodiscard]] double weir_flow(double coefficient, double width, double crest, double up, double down);

// Through an opening of width x height above `sill` [m3/s]: a weir of matching coefficient while its top is
// dry, else C A sqrt(2 g (up - max(down, middle))).
[[nodiscard]] double orifice_flow(double coefficient, double width, double height, double sill, double up,
                                  double down);

// The smaller of inlet control (as an orifice) and outlet control: full or part-full barrel with entrance,
// friction (Manning) and exit loss, dz = (1 + loss + 2 g n^2 L / R^(4/3)) v^2 / 2g (FHWA HDS-5, 3rd ed. 2012,
// eq. 3.6) [m3/s].
[[nodiscard]] double culvert_flow(const HydraulicStructure& culvert, double up, double down, bool forward);

// Of any of the three between the levels at its ends, positive from `from` to `to`; `opening` 0 to 1 scales
// the width of weirs and culverts and the height of orifices.
[[nodiscard]] double structure_flow(const HydraulicStructure& structure, double opening, double from,
                                    double to);

}  // namespace citytwin::surface_water
