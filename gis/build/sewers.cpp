#include "gis/build/sewers.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numbers>

#include <fmt/format.h>

#include "engine/base/percent.hpp"
#include "engine/model/sewer_network.hpp"
#include "gis/build/file_hash.hpp"
#include "gis/io/safe_path.hpp"
#include "gis/readers/swmm_inp.hpp"

namespace citytwin::gis {

namespace {

constexpr double kFoot = 0.3048;      // [m]
constexpr double kCover = 0.6;        // diameter of a manhole's cover [m]
constexpr double kMostOffGround = 2;  // [m] in the median
constexpr std::size_t kFewestCovers = 10;

std::vector<std::span<Point2>> points_of(drainage::Network& network) {
  std::vector<std::span<Point2>> points;
  for (auto& node : network.nodes) points.emplace_back(&node.position, 1);
  for (auto& link : network.links) points.emplace_back(link.vertices);
  for (auto& s : network.subcatchments) points.emplace_back(s.outline);
  return points;
}

Diagnostics placed(const drainage::Network& network) {
  Diagnostics out;
  std::size_t lost = 0;
  std::string first;
  for (const auto& node : network.nodes) {
    if (std::isfinite(node.position.x) && std::isfinite(node.position.y)) continue;
    if (lost++ == 0) first = node.key;
  }
  if (lost > 0)
    out.error(
        "sewers.no_coordinates", {.layer = "COORDINATES", .feature = first},
        {{"count", std::to_string(lost)}, {"of", std::to_string(network.nodes.size())}, {"first", first}});
  return out;
}

// The reader turns feet into metres; a reference system in feet wants them back.
Diagnostics move(drainage::Network& network, const Crs& crs, const CityFrame& frame) {
  auto transform = FrameTransform::make(crs, frame);
  if (!transform) return transform.diagnostics();
  const bool in_feet = crs.is_projected() && std::abs(crs.metres_per_unit() - kFoot) < 1e-3;
  const double unit = in_feet && network.map_units == drainage::MapUnits::metres ? kFoot : 1;
  for (const std::span<Point2> points : points_of(network)) {
    for (Point2& p : points) p = p * (1 / unit);
    transform->to_frame(points);
    for (Point2& p : points) p = snap(p);
  }
  network.map_units = drainage::MapUnits::metres;
  Diagnostics out = placed(network);
  if (out.has_errors()) return out;
  std::size_t inside = 0;
  for (const auto& node : network.nodes) inside += frame.extent.contains(node.position) ? 1 : 0;
  if (2 * inside < network.nodes.size())
    out.error("sewers.outside", {.key = "crs"},
              {{"percent",
                percent_text(1 - static_cast<double>(inside) / static_cast<double>(network.nodes.size()))},
               {"crs", crs.code()}});
  return out;
}

Diagnostics check_levels(const Sewers& sewers, const Terrain& terrain) {
  std::vector<double> off;
  for (std::size_t n = 0; n < sewers.nodes.size(); ++n) {
    if (sewers.nodes.kind[n] == SewerNodeKind::outfall || terrain.empty()) continue;
    const double z = sample_bilinear(terrain.elevation, sewers.nodes.position[n]);
    if (!std::isnan(z)) off.push_back(sewers.nodes.ground_level[n] - z);
  }
  Diagnostics out;
  if (off.size() < kFewestCovers) return out;
  const auto middle = off.begin() + static_cast<std::ptrdiff_t>(off.size() / 2);
  std::nth_element(off.begin(), middle, off.end());
  if (std::abs(*middle) > kMostOffGround)
    out.warning("sewers.levels_differ", {.layer = "sewer_nodes", .key = "ground_level"},
                {{"metres", fmt::format("{:.1f}", *middle)}});
  return out;
}

// How many manholes got one.
std::size_t add_covers(SewerNodes& nodes) {
  std::size_t covers = 0;
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    if (nodes.kind[n] != SewerNodeKind::manhole) continue;
    nodes.inlet_kind[n] = InletKind::manhole_cover;
    nodes.inlet_count[n] = 1;
    nodes.inlet_length[n] = std::numbers::pi * kCover;
    nodes.inlet_area[n] = std::numbers::pi * kCover * kCover / 4;
    ++covers;
  }
  return covers;
}

void book(ImportLog& log, const std::string& source, const char* kind, std::size_t rows) {
  log.counts.push_back({.source = source, .kind = kind, .read = rows, .kept = rows, .dropped = {}});
}

}  // namespace

