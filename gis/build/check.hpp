// `citytwin check`: do the books close, and what should the user know before trusting this city?
#pragma once

#include <string>
#include <vector>

#include "engine/model/city_model.hpp"

namespace citytwin::gis {

struct CheckFinding {
  Severity severity = Severity::warning;
  std::string code;  // catalogue key; its ".remedy" says how to mend it
  std::vector<std::pair<std::string, std::string>> args;
};

struct CheckReport {
  std::vector<CheckFinding> findings;
  struct Share {
    std::string table;
    std::size_t rows, given, derived, estimated, synthesised;
  };
  std::vector<Share> provenance;
  std::size_t street_components = 0;
  double largest_component_share = 1;  // of the links
  bool books_close = true;
};

[[nodiscard]] CheckReport check_city(const CityModel& model);

}  // namespace citytwin::gis
