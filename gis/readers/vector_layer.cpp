#include <ogrsf_frmts.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "gis/crs/crs_gdal.hpp"
#include "gis/geometry/repair.hpp"
#include "gis/readers/vector_layer_gdal.hpp"

namespace citytwin::gis {

namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

bool has_geometry(OGRLayer& layer) { return layer.GetLayerDefn()->GetGeomFieldCount() > 0; }

// The layer to read, or null with the reason in `diagnostics`.
OGRLayer* choose_layer(GDALDataset& dataset, const BuildingSource& source, const std::string& subject,
                       Diagnostics& diagnostics) {
  const Where where{.file = source.file.string(), .layer = source.layer};
  std::string names;
  std::vector<OGRLayer*> spatial;
  std::vector<OGRLayer*> fitting;
  for (int i = 0; i < dataset.GetLayerCount(); ++i) {
    OGRLayer* layer = dataset.GetLayer(i);
    if (layer == nullptr || !has_geometry(*layer)) continue;
    spatial.push_back(layer);
    names += (names.empty() ? "" : ", ") + std::string(layer->GetName());
    if (!subject.empty() && lower(layer->GetName()).find(subject) != std::string::npos)
      fitting.push_back(layer);
    if (source.layer == layer->GetName()) return layer;
  }
  if (!source.layer.empty() || spatial.empty()) {
    diagnostics.error("vector.no_layer", where, {{"layer", source.layer}, {"layers", names}});
    return nullptr;
  }
  if (spatial.size() == 1) return spatial.front();
  if (fitting.size() == 1) return fitting.front();
  diagnostics.error("vector.layer_ambiguous", where, {{"layers", names}});
  return nullptr;
}

Ring ring_of(const OGRLinearRing* ring) {
  Ring out;
  if (ring == nullptr) return out;
  out.reserve(static_cast<std::size_t>(ring->getNumPoints()));
  for (int k = 0; k < ring->getNumPoints(); ++k) out.push_back({ring->getX(k), ring->getY(k)});
  return out;
}

void collect(const OGRGeometry& geometry, PlainGeometry& out) {
  if (geometry.IsEmpty()) return;
  switch (wkbFlatten(geometry.getGeometryType())) {
    case wkbPoint: {
      const OGRPoint* p = geometry.toPoint();
      out.points.push_back({p->getX(), p->getY()});
      return;
    }
    case wkbLineString: {
      const OGRLineString* line = geometry.toLineString();
      Polyline points;
      for (int k = 0; k < line->getNumPoints(); ++k) points.push_back({line->getX(k), line->getY(k)});
      out.lines.push_back(std::move(points));
      return;
    }
    case wkbPolygon:
    case wkbTriangle: {
      const OGRPolygon* polygon = geometry.toPolygon();
      Polygon area;
      area.outer = ring_of(polygon->getExteriorRing());
      for (int k = 0; k < polygon->getNumInteriorRings(); ++k)
        area.holes.push_back(ring_of(polygon->getInteriorRing(k)));
      out.areas.push_back(std::move(area));
      return;
    }
    case wkbMultiPoint:
    case wkbMultiLineString:
    case wkbMultiPolygon:
    case wkbGeometryCollection:
      for (const OGRGeometry* part : geometry.toGeometryCollection()) collect(*part, out);
      return;
    case wkbPolyhedralSurface:
    case wkbTIN:
      for (const OGRPolygon* part : *geometry.toPolyhedralSurface()) collect(*part, out);
      return;
    default:
      return;
  }
}

template <class Visit>
void for_each_point(const PlainGeometry& geometry, Visit&& visit) {
  for (const Polygon& area : geometry.areas) {
    for (Point2 p : area.outer) visit(p);
    for (const Ring& hole : area.holes)
      for (Point2 p : hole) visit(p);
  }
  for (const Polyline& line : geometry.lines)
    for (Point2 p : line) visit(p);
  for (Point2 p : geometry.points) visit(p);
}

}  // namespace

