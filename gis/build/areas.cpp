#include "gis/build/areas.hpp"

#include <cmath>

#include "gis/build/place_features.hpp"

namespace citytwin::gis {

namespace {

// Calls row(feature, polygon, key) for each polygon of each feature that lies inside.
template <class Row>
void place_areas(const std::vector<OsmArea>& areas, FeaturePlacer& placer, Row&& row) {
  for (std::size_t begin = 0; begin < areas.size();) {
    const std::string stem = stem_of(areas[begin].key);
    std::vector<Polygon> pieces;
    std::size_t end = begin;
    while (end < areas.size() && stem_of(areas[end].key) == stem) pieces.push_back(areas[end++].area);
    const std::vector<Polygon> placed = placer.place_area(areas[begin].kind, stem, pieces);
    for (std::size_t p = 0; p < placed.size(); ++p)
      row(areas[begin], placed[p], piece_key(stem, p, placed.size()));
    begin = end;
  }
}

void add_waterways(Waterways& table, const std::vector<OsmWaterway>& ways, FeaturePlacer& placer,
                   SourceId source) {
  for (std::size_t begin = 0; begin < ways.size();) {
    const std::string stem = stem_of(ways[begin].key);
    std::vector<Polyline> pieces;
    std::size_t end = begin;
    while (end < ways.size() && stem_of(ways[end].key) == stem) pieces.push_back(ways[end++].line);
    const OsmWaterway& way = ways[begin];
    const auto placed = placer.place_line("waterway ways", pieces);
    for (std::size_t p = 0; p < placed.size(); ++p) {
      const bool has_width = std::isfinite(way.width) && way.width > 0;
      table.origin.push_back(piece_key(stem, p, placed.size()),
                             has_width ? Provenance::given : Provenance::estimated, source);
      table.line.push_back(placed[p]);
      table.kind.push_back(way.kind);
      table.width.push_back(has_width ? way.width : usual_width(way.kind));
      table.structure.push_back(way.structure);
      table.name.push_back(way.name);
    }
    begin = end;
  }
}

}  // namespace

double usual_width(WaterwayKind kind) {
  switch (kind) {
    case WaterwayKind::river:
      return 10;
    case WaterwayKind::canal:
      return 8;
    case WaterwayKind::stream:
      return 2;
    case WaterwayKind::drain:
      return 1.5;
    case WaterwayKind::ditch:
      return 1;
  }
  return 1;
}

void add_osm_areas(CityTables& tables, const OsmRead& osm, const ClipArea& area,
                   const std::string& source_key, SourceId source) {
  FeaturePlacer placer(area, tables.import_log, source_key);
  LandCover& cover = tables.land_cover;
  place_areas(osm.land_cover, placer, [&](const OsmArea& from, const Polygon& polygon, std::string key) {
    cover.origin.push_back(std::move(key), Provenance::given, source);
    cover.area.push_back(polygon);
    cover.cover.push_back(from.cover);
  });
  WaterBodies& water = tables.water_bodies;
  place_areas(osm.water, placer, [&](const OsmArea& from, const Polygon& polygon, std::string key) {
    water.origin.push_back(std::move(key), Provenance::given, source);
    water.area.push_back(polygon);
    water.kind.push_back(from.water);
    water.level.push_back(kUnknown);
    water.level_provenance.push_back(Provenance::estimated);
    water.name.push_back(from.name);
  });
  add_waterways(tables.waterways, osm.waterways, placer, source);
}

}  // namespace citytwin::gis
