// A flood that somebody else computed: a raster of depths, shown instead of a simulation, so that impact and
// report are those of the map.
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "gis/io/safe_path.hpp"
#include "gis/readers/raster.hpp"
#include "scenarios/events/event.hpp"

namespace citytwin::scenarios {
namespace {

constexpr double kDeepest = 50;  // [m]

double metres_per(const std::string& unit) {
  return unit == "cm" ? 0.01 : unit == "mm" ? 0.001 : unit == "dm" ? 0.1 : unit == "ft" ? 0.3048 : 1.0;
}

struct Counts {
  std::size_t wet = 0, unknown = 0;
  std::size_t bad = 0;  // below 0 or deeper than any flood
  double deepest = 0;
};

// No value = dry.
Counts to_metres(Grid<float>& depth, const ParameterValues& v) {
  const double unit = metres_per(v.text("unit"));
  Counts counts;
  for (float& value : depth.values) {
    if (std::isnan(value)) ++counts.unknown;
    const bool dry =
        std::isnan(value) || (v.has("dry_value") && static_cast<double>(value) == v.number("dry_value"));
    if (!dry && !(value >= 0 && static_cast<double>(value) * unit <= kDeepest)) ++counts.bad;
    value = dry ? 0.0F : static_cast<float>(static_cast<double>(value) * unit);
    if (value > 0) ++counts.wet;
    counts.deepest = std::max(counts.deepest, static_cast<double>(value));
  }
  return counts;
}

Result<EventOutcome> make(const EventInput& input) {
  const auto& v = input.values;
  const auto path = gis::safe_input(v.text("path"), input.folder.empty() ? "." : input.folder);
  if (!path) return Result<EventOutcome>(path.diagnostics());
  const CityFrame& frame = input.model.info().frame;
  const auto source = gis::open_raster_source(
      {.file = *path, .key = "flood_map", .crs = frame.crs == "local" ? "local" : "", .vertical_datum = {}},
      {});
  if (!source) return Result<EventOutcome>(source.diagnostics());
  const Where where{path->string(), "", "", "", 0};
  gis::RasterCounts counts;
  // Nearest: a mean of wet and dry would be a depth that the map has nowhere.
  constexpr double kAny = std::numeric_limits<float>::max();  // the dry value may be anything
  auto depth =
      gis::read_onto_grid(*source, input.grid, frame, gis::Resampling::nearest, {-kAny, kAny}, counts, {});
  if (!depth) return Result<EventOutcome>(depth.diagnostics());
  const Counts seen = to_metres(*depth, v);
  if (seen.bad > 0)
    return Result<EventOutcome>::failure("flood_map.bad_values", where,
                                         {{"count", std::to_string(seen.bad)}, {"unit", v.text("unit")}});
  if (seen.wet == 0) return Result<EventOutcome>::failure("flood_map.dry", where);
  Diagnostics noticed = source.diagnostics();
  const double cell_area = input.grid.cell_m * input.grid.cell_m;
  if (seen.unknown > 0)
    noticed.warning("flood_map.unknown", where,
                    {{"share", fmt::format("{:.0f}", 100.0 * static_cast<double>(seen.unknown) /
                                                         static_cast<double>(depth->values.size()))}});
  auto flood = std::make_shared<GivenFlood>();
  flood->key = input.key;
  flood->depth = std::move(*depth);
  flood->start = v.number("start_h") * 3600;
  if (v.has("duration_h")) flood->end = flood->start + v.number("duration_h") * 3600;
  EventOutcome out;
  out.description = {{"file", path->filename().string()},
                     {"unit", v.text("unit")},
                     {"deepest", fmt::format("{:.2f}", seen.deepest)},
                     {"area", fmt::format("{:.1f}", static_cast<double>(seen.wet) * cell_area / 1e4)}};
  out.given_flood = std::move(flood);
  return Result<EventOutcome>(std::move(out), std::move(noticed));
}

}  // namespace

EventType flood_map() {
  EventType type;
  type.name = "flood_map";
  type.text = "A flood that is given as a raster of depths instead of simulated";
  type.parameters = {
      {.key = "path", .kind = ParameterKind::file, .text = "Raster of water depths (GeoTIFF or ASCII grid)"},
      {.key = "unit",
       .kind = ParameterKind::choice,
       .text = "Unit of its depths; many files do not state theirs, so it has no default",
       .default_value = std::monostate{},
       .choices = {"m", "dm", "cm", "mm", "ft"}},
      {.key = "dry_value",
       .text = "Value that means dry ground, beside 0 and no data",
       .min = -1e9,
       .max = 1e9,
       .optional = true},
      {.key = "start_h",
       .unit = "h",
       .text = "When the water is there, all at once",
       .default_value = 0.0,
       .min = 0,
       .max = 10000},
      {.key = "duration_h",
       .unit = "h",
       .text = "How long it stays; to the end of the run if not given",
       .min = 0.01,
       .max = 10000,
       .optional = true},
  };
  type.make = make;
  return type;
}

}  // namespace citytwin::scenarios
