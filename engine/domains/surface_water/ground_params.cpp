#include "engine/domains/surface_water/ground_params.hpp"

#include <algorithm>
#include <string>

#include "engine/domains/surface_water/declare.hpp"
#include "engine/domains/surface_water/soils.hpp"

namespace citytwin::surface_water {

namespace {

constexpr double kMm = 1e-3, kMmPerHour = 1e-3 / 3600, kHour = 3600;
constexpr const char* kRawls = "Rawls, Brakensiek and Miller 1983, J. Hydraul. Eng. 109(1), table 2";

Parameter with_default(Parameter p, double value, std::string source) {
  p.default_value = value;
  p.source = std::move(source);
  p.optional = false;
  return p;
}

const SoilTexture& texture_named(const std::string& name) {
  const auto& all = soil_textures();
  return *std::find_if(all.begin(), all.end(), [&](const SoilTexture& t) { return t.name == name; });
}

double given(const ParameterValues& values, const std::string& key, double unit, double otherwise) {
  return values.has(key) ? values.number(key) * unit : otherwise;
}

Infiltration green_ampt_of(const ParameterValues& values, const SoilTexture& texture) {
  Infiltration soil;
  soil.model = InfiltrationModel::green_ampt;
  soil.suction = given(values, "suction_mm", kMm, texture.suction);
  soil.conductivity = given(values, "conductivity_mm_per_h", kMmPerHour, texture.conductivity);
  soil.initial_deficit = texture.porosity * (1 - values.number("soil_wetness"));
  return soil;
}

Infiltration horton_of(const ParameterValues& values, const SoilTexture& texture) {
  Infiltration soil = surface_water::horton_of(texture.group);
  soil.max_rate = given(values, "horton_max_mm_per_h", kMmPerHour, soil.max_rate);
  soil.min_rate = given(values, "horton_min_mm_per_h", kMmPerHour, soil.min_rate);
  soil.decay = given(values, "horton_decay_per_h", 1 / kHour, soil.decay);
  return soil;
}

}  // namespace

void declare_ground(ParameterTable& table) {
  table.push_back(
      choice("infiltration",
             "How the ground takes water that falls, stands or flows on it; none: rain is reduced by the "
             "losses of the land cover instead",
             "none", {"none", "green_ampt", "horton", "curve_number"}));
  std::vector<std::string> textures;
  for (const SoilTexture& texture : soil_textures()) textures.emplace_back(texture.name);
  table.push_back(choice("soil",
                         "Texture of the soil, which sets its suction, conductivity and hydrologic group",
                         "loam", std::move(textures)));
  table.back().source = "estimated: no soil map; the middle of the textures";
  table.push_back(with_default(
      optional_number("soil_wetness", "", "Share of the soil's pores that is full at the start", 0, 1), 0.5,
      "estimated: neither dry nor just rained on"));
  table.push_back(optional_number(
      "suction_mm", "mm", "Green-Ampt suction at the wetting front instead of the texture's", 0, 5000));
  table.push_back(optional_number("conductivity_mm_per_h", "mm/h",
                                  "Green-Ampt conductivity instead of the texture's", 0.001, 5000));
  table.push_back(optional_number("horton_max_mm_per_h", "mm/h",
                                  "Horton's rate at the start instead of the soil group's", 0, 5000));
  table.push_back(optional_number("horton_min_mm_per_h", "mm/h",
                                  "Horton's rate in the end instead of the soil group's", 0, 5000));
  table.push_back(
      optional_number("horton_decay_per_h", "1/h", "Decay of Horton's rate instead of 4.14", 0, 1000));
  table.push_back(with_default(optional_number("infiltration_step_s", "s",
                                               "Time between two times that the ground takes water", 0, 300),
                               5, ""));
  for (std::size_t i = 0; i < kCountOf<LandCoverClass>; ++i) {
    const std::string name(Names<LandCoverClass>::kAll[i]);
    const CoverGround& ground = ground_of(static_cast<LandCoverClass>(i));
    table.push_back(with_default(
        optional_number(of_class("pervious", i), "",
                        "Share of the area that takes water (Green-Ampt, Horton), land cover " + name, 0, 1),
        ground.pervious, std::string(ground.pervious_source)));
    table.push_back(with_default(
        optional_number(
            of_class("depression_mm", i), "mm",
            "Water that stays in hollows before any moves on (Green-Ampt, Horton), land cover " + name, 0,
            500),
        ground.depression / kMm, std::string(ground.depression_source)));
    table.push_back(optional_number(of_class("curve_number", i), "",
                                    "Curve number instead of the soil group's, land cover " + name, 10, 99));
    table.back().source = std::string(ground.curve_number_source);
  }
  for (Parameter& p : table) {
    if (p.key == "suction_mm" || p.key == "conductivity_mm_per_h") p.source = kRawls;
    if (p.key == "soil") p.idle_when = "infiltration=none";
    if (p.key == "soil_wetness") p.idle_when = "infiltration=none|horton|curve_number";
    if (p.key.starts_with("pervious_") || p.key.starts_with("depression_mm_"))
      p.idle_when = "infiltration=none|curve_number";
    // Roofs keep their losses.
    if ((p.key.starts_with("initial_loss_mm_") || p.key.starts_with("constant_loss_mm_per_h_")) &&
        !p.key.ends_with("_building"))
      p.idle_when = "infiltration=green_ampt|horton|curve_number";
  }
}

GroundParams read_ground(const ParameterValues& values) {
  GroundParams params;
  const std::string& model = values.text("infiltration");
  if (model == "none") return params;
  const SoilTexture& texture = texture_named(values.text("soil"));
  params.model = model == "green_ampt" ? InfiltrationModel::green_ampt
                 : model == "horton"   ? InfiltrationModel::horton
                                       : InfiltrationModel::curve_number;
  params.step = values.number("infiltration_step_s");
  for (std::size_t i = 0; i < params.cover.size(); ++i) {
    GroundProperties& cover = params.cover[i];
    if (params.model == InfiltrationModel::curve_number) {
      const auto& by_group = ground_of(static_cast<LandCoverClass>(i)).curve_number;
      const double curve_number =
          given(values, of_class("curve_number", i), 1, by_group[static_cast<std::size_t>(texture.group)]);
      if (curve_number <= 0) continue;
      cover.soil.model = InfiltrationModel::curve_number;
      cover.soil.curve_number = curve_number;
      cover.soil.drying_time = 7 * 86400.0;
      cover.pervious = 1;
      // The initial abstraction of TR-55, a fifth of what the soil can hold, stays as depression storage
      // does.
      cover.depression = 0.2 * (1000 / curve_number - 10) * 0.0254;
      continue;
    }
    cover.pervious = values.number(of_class("pervious", i));
    cover.depression = values.number(of_class("depression_mm", i)) * kMm;
    cover.soil = params.model == InfiltrationModel::green_ampt ? green_ampt_of(values, texture)
                                                               : horton_of(values, texture);
  }
  return params;
}

}  // namespace citytwin::surface_water
