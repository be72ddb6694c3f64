#include "gis/readers/vector.hpp"

#include <ogrsf_frmts.h>

#include "gis/readers/vector_layer_gdal.hpp"

namespace citytwin::gis {

namespace {

std::string text_of(const OGRFeature& feature, int column) {
  return column >= 0 && feature.IsFieldSetAndNotNull(column) ? feature.GetFieldAsString(column) : "";
}

}  // namespace

Result<VectorRead> read_vector(const BuildingSource& source, const std::string& kind,
                               const std::vector<std::string>& columns, const RunContext& context) {
  Result<VectorLayer> opened = open_layer(source, "");
  if (!opened.ok()) return Result<VectorRead>(opened.diagnostics());
  VectorLayer& layer = *opened;
  VectorRead out;
  out.columns = columns;
  out.crs =
      layer.crs.is_local() || layer.crs.code().rfind("EPSG:", 0) == 0 ? layer.crs.code() : layer.crs.wkt();
  std::vector<int> at;
  for (const std::string& column : columns) {
    at.push_back(column_index(layer, column));
    if (at.back() < 0) {
      Where where = layer.where;
      where.key = column;
      return Result<VectorRead>::failure("vector.no_column", where,
                                         {{"column", column}, {"columns", column_names(layer)}});
    }
  }
  ImportCount books;
  books.source = source.key;
  books.kind = kind;
  UniqueKeys keys;
  const Result<Done> walked = for_each_feature(layer, context, [&](const OGRFeature& feature) {
    ++books.read;
    bool repeated = false;
    VectorFeature row;
    row.key =
        keys.unique(std::string(layer.layer->GetName()) + "/" + std::to_string(feature.GetFID()), repeated);
    const PlainGeometry geometry = plain(feature.GetGeometryRef());
    std::string reason;
    if (geometry.empty())
      reason = "dropped.no_geometry";
    else if (!plausible(geometry, layer.crs))
      reason = "dropped.impossible_place";
    CheckedAreas checked;
    if (reason.empty()) checked = checked_areas(geometry, source.key, row.key, out.log);
    if (reason.empty() && checked.areas.empty() && geometry.lines.empty() && geometry.points.empty())
      reason = checked.dropped;
    if (!reason.empty()) {
      books.drop(reason);
      if (checked.dropped.empty())
        out.log.findings.push_back({reason, source.key, row.key, place_of(geometry)});
      return;
    }
    row.areas = std::move(checked.areas);
    row.lines = geometry.lines;
    row.points = geometry.points;
    for (const int column : at) row.values.push_back(text_of(feature, column));
    ++books.kept;
    out.rows.push_back(std::move(row));
  });
  if (!walked.ok()) return Result<VectorRead>(walked.diagnostics());
  if (out.rows.empty()) return Result<VectorRead>::failure("vector.nothing_usable", layer.where);
  out.log.counts.push_back(std::move(books));
  return out;
}

}  // namespace citytwin::gis
