// The parameters of infiltration and depression storage, as declared and as the solver uses them (SI).
#pragma once

#include <array>

#include "engine/model/infiltration.hpp"
#include "engine/model/names.hpp"
#include "engine/model/parameters.hpp"
#include "engine/model/tables.hpp"

namespace citytwin::surface_water {

struct GroundProperties {
  Infiltration soil;
  double pervious = 0;    // share of the area
  double depression = 0;  // [m]
  [[nodiscard]] bool takes() const {
    return depression > 0 || (pervious > 0 && soil.model != InfiltrationModel::none);
  }
};

struct GroundParams {
  InfiltrationModel model = InfiltrationModel::none;  // none: the ground takes nothing of water that is there
  double step = 5;                                    // between two times that it takes water [s]
  std::array<GroundProperties, kCountOf<LandCoverClass>> cover{};
  [[nodiscard]] bool on() const { return model != InfiltrationModel::none; }
};

void declare_ground(ParameterTable& table);
// `values` must be complete.
[[nodiscard]] GroundParams read_ground(const ParameterValues& values);

}  // namespace citytwin::surface_water
