#include "scenarios/standalone/flood_tables.hpp"

#include "engine/domains/registry.hpp"
#include "scenarios/events/structure_values.hpp"

namespace citytwin::scenarios {

ParameterTable flood_case_table() {
  using K = ParameterKind;
  return {
      {.key = "name",
       .kind = K::text,
       .text = "What the case is called",
       .default_value = std::string("flood case")},
      {.key = "dem", .kind = K::file, .text = "Elevation raster (GeoTIFF or ASCII grid)"},
      {.key = "duration_h", .unit = "h", .text = "How long to simulate", .min = 1e-4, .max = 24 * 366},
      {.key = "beat_s",
       .unit = "s",
       .text = "Output step of the solver",
       .default_value = 10.0,
       .min = 0.001,
       .max = 3600},
      {.key = "gauge_interval_s",
       .unit = "s",
       .text = "Time between rows of gauges.csv; at least a beat",
       .default_value = 10.0,
       .min = 0.001,
       .max = 86400},
      {.key = "manning",
       .unit = "s/m^(1/3)",
       .text = "Roughness everywhere",
       .min = 0,
       .max = 1,
       .optional = true},
      {.key = "manning_raster",
       .kind = K::file,
       .text = "Roughness by cell, on the grid of the DEM",
       .optional = true},
      {.key = "initial_depth_m",
       .unit = "m",
       .text = "Depth of water at the start, everywhere",
       .min = 0,
       .max = 1e4,
       .optional = true},
      {.key = "initial_depth_raster",
       .kind = K::file,
       .text = "Depth at the start by cell, on the grid of the DEM",
       .optional = true},
      {.key = "initial_level_m",
       .unit = "m",
       .text = "Level of water at the start where the ground is lower",
       .min = -500,
       .max = 9000,
       .optional = true},
      {.key = "initial_level_raster",
       .kind = K::file,
       .text = "Level at the start by cell, on the grid of the DEM",
       .optional = true},
  };
}

ParameterTable flood_water_table() {
  ParameterTable table;
  for (const DomainInfo& domain : all_domains())
    if (domain.name == "surface_water") table = domain.parameters;
  for (Parameter& parameter : table) {  // a case has no land cover
    if (parameter.key == "losses") parameter.default_value = false;
    if (parameter.key == "pervious_unknown") parameter.default_value = 1.0;
    if (parameter.key == "depression_mm_unknown") parameter.default_value = 0.0;
  }
  return table;
}

ParameterTable flood_rain_table() {
  using K = ParameterKind;
  return {
      {.key = "intensity_mm_per_h",
       .unit = "mm/h",
       .text = "Constant intensity",
       .min = 0,
       .max = 2000,
       .optional = true},
      {.key = "duration_min",
       .unit = "min",
       .text = "How long it rains at that intensity",
       .min = 0.01,
       .max = 1e6,
       .optional = true},
      {.key = "start_min",
       .unit = "min",
       .text = "When the rain begins",
       .default_value = 0.0,
       .min = 0,
       .max = 1e6},
      {.key = "series_csv",
       .kind = K::file,
       .text = "CSV file with columns time_min,rain_mm_per_h",
       .optional = true},
      {.key = "list_csv",
       .kind = K::file,
       .text = "CSV file with columns time_min,file: rasters of rain, each until the next time",
       .optional = true},
      {.key = "unit",
       .kind = K::choice,
       .text = "What the rasters hold: intensity (mm_per_h) or depth until the next one (mm)",
       .default_value = std::string("mm_per_h"),
       .choices = {"mm_per_h", "mm"}},
      {.key = "outside",
       .kind = K::choice,
       .text = "Where a raster has no value: refuse, or no rain",
       .default_value = std::string("refuse"),
       .choices = {"refuse", "dry"}},
      {.key = "area",
       .kind = K::polygon,
       .text = "Where it rains; everywhere if not given",
       .optional = true},
  };
}

ParameterTable flood_inflow_table() {
  using K = ParameterKind;
  return {
      {.key = "at", .kind = K::point, .text = "Where the water enters", .optional = true},
      {.key = "line",
       .kind = K::polyline,
       .text = "Line along which it enters, in equal parts",
       .optional = true},
      {.key = "flow_m3_per_s",
       .unit = "m3/s",
       .text = "Constant flow",
       .min = 0,
       .max = 1e6,
       .optional = true},
      {.key = "series_csv",
       .kind = K::file,
       .text = "CSV file with columns time_min,flow_m3_per_s",
       .optional = true},
  };
}

ParameterTable flood_level_table() {
  using K = ParameterKind;
  return {
      {.key = "line", .kind = K::polyline, .text = "Line along which the level is held", .optional = true},
      {.key = "area", .kind = K::polygon, .text = "Polygon in which the level is held", .optional = true},
      {.key = "level_m", .unit = "m", .text = "Constant level", .min = -500, .max = 9000, .optional = true},
      {.key = "series_csv",
       .kind = K::file,
       .text = "CSV file with columns time_min,level_m",
       .optional = true},
  };
}

ParameterTable flood_wall_table() {
  return {
      {.key = "line", .kind = ParameterKind::polyline, .text = "Line of the wall"},
      {.key = "crest_m", .unit = "m", .text = "Level of its crest", .min = -500, .max = 9000},
  };
}

ParameterTable flood_gauge_table() {
  return {
      {.key = "name", .kind = ParameterKind::text, .text = "Name of the gauge"},
      {.key = "at", .kind = ParameterKind::point, .text = "Where it stands"},
  };
}

std::vector<FileSection> flood_sections() {
  return {
      {.name = "", .text = "The case itself: keys before the first table", .parameters = flood_case_table()},
      {.name = "water", .text = "The solver", .parameters = flood_water_table()},
      {.name = "rain",
       .text = "Rain, constant or from a file",
       .parameters = flood_rain_table(),
       .list = true},
      {.name = "inflow",
       .text = "Water that enters, at a point or along a line",
       .parameters = flood_inflow_table(),
       .list = true},
      {.name = "level",
       .text = "A level that is held, along a line or in an area",
       .parameters = flood_level_table(),
       .list = true},
      {.name = "wall", .text = "A wall", .parameters = flood_wall_table(), .list = true},
      {.name = "structure",
       .text = "A culvert, weir, orifice, gate or pump",
       .parameters = structure_parameters(),
       .list = true},
      {.name = "outflow",
       .text = "A line along which water leaves",
       .parameters = outflow_parameters(),
       .list = true},
      {.name = "breach", .text = "A wall that breaches", .parameters = breach_parameters(), .list = true},
      {.name = "gauge", .text = "A place in gauges.csv", .parameters = flood_gauge_table(), .list = true},
  };
}

}  // namespace citytwin::scenarios
