#include "engine/domains/surface_water/params.hpp"

#include <cmath>
#include <string>

#include "engine/domains/surface_water/declare.hpp"

namespace citytwin::surface_water {

namespace {

constexpr const char* kChow = "Chow 1959, Open-Channel Hydraulics, table 5-6 (normal values)";
constexpr const char* kArcement = "Arcement and Schneider 1989, USGS WSP 2339, tables 1 and 3";
constexpr const char* kEstimate = "estimated: between the values of its parts";
constexpr const char* kLosses =
    "after Ball et al. 2019, Australian Rainfall and Runoff, book 5 chapter 3: sealed 1-2 mm and 0, pervious "
    "10-30 mm and 1-4 mm/h";

struct CoverRow {
  double manning, initial_loss_mm, constant_loss_mm_per_h;
  const char* source;
};

// In the order of LandCoverClass.
constexpr std::array<CoverRow, kCountOf<LandCoverClass>> kCover{{
    {0.035, 5, 1, kEstimate},    // unknown
    {0.016, 1, 0, kEstimate},    // building: roofs
    {0.016, 1, 0, kChow},        // paved: rough asphalt
    {0.050, 5, 1, kEstimate},    // residential: gardens, kerbs, fences
    {0.030, 2, 0.5, kEstimate},  // commercial
    {0.030, 2, 0.5, kEstimate},  // industrial
    {0.035, 15, 2.5, kChow},     // park: high grass
    {0.030, 15, 2.5, kChow},     // grass: short grass
    {0.100, 25, 4, kChow},       // forest: heavy stand of timber
    {0.040, 15, 2.5, kChow},     // cropland: mature field crops
    {0.070, 0, 0, kChow},        // wetland: sluggish reaches, weedy
    {0.030, 0, 0, kChow},        // water: clean, straight
    {0.025, 5, 1.5, kArcement},  // bare: firm soil
    {0.026, 20, 8, kArcement},   // sand
    {0.028, 15, 8, kArcement},   // railway: gravel
}};

void add_cover(ParameterTable& table) {
  for (std::size_t i = 0; i < kCover.size(); ++i) {
    const std::string name(Names<LandCoverClass>::kAll[i]);
    const CoverRow& row = kCover[i];
    table.push_back(number(of_class("manning", i), "s/m^(1/3)", "Manning roughness of land cover " + name,
                           row.manning, 0, 1, row.source));
    table.push_back(optional_number(of_class("shallow_manning", i), "s/m^(1/3)",
                                    "Manning roughness in shallow water, land cover " + name, 0, 2));
    table.push_back(number(of_class("initial_loss_mm", i), "mm",
                           "Rain kept before any runs off, land cover " + name, row.initial_loss_mm, 0, 500,
                           kLosses));
    table.push_back(number(of_class("constant_loss_mm_per_h", i), "mm/h",
                           "Rain lost afterwards, land cover " + name, row.constant_loss_mm_per_h, 0, 500,
                           kLosses));
  }
}

}  // namespace

ParameterTable parameter_table() {
  ParameterTable table;
  table.push_back(
      choice("scheme",
             "Shallow water equations in first order (robust, fast) or second order (sharper), or "
             "local inertia (fastest; only for flow well below Froude 1)",
             "first_order", {"first_order", "second_order", "local_inertia"}));
  table.push_back(choice("precision",
                         "Numbers of 32 bits (single) or 64 bits (double) for depth and velocity", "single",
                         {"single", "double"}));
  table.push_back(optional_number(
      "cfl", "",
      "Time step as a share of cell / (|u| + |v| + 2c); default and largest with which no depth can turn "
      "negative: 0.75 in first order, 0.45 in second; in local inertia of cell / c, default 0.7",
      0.05, 1.0));
  Parameter local_steps;
  local_steps.key = "local_time_steps";
  local_steps.kind = ParameterKind::boolean;
  local_steps.text = "Calm parts of the grid take longer time steps than the fastest water needs";
  local_steps.default_value = true;
  table.push_back(local_steps);
  table.push_back(choice("edge", "Edge of the grid and of the known ground: water leaves, or a wall", "open",
                         {"open", "closed"}));
  table.push_back(number("dry_m", "m", "Shallower water has no velocity", 1e-6, 1e-12, 0.01));
  table.push_back(number("wet_depth_m", "m", "Depth from which a cell counts as wet area", 0.01, 0, 10));
  table.push_back(number("arrival_depth_m", "m", "Depth that sets arrival time and duration", 0.1, 0, 10));
  table.push_back(number("longest_step_s", "s", "Upper bound of the time step", 60, 0.001, 3600));
  table.push_back(optional_number(
      "sea_level_m", "m", "Level of the sea where no series drives it; else that of the city's sea, else 0",
      -500, 9000));
  table.push_back(optional_number("flat_m", "m", "Ground level of a city without terrain", -500, 9000));
  table.push_back(choice(
      "buildings",
      "Buildings: by the size of the cell, blocked cells, share of area and width, raised ground, or ignored",
      "auto", {"auto", "blocked", "porosity", "raised", "none"}));
  table.push_back(number("raised_by_m", "m", "Height of buildings as raised ground", 3, 0.1, 100,
                         "estimated: higher than the water stands"));
  table.back().idle_when = "buildings=auto|blocked|porosity|none";
  table.push_back(choice("roof_rain",
                         "Rain on roofs runs onto the ground beside, or into the nearest manhole or tank of "
                         "the sewers",
                         "street", {"street", "sewer"}));
  table.push_back(number("roof_reach_m", "m",
                         "How far a roof's pipe reaches to the sewers; else onto the ground", 50, 0, 1000,
                         "estimated: a house connection to the sewer in its street"));
  table.back().idle_when = "roof_rain=street";
  table.push_back(
      optional_number("manning_everywhere", "s/m^(1/3)", "One roughness instead of the land cover's", 0, 1));
  table.push_back(number("shallow_depth_m", "m", "Depth up to which shallow_manning_... holds", 0.03, 0, 10));
  table.push_back(
      number("deep_depth_m", "m", "Depth from which manning_... holds; linear in between", 0.1, 0.001, 10));
  Parameter losses;
  losses.key = "losses";
  losses.kind = ParameterKind::boolean;
  losses.text = "Rain is reduced by the losses of the land cover";
  losses.default_value = true;
  table.push_back(losses);
  Parameter sewers;
  sewers.key = "sewers";
  sewers.kind = ParameterKind::boolean;
  sewers.text = "Run the city's sewers and exchange water with them at manholes, inlets and outfalls";
  sewers.default_value = true;
  table.push_back(sewers);
  table.push_back(number("sewer_step_s", "s", "Step of the exchange with sewers, and the longest of theirs",
                         1, 0.05, 60));
  add_cover(table);
  declare_ground(table);
  return table;
}

Result<Params> read_params(const ParameterValues& values, double cell_m) {
  Params params;
  if (values.text("scheme") == "second_order") params.scheme = Scheme::second_order;
  if (values.text("precision") == "double") params.precision = Precision::twice;
  if (values.text("scheme") == "local_inertia") params.scheme = Scheme::local_inertia;
  static constexpr double kCfl[] = {0.75, 0.45, 0.7};  // in the order of Scheme
  params.cfl = values.has("cfl") ? values.number("cfl") : kCfl[static_cast<std::size_t>(params.scheme)];
  params.local_time_steps = values.boolean("local_time_steps") && params.scheme != Scheme::local_inertia;
  params.edge = values.text("edge") == "closed" ? EdgeRule::closed : EdgeRule::open;
  params.dry = values.number("dry_m");
  params.wet_threshold = values.number("wet_depth_m");
  params.arrival_threshold = values.number("arrival_depth_m");
  params.longest_step = values.number("longest_step_s");
  if (values.has("sea_level_m")) params.sea_level = values.number("sea_level_m");
  if (values.has("flat_m")) params.flat = values.number("flat_m");
  params.sewers = values.boolean("sewers");
  params.sewer_step = values.number("sewer_step_s");
  const std::string& rule = values.text("buildings");
  if (rule == "none")
    params.buildings = BuildingRule::none;
  else if (rule == "blocked" || (rule == "auto" && cell_m <= kBlockedCell))
    params.buildings = BuildingRule::blocked;
  else if (rule == "raised")
    params.buildings = BuildingRule::raised;
  params.raised_by = values.number("raised_by_m");
  params.roofs_to_sewers = values.text("roof_rain") == "sewer";
  params.roof_reach = values.number("roof_reach_m");
  const bool losses = values.boolean("losses");
  for (std::size_t i = 0; i < params.cover.size(); ++i) {
    CoverProperties& cover = params.cover[i];
    cover.manning = values.has("manning_everywhere") ? values.number("manning_everywhere")
                                                     : values.number(of_class("manning", i));
    if (const std::string key = of_class("shallow_manning", i); values.has(key))
      cover.manning_shallow = values.number(key);
    cover.initial_loss = losses ? values.number(of_class("initial_loss_mm", i)) / 1e3 : 0;
    cover.constant_loss = losses ? values.number(of_class("constant_loss_mm_per_h", i)) / 3.6e6 : 0;
  }
  params.shallow_depth = values.number("shallow_depth_m");
  params.deep_depth = values.number("deep_depth_m");
  if (params.rough_when_shallow() && params.scheme == Scheme::local_inertia)
    return Result<Params>::failure("surface_water.shallow_local_inertia");
  if (params.deep_depth <= params.shallow_depth)
    return Result<Params>::failure("surface_water.shallow_not_below_deep",
                                   {{}, {}, {}, "surface_water.deep_depth_m", 0});
  params.ground = read_ground(values);
  if (params.ground.on())  // the ground takes water itself; roofs keep their losses
    for (std::size_t i = 0; i < params.cover.size(); ++i)
      if (static_cast<LandCoverClass>(i) != LandCoverClass::building)
        params.cover[i].initial_loss = params.cover[i].constant_loss = 0;
  for (const Parameter& parameter : parameter_table()) {
    if (parameter.kind != ParameterKind::number || !values.has(parameter.key)) continue;
    const double value = values.number(parameter.key);
    if (!(value >= parameter.min && value <= parameter.max))
      return Result<Params>::failure("surface_water.bad_parameter",
                                     {{}, {}, {}, "surface_water." + parameter.key, 0},
                                     {{"value", std::to_string(value)},
                                      {"min", std::to_string(parameter.min)},
                                      {"max", std::to_string(parameter.max)}});
  }
  return params;
}

}  // namespace citytwin::surface_water
