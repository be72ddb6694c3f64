// A check report as JSON for programs and as plain text for people. Sentences come from outside.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "gis/build/check.hpp"

namespace citytwin::gis {

// The sentence of a code with its arguments, e.g. scenarios::text.
using SentenceOf = std::function<std::string(const std::string& code,
                                             const std::vector<std::pair<std::string, std::string>>& args)>;

// One object: name, hash, frame, terrain, sources, tables (provenance shares), streets, books, findings (with
// message and remedy), places (every repaired or dropped feature, with x, y and longitude, latitude),
// terrain_changes.
[[nodiscard]] std::string check_to_json(const CityModel& model, const CheckReport& report,
                                        const SentenceOf& sentence);

// A summary of at most about 80 columns: frame, sources, books, provenance, findings with remedies.
[[nodiscard]] std::string check_to_text(const CityModel& model, const CheckReport& report,
                                        const SentenceOf& sentence);

}  // namespace citytwin::gis
