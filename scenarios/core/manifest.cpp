#include "scenarios/core/manifest.hpp"

#include "scenarios/core/sewer_results.hpp"

#include <nlohmann/json.hpp>

#include "gis/io/atomic_file.hpp"
#include "scenarios/core/text.hpp"

namespace citytwin::scenarios {
namespace {

using nlohmann::json;

constexpr int kManifestVersion = 1;

json value_json(const ParameterValue& value) {
  return std::visit(
      [](const auto& v) -> json {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, std::monostate>) {
          return nullptr;
        } else if constexpr (std::is_same_v<T, std::vector<Point2>>) {
          json points = json::array();
          for (const Point2 p : v) points.push_back({p.x, p.y});
          return points;
        } else {
          return v;
        }
      },
      value);
}

json pairs_json(const std::vector<std::pair<std::string, std::string>>& pairs) {
  json list = json::array();
  for (const auto& [what, value] : pairs) list.push_back({{"what", what}, {"value", value}});
  return list;
}

void pairs_from(const json& from, const char* key, std::vector<std::pair<std::string, std::string>>& to) {
  for (const json& item : from.value(key, json::array()))
    to.emplace_back(item.value("what", ""), item.value("value", ""));
}

json inputs_json(const Plan& plan) {
  json inputs = json::array();
  for (const auto& path : plan.input_files) {
    const auto content = gis::read_file(path);
    inputs.push_back(
        {{"file", path.string()},
         {"hash", content ? hash_bytes(content->data(), content->size()).hex() : std::string()}});
  }
  return inputs;
}

json cpu_json() {
  json features = json::array();
  if (__builtin_cpu_supports("avx2")) features.push_back("avx2");
  if (__builtin_cpu_supports("fma")) features.push_back("fma");
  if (__builtin_cpu_supports("avx512f")) features.push_back("avx512f");
  return features;
}

void flatten(const json& node, const std::string& path, std::map<std::string, std::string>& to) {
  const auto below = [&](const std::string& key) { return path.empty() ? key : path + "." + key; };
  if (node.is_object()) {
    for (const auto& [key, value] : node.items()) flatten(value, below(key), to);
  } else if (node.is_array()) {
    for (std::size_t i = 0; i < node.size(); ++i) flatten(node[i], below(std::to_string(i + 1)), to);
  } else if (!node.is_null()) {
    to[path] = node.is_string() ? node.get<std::string>() : node.dump();
  }
}

}  // namespace

json text_json(const ScenarioText& text) {
  return {{"name", text.name},
          {"title", text.title},
          {"question", text.question},
          {"city_name", text.city_name},
          {"start", text.start},
          {"duration", text.duration},
          {"beat", text.beat},
          {"grid", text.grid},
          {"events", pairs_json(text.events)},
          {"projections", pairs_json(text.projections)},
          {"measures", pairs_json(text.measures)},
          {"assumptions", pairs_json(text.assumptions)},
          {"cost", text.cost}};
}

ScenarioText text_from_json(const json& from) {
  ScenarioText text;
  text.name = from.value("name", "");
  text.title = from.value("title", title_of(text.name));  // older runs have none
  text.question = from.value("question", "");
  text.city_name = from.value("city_name", "");
  text.start = from.value("start", "");
  text.duration = from.value("duration", "");
  text.beat = from.value("beat", "");
  text.grid = from.value("grid", "");
  pairs_from(from, "events", text.events);
  pairs_from(from, "projections", text.projections);
  pairs_from(from, "measures", text.measures);
  pairs_from(from, "assumptions", text.assumptions);
  text.cost = from.value("cost", 0.0);
  return text;
}

