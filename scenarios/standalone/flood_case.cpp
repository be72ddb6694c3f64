#include "scenarios/standalone/flood_case.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/base/archive.hpp"
#include "gis/io/atomic_file.hpp"
#include "gis/io/raster.hpp"
#include "gis/io/safe_path.hpp"
#include "scenarios/core/toml.hpp"
#include "scenarios/events/csv_series.hpp"
#include "scenarios/standalone/flood_tables.hpp"

namespace citytwin::scenarios {

namespace {

namespace fs = std::filesystem;

class CaseReader {
 public:
  CaseReader(const Node& root, fs::path folder, const RunContext& context)
      : root_(root), folder_(std::move(folder)), context_(context) {}

  bool read(FloodCase& out) {
    values_ = read_parameters(root_, flood_case_table(), "",
                              {"water", "rain", "inflow", "level", "wall", "gauge"}, nullptr, problems_);
    if (problems_.has_errors() || !read_dem()) return false;
    out.input.spec.grid = dem_.grid.spec;
    out.input.spec.duration = SimTime::from_seconds(values_.number("duration_h") * 3600);
    out.input.spec.beat = SimTime::from_seconds(values_.number("beat_s"));
    out.input.spec.domains = {"surface_water"};
    out.gauge_interval =
        std::max(SimTime::from_seconds(values_.number("gauge_interval_s")), out.input.spec.beat);
    read_water(out.input.spec);
    read_forcing(out.input.forcing);
    read_walls();
    read_gauges(out.gauges);
    read_initial(out.input.spec);
    return !problems_.has_errors() && build(out);
  }
  Diagnostics& problems() { return problems_; }

 private:
  [[nodiscard]] std::string path_of(const std::string& table, std::size_t n) const {
    return table + "." + std::to_string(n + 1);
  }
  [[nodiscard]] Where where(const Node& node, const std::string& key) const { return where_of(node, key); }

  std::optional<gis::PlainRaster> raster(const std::string& key) {
    const auto path = gis::safe_input(values_.text(key), folder_);
    problems_.append(path.diagnostics());
    if (!path) return std::nullopt;
    auto read = gis::read_plain_raster(*path, context_);
    problems_.append(read.diagnostics());
    if (!read) return std::nullopt;
    return *std::move(read);
  }

  bool read_dem() {
    auto read = raster("dem");
    if (!read) return false;
    dem_ = *std::move(read);
    const CityFrame& frame = dem_.frame;
    places_ = [frame](const GeometryText& given, const Where& at, Diagnostics& diagnostics) {
      std::vector<Point2> points;
      if (given.lonlat || !given.reference.empty()) {
        diagnostics.error("flood.no_lonlat", at);
        return points;
      }
      for (const Point2 p : given.points) points.push_back({p.x - frame.origin_x, p.y - frame.origin_y});
      return points;
    };
    return true;
  }

  // The values of every item of an array of tables.
  template <class Use>
  void each(const char* table, const ParameterTable& declared, Use&& use) {
    const Node* node = root_.find(table);
    if (node == nullptr) return;
    if (node->kind != Node::Kind::array) {
      problems_.error("toml.wrong_type", where(*node, table),
                      {{"expected", "array"}, {"found", "table"}, {"unit", ""}});
      return;
    }
    for (std::size_t n = 0; n < node->items.size(); ++n) {
      Diagnostics here;
      const ParameterValues values =
          read_parameters(node->items[n], declared, path_of(table, n), {}, &places_, here);
      const bool good = !here.has_errors();
      problems_.append(here);
      if (good) use(values, where(node->items[n], path_of(table, n)), table + std::to_string(n + 1));
    }
  }

  // Exactly one of `keys` must be given; its name, or empty with an error.
  std::string one_of(const ParameterValues& values, const std::vector<std::string>& keys, const Where& at) {
    std::string found;
    std::string all;
    int count = 0;
    for (const std::string& key : keys) {
      all += (all.empty() ? "" : ", ") + key;
      if (!values.has(key)) continue;
      found = key;
      ++count;
    }
    if (count == 1) return found;
    problems_.error("flood.needs_one_of", at, {{"keys", all}});
    return {};
  }

