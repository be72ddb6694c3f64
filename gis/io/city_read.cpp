#include <cmath>
#include <functional>

#include "gis/io/city_file.hpp"
#include "gis/io/city_grids.hpp"
#include "gis/io/network_json.hpp"
#include "gis/io/safe_path.hpp"
#include "gis/io/table_reader.hpp"

namespace citytwin::gis {
namespace {

constexpr std::int64_t kExtentsSince = 2;  // format version; older files do not say what a source covers
constexpr std::int64_t kSewersSince = 3;   // older cities have none
constexpr std::int64_t kMaxCells = std::int64_t{4} << 30U;

// One read of a city file: the tables as they come, the keys they point into, and what was wrong.
class CityReader {
 public:
  CityReader(std::filesystem::path path, const RunContext& context)
      : path_(std::move(path)), context_(context), db_(path_, SqliteDatabase::Mode::read) {
    db_.watch(context_);
  }

  Result<CityModel> read() {
    if (!db_.ok()) return broken();
    if (!read_info()) return db_.ok() ? failure() : broken();
    read_tables();
    context_.check_stop();
    if (!db_.ok()) return broken();
    if (diagnostics_.has_errors()) return failure();
    read_network();
    read_grids();
    if (!log_of(import_, tables_.import_log))
      diagnostics_.error("city.bad_value", where("import_counts", "dropped"),
                         {{"table", "import_counts"}, {"column", "dropped"}, {"row", ""}});
    if (diagnostics_.has_errors()) return failure();
    return seal();
  }

 private:
  [[nodiscard]] Where where(std::string layer = {}, std::string key = {}) const {
    return {.file = path_.string(), .layer = std::move(layer), .key = std::move(key)};
  }
  Result<CityModel> failure() { return Result<CityModel>(diagnostics_); }
  Result<CityModel> broken() {
    context_.check_stop();  // an interrupted statement is a stop, not a broken file
    diagnostics_.error("city.broken", where(), {{"reason", db_.error()}});
    return failure();
  }

  void table(const char* name, const std::function<void(TableReader&)>& describe) {
    if (!db_.ok()) return;
    TableReader reader(name, path_.string(), keys_,
                       {tables_.info.frame.origin_x, tables_.info.frame.origin_y});
    describe(reader);
    reader.read(db_, diagnostics_, context_);
    context_.progress("stage.read_city", ++done_ / kCityTables);
  }
  void index(Keyed table, const std::vector<std::string>& keys) {
    keys_[static_cast<std::size_t>(table)] = index_keys(keys);
  }

  bool check_version();
  bool read_info();
  void read_tables();
  void read_network();
  void read_grids();
  Result<CityModel> seal();

