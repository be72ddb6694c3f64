#include "gis/build/check_format.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "engine/model/names.hpp"
#include "gis/crs/crs.hpp"

namespace citytwin::gis {

namespace {

using Json = nlohmann::ordered_json;

const char* word(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "";
}

Json or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

// West, south, east, north in degrees; null for a local city.
Json lon_lat_extent(const CityFrame& frame) {
  if (frame.crs == "local") return nullptr;
  const auto transform = FrameTransform::make(Crs::wgs84(), frame);
  if (!transform.ok()) return nullptr;
  const Box2 box = transform->from_frame(frame.extent);
  return {or_null(box.min.x), or_null(box.min.y), or_null(box.max.x), or_null(box.max.y)};
}

Json frame_json(const CityFrame& frame) {
  return {{"crs", frame.crs},
          {"origin", {frame.origin_x, frame.origin_y}},
          {"vertical_datum", frame.vertical_datum},
          {"extent", {frame.extent.min.x, frame.extent.min.y, frame.extent.max.x, frame.extent.max.y}},
          {"extent_lonlat", lon_lat_extent(frame)},
          {"width_m", frame.extent.width()},
          {"height_m", frame.extent.height()}};
}

Json terrain_json(const CityModel& model) {
  const Terrain& t = model.terrain();
  if (t.empty()) return nullptr;
  float low = std::numeric_limits<float>::infinity();
  float high = -low;
  std::size_t voids = 0;
  for (const float v : t.elevation.values) {
    if (std::isnan(v)) {
      ++voids;
      continue;
    }
    low = std::min(low, v);
    high = std::max(high, v);
  }
  return {{"nx", t.elevation.spec.nx},
          {"ny", t.elevation.spec.ny},
          {"cell_m", t.elevation.spec.cell_m},
          {"true_resolution_m", t.true_resolution_m},
          {"lowest_m", or_null(low)},
          {"highest_m", or_null(high)},
          {"void_cells", voids}};
}

Json sources_json(const Sources& s) {
  Json out = Json::array();
  for (std::size_t r = 0; r < s.size(); ++r)
    out.push_back({{"key", s.key[r]},
                   {"kind", s.kind[r]},
                   {"file", s.file_name[r]},
                   {"hash", s.content_hash[r]},
                   {"licence", s.licence[r]},
                   {"attribution", s.attribution[r]},
                   {"date", s.date[r]},
                   {"crs", s.crs[r]},
                   {"vertical_datum", s.vertical_datum[r]}});
  return out;
}

Json books_json(const ImportLog& log) {
  Json out = Json::array();
  for (const ImportCount& count : log.counts) {
    Json dropped = Json::object();
    for (const auto& d : count.dropped) dropped[d.reason] = d.count;
    out.push_back({{"source", count.source},
                   {"kind", count.kind},
                   {"read", count.read},
                   {"kept", count.kept},
                   {"merged", count.merged},
                   {"added_by_splitting", count.added_by_splitting},
                   {"dropped", dropped},
                   {"closes", count.closes()}});
  }
  return out;
}

Json places_json(const CityModel& model) {
  Json out = Json::array();
  const auto transform = FrameTransform::make(Crs::wgs84(), model.info().frame);
  for (const ImportFinding& f : model.import_log().findings) {
    const bool placed = std::isfinite(f.place.x);
    const Point2 globe =
        placed && transform.ok() ? transform->from_frame(f.place) : Point2{std::nan(""), std::nan("")};
    out.push_back({{"code", f.code},
                   {"source", f.source},
                   {"feature", f.feature},
                   {"x", or_null(f.place.x)},
                   {"y", or_null(f.place.y)},
                   {"lon", or_null(globe.x)},
                   {"lat", or_null(globe.y)}});
  }
  return out;
}

Json changes_json(const ImportLog& log) {
  Json out = Json::array();
  for (const TerrainChange& c : log.terrain_changes)
    out.push_back({{"kind", c.kind},
                   {"feature", c.feature},
                   {"x", or_null(c.place.x)},
                   {"y", or_null(c.place.y)},
                   {"depth_m", c.depth_m},
                   {"cells", c.cells}});
  return out;
}

Json findings_json(const CheckReport& report, const SentenceOf& sentence) {
  Json out = Json::array();
  for (const CheckFinding& f : report.findings) {
    Json args = Json::object();
    for (const auto& [name, value] : f.args) args[name] = value;
    out.push_back({{"severity", word(f.severity)},
                   {"code", f.code},
                   {"args", args},
                   {"message", sentence(f.code, f.args)},
                   {"remedy", sentence(f.code + ".remedy", f.args)}});
  }
  return out;
}

std::string arg_of(const CheckFinding& f, const char* name) {
  for (const auto& [key, value] : f.args)
    if (key == name) return value;
  return {};
}

void findings_text(const CheckReport& report, const SentenceOf& sentence, std::string& out) {
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note})
    for (const CheckFinding& f : report.findings) {
      if (f.severity != severity) continue;
      out += fmt::format("{}: {}", word(severity), sentence(f.code, f.args));
      if (const std::string count = arg_of(f, "count"); !count.empty() && !arg_of(f, "source").empty()) {
        const std::string kind = arg_of(f, "kind");
        const std::string first = arg_of(f, "first");
        out += fmt::format(" [{} x {}{}{}]", count, arg_of(f, "source"), kind.empty() ? "" : ", " + kind,
                           first.empty() ? "" : ", first: " + first);
      }
      out += fmt::format("\n    {}\n", sentence(f.code + ".remedy", f.args));
    }
}

}  // namespace