  void add(Forcing& forcing, const std::string& key, const std::string& field, const std::string& unit,
           Place place, Result<Series> series) {
    problems_.append(series.diagnostics());
    if (series) forcing.series.push_back({key, field, unit, std::move(place), *std::move(series)});
  }

  void read_forcing(Forcing& forcing) {
    constexpr double kMmPerHour = 1e-3 / 3600;
    each("rain", flood_rain_table(), [&](const ParameterValues& v, const Where& at, const std::string& key) {
      const std::string how = one_of(v, {"intensity_mm_per_h", "series_csv"}, at);
      if (how.empty()) return;
      Place place;
      if (v.has("area")) place = {Place::Kind::polygon, v.points("area")};
      const double start = v.number("start_min") * 60;
      if (how == "series_csv") {
        auto series =
            read_csv_series(v.text(how), folder_, "rain_mm_per_h", kMmPerHour, 0, Series::Between::step);
        if (series)
          for (double& t : series->time) t += start;
        add(forcing, key, "rain", "m/s", place, std::move(series));
      } else {
        const double rate = v.number(how) * kMmPerHour;
        Series series{{start}, {rate}, Series::Between::step};
        if (v.has("duration_min")) {
          series.time.push_back(start + v.number("duration_min") * 60);
          series.value.push_back(0);
        }
        add(forcing, key, "rain", "m/s", place, std::move(series));
      }
    });
    each("inflow", flood_inflow_table(),
         [&](const ParameterValues& v, const Where& at, const std::string& key) {
           const std::string how = one_of(v, {"flow_m3_per_s", "series_csv"}, at);
           const std::string place = one_of(v, {"at", "line"}, at);
           if (how.empty() || place.empty()) return;
           add(forcing, key, "inflow", "m3/s",
               {place == "at" ? Place::Kind::point : Place::Kind::polyline, v.points(place)},
               constant_or_csv(v, how, "flow_m3_per_s", 0));
         });
    each("level", flood_level_table(),
         [&](const ParameterValues& v, const Where& at, const std::string& key) {
           const std::string how = one_of(v, {"level_m", "series_csv"}, at);
           const std::string place = one_of(v, {"line", "area"}, at);
           if (how.empty() || place.empty()) return;
           add(forcing, key, "level", "m",
               {place == "line" ? Place::Kind::polyline : Place::Kind::polygon, v.points(place)},
               constant_or_csv(v, how, "level_m", -500));
         });
  }

  Result<Series> constant_or_csv(const ParameterValues& v, const std::string& how, const std::string& column,
                                 double min) {
    if (how == "series_csv")
      return read_csv_series(v.text(how), folder_, column, 1, min, Series::Between::linear);
    return Series{{0}, {v.number(how)}, Series::Between::linear};
  }

  void read_water(RunSpec& spec) {
    static const Node kEmpty;
    const Node* node = root_.find("water");
    ParameterValues water = read_parameters(node != nullptr ? *node : kEmpty, flood_water_table(), "water",
                                            {}, nullptr, problems_);
    if (values_.has("manning")) water.set("manning_everywhere", values_.number("manning"));
    spec.domain_parameters["surface_water"] = std::move(water);
  }

  void read_walls() {
    each("wall", flood_wall_table(), [&](const ParameterValues& v, const Where&, const std::string& key) {
      Barriers& walls = tables_.barriers;
      walls.origin.push_back(key, Provenance::given, SourceId{0});
      walls.line.push_back(v.points("line"));
      walls.crest_level.push_back(v.number("crest_m"));
      walls.height.push_back(0);
    });
  }

  void read_gauges(std::vector<FloodGauge>& gauges) {
    const GridSpec& grid = dem_.grid.spec;
    each("gauge", flood_gauge_table(), [&](const ParameterValues& v, const Where& at, const std::string&) {
      FloodGauge gauge{v.text("name"), v.points("at").front(), 0, 0};
      gauge.i = grid.column(gauge.place.x);
      gauge.j = grid.row(gauge.place.y);
      if (!grid.inside(gauge.i, gauge.j)) problems_.error("flood.gauge_outside", at, {{"name", gauge.name}});
      gauges.push_back(std::move(gauge));
    });
  }

