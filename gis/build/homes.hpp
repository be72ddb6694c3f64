// Who lives where when no source says: the one rule, with all its constants. Estimated, hence marked so in
// the model; a population source replaces it, and then only the shares between buildings come from here.
#pragma once

#include <vector>

#include "engine/model/city_model.hpp"

namespace citytwin::gis {

// Floor of dwellings per resident [m2]. Regional means of Europe: single family houses 41 (north and west),
// 50 (south), 26 (centre and east); apartments 36, 31, 20. Buildings Performance Institute Europe, Europe's
// buildings under the microscope (2011), "Residential floor space standards in Europe". Estimated: one number
// for all cities, its range told by `citytwin check`.
inline constexpr double kDwellingFloorPerPerson = 40;
inline constexpr double kLeastDwellingFloor = 20, kMostDwellingFloor = 50;  // of those means
// Dwelling floor in the gross floor of a house (footprint x storeys); the rest is walls, stairs, cellars,
// shops on the ground floor and empty homes. Estimated.
inline constexpr double kDwellingShareOfGross = 0.67;
// Gross floor of homes per resident [m2], about 60.
inline constexpr double kFloorPerPerson = kDwellingFloorPerPerson / kDwellingShareOfGross;
// Of the gross floor of buildings of unknown use: among them are offices, shops and sheds. Estimated.
inline constexpr double kHomesAmongUnknownUse = 0.5;
inline constexpr double kLeastHome = 20;         // [m2] footprint; nobody lives in less
inline constexpr double kLeastUnknownHome = 40;  // [m2] the same where the use is unknown: more are garages

// Gross floor of each building that counts as home [m2]: all of residential ones, a share of those of unknown
// use, nothing of others. Where most buildings state a use, those that do not are sheds and barns rather than
// homes and count nothing; where few do, they are the homes.
[[nodiscard]] std::vector<double> home_floors(const Buildings& buildings);

}  // namespace citytwin::gis