Result<Done> add_swmm_sewers(CityTables& city, drainage::Network network, const Crs& crs, SourceId source) {
  Diagnostics notes = placed(network);
  if (!notes.has_errors()) notes.append(move(network, crs, city.info.frame));
  if (notes.has_errors()) return Result<Done>(std::move(notes));
  city.sewers = sewers_of(network, source);
  const std::size_t covers = add_covers(city.sewers.nodes);
  if (covers > 0)
    notes.warning("sewers.one_cover", {.layer = "sewer_nodes"},
                  {{"count", std::to_string(covers)},
                   {"of", std::to_string(city.sewers.nodes.size())},
                   {"metres", fmt::format("{:g}", kCover)}});
  notes.append(check_levels(city.sewers, city.terrain));
  std::erase_if(city.import_log.counts, [](const ImportCount& c) { return c.kind.starts_with("sewer "); });
  const std::string& key = city.sources.key[source.row()];
  book(city.import_log, key, "sewer nodes", city.sewers.nodes.size());
  book(city.import_log, key, "sewer links", city.sewers.links.size());
  return Result<Done>(Done{}, std::move(notes));
}

SourceId source_of_new_sewers(CityTables& city) {
  Sources& s = city.sources;
  const auto columns = {&s.key,         &s.kind, &s.file_name, &s.content_hash,  &s.licence,
                        &s.attribution, &s.date, &s.crs,       &s.vertical_datum};
  const auto row =
      static_cast<std::size_t>(std::find(s.kind.begin(), s.kind.end(), "sewers") - s.kind.begin());
  const auto forget_extent = [&](const std::string& key) {
    std::erase_if(city.import_log.extents, [&](const ImportExtent& e) { return e.source == key; });
  };
  // Ids are rows: only the last ones can go.
  while (s.size() > row + 1 && s.kind.back() == "sewers") {
    forget_extent(s.key.back());
    for (auto* column : columns) column->pop_back();
  }
  if (row < s.size()) forget_extent(s.key[row]);
  for (auto* column : columns) {
    if (row == column->size()) column->emplace_back();
    (*column)[row].clear();
  }
  std::string key = "sewers";
  for (int n = 2; std::find(s.key.begin(), s.key.end(), key) != s.key.end(); ++n)
    key = "sewers_" + std::to_string(n);
  s.key[row] = key;
  s.kind[row] = "sewers";
  return SourceId(row);
}

Result<Done> import_swmm_sewers(CityTables& city, const std::filesystem::path& file, const std::string& crs) {
  auto safe = safe_input(file.string());
  if (!safe) return Result<Done>(safe.diagnostics());
  auto parsed = Crs::parse(crs, {.file = safe->filename().string(), .key = "crs"});
  if (!parsed) return Result<Done>(parsed.diagnostics());
  auto network = read_swmm_inp(*safe);
  if (!network) return Result<Done>(network.diagnostics());
  const SourceId source = source_of_new_sewers(city);
  const std::size_t row = source.row();
  city.sources.file_name[row] = safe->filename().string();
  city.sources.content_hash[row] = hash_of_file(*safe, {});
  city.sources.crs[row] = parsed->code();
  city.sources.vertical_datum[row] = "unknown";
  auto added = add_swmm_sewers(city, std::move(*network), *parsed, source);
  Diagnostics notes = network.diagnostics();
  notes.append(added.diagnostics());
  if (notes.has_errors()) return Result<Done>(std::move(notes));
  return Result<Done>(Done{}, std::move(notes));
}

}  // namespace citytwin::gis
