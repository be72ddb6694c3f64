// The words for the enumerations of a drainage network, as in engine/model/names.hpp.
#pragma once

#include "engine/model/drainage/network.hpp"
#include "engine/model/names.hpp"

namespace citytwin {

#define CITYTWIN_NAMES(Enum, ...)                                                \
  template <>                                                                    \
  struct Names<Enum> {                                                           \
    static constexpr auto kAll = std::to_array<std::string_view>({__VA_ARGS__}); \
  }

CITYTWIN_NAMES(drainage::NodeKind, "junction", "outfall", "storage", "divider");
CITYTWIN_NAMES(drainage::OutfallKind, "free", "normal", "fixed", "tidal", "series");
CITYTWIN_NAMES(drainage::DividerKind, "cutoff", "overflow", "tabular", "weir");
CITYTWIN_NAMES(drainage::LinkKind, "conduit", "pump", "orifice", "weir", "outlet");
CITYTWIN_NAMES(drainage::PumpKind, "type1", "type2", "type3", "type4", "type5", "ideal");
CITYTWIN_NAMES(drainage::OrificeKind, "bottom", "side");
CITYTWIN_NAMES(drainage::WeirKind, "transverse", "side_flow", "v_notch", "trapezoidal", "roadway");
CITYTWIN_NAMES(drainage::RoadSurface, "none", "paved", "gravel");
CITYTWIN_NAMES(drainage::Shape, "none", "dummy", "circular", "filled_circular", "rect_closed", "rect_open",
               "trapezoidal", "triangular", "parabolic", "power", "rect_triangular", "rect_round",
               "modified_basket", "egg", "horseshoe", "gothic", "catenary", "semi_elliptical",
               "basket_handle", "semi_circular", "horiz_ellipse", "vert_ellipse", "arch", "custom",
               "irregular", "street", "force_main");
CITYTWIN_NAMES(drainage::PatternKind, "monthly", "daily", "hourly", "weekend");
CITYTWIN_NAMES(drainage::RunoffTo, "outlet", "impervious", "pervious");
CITYTWIN_NAMES(drainage::Evaporation::Kind, "constant", "monthly", "series");
CITYTWIN_NAMES(drainage::FlowUnits, "cfs", "gpm", "mgd", "cms", "lps", "mld");
CITYTWIN_NAMES(drainage::Routing, "steady", "kinematic_wave", "dynamic_wave");
CITYTWIN_NAMES(drainage::InertialDamping, "none", "partial", "full");
CITYTWIN_NAMES(drainage::NormalFlowLimit, "none", "slope", "froude", "both");
CITYTWIN_NAMES(drainage::SurchargeMethod, "extran", "slot");
CITYTWIN_NAMES(drainage::ForceMainEquation, "hazen_williams", "darcy_weisbach");
CITYTWIN_NAMES(drainage::Relation, "equal", "not_equal", "less", "less_or_equal", "greater",
               "greater_or_equal");
CITYTWIN_NAMES(drainage::Observed, "node_depth", "node_max_depth", "node_head", "node_volume", "node_inflow",
               "link_flow", "link_full_flow", "link_depth", "link_full_depth", "link_velocity", "link_length",
               "link_slope", "link_status", "link_setting", "link_time_open", "link_time_closed",
               "gauge_rain", "simulation_time", "simulation_date", "simulation_month",
               "simulation_day_of_week", "simulation_day_of_year", "simulation_clock_time");
CITYTWIN_NAMES(drainage::ExpressionStep::Kind, "number", "operand", "add", "subtract", "multiply", "divide",
               "power", "negate", "cos", "sin", "tan", "cot", "abs", "sign", "sqrt", "log", "exp", "asin",
               "acos", "atan", "acot", "sinh", "cosh", "tanh", "coth", "log10", "step");
CITYTWIN_NAMES(drainage::MapUnits, "unknown", "metres", "degrees");
CITYTWIN_NAMES(drainage::Action::How, "value", "curve", "series", "pid");
CITYTWIN_NAMES(InfiltrationModel, "none", "horton", "modified_horton", "green_ampt", "modified_green_ampt",
               "curve_number");
CITYTWIN_NAMES(Series::Between, "step", "linear");

#undef CITYTWIN_NAMES

// One word per enumerator, seen at the last of the long ones.
static_assert(kCountOf<drainage::Shape> == static_cast<std::size_t>(drainage::Shape::force_main) + 1);
static_assert(kCountOf<drainage::ExpressionStep::Kind> ==
              static_cast<std::size_t>(drainage::ExpressionStep::Kind::step) + 1);
static_assert(kCountOf<drainage::Observed> ==
              static_cast<std::size_t>(drainage::Observed::simulation_clock_time) + 1);

}  // namespace citytwin
