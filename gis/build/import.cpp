#include "gis/build/import.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/base/percent.hpp"
#include "gis/build/areas.hpp"
#include "gis/build/building_density.hpp"
#include "gis/build/buildings.hpp"
#include "gis/build/cells.hpp"
#include "gis/build/conditioning.hpp"
#include "gis/build/facilities.hpp"
#include "gis/build/import_sources.hpp"
#include "gis/build/layers.hpp"
#include "gis/build/level_areas.hpp"
#include "gis/build/sewers.hpp"
#include "gis/build/streets.hpp"
#include "gis/build/to_frame.hpp"
#include "gis/generate/sewers/synthesise_sewers.hpp"
#include "gis/readers/dem.hpp"
#include "gis/readers/swmm_inp.hpp"

namespace citytwin::gis {

namespace {

class Import {
 public:
  Import(const ImportRecipe& recipe, const RunContext& context) : recipe_(recipe), context_(context) {}

  Result<CityModel> run() {
    for (const auto& step :
         {&Import::open, &Import::choose_extent, &Import::move_sources, &Import::terrain, &Import::features,
          &Import::conditioning, &Import::people, &Import::needs, &Import::sewers}) {
      context_.check_stop();
      if (!(this->*step)() || notes_.has_errors()) return Result<CityModel>(std::move(notes_));
    }
    auto city = build_city(std::move(tables_));
    notes_.append(city.diagnostics());
    if (!city) return Result<CityModel>(std::move(notes_));
    if (const auto density = building_density(*city); density.most_missing())
      notes_.warning("check.buildings_missing", {}, density.words());
    if (const auto level = level_areas(*city); !level.empty())
      notes_.warning("check.level_areas", {}, words_of(level, city->info().frame));
    return Result<CityModel>(std::move(*city), std::move(notes_));
  }

 private:
  // The value of a result, its notes kept; nullopt if it failed.
  template <class T>
  std::optional<T> take(Result<T> result) {
    notes_.append(result.diagnostics());
    if (!result.ok()) return std::nullopt;
    return std::move(*result);
  }

  bool open() {
    auto sources = take(open_sources(recipe_, tables_.sources, context_));
    if (!sources) return false;
    sources_ = std::move(*sources);
    return true;
  }

  bool choose_extent() {
    CityInfo& info = tables_.info;
    info.name = recipe_.name.empty() ? name_from_files() : recipe_.name;
    info.utc_offset = recipe_.utc_offset;
    info.currency = recipe_.currency;
    info.price_year = recipe_.price_year;
    note_extents(sources_, tables_.import_log);
    auto extents = take(extents_of(sources_));
    if (!extents) return false;
    const bool local =
        recipe_.crs == "local" ||
        (recipe_.crs.empty() && !sources_.empty() &&
         std::all_of(sources_.begin(), sources_.end(), [](const auto& s) { return s.crs.is_local(); }));
    const auto area = take(choose_area(recipe_, *extents, context_));
    if (!area) return false;
    auto extent = take(make_extent(*area, local, recipe_, *extents, vertical_datum()));
    if (!extent) return false;
    info.frame = extent->frame;
    area_ = std::move(extent->area);
    return true;
  }

  // "kampen" of kampen.osm.pbf: the first source's name without what follows its first dot.
  [[nodiscard]] std::string name_from_files() const {
    const std::string file = sources_.front().file.filename().string();
    const std::string stem = file.substr(0, file.find('.', 1));
    return stem.empty() ? file : stem;
  }

  [[nodiscard]] std::string vertical_datum() const {
    for (std::size_t s = 0; s < tables_.sources.size(); ++s)
      if (tables_.sources.kind[s] == "dem" && tables_.sources.vertical_datum[s] != "unknown")
        return tables_.sources.vertical_datum[s];
    for (const std::string& datum : tables_.sources.vertical_datum)
      if (datum != "unknown") return datum;
    return "unknown";
  }

  bool move_sources() {
    for (OpenSource& source : sources_) {
      if (!source.osm && !source.buildings) continue;
      const auto transform = take(FrameTransform::make(source.crs, tables_.info.frame));
      if (!transform) return false;
      ImportLog& log = source.osm ? source.osm->log : source.buildings->log;
      if (source.osm)
        move_to_frame(*source.osm, *transform);
      else
        move_to_frame(*source.buildings, *transform);
      auto& out = tables_.import_log;
      out.counts.insert(out.counts.end(), log.counts.begin(), log.counts.end());
      out.findings.insert(out.findings.end(), log.findings.begin(), log.findings.end());
    }
    return true;
  }

  bool features() {
    add_buildings(tables_, building_batches(), *area_);
    std::vector<StreetEntry> entries;
    for (OpenSource& source : sources_) {
      if (!source.osm) continue;
      context_.check_stop();
      context_.progress("stage.streets", -1);
      StreetsBuilt built = build_streets(*source.osm, *area_, source.key, source.id, tables_.import_log);
      tables_.streets = std::move(built.streets);
      add_osm_areas(tables_, *source.osm, *area_, source.key, source.id);
      add_osm_facilities(tables_, *source.osm, *area_, source.key, source.id);
      add_entries(tables_, built.entries, source.key, source.id);
    }
    for (const OpenSource& source : sources_)
      if (!take(add_layer(tables_, source, *area_, context_))) return false;
    return true;
  }

  std::vector<BuildingBatch> building_batches() {
    std::vector<BuildingBatch> batches;
    for (OpenSource& source : sources_) {
      BuildingBatch batch{.source_key = source.key, .source = source.id};
      if (source.osm) {
        batch.yields = true;
        for (OsmBuilding& building : source.osm->buildings) {
          batch.rows.push_back(std::move(building.row));
          batch.kinds.push_back(std::move(building.books));
        }
      } else if (source.buildings) {
        batch.rows = std::move(source.buildings->rows);
        batch.kinds.assign(batch.rows.size(), "buildings");
        batch.counted = true;
      } else {
        continue;
      }
      batches.push_back(std::move(batch));
    }
    return batches;
  }

