// Buildings from a layer of polygons with the usual columns.
#include <ogrsf_frmts.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

#include "gis/geometry/repair.hpp"
#include "gis/readers/vector_layer_gdal.hpp"

namespace citytwin::gis {

namespace {

constexpr double kTallest = 1000;  // [m] no building is higher
constexpr int kMostLevels = 250;

struct ColumnRule {
  std::string_view ours;
  std::array<std::string_view, 10> usual;
};

constexpr auto kColumns = std::to_array<ColumnRule>({
    {"key",
     {"key", "id", "gml_id", "gmlid", "osm_id", "building_id", "uid", "uuid", "objectid", "identificatie"}},
    {"height",
     {"height", "building_height", "bldg_height", "measuredheight", "hoehe", "hoogte", "roof_height"}},
    {"levels",
     {"levels", "building:levels", "building_levels", "storeys", "stories", "floors", "num_floors",
      "storeysaboveground", "n_floors"}},
    {"use", {"use", "building_use", "building", "function", "usage", "occupancy", "currentuse", "landuse"}},
    {"floor_area", {"floor_area", "floorarea", "gfa", "gross_floor_area", "total_floor_area"}},
    {"value", {"value", "replacement_value", "building_value"}},
    {"people", {"people", "population", "residents", "inhabitants"}},
    {"name", {"name"}},
});

// Index in the file of each of our columns, -1 where it has none.
struct Columns {
  int key = -1, height = -1, levels = -1, use = -1, floor_area = -1, value = -1, people = -1, name = -1;

  int& of(std::string_view ours) {
    if (ours == "key") return key;
    if (ours == "height") return height;
    if (ours == "levels") return levels;
    if (ours == "use") return use;
    if (ours == "floor_area") return floor_area;
    if (ours == "value") return value;
    if (ours == "people") return people;
    return name;
  }
};

Result<Columns> find_columns(const VectorLayer& layer, const BuildingSource& source) {
  Columns found;
  Diagnostics diagnostics;
  for (const ColumnRule& rule : kColumns)
    for (const std::string_view usual : rule.usual)
      if (int& at = found.of(rule.ours); at < 0 && !usual.empty())
        at = column_index(layer, std::string(usual));
  for (const auto& [ours, theirs] : source.columns) {
    Where where = layer.where;
    where.key = ours;
    const bool known = std::any_of(kColumns.begin(), kColumns.end(),
                                   [&name = ours](const ColumnRule& rule) { return rule.ours == name; });
    const int at = column_index(layer, theirs);
    if (!known) {
      diagnostics.error(
          "vector.unknown_column", where,
          {{"column", ours}, {"known", "key, height, levels, use, floor_area, value, people, name"}});
    } else if (at < 0) {
      diagnostics.error("vector.no_column", where, {{"column", theirs}, {"columns", column_names(layer)}});
    } else {
      found.of(ours) = at;
    }
  }
  if (diagnostics.has_errors()) return Result<Columns>(std::move(diagnostics));
  return Result<Columns>(found, std::move(diagnostics));
}

class BuildingLayer {
 public:
  BuildingLayer(const VectorLayer& layer, const BuildingSource& source, const Columns& columns)
      : layer_(layer), source_(source), columns_(columns) {
    books_.source = source.key;
    books_.kind = "buildings";
  }

  void add(const OGRFeature& feature) {
    ++books_.read;
    const PlainGeometry geometry = plain(feature.GetGeometryRef());
    const std::string key = key_of(feature, place_of(geometry));
    if (geometry.areas.empty())
      return drop(geometry.empty() ? "dropped.no_geometry" : "dropped.not_an_area", key, geometry);
    if (!plausible(geometry, layer_.crs)) return drop("dropped.impossible_place", key, geometry);
    const CheckedAreas checked = checked_areas(geometry, source_.key, key, read_.log);
    if (checked.areas.empty()) return books_.drop(checked.dropped);
    const BuildingFragment whole = attributes_of(feature, key, place_of(geometry));
    double total = 0;
    for (const Polygon& piece : checked.areas) total += area(piece);
    for (std::size_t k = 0; k < checked.areas.size(); ++k) {
      BuildingFragment row = whole;
      const double share = area(checked.areas[k]) / total;
      row.footprint = checked.areas[k];
      row.floor_area *= share;  // amounts are shared by area, heights and words are not
      row.value *= share;
      row.people *= share;
      if (checked.areas.size() > 1) row.key.append("#").append(std::to_string(k + 1));
      read_.rows.push_back(std::move(row));
    }
    ++books_.kept;
    books_.added_by_splitting += checked.areas.size() - 1;
  }