  std::vector<double> raster_values(const std::string& key) {
    const auto read = raster(key);
    if (!read) return {};
    const GridSpec& a = read->grid.spec;
    const GridSpec& b = dem_.grid.spec;
    const double x = a.origin.x + read->frame.origin_x - b.origin.x - dem_.frame.origin_x;
    const double y = a.origin.y + read->frame.origin_y - b.origin.y - dem_.frame.origin_y;
    const double slack = 0.01 * b.cell_m;
    if (a.nx != b.nx || a.ny != b.ny || std::abs(a.cell_m - b.cell_m) > 1e-6 * b.cell_m ||
        std::abs(x) > slack || std::abs(y) > slack) {
      problems_.error("flood.bad_raster_grid", where(root_, key));
      return {};
    }
    return {read->grid.values.begin(), read->grid.values.end()};
  }

  // The archive that the domain documents for RunSpec::initial_state.
  void read_initial(RunSpec& spec) {
    std::map<std::string, std::vector<double>> grids;
    int starts = 0;
    const auto constant = [&](const char* key, const char* name) {
      if (!values_.has(key)) return;
      grids[name].assign(dem_.grid.spec.size(), values_.number(key));
      ++starts;
    };
    const auto from_file = [&](const char* key, const char* name) {
      if (values_.has(key)) grids[name] = raster_values(key);
      return values_.has(key) ? 1 : 0;
    };
    constant("initial_depth_m", "depth");
    constant("initial_level_m", "level");
    starts += from_file("initial_depth_raster", "depth") + from_file("initial_level_raster", "level");
    from_file("manning_raster", "manning");
    if (starts > 1)
      problems_.error(
          "flood.needs_one_of", where(root_, ""),
          {{"keys", "initial_depth_m, initial_depth_raster, initial_level_m, initial_level_raster"}});
    SaveArchive archive;
    archive.list(grids, [&](const auto& grid) { archive.fields(grid.first, grid.second); });
    if (!grids.empty()) spec.initial_state["surface_water"] = archive.bytes();
  }

  bool build(FloodCase& out) {
    Sources& s = tables_.sources;
    s.key.emplace_back("dem");
    s.kind.emplace_back("dem");
    s.file_name.push_back(fs::path(values_.text("dem")).filename().string());
    s.crs.push_back(dem_.frame.crs);
    s.vertical_datum.push_back(dem_.frame.vertical_datum);
    for (auto* column : {&s.content_hash, &s.licence, &s.attribution, &s.date}) column->emplace_back();
    tables_.info.name = values_.text("name");
    tables_.info.frame = dem_.frame;
    tables_.info.frame.extent = dem_.grid.spec.bounds();
    tables_.terrain.true_resolution_m = dem_.grid.spec.cell_m;
    tables_.terrain.elevation = std::move(dem_.grid);
    tables_.terrain.source = SourceId{0};
    auto model = build_city(std::move(tables_));
    problems_.append(model.diagnostics());
    if (!model) return false;
    out.city_hash = content_hash(*model).hex();
    out.input.model = std::make_shared<const CityModel>(*std::move(model));
    return true;
  }

  const Node& root_;
  fs::path folder_;
  const RunContext& context_;
  Diagnostics problems_;
  ParameterValues values_;
  gis::PlainRaster dem_;
  PlaceResolver places_;
  CityTables tables_;
};

}  // namespace

Result<FloodCase> read_flood_case(const fs::path& case_file, const std::vector<std::string>& set,
                                  const RunContext& context) {
  const auto path = gis::safe_input(case_file.string(), {}, 16U << 20U);
  if (!path) return Result<FloodCase>(path.diagnostics());
  const auto content = gis::read_file(*path);
  if (!content) return Result<FloodCase>(content.diagnostics());
  auto root = parse_toml(*content, path->string());
  if (!root) return Result<FloodCase>(root.diagnostics());
  Diagnostics problems;
  for (const std::string& assignment : set) problems.append(set_value(*root, assignment));
  if (problems.has_errors()) return Result<FloodCase>(std::move(problems));
  FloodCase out;
  out.case_hash = hash_bytes(content->data(), content->size()).hex();
  const fs::path folder = path->has_parent_path() ? path->parent_path() : fs::path(".");
  CaseReader reader(*root, folder, context);
  if (!reader.read(out)) return Result<FloodCase>(std::move(reader.problems()));
  return Result<FloodCase>(std::move(out), std::move(reader.problems()));
}

}  // namespace citytwin::scenarios
