// A scenario file and a city made into the inputs of its runs.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "engine/base/nearest_word.hpp"
#include "engine/domains/registry.hpp"
#include "engine/model/ground.hpp"
#include "engine/model/names.hpp"
#include "scenarios/core/flat_terrain.hpp"
#include "scenarios/core/local_time.hpp"
#include "scenarios/core/places.hpp"
#include "scenarios/core/scenario.hpp"
#include "scenarios/core/sections.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/core/vulnerability.hpp"
#include "scenarios/events/event.hpp"
#include "scenarios/measures/measure.hpp"
#include "scenarios/projections/projection.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

const Node kNothing;

// "EUR 4,000 per m", "0.03 s/m^(1/3)".
std::string amount(const std::string& value, const std::string& unit, const std::string& currency) {
  constexpr std::string_view kMoney = "currency";
  if (!unit.starts_with(kMoney)) return unit.empty() ? value : value + " " + unit;
  const std::string per = unit.substr(kMoney.size());
  std::string words = currency + " " + value;
  if (per.empty()) return words;
  return text("assumption.per." + per.substr(1), {{"amount", words}});
}

class Planner {
 public:
  Planner(const ScenarioFile& file, std::shared_ptr<const CityModel> city)
      : file_(file), city_(std::move(city)), places_(places_of(*city_)) {}

  Result<Plan> make(bool forcing) {
    out_.text.name = file_.name;
    out_.text.question = file_.question;
    out_.text.city_name = city_->info().name;
    flat_ground();
    if (ok()) run_spec();
    if (ok()) events(forcing);
    if (ok() && forcing) controls();
    if (ok()) projections();
    if (ok()) needs();
    if (ok()) base_model();
    if (ok()) measures();
    if (ok()) impact();
    if (!ok()) return Result<Plan>(std::move(diagnostics_));
    out_.input.model = out_.baseline;
    return Result<Plan>(std::move(out_), std::move(diagnostics_));
  }

 private:
  [[nodiscard]] bool ok() const { return !diagnostics_.has_errors(); }
  const Node& section(const std::string& name) const {
    const Node* node = file_.root.find(name);
    return node == nullptr ? kNothing : *node;
  }
  std::vector<Node> items(const std::string& name) const { return section(name).items; }
  ParameterValues values(const Node& node, const ParameterTable& table, const std::string& path) {
    return read_parameters(node, table, path, {"type", "name"}, &places_, diagnostics_);
  }
  // A name no other event, measure or control has.
  std::string unique_key(const Node& item, const std::string& type) {
    const Node* name = item.find("name");
    const std::string base = name == nullptr ? type : name->text;
    std::string key = base;
    for (int n = 2; !keys_.insert(key).second; ++n) key = fmt::format("{}_{}", base, n);
    return key;
  }
  // Estimates that nobody overrode are assumptions of the report.
  void note_assumptions(const std::string& owner, const ParameterTable& table, const Node& node) {
    for (const Parameter& p : table) {
      if (p.source.empty() || node.find(p.key) != nullptr) continue;
      std::string value;
      if (const auto* number = std::get_if<double>(&p.default_value))
        value = p.unit.starts_with("currency") ? report::number(*number) : fmt::format("{:g}", *number);
      if (const auto* integer = std::get_if<std::int64_t>(&p.default_value)) value = std::to_string(*integer);
      if (value.empty()) continue;
      value = amount(value, p.unit, city_->info().currency);
      out_.text.assumptions.emplace_back(owner + ": " + p.text, value + " (" + p.source + ")");
    }
  }

  void flat_ground() {
    const auto v = values(section("terrain"), terrain_section(), "terrain");
    if (!v.has("flat_m")) return;
    if (!city_->terrain().empty()) {
      diagnostics_.warning("scenario.flat_ignored", where_of(section("terrain"), "terrain.flat_m"));
      return;
    }
    auto flat = with_flat_terrain(*city_, v.number("flat_m"));
    if (!flat) {
      diagnostics_.append(flat.diagnostics());
      return;
    }
    city_ = std::make_shared<const CityModel>(*std::move(flat));
    places_ = places_of(*city_);
    out_.text.assumptions.emplace_back(text("assumption.flat_ground"),
                                       fmt::format("{:g} m", v.number("flat_m")));
  }

