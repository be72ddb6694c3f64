#include <algorithm>
#include <cctype>
#include <fstream>
#include <functional>

#include "gis/crs/crs.hpp"
#include "gis/io/atomic_file.hpp"
#include "gis/io/city_file.hpp"
#include "gis/io/city_grids.hpp"
#include "gis/io/network_json.hpp"
#include "gis/io/sqlite.hpp"
#include "gis/io/srs_table.hpp"
#include "gis/io/table_writer.hpp"

namespace citytwin::gis {
namespace {

CityRow row_of(const CityModel& model) {
  const CityInfo& info = model.info();
  const CityFrame& frame = info.frame;
  return {.format_version = {kCityFormatVersion},
          .content_hash = {content_hash(model).hex()},
          .name = {info.name},
          .utc_offset = {info.utc_offset},
          .currency = {info.currency},
          .crs = {frame.crs},
          .vertical_datum = {frame.vertical_datum},
          .price_year = {info.price_year},
          .origin_x = {frame.origin_x},
          .origin_y = {frame.origin_y},
          .min_x = {frame.extent.min.x},
          .min_y = {frame.extent.min.y},
          .max_x = {frame.extent.max.x},
          .max_y = {frame.extent.max.y}};
}

// The grids of a model, in the one number type the file has.
struct CityGrids {
  GridRows rows;
  Grid<float> land_cover;
  std::vector<NamedGrid> named;

  explicit CityGrids(const CityModel& model) {
    const Terrain& terrain = model.terrain();
    if (!terrain.empty()) add(kTerrainLayer, terrain.elevation, terrain.true_resolution_m, terrain.source);
    const auto& raster = model.land_cover().raster;
    if (raster.empty()) return;
    land_cover = Grid<float>(raster.spec);
    for (std::size_t i = 0; i < raster.values.size(); ++i) land_cover.values[i] = raster.values[i];
    add(kLandCoverGridLayer, land_cover, raster.spec.cell_m, SourceId{});
  }
  CityGrids(const CityGrids&) = delete;
  CityGrids& operator=(const CityGrids&) = delete;
  ~CityGrids() = default;

