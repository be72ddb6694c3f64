// Dates and times of day as a .inp file writes them.
#pragma once

#include <optional>
#include <string_view>

namespace citytwin::gis::swmm {

// Days since 1899-12-30 of M/D/Y or M-D-Y; the month may be a name of three letters. Years 1800 to 2999.
std::optional<double> date_of(std::string_view text);
// The same with year 1947 (no leap year), of "M/D": the day of the year, 1 to 365.
std::optional<int> day_of_year(std::string_view text);
// Seconds of h, h:mm or h:mm:ss (hours may exceed 24, the last part may have decimals), or h:mm AM|PM joined.
std::optional<double> time_of(std::string_view text);

// Days since 1899-12-30 of a day of the Gregorian calendar; no check.
long days_of(int year, int month, int day);

// A number without blanks around it; no hexadecimal, infinity or NaN, magnitude at most 1e300.
std::optional<double> number_of(std::string_view text);

}  // namespace citytwin::gis::swmm
