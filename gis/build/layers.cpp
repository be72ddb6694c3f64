#include "gis/build/layers.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/model/names.hpp"
#include "gis/build/buildings_by_place.hpp"
#include "gis/build/cells.hpp"
#include "gis/build/extent.hpp"
#include "gis/build/place_features.hpp"
#include "gis/readers/landcover_raster.hpp"
#include "gis/readers/population.hpp"
#include "gis/readers/vector.hpp"

namespace citytwin::gis {

namespace {

BuildingSource as_vector(const OpenSource& source) {
  const RecipeSource& r = *source.recipe;
  return {source.file, source.key, r.layer, r.crs, r.vertical_datum, r.columns};
}

std::string column_for(const OpenSource& source, const std::string& ours) {
  for (const auto& [name, column] : source.recipe->columns)
    if (name == ours) return column;
  return ours;
}

Box2 box_of(const VectorRead& read) {
  Box2 box;
  for (const VectorFeature& row : read.rows) {
    for (const Polygon& polygon : row.areas) box.add(bounds(polygon.outer));
    for (const Polyline& line : row.lines) box.add(bounds(line));
    box.add(bounds(row.points));
  }
  return box;
}

Box2 box_of(const std::vector<PopulationRow>& rows) {
  Box2 box;
  for (const PopulationRow& row : rows) {
    for (const Polygon& polygon : row.areas) box.add(bounds(polygon.outer));
    if (row.areas.empty()) box.add(row.place);
  }
  return box;
}

// The features of a vector layer in the city frame, snapped. Columns that are not `required` may be absent
// and are then empty.
Result<VectorRead> read_layer(CityTables& tables, const OpenSource& source, const std::string& kind,
                              const std::string& required, const std::vector<std::string>& optional,
                              const RunContext& context) {
  // What the user renamed must be there; what nobody mentioned is taken if it is there.
  std::vector<std::string> columns;
  if (!required.empty()) columns.push_back(column_for(source, required));
  for (const std::string& ours : optional) columns.push_back(column_for(source, ours));
  auto read = read_vector(as_vector(source), kind, columns, context);
  for (std::size_t keep = columns.size(); !read.ok() && read.diagnostics().has("vector.no_column");) {
    const std::string missing = read.diagnostics().items().front().where.key;
    const auto it = std::find(columns.begin() + (required.empty() ? 0 : 1), columns.end(), missing);
    if (it == columns.end() || keep-- == 0) break;
    const bool named_by_user = std::any_of(source.recipe->columns.begin(), source.recipe->columns.end(),
                                           [&](const auto& c) { return c.second == missing; });
    if (named_by_user) break;
    columns.erase(it);
    read = read_vector(as_vector(source), kind, columns, context);
  }
  if (!read.ok()) return read;
  const auto crs = Crs::parse(read->crs, {.file = source.file.filename().string(), .key = "crs"});
  if (!crs) return Result<VectorRead>(crs.diagnostics());
  const auto transform = FrameTransform::make(*crs, tables.info.frame);
  if (!transform) return Result<VectorRead>(transform.diagnostics());
  tables.sources.crs[source.id.row()] = crs->code();
  note_extent(tables.import_log, source.key, box_of(*read), *crs);
  const auto move = [&](std::vector<Point2>& points) {
    transform->to_frame(points);
    for (Point2& p : points) p = snap(p);
  };
  for (VectorFeature& row : read->rows) {
    for (Polygon& polygon : row.areas) {
      move(polygon.outer);
      for (Ring& hole : polygon.holes) move(hole);
    }
    for (Polyline& line : row.lines) move(line);
    move(row.points);
  }
  for (ImportFinding& finding : read->log.findings)
    if (std::isfinite(finding.place.x)) finding.place = snap(transform->to_frame(finding.place));
  return read;
}

// The value of a column by our name; empty if the file has none.
std::string value_of(const VectorRead& read, const VectorFeature& row, const OpenSource& source,
                     const std::string& ours) {
  const std::string column = column_for(source, ours);
  for (std::size_t c = 0; c < read.columns.size() && c < row.values.size(); ++c)
    if (read.columns[c] == column) return row.values[c];
  return {};
}

template <class E>
std::optional<E> word(const OpenSource& source, const VectorFeature& row, const std::string& ours,
                      const std::string& text, Diagnostics& notes) {
  if (const auto value = from_name<E>(text)) return value;
  std::string all;
  for (const std::string_view name : Names<E>::kAll) all += (all.empty() ? "" : ", ") + std::string(name);
  notes.error("layer.unknown_word",
              {.file = source.file.filename().string(), .feature = row.key, .key = column_for(source, ours)},
              {{"value", text}, {"known", all}});
  return std::nullopt;
}

// Books of a layer: what the reader counted as kept is counted anew by the placer.
void take_log(CityTables& tables, VectorRead& read) {
  for (ImportCount& count : read.log.counts) count.kept = count.added_by_splitting = 0;
  auto& log = tables.import_log;
  log.counts.insert(log.counts.end(), read.log.counts.begin(), read.log.counts.end());
  log.findings.insert(log.findings.end(), read.log.findings.begin(), read.log.findings.end());
}

Result<Done> land_cover_polygons(CityTables& tables, const OpenSource& source, const ClipArea& area,
                                 const RunContext& context) {
  const std::string kind = "land cover polygons";
  auto read = read_layer(tables, source, kind, "class", {}, context);
  if (!read) return Result<Done>(read.diagnostics());
  Diagnostics notes = read.diagnostics();
  take_log(tables, *read);
  FeaturePlacer placer(area, tables.import_log, source.key);
  for (const VectorFeature& row : read->rows) {
    const auto cover =
        word<LandCoverClass>(source, row, "class", value_of(*read, row, source, "class"), notes);
    if (!cover) return Result<Done>(std::move(notes));
    const auto placed = placer.place_area(kind, row.key, row.areas);
    for (std::size_t p = 0; p < placed.size(); ++p) {
      tables.land_cover.origin.push_back(source.key + "/" + piece_key(row.key, p, placed.size()),
                                         Provenance::given, source.id);
      tables.land_cover.area.push_back(placed[p]);
      tables.land_cover.cover.push_back(*cover);
    }
  }
  return Result<Done>(Done{}, std::move(notes));
}

Result<Done> water_polygons(CityTables& tables, const OpenSource& source, const ClipArea& area,
                            const RunContext& context) {
  const std::string kind = "water polygons";
  auto read = read_layer(tables, source, kind, "", {"kind", "name", "level"}, context);
  if (!read) return Result<Done>(read.diagnostics());
  Diagnostics notes = read.diagnostics();
  take_log(tables, *read);
  FeaturePlacer placer(area, tables.import_log, source.key);
  for (const VectorFeature& row : read->rows) {
    const std::string text = value_of(*read, row, source, "kind");
    const auto water = text.empty() ? WaterKind::lake : word<WaterKind>(source, row, "kind", text, notes);
    if (!water) return Result<Done>(std::move(notes));
    const auto level = metres_from_text(value_of(*read, row, source, "level"));
    const auto placed = placer.place_area(kind, row.key, row.areas);
    for (std::size_t p = 0; p < placed.size(); ++p) {
      WaterBodies& w = tables.water_bodies;
      w.origin.push_back(source.key + "/" + piece_key(row.key, p, placed.size()), Provenance::given,
                         source.id);
      w.area.push_back(placed[p]);
      w.kind.push_back(*water);
      w.level.push_back(level.value_or(kUnknown));
      w.level_provenance.push_back(level ? Provenance::given : Provenance::estimated);
      w.name.push_back(value_of(*read, row, source, "name"));
    }
  }
  return Result<Done>(Done{}, std::move(notes));
}

Result<Done> facility_rows(CityTables& tables, const OpenSource& source, const ClipArea& area,
                           const RunContext& context) {
  const std::string kind = "facility rows";
  auto read = read_layer(tables, source, kind, "kind", {"name", "capacity", "floor_height"}, context);
  if (!read) return Result<Done>(read.diagnostics());
  Diagnostics notes = read.diagnostics();
  take_log(tables, *read);
  const BuildingsByPlace by_place(tables.buildings);
  for (const VectorFeature& row : read->rows) {
    const auto facility =
        word<FacilityKind>(source, row, "kind", value_of(*read, row, source, "kind"), notes);
    if (!facility) return Result<Done>(std::move(notes));
    ImportCount& count = count_of(tables.import_log, source.key, kind);
    const bool has_place = !row.points.empty() || !row.areas.empty();
    const Point2 place = !row.points.empty() ? row.points.front()
                         : has_place         ? snap(centroid(row.areas.front()))
                                             : Point2{};
    if (!has_place || !area.contains(place)) {
      count.drop(has_place ? "dropped.outside_extent" : "dropped.no_place");
      if (!has_place)
        tables.import_log.findings.push_back({"dropped.no_place", source.key, row.key, {kUnknown, kUnknown}});
      continue;
    }
    ++count.kept;
    const auto number = [&](const char* ours) {
      const auto value = metres_from_text(value_of(*read, row, source, ours));
      return value.value_or(0);
    };
    Facilities& f = tables.facilities;
    f.origin.push_back(source.key + "/" + row.key, Provenance::given, source.id);
    f.kind.push_back(*facility);
    f.name.push_back(value_of(*read, row, source, "name"));
    f.position.push_back(place);
    f.building.push_back(by_place.at(place));
    f.capacity.push_back(number("capacity"));
    f.floor_height.push_back(number("floor_height"));
  }
  return Result<Done>(Done{}, std::move(notes));
}

}  // namespace

Result<Done> add_layer(CityTables& tables, const OpenSource& source, const ClipArea& area,
                       const RunContext& context) {
  const std::string& kind = source.recipe->kind;
  if (kind == "water") return water_polygons(tables, source, area, context);
  if (kind == "facilities") return facility_rows(tables, source, area, context);
  if (kind != "landcover") return Result<Done>(Done{});
  if (!source.raster) return land_cover_polygons(tables, source, area, context);
  auto raster = read_landcover_raster(*source.raster, tables.info.frame, source.recipe->columns,
                                      tables.import_log, context);
  if (!raster) return Result<Done>(raster.diagnostics());
  tables.land_cover.raster = std::move(*raster);
  return Result<Done>(Done{}, raster.diagnostics());
}

Result<Done> add_population(CityTables& tables, const OpenSource& source, const RunContext& context) {
  const std::size_t first = tables.import_log.counts.size();
  auto rows = source.raster
                  ? read_population_raster(*source.raster, tables.info.frame, tables.import_log, context)
                  : read_population_vector(as_vector(source), tables.info.frame, tables.import_log, context,
                                           &tables.sources.crs[source.id.row()]);
  if (!rows) return Result<Done>(rows.diagnostics());
  Diagnostics notes = rows.diagnostics();
  if (!source.raster) note_extent(tables.import_log, source.key, box_of(*rows), tables.info.frame);
  const PopulationBooks books = spread_population(tables, *rows, source.id, Provenance::given);
  if (first < tables.import_log.counts.size() && books.rows_outside > 0) {
    ImportCount& count = tables.import_log.counts[first];
    const std::uint64_t outside = std::min(books.rows_outside, count.kept);
    count.kept -= outside;
    count.drop("dropped.outside_extent", outside);
  }
  if (books.outside >= 0.5)
    notes.warning("population.partly_outside", {.file = source.file.filename().string()},
                  {{"people", std::to_string(std::llround(books.outside))},
                   {"given", std::to_string(std::llround(books.given))}});
  return Result<Done>(Done{}, std::move(notes));
}

}  // namespace citytwin::gis
