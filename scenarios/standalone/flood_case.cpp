#include "scenarios/standalone/flood_case.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/base/archive.hpp"
#include "engine/geo/rasterise.hpp"
#include "gis/io/atomic_file.hpp"
#include "gis/io/raster.hpp"
#include "gis/io/safe_path.hpp"
#include "scenarios/core/placed.hpp"
#include "scenarios/core/toml.hpp"
#include "scenarios/standalone/flood_forcing.hpp"
#include "scenarios/standalone/flood_tables.hpp"

namespace citytwin::scenarios {

namespace {

namespace fs = std::filesystem;

std::string number_text(double value) {
  std::string text = std::to_string(std::round(value * 100) / 100);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

class CaseReader {
 public:
  CaseReader(const Node& root, fs::path folder, const RunContext& context)
      : root_(root), folder_(std::move(folder)), context_(context) {}

  bool read(FloodCase& out) {
    std::vector<std::string> tables;
    for (const FileSection& section : flood_sections())
      if (!section.name.empty()) tables.push_back(section.name);
    values_ = read_parameters(root_, flood_case_table(), "", tables, nullptr, problems_);
    if (problems_.has_errors() || !read_dem()) return false;
    out.input.spec.grid = dem_.grid.spec;
    out.input.spec.duration = SimTime::from_seconds(values_.number("duration_h") * 3600);
    out.input.spec.beat = SimTime::from_seconds(values_.number("beat_s"));
    out.input.spec.domains = {"surface_water"};
    out.gauge_interval =
        std::max(SimTime::from_seconds(values_.number("gauge_interval_s")), out.input.spec.beat);
    read_water(out.input.spec);
    CityFrame frame = dem_.frame;
    frame.extent = dem_.grid.spec.bounds();
    const FloodItems items{root_, folder_, places_, problems_, frame};
    read_flood_forcing(items, out);
    read_walls(items);
    read_gauges(items, out.gauges);
    read_initial(out.input.spec);
    return !problems_.has_errors() && build(out);
  }
  Diagnostics& problems() { return problems_; }

 private:
  // The place of a key of the case itself.
  [[nodiscard]] Where where(const std::string& key) const {
    const Node* node = root_.find(key);
    return where_of(node == nullptr ? root_ : *node, key);
  }

  std::optional<gis::PlainRaster> raster(const std::string& key) {
    const auto path = gis::safe_input(values_.text(key), folder_);
    problems_.append(named_at(path.diagnostics(), where(key)));
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

  void read_water(RunSpec& spec) {
    static const Node kEmpty;
    const Node* node = root_.find("water");
    ParameterValues water = read_parameters(node != nullptr ? *node : kEmpty, flood_water_table(), "water",
                                            {}, nullptr, problems_);
    if (values_.has("manning")) water.set("manning_everywhere", values_.number("manning"));
    spec.domain_parameters["surface_water"] = std::move(water);
  }

  void read_walls(const FloodItems& items) {
    items.each("wall", flood_wall_table(), [&](const FloodItem& item) {
      Barriers& walls = tables_.barriers;
      bool any = false;
      cells_along(dem_.grid.spec, item.values.points("line"), [&](int, int) { any = true; });
      if (!any) problems_.error("flood.wall_outside", item.of("line"));
      if (any) refuse_idle_wall(item);
      walls.origin.push_back(item.key, Provenance::given, SourceId{0});
      walls.line.push_back(item.values.points("line"));
      walls.crest_level.push_back(item.values.number("crest_m"));
      walls.height.push_back(0);
    });
  }

  // A wall stands on faces of cells, and only where it is higher than the ground on both sides.
  void refuse_idle_wall(const FloodItem& item) {
    const Grid<float>& dem = dem_.grid;
    const auto ground = [&](int i, int j) {
      const auto z =
          static_cast<double>(dem.at(std::clamp(i, 0, dem.spec.nx - 1), std::clamp(j, 0, dem.spec.ny - 1)));
      return std::isnan(z) ? -1e30 : z;
    };
    const std::vector<Face> faces = faces_along(dem.spec, item.values.points("line"));
    double lowest = std::numeric_limits<double>::infinity();
    for (const Face& face : faces) {
      const auto [i, j] = cell_before(face);
      lowest = std::min(lowest, std::max(ground(i, j), ground(face.i, face.j)));
    }
    if (faces.empty())
      problems_.error("flood.wall_too_short", item.of("line"), {{"cell", number_text(dem.spec.cell_m)}});
    else if (item.values.number("crest_m") <= lowest)
      problems_.error(
          "flood.wall_below_ground", item.of("crest_m"),
          {{"crest", number_text(item.values.number("crest_m"))}, {"ground", number_text(lowest)}});
  }

  void read_gauges(const FloodItems& items, std::vector<FloodGauge>& gauges) {
    const GridSpec& grid = dem_.grid.spec;
    items.each("gauge", flood_gauge_table(), [&](const FloodItem& item) {
      FloodGauge gauge{item.values.text("name"), item.values.points("at").front(), 0, 0};
      gauge.i = grid.column(gauge.place.x);
      gauge.j = grid.row(gauge.place.y);
      if (!grid.inside(gauge.i, gauge.j))
        problems_.error("flood.gauge_outside", item.of("at"), {{"name", gauge.name}});
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
      problems_.error("flood.bad_raster_grid", where(key));
      return {};
    }
    notice_gaps(key, read->grid);
    return {read->grid.values.begin(), read->grid.values.end()};
  }

  // Cells of known ground for which a raster has no value.
  void notice_gaps(const std::string& key, const Grid<float>& given) {
    std::size_t count = 0;
    Point2 first;
    for (int j = 0; j < given.spec.ny; ++j)
      for (int i = 0; i < given.spec.nx; ++i) {
        if (!std::isnan(given.at(i, j)) || std::isnan(dem_.grid.at(i, j))) continue;
        if (count++ == 0) first = dem_.grid.spec.centre(i, j);
      }
    if (count == 0) return;
    problems_.warning(key == "manning_raster" ? "flood.no_roughness" : "flood.no_start", where(key),
                      {{"key", key},
                       {"count", std::to_string(count)},
                       {"x", number_text(first.x + dem_.frame.origin_x)},
                       {"y", number_text(first.y + dem_.frame.origin_y)}});
  }

  // A level may be below zero, a depth or a roughness not.
  void refuse_negative(const std::string& key, const std::vector<double>& values) {
    if (key == "initial_level_raster") return;
    const auto below = std::ranges::count_if(values, [](double v) { return v < 0; });
    if (below > 0)
      problems_.error("surface_water.negative_initial", where(key),
                      {{"what", key}, {"count", std::to_string(below)}});
  }

  // The archive that the domain documents for RunSpec::initial_state.
  void read_initial(RunSpec& spec) {
    std::map<std::string, std::vector<double>> grids;
    std::string first;  // of the keys that say how it starts
    const auto one_start = [&](const char* key) {
      if (!first.empty())
        problems_.error(
            "flood.needs_one_of", where(key),
            {{"keys", "initial_depth_m, initial_depth_raster, initial_level_m, initial_level_raster"}});
      first = key;
    };
    const auto constant = [&](const char* key, const char* name) {
      if (!values_.has(key)) return;
      one_start(key);
      grids[name].assign(dem_.grid.spec.size(), values_.number(key));
    };
    const auto from_file = [&](const char* key, const char* name) {
      if (!values_.has(key)) return;
      one_start(key);
      grids[name] = raster_values(key);
      refuse_negative(key, grids[name]);
    };
    constant("initial_depth_m", "depth");
    constant("initial_level_m", "level");
    from_file("initial_depth_raster", "depth");
    from_file("initial_level_raster", "level");
    if (values_.has("manning_raster")) {
      grids["manning"] = raster_values("manning_raster");
      refuse_negative("manning_raster", grids["manning"]);
    }
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
    problems_.append(placed(model.diagnostics(), {}, root_.file));
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