  void run_spec() {
    const auto run = values(section("run"), run_section(), "run");
    const auto grid = values(section("grid"), grid_section(), "grid");
    if (!ok()) return;
    RunSpec& spec = out_.input.spec;
    spec.start = run.has("start") ? run.text("start") : "2026-01-01T00:00:00" + city_->info().utc_offset;
    if (!parse_start(spec.start))
      diagnostics_.error("scenario.bad_start", where_of(section("run"), "run.start"),
                         {{"start", spec.start}});
    spec.duration = SimTime::from_seconds(run.number("duration_h") * 3600);
    spec.beat = SimTime::from_seconds(run.number("beat_s"));
    if (spec.duration < spec.beat)
      diagnostics_.error("scenario.shorter_than_beat", where_of(section("run"), "run.duration_h"));
    spec.seed = static_cast<std::uint64_t>(run.integer("seed"));
    spec.grid = grid_over(city_->info().frame.extent, grid.number("cell_m"));
    spec.domains = split_list(run.text("domains"));
    spec.record.series_interval = SimTime::from_seconds(run.number("series_s"));
    spec.record.tiles_interval = SimTime::from_seconds(run.number("tiles_s"));
    spec.record.checkpoint_interval = SimTime::from_seconds(run.number("checkpoint_h") * 3600);
    for (const DomainInfo& domain : all_domains()) domain_parameters(domain);
    ScenarioText& t = out_.text;
    t.start = spec.start;
    t.duration = text("text.hours", {{"hours", fmt::format("{:g}", run.number("duration_h"))}});
    t.beat = fmt::format("{:g} s", run.number("beat_s"));
    t.grid = text("text.grid", {{"cell", fmt::format("{:g}", spec.grid.cell_m)},
                                {"nx", std::to_string(spec.grid.nx)},
                                {"ny", std::to_string(spec.grid.ny)}});
  }

  void domain_parameters(const DomainInfo& domain) {
    RunSpec& spec = out_.input.spec;
    if (std::find(spec.domains.begin(), spec.domains.end(), domain.name) == spec.domains.end()) return;
    const Node& node = section(domain.name);
    spec.domain_parameters[domain.name] = values(node, domain.parameters, domain.name);
    note_assumptions(domain.name, domain.parameters, node);
    if (domain.needs_terrain && city_->terrain().empty())
      diagnostics_.error("scenario.needs_terrain", {file_.path.string(), "", "", "run.domains", 0},
                         {{"domain", domain.name}});
  }

  // Without `forcing` events only take their names, so that measures are called as in the run.
  void events(bool forcing) {
    const auto list = items("event");
    for (std::size_t i = 0; i < list.size(); ++i) {
      const Node& item = list[i];
      const EventType& type = *find_event(item.find("type")->text);
      const std::string path = fmt::format("event.{}", i + 1);
      const std::string key = unique_key(item, type.name);
      if (!forcing) continue;
      const auto v = values(item, type.parameters, path);
      if (!ok()) return;
      const EventInput input{*city_, key, v, file_.folder(), out_.input.spec.duration, where_of(item, path)};
      auto made = type.make(input);
      diagnostics_.append(made.diagnostics());
      if (!made) return;
      for (const Parameter& p : type.parameters)
        if (p.kind == ParameterKind::file && v.has(p.key))
          out_.input_files.push_back(file_.folder() / v.text(p.key));
      for (auto& series : made->forcing) projected_.forcing.series.push_back(std::move(series));
      auto& to = out_.input.controls;
      to.insert(to.end(), made->controls.begin(), made->controls.end());
      out_.text.events.emplace_back(input.key, text("event." + type.name + ".done", made->description));
      note_assumptions(input.key, type.parameters, item);
    }
    if (list.empty()) diagnostics_.warning("scenario.no_event", {file_.path.string(), "", "", "event", 0});
  }