json manifest_json(const Plan& plan, const RunRecord& record, const InputFiles& files,
                   const RunOptions& options) {
  const RunSpec& spec = plan.input.spec;
  json parameters = json::object();
  for (const auto& [domain, values] : spec.domain_parameters)
    for (const auto& [key, value] : values.all()) parameters[domain][key] = value_json(value);
  json trace = json::array();
  for (const Hash128& hash : record.hash_trace) trace.push_back(hash.hex());
  json manifest = {
      {"format_version", kManifestVersion},
      {"program", {{"name", "citytwin"}, {"version", CITYTWIN_VERSION}, {"compiler", __VERSION__}}},
      {"command_line", options.command_line},
      {"scenario", {{"file", files.scenario.string()}, {"hash", files.scenario_hash}, {"set", options.set}}},
      {"city", {{"file", files.city.string()}, {"hash", files.city_hash}, {"name", plan.text.city_name}}},
      {"inputs", inputs_json(plan)},
      {"run",
       {{"start", spec.start},
        {"duration_s", spec.duration.seconds()},
        {"beat_s", spec.beat.seconds()},
        {"seed", spec.seed},
        {"domains", spec.domains},
        {"baseline", plan.has_measures() && options.baseline}}},
      {"grid",
       {{"cell_m", spec.grid.cell_m},
        {"nx", spec.grid.nx},
        {"ny", spec.grid.ny},
        {"origin_x", spec.grid.origin.x},
        {"origin_y", spec.grid.origin.y}}},
      {"parameters", parameters},
      {"money", {{"currency", plan.vulnerability.currency}, {"price_year", plan.vulnerability.price_year}}},
      {"impact",
       {{"people_depth_m", plan.impact.people_depth_m},
        {"passable_depth_m", plan.impact.passable_depth_m},
        {"flooded_depth_m", plan.impact.flooded_depth_m}}},
      {"hash", record.hash.hex()},
      {"hash_trace", trace},
      {"machine", {{"cpu_features", cpu_json()}}},
      {"text", text_json(plan.text)},
  };
  if (plan.has_measures()) manifest["run"]["strategy"] = plan.strategy_name;
  return manifest;
}

std::map<std::string, std::string> flattened(const json& from) {
  std::map<std::string, std::string> out;
  for (const auto& [key, value] : from.items())
    if (key != "text" && key != "hash_trace") flatten(value, key, out);
  return out;
}

std::string_view status_name(RunStatus status) {
  static constexpr std::string_view kNames[] = {"ok", "degraded", "failed", "stopped"};
  return kNames[static_cast<std::size_t>(status)];
}

json totals_json(const risk::Totals& t) {
  return {{"flooded_area_m2", t.flooded_area_m2},     {"max_depth_m", t.max_depth_m},
          {"people_affected", t.people_affected},     {"people_total", t.people_total},
          {"buildings_flooded", t.buildings_flooded}, {"loss", t.loss},
          {"exposed_value", t.exposed_value},         {"roads_closed_km", t.roads_closed_km},
          {"roads_total_km", t.roads_total_km},       {"facilities_failed", t.facilities_failed},
          {"facilities_total", t.facilities_total}};
}

json difference_json(const risk::Totals& run, const risk::Totals& base) {
  json difference;
  const json a = totals_json(run), b = totals_json(base);
  for (const auto& [key, value] : a.items()) difference[key] = value.get<double>() - b[key].get<double>();
  return difference;
}

json codes_json(const Diagnostics& diagnostics) {
  json codes = json::array();
  for (const Diagnostic& d : diagnostics.items()) codes.push_back(d.code);
  return codes;
}

json warnings_json(const Diagnostics& noticed) {
  json list = json::array();
  for (const Diagnostic& d : noticed.items())
    if (d.severity == Severity::warning) list.push_back({{"code", d.code}, {"text", sentence(d)}});
  return list;
}

json run_summary(const FinishedRun& run) {
  const Machine& m = run.record.machine;
  json summary = {{"label", run.label},
                  {"status", status_name(run.record.status)},
                  {"reasons", codes_json(run.record.reasons)},
                  {"hash", run.record.hash.hex()},
                  {"simulated_s", run.record.ended.seconds()},
                  {"beats", run.record.hash_trace.size()},
                  {"occurrences", run.record.occurrences.size()},
                  {"mass_error", run.record.mass_error()},
                  {"threads", m.threads},
                  {"wall_s", m.wall_s},
                  {"load_s", m.load_s},
                  {"cpu_s", m.cpu_s},
                  {"peak_rss_mb", m.peak_rss_mb},
                  {"advance_cpu_s", m.advance_cpu_s},
                  {"beat_rest_cpu_s", m.beat_rest_cpu_s},
                  {"totals", totals_json(run.impact.totals)}};
  if (const auto sewers = sewer_totals(run)) {
    summary["sewers"] = sewers_json(*sewers);
    summary["sewers"]["tanks"] = tanks_json(run);
  }
  return summary;
}

Result<json> read_json(const std::filesystem::path& path) {
  const auto content = gis::read_file(path);
  if (!content) return Result<json>(content.diagnostics());
  json parsed = json::parse(*content, nullptr, false);
  if (parsed.is_discarded() || !parsed.is_object())
    return Result<json>::failure("json.broken", {path.string(), "", "", "", 0});
  return Result<json>(std::move(parsed));
}

Result<Done> write_json(const std::filesystem::path& path, const json& content) {
  return gis::write_file(path, content.dump(1) + "\n");
}

}  // namespace citytwin::scenarios