  BuildingsRead take() {
    read_.log.counts.push_back(std::move(books_));
    read_.crs = layer_.crs.is_local() || layer_.crs.code().rfind("EPSG:", 0) == 0 ? layer_.crs.code()
                                                                                  : layer_.crs.wkt();
    if (!source_.vertical_datum.empty()) read_.vertical_datum = source_.vertical_datum;
    return std::move(read_);
  }

 private:
  std::string key_of(const OGRFeature& feature, Point2 place) {
    std::string key = text(feature, columns_.key);
    if (key.empty()) key = std::string(layer_.layer->GetName()) + "/" + std::to_string(feature.GetFID());
    bool repeated = false;
    std::string unique = keys_.unique(key, repeated);
    if (repeated) find("repaired.duplicate_key", unique, place);
    return unique;
  }

  BuildingFragment attributes_of(const OGRFeature& feature, const std::string& key, Point2 place) {
    BuildingFragment row;
    row.key = key;
    row.name = text(feature, columns_.name);
    row.use = use_from_text(text(feature, columns_.use));
    row.height = amount(feature, columns_.height, key, place);
    if (row.height == 0) row.height = kUnknown;
    if (row.height > kTallest) {
      find("repaired.implausible_height", key, place);
      row.height = kUnknown;
    }
    const double levels = amount(feature, columns_.levels, key, place);
    if (levels > kMostLevels)
      find("repaired.implausible_levels", key, place);
    else if (levels > 0)
      row.levels = static_cast<int>(std::ceil(levels));
    row.floor_area = amount(feature, columns_.floor_area, key, place);
    if (row.floor_area == 0) row.floor_area = kUnknown;
    row.value = amount(feature, columns_.value, key, place);
    row.people = amount(feature, columns_.people, key, place);
    return row;
  }

  // A number that is not negative; NaN if the cell is empty or, with a finding, if it holds something else.
  double amount(const OGRFeature& feature, int column, const std::string& key, Point2 place) {
    if (column < 0 || !feature.IsFieldSetAndNotNull(column)) return kUnknown;
    const OGRFieldType type = feature.GetFieldDefnRef(column)->GetType();
    if (type == OFTReal || type == OFTInteger || type == OFTInteger64) {
      const double value = feature.GetFieldAsDouble(column);
      if (std::isfinite(value) && value >= 0) return value;
    } else {
      const std::string written = text(feature, column);
      if (written.empty()) return kUnknown;
      if (const auto value = metres_from_text(written)) return *value;
    }
    find("repaired.bad_value", key, place);
    return kUnknown;
  }

  static std::string text(const OGRFeature& feature, int column) {
    return column >= 0 && feature.IsFieldSetAndNotNull(column) ? feature.GetFieldAsString(column) : "";
  }

  void find(const char* code, const std::string& key, Point2 place) {
    read_.log.findings.push_back({code, source_.key, key, place});
  }

  void drop(const char* reason, const std::string& key, const PlainGeometry& geometry) {
    books_.drop(reason);
    find(reason, key, place_of(geometry));
  }

  const VectorLayer& layer_;
  const BuildingSource& source_;
  Columns columns_;
  UniqueKeys keys_;
  ImportCount books_;
  BuildingsRead read_;
};

}  // namespace

Result<BuildingsRead> read_vector_buildings(const BuildingSource& source, const RunContext& context) {
  Result<VectorLayer> opened = open_layer(source, "building");
  if (!opened.ok()) return Result<BuildingsRead>(opened.diagnostics());
  const Result<Columns> columns = find_columns(*opened, source);
  if (!columns.ok()) return Result<BuildingsRead>(columns.diagnostics());
  BuildingLayer buildings(*opened, source, *columns);
  const Result<Done> walked =
      for_each_feature(*opened, context, [&](const OGRFeature& feature) { buildings.add(feature); });
  if (!walked.ok()) return Result<BuildingsRead>(walked.diagnostics());
  BuildingsRead read = buildings.take();
  if (read.rows.empty()) return Result<BuildingsRead>::failure("vector.nothing_usable", opened->where);
  return read;
}

}  // namespace citytwin::gis
