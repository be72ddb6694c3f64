#include "gis/build/check_format.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "engine/base/percent.hpp"
#include "engine/model/names.hpp"
#include "gis/crs/crs.hpp"

namespace citytwin::gis {

namespace {

using Json = nlohmann::ordered_json;
using Args = std::vector<std::pair<std::string, std::string>>;

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

std::optional<Box2> lon_lat_of(const CityFrame& frame) {
  if (frame.crs == "local") return std::nullopt;
  const auto transform = FrameTransform::make(Crs::wgs84(), frame);
  if (!transform.ok()) return std::nullopt;
  return transform->from_frame(frame.extent);
}

// West, south, east, north; null where there is none.
Json box_json(const Box2& box) {
  if (box.empty()) return nullptr;
  return {or_null(box.min.x), or_null(box.min.y), or_null(box.max.x), or_null(box.max.y)};
}

// In degrees; null for a local city.
Json lon_lat_extent(const CityFrame& frame) { return box_json(lon_lat_of(frame).value_or(Box2{})); }

// What a source covers; empty if the file does not say.
Box2 extent_of(const ImportLog& log, const std::string& source) {
  Box2 box;
  for (const ImportExtent& extent : log.extents)
    if (extent.source == source) box.add(extent.box);
  return box;
}

// The catalogue's words, and those of a name from a file, which stands for itself where the catalogue has
// none.
class Words {
 public:
  explicit Words(const SentenceOf& sentence) : sentence_(sentence) {}
  std::string operator()(const std::string& code, const Args& args = {}) const {
    return sentence_(code, args);
  }
  [[nodiscard]] std::string name(const std::string& area, const std::string& of) const {
    std::string code = area + of;
    for (std::size_t i = area.size(); i < code.size(); ++i)
      if (code[i] == ' ' || code[i] == '.') code[i] = '_';
    const std::string words = sentence_(code, {});
    return words == code ? of : words;
  }
  // "building ways, water ways", each in words.
  [[nodiscard]] std::string kinds(const std::string& of) const {
    const auto comma = of.find(", ");
    const std::string first = name("check.kind.", of.substr(0, comma));
    return comma == std::string::npos ? first : first + ", " + kinds(of.substr(comma + 2));
  }
  // The arguments of a finding with the model's names in words.
  [[nodiscard]] Args args_of(const CheckFinding& finding) const {
    Args args = finding.args;
    for (auto& [key, value] : args) {
      if (key == "need") value = name("report.need.", value);
      if (key == "provider") value = name("report.kind.", value);
    }
    return args;
  }
  [[nodiscard]] std::string datum(const std::string& of) const {
    return of.empty() || of == "unknown" ? sentence_("check.text.unknown", {}) : of;
  }
  [[nodiscard]] std::string extent(const Box2& box, bool local) const {
    const auto number = [&](double v) { return local ? fmt::format("{:.0f}", v) : fmt::format("{:.5f}", v); };
    return sentence_(local ? "check.text.extent_local" : "check.text.extent", {{"west", number(box.min.x)},
                                                                               {"south", number(box.min.y)},
                                                                               {"east", number(box.max.x)},
                                                                               {"north", number(box.max.y)}});
  }