  std::filesystem::path path_;
  const RunContext& context_;
  SqliteDatabase db_;
  Diagnostics diagnostics_;
  KeyIndices keys_;
  CityTables tables_;
  CityRow city_;
  GridRows grids_;
  ImportColumns import_;
  NetworkRow network_;
  double done_ = 0;
};

// Before anything else, so that a newer file is called newer, whatever its tables look like.
bool CityReader::check_version() {
  SqliteStatement present(db_, "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'city'");
  if (!present.step()) return false;
  if (present.integer(0) != 1) {
    diagnostics_.error("city.not_a_city", where());
    return false;
  }
  SqliteStatement version(db_, "SELECT format_version FROM city");
  if (!version.step()) {
    if (db_.ok()) diagnostics_.error("city.not_a_city", where());
    return false;
  }
  const std::int64_t found = version.integer(0);
  if (found > kCityFormatVersion) {
    diagnostics_.error("city.newer_version", where(),
                       {{"found", std::to_string(found)}, {"known", std::to_string(kCityFormatVersion)}});
    return false;
  }
  if (found < 1) diagnostics_.error("city.not_a_city", where());
  return found >= 1;
}

bool CityReader::read_info() {
  if (!check_version()) return false;
  table("city", [&](auto& r) { describe_city(r, city_); });
  if (!db_.ok() || diagnostics_.has_errors()) return false;
  if (city_.name.size() != 1 || !std::isfinite(city_.origin_x[0]) || !std::isfinite(city_.origin_y[0])) {
    diagnostics_.error("city.not_a_city", where("city"));
    return false;
  }
  tables_.info = {.name = city_.name[0],
                  .utc_offset = city_.utc_offset[0],
                  .currency = city_.currency[0],
                  .price_year = static_cast<int>(city_.price_year[0]),
                  .frame = {.crs = city_.crs[0],
                            .origin_x = city_.origin_x[0],
                            .origin_y = city_.origin_y[0],
                            .vertical_datum = city_.vertical_datum[0],
                            .extent = {{city_.min_x[0], city_.min_y[0]}, {city_.max_x[0], city_.max_y[0]}}}};
  return true;
}

// In order of dependence: a table is read after those it points into.
void CityReader::read_tables() {
  CityTables& t = tables_;
  Streets& s = t.streets;
  table("sources", [&](auto& r) { describe_sources(r, t.sources); });
  index(Keyed::sources, t.sources.key);
  if (city_.format_version[0] >= kExtentsSince)
    table("source_extents", [&](auto& r) { describe_source_extents(r, import_.extents); });
  table("grids", [&](auto& r) { describe_grids(r, grids_); });
  table("buildings", [&](auto& r) { describe_buildings(r, t.buildings); });
  index(Keyed::buildings, t.buildings.origin.key);
  table("building_surfaces", [&](auto& r) { describe_building_surfaces(r, t.building_surfaces); });
  table("junctions", [&](auto& r) { describe_junctions(r, s.junctions); });
  index(Keyed::junctions, s.junctions.origin.key);
  table("links", [&](auto& r) { describe_links(r, s.links); });
  index(Keyed::links, s.links.origin.key);
  table("turn_restrictions", [&](auto& r) { describe_turn_restrictions(r, s.turn_restrictions); });
  table("landcover", [&](auto& r) { describe_landcover(r, t.land_cover); });
  table("water_bodies", [&](auto& r) { describe_water_bodies(r, t.water_bodies); });
  index(Keyed::water_bodies, t.water_bodies.origin.key);
  table("waterways", [&](auto& r) { describe_waterways(r, t.waterways); });
  table("facilities", [&](auto& r) { describe_facilities(r, t.facilities); });
  index(Keyed::facilities, t.facilities.origin.key);
  table("needs", [&](auto& r) { describe_needs(r, t.needs); });
  table("management_cells", [&](auto& r) { describe_management_cells(r, t.management_cells); });
  table("barriers", [&](auto& r) { describe_barriers(r, t.barriers); });
  if (city_.format_version[0] >= kSewersSince) {
    table("sewer_nodes", [&](auto& r) { describe_sewer_nodes(r, t.sewers.nodes); });
    index(Keyed::sewer_nodes, t.sewers.nodes.origin.key);
    table("sewer_links", [&](auto& r) { describe_sewer_links(r, t.sewers.links); });
    table("sewer_network", [&](auto& r) { describe_sewer_network(r, network_); });
  }
  table("import_counts", [&](auto& r) { describe_import_counts(r, import_.counts); });
  table("import_findings", [&](auto& r) { describe_import_findings(r, import_.findings); });
  table("terrain_changes", [&](auto& r) { describe_terrain_changes(r, import_.changes); });
}

void CityReader::read_network() {
  if (network_.network.empty()) return;
  if (network_.network.size() > 1 || network_.format_version[0] > kNetworkFormatVersion) {
    diagnostics_.error("city.newer_version", where("sewer_network"),
                       {{"found", std::to_string(network_.format_version[0])},
                        {"known", std::to_string(kNetworkFormatVersion)}});
    return;
  }
  drainage::Network network;
  if (const std::string bad = network_from_json(network_.network[0], network); !bad.empty()) {
    diagnostics_.error("city.bad_value", where("sewer_network", bad),
                       {{"table", "sewer_network"}, {"column", bad}, {"row", "1"}});
    return;
  }
  tables_.sewers.network = std::make_shared<const drainage::Network>(std::move(network));
}

void CityReader::read_grids() {
  for (std::size_t i = 0; i < grids_.name.size(); ++i) {
    const std::string& name = grids_.name[i];
    const std::int64_t nx = grids_.nx[i];
    const std::int64_t ny = grids_.ny[i];
    const bool sane = nx > 0 && ny > 0 && nx < (1 << 30) && ny < (1 << 30) && nx * ny <= kMaxCells &&
                      std::isfinite(grids_.origin_x[i]) && std::isfinite(grids_.origin_y[i]) &&
                      grids_.cell[i] > 0;
    if (!sane) {
      diagnostics_.error("city.bad_value", where("grids", name),
                         {{"table", "grids"}, {"column", name}, {"row", std::to_string(i + 1)}});
      continue;
    }
    const double bytes = static_cast<double>(nx * ny) * sizeof(float);
    if (context_.memory_limit_bytes > 0 && bytes > context_.memory_limit_bytes) {
      diagnostics_.error("memory.too_large", where(name),
                         {{"need_mb", std::to_string(std::llround(bytes / 1e6))}});
      continue;
    }
    const GridSpec spec{
        {grids_.origin_x[i], grids_.origin_y[i]}, grids_.cell[i], static_cast<int>(nx), static_cast<int>(ny)};
    auto grid = read_coverage(path_, name, spec, context_);
    if (!grid.ok()) {
      diagnostics_.append(grid.diagnostics());
    } else if (name == kTerrainLayer) {
      tables_.terrain = {.elevation = std::move(*grid),
                         .patches = {},
                         .true_resolution_m = grids_.true_resolution[i],
                         .source = grids_.source[i]};
    } else if (name == kLandCoverGridLayer) {
      Grid<std::uint8_t> raster(spec);
      for (std::size_t c = 0; c < raster.values.size(); ++c) {
        const float v = grid->values[c];
        raster.values[c] =
            v >= 0 && v < static_cast<float>(kCountOf<LandCoverClass>) ? static_cast<std::uint8_t>(v) : 0;
      }
      tables_.land_cover.raster = std::move(raster);
    }
  }
}

Result<CityModel> CityReader::seal() {
  const std::string stored = city_.content_hash[0];
  auto model = build_city(std::move(tables_));
  if (!model.ok()) return model;
  // Another program may have edited the file; that is allowed, but never unnoticed.
  if (content_hash(*model).hex() != stored) diagnostics_.warning("city.changed", where());
  model.diagnostics().append(diagnostics_);
  return model;
}

}  // namespace

Result<CityModel> read_city(const std::filesystem::path& path, const RunContext& context) {
  const auto safe = safe_input(path.string());
  if (!safe.ok()) return Result<CityModel>(safe.diagnostics());
  std::error_code ignored;
  const auto bytes = static_cast<double>(std::filesystem::file_size(*safe, ignored));
  constexpr double kMemoryPerFileByte =
      3;  // measured: 1.6 with 200 000 buildings; coverages are checked apart
  if (context.memory_limit_bytes > 0 && bytes * kMemoryPerFileByte > context.memory_limit_bytes)
    return Result<CityModel>::failure(
        "memory.too_large", {.file = path.string()},
        {{"need_mb", std::to_string(std::llround(bytes * kMemoryPerFileByte / 1e6))}});
  return CityReader(*safe, context).read();
}

}  // namespace citytwin::gis