Result<VectorLayer> open_layer(const BuildingSource& source, const std::string& subject) {
  Result<DatasetPtr> dataset = open_vector(source.file);
  if (!dataset.ok()) return Result<VectorLayer>(dataset.diagnostics());
  Diagnostics diagnostics;
  VectorLayer out;
  out.dataset = std::move(*dataset);
  out.layer = choose_layer(*out.dataset, source, subject, diagnostics);
  if (out.layer == nullptr) return Result<VectorLayer>(std::move(diagnostics));
  out.where = {.file = source.file.string(), .layer = out.layer->GetName()};
  const OGRSpatialReference* reference = out.layer->GetSpatialRef();
  if (reference != nullptr && !reference->IsEmpty() && !reference->IsLocal()) {
    out.crs = crs_from_ogr(reference);
  } else if (!source.crs.empty()) {
    Result<Crs> stated = Crs::parse(source.crs, out.where);
    if (!stated.ok()) return Result<VectorLayer>(stated.diagnostics());
    out.crs = *stated;
  } else {
    return Result<VectorLayer>::failure("vector.no_crs", out.where);
  }
  const GdalErrors errors;
  const bool empty = out.layer->GetFeatureCount() == 0;
  if (errors.report(diagnostics, "vector.broken", out.where))
    return Result<VectorLayer>(std::move(diagnostics));
  if (empty) return Result<VectorLayer>::failure("vector.empty_layer", out.where);
  return Result<VectorLayer>(std::move(out));
}

int column_index(const VectorLayer& layer, const std::string& name) {
  return layer.layer->GetLayerDefn()->GetFieldIndex(name.c_str());  // ignores letter case
}

std::string column_names(const VectorLayer& layer) {
  std::string names;
  const OGRFeatureDefn* columns = layer.layer->GetLayerDefn();
  for (int k = 0; k < columns->GetFieldCount(); ++k)
    names += (names.empty() ? "" : ", ") + std::string(columns->GetFieldDefn(k)->GetNameRef());
  return names;
}

PlainGeometry plain(const OGRGeometry* geometry) {
  PlainGeometry out;
  if (geometry == nullptr) return out;
  if (geometry->hasCurveGeometry()) {
    const std::unique_ptr<OGRGeometry> straight(geometry->getLinearGeometry());
    if (straight) collect(*straight, out);
  } else {
    collect(*geometry, out);
  }
  return out;
}

Result<Done> for_each_feature(VectorLayer& layer, const RunContext& context,
                              const std::function<void(const OGRFeature&)>& visit) {
  constexpr auto kStage = "stage.read_vector";
  const GdalErrors errors;
  Diagnostics diagnostics;
  const GIntBig announced = layer.layer->GetFeatureCount();
  GIntBig read = 0;
  layer.layer->ResetReading();
  for (OGRFeatureUniquePtr feature(layer.layer->GetNextFeature()); feature;
       feature.reset(layer.layer->GetNextFeature())) {
    if ((read++ & 0x3FF) == 0) {
      context.check_stop();
      context.progress(kStage,
                       announced > 0 ? static_cast<double>(read) / static_cast<double>(announced) : -1.0);
    }
    visit(*feature);
  }
  if (errors.report(diagnostics, "vector.broken", layer.where)) return Result<Done>(std::move(diagnostics));
  if (read < announced)
    return Result<Done>::failure("vector.count_mismatch", layer.where,
                                 {{"announced", std::to_string(announced)}, {"read", std::to_string(read)}});
  return Done{};
}

bool plausible(const PlainGeometry& geometry, const Crs& crs) {
  if (!crs.is_geographic()) return true;
  constexpr double kHalfTurn = 180.0000001;
  constexpr double kQuarterTurn = 90.0000001;
  bool good = true;
  for_each_point(geometry, [&](Point2 p) {
    if (std::abs(p.x) > 2 * kHalfTurn || std::abs(p.y) > kQuarterTurn) good = false;
  });
  return good;
}

Point2 place_of(const PlainGeometry& geometry) {
  Point2 place{kUnknown, kUnknown};
  for_each_point(geometry, [&](Point2 p) {
    if (!std::isfinite(place.x) && std::isfinite(p.x) && std::isfinite(p.y)) place = p;
  });
  return place;
}

CheckedAreas checked_areas(const PlainGeometry& geometry, const std::string& source, const std::string& key,
                           ImportLog& log) {
  CheckedAreas out;
  for (const Polygon& area : geometry.areas) {
    RepairResult repaired = repair_polygon(area, true);
    for (const std::string& code : repaired.codes) {
      log.findings.push_back({code, source, key, place_of(geometry)});
      if (repaired.polygons.empty() && out.dropped.empty()) out.dropped = code;
    }
    for (Polygon& polygon : repaired.polygons) out.areas.push_back(std::move(polygon));
  }
  std::stable_sort(out.areas.begin(), out.areas.end(),
                   [](const Polygon& a, const Polygon& b) { return area(a) > area(b); });
  if (!out.areas.empty()) out.dropped.clear();
  return out;
}

}  // namespace citytwin::gis