  // Elevation rasters, else a relief that came with the buildings, else none.
  bool terrain() {
    std::vector<DemSource> dems;
    for (const OpenSource& source : sources_)
      if (source.recipe->kind == "dem") dems.push_back({*source.raster, source.id});
    if (!dems.empty()) {
      auto terrain = take(read_dem(dems, tables_.info.frame, tables_.import_log, context_));
      if (!terrain) return false;
      tables_.terrain = std::move(*terrain);
      return covers_city();
    }
    for (const OpenSource& source : sources_)
      if (source.buildings && source.buildings->terrain) {
        const Tin& tin = *source.buildings->terrain;
        tables_.terrain.elevation = rasterise_tin(tin, tin_grid(tin), context_);
        tables_.terrain.true_resolution_m = tin_mean_edge(tin);
        tables_.terrain.source = source.id;
        return true;
      }
    notes_.warning("import.no_terrain");
    return true;
  }

  // Of the buildings and street nodes of the sources (inside the area, if one was given), at least half must
  // stand on ground the elevation model knows.
  bool covers_city() {
    std::uint64_t asked = 0, covered = 0;
    const auto ask = [&](Point2 p) {
      if (!recipe_.area.empty() && !area_->contains(p)) return;
      ++asked;
      if (std::isfinite(sample_nearest(tables_.terrain.elevation, p))) ++covered;
    };
    for (const OpenSource& source : sources_) {
      if (source.osm) {
        for (const OsmNode& node : source.osm->nodes) ask(node.position);
        for (const OsmBuilding& building : source.osm->buildings) ask(building.row.footprint.outer.front());
      }
      if (source.buildings)
        for (const BuildingFragment& row : source.buildings->rows) ask(row.footprint.outer.front());
    }
    if (2 * covered >= asked) return true;
    notes_.error("dem.covers_too_little", {.file = "dem"},
                 {{"percent", percent_text(static_cast<double>(covered) / static_cast<double>(asked))}});
    return false;
  }

  bool conditioning() {
    ConditioningInput input;
    for (const OpenSource& source : sources_) {
      if (!source.osm) continue;
      for (const OsmCoastline& coast : source.osm->coastlines) input.coastlines.push_back(coast.line);
      input.coastline_source = source.id;
    }
    if (!recipe_.conditioning) return true;
    return take(condition_terrain(tables_, input, context_)).has_value();
  }

  bool people() {
    if (!cells_fit()) return false;
    make_management_cells(tables_, recipe_.management_cell_m);
    bool given = false;
    for (const OpenSource& source : sources_) {
      if (source.recipe->kind != "population") continue;
      if (std::exchange(given, true)) {
        notes_.error("import.several_population", {.file = source.file.filename().string()});
        return false;
      }
      if (!take(add_population(tables_, source, context_))) return false;
    }
    if (!given) estimate_population(tables_, main_source());
    return true;
  }

  // A key, a ring and some numbers per cell; an area of a whole country at 100 m would be gigabytes.
  bool cells_fit() {
    constexpr double kBytesPerCell = 320;
    constexpr double kMostCells = 2e7;
    const double cells =
        tables_.info.frame.extent.area() / (recipe_.management_cell_m * recipe_.management_cell_m);
    const double limit = context_.memory_limit_bytes;
    if (cells <= kMostCells && (limit <= 0 || cells * kBytesPerCell <= limit)) return true;
    notes_.error("memory.too_large", {.key = "management_cell_m"},
                 {{"need_mb", std::to_string(std::llround(cells * kBytesPerCell / 1e6))}});
    return false;
  }

  // The source that estimates lean on: the first with buildings.
  [[nodiscard]] SourceId main_source() const {
    for (const OpenSource& source : sources_)
      if (source.buildings || source.osm) return source.id;
    return {};
  }

  bool needs() {
    std::vector<NeedDefault> defaults;
    if (recipe_.data_folder.empty()) {
      notes_.warning("needs.no_table");
    } else {
      auto table = take(read_need_defaults(recipe_.data_folder / "tables" / "facility_needs.csv"));
      if (!table) return false;
      defaults = std::move(*table);
    }
    return take(add_needs(tables_, defaults, recipe_.needs, {.file = recipe_.file_name})).has_value();
  }

  bool sewers() {
    for (const OpenSource& source : sources_) {
      if (source.recipe->kind != "sewers") continue;
      auto network = take(read_swmm_inp(source.file));
      const auto crs = take(Crs::parse(source.recipe->crs.empty() ? "local" : source.recipe->crs,
                                       {.file = source.file.filename().string(), .key = "crs"}));
      if (!network || !crs) return false;
      tables_.sources.crs[source.id.row()] = crs->code();
      return take(add_swmm_sewers(tables_, std::move(*network), *crs, source.id)).has_value();
    }
    if (recipe_.sewers != "synthesise") return true;
    ParameterValues values = recipe_.sewer_design;
    fill_defaults(sewer_design_table(), values);
    return take(synthesise_sewers(tables_, sewer_design(values), context_)).has_value();
  }

  const ImportRecipe& recipe_;
  const RunContext& context_;
  Diagnostics notes_;
  CityTables tables_;
  std::vector<OpenSource> sources_;
  std::optional<ClipArea> area_;
};

}  // namespace

Result<CityModel> import_city(const ImportRecipe& recipe, const RunContext& context) {
  return Import(recipe, context).run();
}

}  // namespace citytwin::gis