 private:
  const SentenceOf& sentence_;
};

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

// `extent`: west, south, east, north in degrees; metres if the source is local.
Json sources_json(const Sources& s, const ImportLog& log) {
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
                   {"vertical_datum", s.vertical_datum[r]},
                   {"extent", box_json(extent_of(log, s.key[r]))}});
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

Json findings_json(const CheckReport& report, const Words& words) {
  Json out = Json::array();
  for (const CheckFinding& f : report.findings) {
    Json args = Json::object();
    for (const auto& [name, value] : f.args) args[name] = value;
    out.push_back({{"severity", word(f.severity)},
                   {"code", f.code},
                   {"args", args},
                   {"message", words(f.code, words.args_of(f))},
                   {"remedy", words(f.code + ".remedy", words.args_of(f))}});
  }
  return out;
}

std::string arg_of(const CheckFinding& f, const char* name) {
  for (const auto& [key, value] : f.args)
    if (key == name) return value;
  return {};
}

void city_text(const CityModel& model, const CheckReport& report, const Words& words, std::string& out) {
  const CityFrame& frame = model.info().frame;
  const auto line = [&](const std::string& text) { out += fmt::format("  {}\n", text); };
  if (const auto extent = lon_lat_of(frame)) line(words.extent(*extent, false));
  line(words("check.text.place", {{"crs", frame.crs},
                                  {"x", fmt::format("{:.0f}", frame.origin_x)},
                                  {"y", fmt::format("{:.0f}", frame.origin_y)},
                                  {"width", fmt::format("{:.1f}", frame.extent.width() / 1000)},
                                  {"height", fmt::format("{:.1f}", frame.extent.height() / 1000)},
                                  {"datum", words.datum(frame.vertical_datum)}}));
  const Terrain& t = model.terrain();
  if (!t.empty())
    line(words("check.text.terrain", {{"nx", std::to_string(t.elevation.spec.nx)},
                                      {"ny", std::to_string(t.elevation.spec.ny)},
                                      {"cell", fmt::format("{:.1f}", t.elevation.spec.cell_m)},
                                      {"resolution", fmt::format("{:.1f}", t.true_resolution_m)}}));
  double people = 0;
  for (const double p : model.management_cells().population) people += p;
  line(words("check.text.people", {{"people", fmt::format("{:.0f}", people)},
                                   {"cells", std::to_string(model.management_cells().size())}}));
  if (report.street_components > 0)
    line(words("check.text.streets", {{"links", std::to_string(model.streets().links.size())},
                                      {"parts", std::to_string(report.street_components)},
                                      {"percent", percent_text(report.largest_component_share)}}));
}

void sources_text(const CityModel& model, const Words& words, std::string& out) {
  const Sources& s = model.sources();
  out += fmt::format("\n{}\n", words("check.text.sources"));
  for (std::size_t r = 0; r < s.size(); ++r) {
    out += fmt::format("  {}: {}{}\n", s.key[r], s.file_name[r].empty() ? s.kind[r] : s.file_name[r],
                       s.date[r].empty() ? "" : fmt::format(" ({})", s.date[r]));
    const Box2 box = extent_of(model.import_log(), s.key[r]);
    out += fmt::format(
        "    {}; {}\n",
        words("check.text.source", {{"crs", s.crs[r]}, {"datum", words.datum(s.vertical_datum[r])}}),
        box.empty() ? words("check.text.no_extent") : words.extent(box, s.crs[r] == "local"));
    out += fmt::format("    {}\n", s.licence[r].empty()
                                       ? words("check.text.no_licence")
                                       : words("check.text.licence", {{"licence", s.licence[r]},
                                                                      {"attribution", s.attribution[r]}}));
  }
}

void books_text(const ImportLog& log, const Words& words, std::string& out) {
  if (log.counts.empty()) return;
  constexpr const char* kRow = "{:<12} {:<30} {:>8} {:>8} {:>7} {:>8} {:>7}{}\n";
  const auto head = [&](const char* name) { return words(std::string("check.column.") + name); };
  out += "\n";
  out += fmt::format(kRow, head("source"), head("kind"), head("read"), head("kept"), head("merged"),
                     head("dropped"), head("split"), "");
  for (const ImportCount& c : log.counts) {
    std::uint64_t dropped = 0;
    for (const auto& d : c.dropped) dropped += d.count;
    out += fmt::format(kRow, c.source, words.name("check.kind.", c.kind), c.read, c.kept, c.merged, dropped,
                       c.added_by_splitting, c.closes() ? "" : fmt::format("  {}", words("check.text.open")));
  }
  out += words("check.text.books") + "\n";
}

void shares_text(const CheckReport& report, const Words& words, std::string& out) {
  constexpr const char* kRow = "{:<20} {:>8} {:>8} {:>8} {:>9} {:>11}\n";
  const auto head = [&](const char* name) { return words(std::string("check.column.") + name); };
  out += "\n";
  out += fmt::format(kRow, head("table"), head("rows"), head("given"), head("derived"), head("estimated"),
                     head("synthesised"));
  for (const auto& s : report.provenance)
    out += fmt::format(kRow, words.name("check.table.", s.table), s.rows, s.given, s.derived, s.estimated,
                       s.synthesised);
}

void changes_text(const ImportLog& log, const Words& words, std::string& out) {
  struct Changes {
    std::size_t count = 0;
    double deepest = 0;
    std::uint64_t cells = 0;
  };
  std::map<std::string, Changes> changes;
  for (const TerrainChange& c : log.terrain_changes) {
    auto& [count, deepest, cells] = changes[c.kind];
    ++count;
    cells += c.cells;
    if (std::abs(c.depth_m) > std::abs(deepest)) deepest = c.depth_m;
  }
  if (!changes.empty()) out += "\n";
  for (const auto& [kind, change] : changes)  // a void had no height that filling it could have changed
    out += words(kind == "void" ? "check.text.changed_void" : "check.text.changed",
                 {{"count", std::to_string(change.count)},
                  {"kind", words.name("check.change.", kind)},
                  {"depth", fmt::format("{:.1f}", change.deepest)},
                  {"cells", std::to_string(change.cells)}}) +
           "\n";
  out += "\n";
}

void findings_text(const CheckReport& report, const Words& words, std::string& out) {
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note})
    for (const CheckFinding& f : report.findings) {
      if (f.severity != severity) continue;
      out += fmt::format("{}: {}", words(std::string("severity.") + word(severity)),
                         words(f.code, words.args_of(f)));
      if (const std::string count = arg_of(f, "count"); !count.empty() && !arg_of(f, "source").empty()) {
        const std::string kind = arg_of(f, "kind");
        std::string first = arg_of(f, "first");
        if (!first.empty() && arg_of(f, "first_place") == "none")
          first += fmt::format(" ({})", words("check.text.no_place"));
        out += fmt::format(" [{} x {}{}{}]", count, arg_of(f, "source"),
                           kind.empty() ? "" : fmt::format(", {}", words.kinds(kind)),
                           first.empty() ? "" : fmt::format(", {}: {}", words("check.text.first"), first));
      }
      out += fmt::format("\n    {}\n", words(f.code + ".remedy", words.args_of(f)));
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
                 {"sources", sources_json(model.sources(), model.import_log())},
                 {"tables", tables},
                 {"streets",
                  {{"links", model.streets().links.size()},
                   {"components", report.street_components},
                   {"largest_component_share", report.largest_component_share}}},
                 {"books", books_json(model.import_log())},
                 {"findings", findings_json(report, Words(sentence))},
                 {"terrain_changes", changes_json(model.import_log())},
                 {"places", places_json(model)}};
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string check_to_text(const CityModel& model, const CheckReport& report, const SentenceOf& sentence) {
  const Words words(sentence);
  std::string out = model.info().name + "\n";
  city_text(model, report, words, out);
  sources_text(model, words, out);
  books_text(model.import_log(), words, out);
  shares_text(report, words, out);
  changes_text(model.import_log(), words, out);
  findings_text(report, words, out);
  return out;
}

}  // namespace citytwin::gis