  void controls() {
    const auto list = items("control");
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string path = fmt::format("control.{}", i + 1);
      const auto v = values(list[i], control_section(), path);
      if (!ok()) return;
      static const std::vector<std::string> kVerbs = {"set", "restore", "fail", "repair"};
      const auto verb = std::find(kVerbs.begin(), kVerbs.end(), v.text("verb")) - kVerbs.begin();
      check_target(v.text("target"), where_of(list[i], path + ".target"));
      out_.input.controls.push_back({SimTime::from_seconds(v.number("time_h") * 3600), v.text("target"),
                                     static_cast<Control::Verb>(verb), v.text("column"), v.number("value")});
    }
  }

  void check_target(const std::string& target, const Where& where) {
    std::vector<std::string> known = city_->facilities().origin.key;
    known.emplace_back("grid");
    for (const auto& name : out_.input.spec.domains) known.push_back(name);
    const auto& links = city_->streets().links.origin.key;
    const bool link =
        target.starts_with("link/") && std::find(links.begin(), links.end(), target.substr(5)) != links.end();
    if (!link && std::find(known.begin(), known.end(), target) == known.end())
      diagnostics_.error("scenario.no_target", where,
                         {{"target", target}, {"nearest", nearest_word(target, known)}});
  }

  void projections() {
    const Node& node = section("projection");
    const auto v = values(node, projection_parameters(), "projection");
    if (!ok()) return;
    for (const ProjectionType& type : all_projections()) {
      const Parameter& first = type.parameters.front();
      if (!v.has(first.key)) continue;
      type.apply(*city_, v, projected_);
      std::string value = fmt::format("{:g}", v.number(first.key));
      if (!first.unit.empty()) value += " " + first.unit;
      out_.text.projections.emplace_back(text("projection." + type.name), value);
    }
    out_.input.forcing = std::move(projected_.forcing);
  }

  // [[need]] overrides: one edit for each need they speak of.
  void needs() {
    const auto list = items("need");
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string path = fmt::format("need.{}", i + 1);
      const auto v = values(list[i], need_section(), path);
      if (!ok()) return;
      const auto& table = city_->needs();
      const auto& facilities = city_->facilities();
      bool any = false;
      for (std::size_t row = 0; row < table.size(); ++row) {
        const std::size_t f = table.facility[row].row();
        const std::string& key = facilities.origin.key[f];
        if (name_of(table.kind[row]) != v.text("need")) continue;
        if (key != v.text("facility") && name_of(facilities.kind[f]) != v.text("facility")) continue;
        any = true;
        const std::string need = key + "/" + v.text("need");
        if (v.has("backup_h"))
          projected_.edits.push_back(SetColumn{"needs", need, "backup_h", v.number("backup_h")});
        if (v.has("threshold_depth_m"))
          projected_.edits.push_back(
              SetColumn{"needs", need, "threshold_depth", v.number("threshold_depth_m")});
      }
      if (!any)
        diagnostics_.error("scenario.no_need", where_of(list[i], path),
                           {{"facility", v.text("facility")}, {"need", v.text("need")}});
    }
  }

  void base_model() {
    if (projected_.edits.empty()) {
      out_.baseline = city_;
      return;
    }
    auto model = citytwin::apply(*city_, projected_.edits);
    diagnostics_.append(model.diagnostics());
    if (model) out_.baseline = std::make_shared<const CityModel>(*std::move(model));
  }

  void measures() {
    out_.strategy = out_.baseline;
    const auto list = items("measure");
    std::map<std::string, std::string> worked_on;  // building → measure
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string path = fmt::format("measure.{}", i + 1);
      const MeasureType& type = *find_measure(list[i].find("type")->text);
      const auto v = values(list[i], type.parameters, path);
      if (!ok()) return;
      const MeasureInput input{*out_.strategy, unique_key(list[i], type.name), v, where_of(list[i], path)};
      auto made = type.make(input);
      diagnostics_.append(made.diagnostics());
      if (!made) return;
      check_measure(input, *made, worked_on);
      if (!ok()) return;
      auto model = citytwin::apply(*out_.strategy, made->edits);
      for (Diagnostic d : model.diagnostics().items()) {
        d.where.file = input.where.file;
        d.where.line = input.where.line;
        diagnostics_.add(std::move(d));
      }
      if (!ok()) return;
      out_.strategy = std::make_shared<const CityModel>(*std::move(model));
      out_.measure_controls.insert(out_.measure_controls.end(), made->controls.begin(), made->controls.end());
      describe(input.key, type, *made);
      note_assumptions(input.key, type.parameters, list[i]);
    }
    const auto strategy = values(section("strategy"), strategy_section(), "strategy");
    out_.strategy_name = strategy.has("name") ? strategy.text("name") : file_.name;
  }

  void check_measure(const MeasureInput& input, const MeasureOutcome& made,
                     std::map<std::string, std::string>& worked_on) {
    const Box2 extent = city_->info().frame.extent;
    constexpr double kRounding = 0.01;  // [m] places are snapped
    for (const Point2 p : made.outline)
      if (!extent.grown(kRounding).contains(p)) {
        diagnostics_.error("measure.outside_city", input.where,
                           {{"x", fmt::format("{:.1f}", p.x)},
                            {"y", fmt::format("{:.1f}", p.y)},
                            {"min_x", fmt::format("{:.0f}", extent.min.x)},
                            {"min_y", fmt::format("{:.0f}", extent.min.y)},
                            {"max_x", fmt::format("{:.0f}", extent.max.x)},
                            {"max_y", fmt::format("{:.0f}", extent.max.y)}});
        return;
      }
    for (const std::string& building : made.buildings) {
      const auto [it, fresh] = worked_on.emplace(building, input.key);
      if (fresh) continue;
      diagnostics_.error("measure.same_building", input.where,
                         {{"building", building}, {"other", it->second}, {"measure", input.key}});
      return;
    }
  }

  void describe(const std::string& key, const MeasureType& type, const MeasureOutcome& made) {
    std::string words = text("measure." + type.name + "." + made.sentence, made.description);
    words += " " + text("measure.cost", {{"cost", city_->info().currency + " " + report::rounded(made.cost)},
                                         {"years", fmt::format("{:g}", type.lifetime_years)}});
    out_.text.measures.emplace_back(key, words);
    out_.text.cost += made.cost;
  }

  void impact() {
    const auto v = values(section("impact"), impact_section(), "impact");
    auto vulnerability = read_vulnerability();
    diagnostics_.append(vulnerability.diagnostics());
    if (!ok()) return;
    override_values(v, *vulnerability);
    for (auto& [use, value] : vulnerability->value_per_m2) value *= projected_.value_factor;
    if (vulnerability->currency != city_->info().currency)
      diagnostics_.warning("scenario.currency", {file_.path.string(), "", "", "impact.currency", 0},
                           {{"city", city_->info().currency}, {"values", vulnerability->currency}});
    out_.vulnerability = *std::move(vulnerability);
    out_.impact.people_depth_m = v.number("people_depth_m");
    out_.impact.passable_depth_m = out_.input.spec.passable_depth_m = v.number("passable_depth_m");
    out_.impact.flooded_depth_m = v.number("flooded_depth_m");
    auto& assumptions = out_.text.assumptions;
    assumptions.emplace_back(text("assumption.damage_curves"), out_.vulnerability.curve_source);
    std::string values;
    for (const auto& [use, value] : out_.vulnerability.value_per_m2)
      values += (values.empty() ? "" : text("report.list_separator")) +
                text("report.use." + std::string(name_of(use))) + " " + report::number(value);
    assumptions.emplace_back(
        text("assumption.building_values"),
        text("assumption.building_values.list", {{"currency", out_.vulnerability.currency},
                                                 {"year", std::to_string(out_.vulnerability.price_year)},
                                                 {"values", values},
                                                 {"source", out_.vulnerability.value_source}}));
    note_assumptions("impact", impact_section(), section("impact"));
  }

  const ScenarioFile& file_;
  std::shared_ptr<const CityModel> city_;
  PlaceResolver places_;
  Plan out_;
  Projected projected_;
  std::set<std::string> keys_;
  Diagnostics diagnostics_;
};

}  // namespace

Result<Plan> plan(const ScenarioFile& file, std::shared_ptr<const CityModel> city, bool forcing) {
  return Planner(file, std::move(city)).make(forcing);
}

}  // namespace citytwin::scenarios