 private:
  void add(const char* name, const Grid<float>& grid, double true_resolution, SourceId source) {
    named.push_back({name, &grid});
    rows.name.emplace_back(name);
    rows.origin_x.push_back(grid.spec.origin.x);
    rows.origin_y.push_back(grid.spec.origin.y);
    rows.cell.push_back(grid.spec.cell_m);
    rows.true_resolution.push_back(true_resolution);
    rows.nx.push_back(grid.spec.nx);
    rows.ny.push_back(grid.spec.ny);
    rows.source.push_back(source);
  }
};

KeyTables key_tables(const CityModel& model) {
  return {&model.sources().key,
          &model.streets().junctions.origin.key,
          &model.streets().links.origin.key,
          &model.buildings().origin.key,
          &model.facilities().origin.key,
          &model.water_bodies().origin.key,
          &model.sewers().nodes.origin.key};
}

void write_tables(SqliteDatabase& db, const CityModel& model, const GridRows& grids, std::int32_t srs_id,
                  const RunContext& context) {
  const KeyTables keys = key_tables(model);
  const CityFrame& frame = model.info().frame;
  double done = 0;
  const auto table = [&](const char* name, std::size_t rows,
                         const std::function<void(TableWriter&)>& describe) {
    TableWriter writer(name, keys, srs_id, {frame.origin_x, frame.origin_y});
    describe(writer);
    writer.write(db, rows, context);
    context.progress("stage.write_city", ++done / kCityTables);
  };
  const Streets& s = model.streets();
  const CityRow city = row_of(model);
  const ImportColumns import = columns_of(model.import_log());
  table("city", 1, [&](auto& w) { describe_city(w, city); });
  table("sources", model.sources().size(), [&](auto& w) { describe_sources(w, model.sources()); });
  table("source_extents", import.extents.source.size(),
        [&](auto& w) { describe_source_extents(w, import.extents); });
  table("grids", grids.name.size(), [&](auto& w) { describe_grids(w, grids); });
  table("buildings", model.buildings().size(), [&](auto& w) { describe_buildings(w, model.buildings()); });
  table("building_surfaces", model.building_surfaces().size(),
        [&](auto& w) { describe_building_surfaces(w, model.building_surfaces()); });
  table("junctions", s.junctions.size(), [&](auto& w) { describe_junctions(w, s.junctions); });
  table("links", s.links.size(), [&](auto& w) { describe_links(w, s.links); });
  table("turn_restrictions", s.turn_restrictions.size(),
        [&](auto& w) { describe_turn_restrictions(w, s.turn_restrictions); });
  table("landcover", model.land_cover().size(), [&](auto& w) { describe_landcover(w, model.land_cover()); });
  table("water_bodies", model.water_bodies().size(),
        [&](auto& w) { describe_water_bodies(w, model.water_bodies()); });
  table("waterways", model.waterways().size(), [&](auto& w) { describe_waterways(w, model.waterways()); });
  table("facilities", model.facilities().size(),
        [&](auto& w) { describe_facilities(w, model.facilities()); });
  table("needs", model.needs().size(), [&](auto& w) { describe_needs(w, model.needs()); });
  table("management_cells", model.management_cells().size(),
        [&](auto& w) { describe_management_cells(w, model.management_cells()); });
  table("barriers", model.barriers().size(), [&](auto& w) { describe_barriers(w, model.barriers()); });
  const Sewers& sewers = model.sewers();
  NetworkRow network;
  if (sewers.network != nullptr) {
    network.format_version.push_back(kNetworkFormatVersion);
    network.network.push_back(network_to_json(*sewers.network));
  }
  table("sewer_nodes", sewers.nodes.size(), [&](auto& w) { describe_sewer_nodes(w, sewers.nodes); });
  table("sewer_links", sewers.links.size(), [&](auto& w) { describe_sewer_links(w, sewers.links); });
  table("sewer_network", network.network.size(), [&](auto& w) { describe_sewer_network(w, network); });
  table("import_counts", import.counts.source.size(),
        [&](auto& w) { describe_import_counts(w, import.counts); });
  table("import_findings", import.findings.code.size(),
        [&](auto& w) { describe_import_findings(w, import.findings); });
  table("terrain_changes", import.changes.kind.size(),
        [&](auto& w) { describe_terrain_changes(w, import.changes); });
}

// A GeoPackage with our table `city`, of whatever version.
bool is_city(const std::filesystem::path& path) {
  constexpr std::string_view kMagic = "SQLite format 3";
  std::string head(kMagic.size(), '\0');
  std::ifstream(path, std::ios::binary).read(head.data(), static_cast<std::streamsize>(head.size()));
  if (head != kMagic) return false;
  SqliteDatabase db(path, SqliteDatabase::Mode::read);
  SqliteStatement tables(db,
                         "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('city', "
                         "'gpkg_contents')");
  return tables.step() && tables.integer(0) == 2;
}

}  // namespace

Result<Done> check_city_target(const std::filesystem::path& path) {
  namespace fs = std::filesystem;
  const Where where{.file = path.string()};
  std::error_code error;
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, error))
    return Result<Done>::failure("file.no_folder", where, {{"folder", folder.string()}});
  if (fs::exists(path, error) && !(fs::is_regular_file(path, error) && is_city(path)))
    return Result<Done>::failure("city.would_overwrite", where);
  auto may = may_write(path);
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  if (!may.ok() || extension == ".gpkg") return may;
  Diagnostics notes = may.diagnostics();
  notes.warning("city.not_named_gpkg", where);
  return Result<Done>(Done{}, std::move(notes));
}

Result<Done> write_city(const CityModel& model, const std::filesystem::path& path,
                        const RunContext& context) {
  const Where where{.file = path.string()};
  if (!model.terrain().patches.empty() || !model.land_cover().retention.empty())
    return Result<Done>::failure("city.edited_terrain", where);
  if (auto free = check_city_target(path); !free.ok()) return free;
  AtomicFile file(path);
  const CityGrids grids(model);
  auto created = create_geopackage(file.temporary(), path, grids.named, model.info().frame, context);
  if (!created.ok()) return created;

  SqliteDatabase db(file.temporary(), SqliteDatabase::Mode::write);
  db.execute("BEGIN");
  const std::int32_t srs_id = add_srs(db, model.info().frame.crs);
  write_tables(db, model, grids.rows, srs_id, context);
  db.execute("COMMIT");
  if (!db.close()) return Result<Done>::failure("file.cannot_write", where, {{"reason", db.error()}});
  return file.commit();
}

}  // namespace citytwin::gis