std::string check_to_json(const CityModel& model, const CheckReport& report, const SentenceOf& sentence) {
  Json tables = Json::array();
  for (const auto& share : report.provenance)
    tables.push_back({{"table", share.table},
                      {"rows", share.rows},
                      {"given", share.given},
                      {"derived", share.derived},
                      {"estimated", share.estimated},
                      {"synthesised", share.synthesised}});
  const Json out{{"format_version", 1},
                 {"name", model.info().name},
                 {"hash", content_hash(model).hex()},
                 {"books_close", report.books_close},
                 {"frame", frame_json(model.info().frame)},
                 {"terrain", terrain_json(model)},
                 {"sources", sources_json(model.sources())},
                 {"tables", tables},
                 {"streets",
                  {{"links", model.streets().links.size()},
                   {"components", report.street_components},
                   {"largest_component_share", report.largest_component_share}}},
                 {"books", books_json(model.import_log())},
                 {"findings", findings_json(report, sentence)},
                 {"terrain_changes", changes_json(model.import_log())},
                 {"places", places_json(model)}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string check_to_text(const CityModel& model, const CheckReport& report, const SentenceOf& sentence) {
  const CityFrame& frame = model.info().frame;
  std::string out =
      fmt::format("{}\n  {} origin {:.0f} {:.0f}, {:.1f} x {:.1f} km, heights: {}\n", model.info().name,
                  frame.crs, frame.origin_x, frame.origin_y, frame.extent.width() / 1000,
                  frame.extent.height() / 1000, frame.vertical_datum);
  const Terrain& t = model.terrain();
  if (!t.empty())
    out += fmt::format("  terrain {} x {} cells of {:.1f} m, true resolution {:.1f} m\n", t.elevation.spec.nx,
                       t.elevation.spec.ny, t.elevation.spec.cell_m, t.true_resolution_m);
  double people = 0;
  for (const double p : model.management_cells().population) people += p;
  out += fmt::format("  {:.0f} people in {} cells\n", people, model.management_cells().size());
  if (report.street_components > 0)
    out += fmt::format("  {} street links in {} parts, the largest with {:.1f} % of them\n",
                       model.streets().links.size(), report.street_components,
                       100 * report.largest_component_share);
  out += fmt::format("\n{:<12} {:<30} {:>8} {:>8} {:>7} {:>8} {:>7}\n", "source", "kind", "read", "kept",
                     "merged", "dropped", "split");
  for (const ImportCount& c : model.import_log().counts) {
    std::uint64_t dropped = 0;
    for (const auto& d : c.dropped) dropped += d.count;
    out += fmt::format("{:<12} {:<30} {:>8} {:>8} {:>7} {:>8} {:>7}{}\n", c.source, c.kind, c.read, c.kept,
                       c.merged, dropped, c.added_by_splitting, c.closes() ? "" : "  DOES NOT CLOSE");
  }
  out += fmt::format("\n{:<20} {:>8} {:>8} {:>8} {:>9} {:>11}\n", "table", "rows", "given", "derived",
                     "estimated", "synthesised");
  for (const auto& s : report.provenance)
    out += fmt::format("{:<20} {:>8} {:>8} {:>8} {:>9} {:>11}\n", s.table, s.rows, s.given, s.derived,
                       s.estimated, s.synthesised);
  struct Changes {
    std::size_t count = 0;
    double deepest = 0;
    std::uint64_t cells = 0;
  };
  std::map<std::string, Changes> changes;
  for (const TerrainChange& c : model.import_log().terrain_changes) {
    auto& [count, deepest, cells] = changes[c.kind];
    ++count;
    cells += c.cells;
    if (std::abs(c.depth_m) > std::abs(deepest)) deepest = c.depth_m;
  }
  if (!changes.empty()) out += "\n";
  for (const auto& [kind, change] : changes)  // a void had no height that filling it could have changed
    out += fmt::format("terrain changed: {} x {}, {}\n", change.count, kind,
                       kind == "void" ? fmt::format("{} cells filled", change.cells)
                                      : fmt::format("at most {:.1f} m", change.deepest));
  out += "\n";
  findings_text(report, sentence, out);
  return out;
}

}  // namespace citytwin::gis
