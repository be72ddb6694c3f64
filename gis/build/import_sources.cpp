#include "gis/build/import_sources.hpp"

#include <algorithm>

#include "gis/build/file_hash.hpp"
#include "gis/build/recipe_tables.hpp"
#include "gis/io/safe_path.hpp"

namespace citytwin::gis {

namespace {

bool is_raster_file(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  const auto ends = [&](std::string_view suffix) {
    return name.size() >= suffix.size() &&
           std::equal(suffix.begin(), suffix.end(), name.end() - static_cast<std::ptrdiff_t>(suffix.size()),
                      [](char a, char b) { return a == std::tolower(static_cast<unsigned char>(b)); });
  };
  return ends(".tif") || ends(".tiff") || ends(".asc") || ends(".hgt") || ends(".hgt.zip") ||
         ends(".tif.zip");
}

void add_row(Sources& table, const OpenSource& source, const RunContext& context) {
  const RecipeSource& r = *source.recipe;
  const bool osm = r.kind == "osm";
  table.key.push_back(source.key);
  table.kind.push_back(r.kind);
  table.file_name.push_back(source.file.filename().string());
  table.content_hash.push_back(hash_of_file(source.file, context));
  table.licence.push_back(r.licence.empty() && osm ? "ODbL-1.0" : r.licence);
  table.attribution.push_back(r.attribution.empty() && osm ? "© OpenStreetMap contributors" : r.attribution);
  table.date.push_back(r.date);
  table.crs.emplace_back();
  table.vertical_datum.emplace_back(r.vertical_datum.empty() ? "unknown" : r.vertical_datum);
}

void read_osm_source(OpenSource& source, Sources& table, const RunContext& context, Diagnostics& notes) {
  auto read = read_osm(source.file, source.key, context);
  notes.append(read.diagnostics());
  if (!read) return;
  if (table.date[source.id.row()].empty()) table.date[source.id.row()] = read->date;
  source.osm = std::move(*read);
  source.crs = Crs::wgs84();
  table.crs[source.id.row()] = "EPSG:4326";
}

void read_building_source(OpenSource& source, Sources& table, const RunContext& context, Diagnostics& notes) {
  const RecipeSource& r = *source.recipe;
  auto read = read_buildings({source.file, source.key, r.layer, r.crs, r.vertical_datum, r.columns}, context);
  notes.append(read.diagnostics());
  if (!read) return;
  auto crs = Crs::parse(read->crs, {.file = source.file.filename().string(), .key = "crs"});
  notes.append(crs.diagnostics());
  if (!crs) return;
  source.crs = *crs;
  table.crs[source.id.row()] = read->crs;
  table.vertical_datum[source.id.row()] = read->vertical_datum;
  source.buildings = std::move(*read);
}

void open_raster(OpenSource& source, Sources& table, const RunContext& context, Diagnostics& notes) {
  const RecipeSource& r = *source.recipe;
  auto raster = open_raster_source({source.file, source.key, r.crs, r.vertical_datum}, context);
  notes.append(raster.diagnostics());
  if (!raster) return;
  source.crs = raster->info().crs;
  table.crs[source.id.row()] = source.crs.code();
  table.vertical_datum[source.id.row()] = raster->info().vertical_datum;
  source.raster = std::move(*raster);
}

void open_one(OpenSource& source, Sources& table, const RunContext& context, Diagnostics& notes) {
  const std::string& kind = source.recipe->kind;
  if (kind == "osm")
    read_osm_source(source, table, context, notes);
  else if (kind == "buildings")
    read_building_source(source, table, context, notes);
  else if (kind == "dem" || is_raster_file(source.file))
    open_raster(source, table, context, notes);
  // Other vector sources are read when the frame is known.
}

Box2 box_of(const BuildingsRead& read) {
  Box2 box;
  for (const BuildingFragment& row : read.rows) box.add(bounds(row.footprint.outer));
  if (read.terrain)
    for (const Point3& p : read.terrain->points) box.add(Point2{p.x, p.y});
  return box;
}

// In the source's CRS; empty if it has not been read yet.
Box2 box_of(const OpenSource& source) {
  if (source.osm) return source.osm->header_box.value_or(source.osm->node_box);
  if (source.buildings) return box_of(*source.buildings);
  return source.raster ? source.raster->info().bounds : Box2{};
}

}  // namespace

void note_extents(const std::vector<OpenSource>& sources, ImportLog& log) {
  for (const OpenSource& source : sources) note_extent(log, source.key, box_of(source), source.crs);
}

Result<std::vector<OpenSource>> open_sources(const ImportRecipe& recipe, Sources& table,
                                             const RunContext& context) {
  using Out = Result<std::vector<OpenSource>>;
  Diagnostics notes;
  if (recipe.sources.empty()) notes.error("recipe.no_sources");
  std::vector<OpenSource> sources;
  for (const RecipeSource& r : recipe.sources) {
    const Where where{.file = r.file.string(), .key = r.key, .line = r.line};
    if (std::find(source_kinds().begin(), source_kinds().end(), r.kind) == source_kinds().end()) {
      notes.error("recipe.unknown_kind", where, {{"kind", r.kind}});
      continue;
    }
    auto file = safe_input(r.file.string(), recipe.base_folder);
    notes.append(file.diagnostics());
    if (!file) continue;
    if (r.kind == "sewers" && std::count(table.kind.begin(), table.kind.end(), "sewers") > 0) {
      notes.error("import.several_sewers", where);
      continue;
    }
    if (r.kind == "osm" && std::count(table.kind.begin(), table.kind.end(), "osm") > 0) {
      notes.error("import.several_osm", where);
      continue;
    }
    OpenSource source{.recipe = &r, .key = r.key, .file = *file, .id = SourceId(table.size())};
    if (source.key.empty()) {
      source.key = r.kind;
      for (int n = 2; std::find(table.key.begin(), table.key.end(), source.key) != table.key.end(); ++n)
        source.key = r.kind + "_" + std::to_string(n);
    } else if (std::find(table.key.begin(), table.key.end(), source.key) != table.key.end()) {
      notes.error("recipe.duplicate_key", where, {{"key", source.key}});
      continue;
    }
    add_row(table, source, context);
    open_one(source, table, context, notes);
    sources.push_back(std::move(source));
  }
  if (notes.has_errors()) return Out(std::move(notes));
  return Out(std::move(sources), std::move(notes));
}

Result<std::vector<SourceExtent>> extents_of(const std::vector<OpenSource>& sources) {
  using Out = Result<std::vector<SourceExtent>>;
  // Sources of one kind complete each other (tiles of a mosaic); kinds limit each other.
  std::vector<SourceExtent> extents;
  for (const OpenSource& source : sources) {
    const Box2 box = box_of(source);
    if (box.empty() || (source.raster && source.recipe->kind != "dem")) continue;
    const auto lon_lat = to_lon_lat(box, source.crs);
    if (!lon_lat) return Out(lon_lat.diagnostics());
    const std::string& kind = source.recipe->kind;
    const auto same =
        std::find_if(extents.begin(), extents.end(), [&](const auto& e) { return e.key == kind; });
    if (same == extents.end()) {
      extents.push_back({kind, *lon_lat, source.crs.code(), box});
      continue;
    }
    same->box.add(*lon_lat);
    same->own.add(box);
    if (same->crs != source.crs.code()) same->crs.clear();
  }
  return Out(std::move(extents));
}

}  // namespace citytwin::gis
