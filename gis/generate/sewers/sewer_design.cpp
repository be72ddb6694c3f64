#include "gis/generate/sewers/sewer_design.hpp"

#include <algorithm>
#include <cmath>

namespace citytwin::gis {

namespace {

constexpr double kMmPerHour = 1e-3 / 3600;  // [m/s]
constexpr double kMinute = 60;
constexpr double kShortest = 5 * kMinute;
constexpr const char* kDobson = "SWMManywhere, Dobson et al. 2025, doi 10.1016/j.envsoft.2025.106358";

ParameterTable rain_parameters() {
  return {{.key = "return_period_years",
           .unit = "a",
           .text = "The pipes run full once in so many years",
           .default_value = 2.0,
           .min = 0.5,
           .max = 100,
           .source = "EN 752: housing areas"},
          {.key = "rain_15min_mm_per_h",
           .unit = "mm/h",
           .text = "Rain intensity of 15 minutes that comes once a year",
           .default_value = 40.0,
           .min = 1,
           .max = 300,
           .source = "estimated: 110 l/(s ha), central Europe"},
          {.key = "entry_time_min",
           .unit = "min",
           .text = "Time that water takes to the first manhole",
           .default_value = 5.0,
           .min = 0,
           .max = 60,
           .source = "DWA-A 118"},
          {.key = "runoff_coefficient",
           .text = "Share of the rain on roofs and paved ground that reaches the sewer",
           .default_value = 0.9,
           .min = 0.05,
           .max = 1,
           .source = "DWA-A 118"},
          {.key = "roof_share",
           .text = "Share of the roofs that drain straight into the sewer",
           .default_value = 1.0,
           .min = 0,
           .max = 1,
           .source = "estimated: towns of Europe"}};
}

ParameterTable pipe_parameters() {
  return {{.key = "manhole_spacing_m",
           .unit = "m",
           .text = "Longest pipe between two manholes",
           .default_value = 80.0,
           .min = 20,
           .max = 500,
           .source = "EN 752: up to 100 m"},
          {.key = "cover_m",
           .unit = "m",
           .text = "Least ground above a pipe's crown",
           .default_value = 1.0,
           .min = 0.2,
           .max = 5,
           .source = "estimated: traffic load, frost"},
          {.key = "max_depth_m",
           .unit = "m",
           .text = "Greatest depth of a pipe; where it would be deeper, water is pumped",
           .default_value = 6.0,
           .min = 2,
           .max = 40,
           .source = "estimated: open trench"},
          {.key = "min_diameter_m",
           .unit = "m",
           .text = "Smallest pipe",
           .default_value = 0.3,
           .min = 0.1,
           .max = 2,
           .source = "DWA-A 118: storm sewers DN 300"},
          {.key = "roughness_n",
           .text = "Manning's n of the pipes",
           .default_value = 0.013,
           .min = 0.008,
           .max = 0.03,
           .source = "Chow 1959: concrete"},
          {.key = "min_velocity_m_per_s",
           .unit = "m/s",
           .text = "Least velocity of a full pipe, so that it cleans itself",
           .default_value = 0.75,
           .min = 0.1,
           .max = 2,
           .source = kDobson},
          {.key = "max_velocity_m_per_s",
           .unit = "m/s",
           .text = "Greatest velocity of a full pipe; steeper ground has drops in its manholes",
           .default_value = 5.0,
           .min = 2,
           .max = 20,
           .source = kDobson}};
}

ParameterTable place_parameters() {
  return {{.key = "outfall_reach_m",
           .unit = "m",
           .text = "Farthest way from a street to the water it drains into",
           .default_value = 150.0,
           .min = 5,
           .max = 5000,
           .source = "estimated: one block"},
          {.key = "outfall_spacing_m",
           .unit = "m",
           .text = "Least distance of two outfalls",
           .default_value = 400.0,
           .min = 20,
           .max = 10'000,
           .source = "estimated: one per quarter"},
          {.key = "gully_area_m2",
           .unit = "m2",
           .text = "Street that one gully drains",
           .default_value = 200.0,
           .min = 20,
           .max = 5000,
           .source = "EN 752, HA 102/00: 150 to 400 m2"}};
}

}  // namespace

const ParameterTable& sewer_design_table() {
  static const ParameterTable table = [] {
    ParameterTable all = rain_parameters();
    for (const ParameterTable& part : {pipe_parameters(), place_parameters()})
      all.insert(all.end(), part.begin(), part.end());
    return all;
  }();
  return table;
}

SewerDesign sewer_design(const ParameterValues& v) {
  return {.return_period = v.number("return_period_years"),
          .rain_15min = v.number("rain_15min_mm_per_h") * kMmPerHour,
          .entry_time = v.number("entry_time_min") * kMinute,
          .runoff = v.number("runoff_coefficient"),
          .roof_share = v.number("roof_share"),
          .manhole_spacing = v.number("manhole_spacing_m"),
          .cover = v.number("cover_m"),
          .max_depth = v.number("max_depth_m"),
          .min_diameter = v.number("min_diameter_m"),
          .roughness = v.number("roughness_n"),
          .min_velocity = v.number("min_velocity_m_per_s"),
          .max_velocity = v.number("max_velocity_m_per_s"),
          .outfall_reach = v.number("outfall_reach_m"),
          .outfall_spacing = v.number("outfall_spacing_m"),
          .gully_area = v.number("gully_area_m2")};
}

SewerDesign default_sewer_design() {
  ParameterValues values;
  fill_defaults(sewer_design_table(), values);
  return sewer_design(values);
}

double design_rain(const SewerDesign& design, double duration) {
  const double minutes = std::max(duration, kShortest) / kMinute;
  return design.rain_15min * 38 / (minutes + 9) * (std::pow(design.return_period, 0.25) - 0.369);
}

}  // namespace citytwin::gis
