// The arrays of tables of a flood case, item by item.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/model/city_model.hpp"
#include "scenarios/core/toml.hpp"

namespace citytwin::scenarios {

struct FloodItem {
  ParameterValues values;
  std::string key;  // "inflow2": the name of its series
  Where where;      // of the item
  const Node* node;

  // The place of one of its keys.
  [[nodiscard]] Where of(const std::string& name) const;
};

struct FloodItems {
  const Node& root;
  std::filesystem::path folder;
  PlaceResolver places;
  Diagnostics& problems;
  const CityFrame& frame;  // of the DEM

  // Calls `use` for every item of `table` that reads well against `declared`.
  void each(const std::string& table, const ParameterTable& declared,
            const std::function<void(const FloodItem&)>& use) const;
  // Exactly one of `keys` must be given; its name, or empty with an error.
  [[nodiscard]] std::string one_of(const FloodItem& item, const std::vector<std::string>& keys) const;
};

}  // namespace citytwin::scenarios
