// What soils and land covers take of the water on them: published tables, from which the parameters of
// infiltration come unless a scenario gives its own.
#pragma once

#include <array>
#include <string_view>

#include "engine/model/infiltration.hpp"
#include "engine/model/names.hpp"
#include "engine/model/tables.hpp"

namespace citytwin::surface_water {

// Hydrologic soil groups of NRCS: A takes most.
enum class SoilGroup : std::uint8_t { a, b, c, d };

// A soil texture of USDA with the averages of Rawls, Brakensiek and Miller 1983 (J. Hydraul. Eng. 109(1),
// table 2).
struct SoilTexture {
  std::string_view name;
  double porosity;      // effective [-]
  double suction;       // at the wetting front [m]
  double conductivity;  // [m/s]
  SoilGroup group;      // by texture: NRCS TR-55 (1986), appendix A
};

inline constexpr std::size_t kTextures = 11;
[[nodiscard]] const std::array<SoilTexture, kTextures>& soil_textures();

// Horton's rates by group: lowest after Musgrave 1955, highest (dry, bare) after Akan 1993.
[[nodiscard]] Infiltration horton_of(SoilGroup group);

// How a land cover meets soil.
struct CoverGround {
  double pervious;                     // share of the area that takes water
  double depression;                   // depth that stays before water moves on [m]
  std::array<double, 4> curve_number;  // by group, impervious shares included; 0 = takes nothing
  std::string_view pervious_source, depression_source, curve_number_source;
};
[[nodiscard]] const CoverGround& ground_of(LandCoverClass cover);

}  // namespace citytwin::surface_water
