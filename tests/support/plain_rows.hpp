// Rows of a city that tests add by the dozen, with plain values for all columns a test does not look at.
#pragma once

#include <string>
#include <vector>

#include "engine/model/city_model.hpp"

namespace citytwin::test {

// Source 0 of every row of a test.
inline void need_source(CityTables& t) {
  Sources& s = t.sources;
  if (s.size() > 0) return;
  for (auto* column : {&s.key, &s.kind, &s.file_name, &s.licence, &s.attribution})
    column->emplace_back("test");
  for (auto* column : {&s.content_hash, &s.date, &s.crs, &s.vertical_datum}) column->emplace_back();
}

// A dwelling of one storey where nobody lives.
inline void add_house(CityTables& t, const std::string& key, const std::vector<Point2>& ring) {
  need_source(t);
  Buildings& b = t.buildings;
  b.origin.push_back(key, Provenance::given, SourceId{0});
  b.footprint.push_back(Polygon{ring, {}});
  b.height.push_back(3);
  b.height_provenance.push_back(Provenance::given);
  b.levels.push_back(1);
  b.use.push_back(BuildingUse::residential);
  b.floor_area.push_back(area(Polygon{ring, {}}));
  b.value.push_back(0);
  b.people.push_back(0);
  b.floor_height.push_back(0);
  b.floodproof_depth.push_back(0);
  b.name.emplace_back();
}

}  // namespace citytwin::test
