// The tiny city of tests/support with water: a river from west to east at y = 100 and a sea in the south.
#pragma once

#include <memory>

#include "tests/support/tiny_city.hpp"

namespace citytwin::test {

inline std::shared_ptr<const CityModel> tiny_city() {
  return std::make_shared<const CityModel>(*build_city(tiny_tables()));
}

inline std::shared_ptr<const CityModel> tiny_city_with_water() {
  CityTables t = tiny_tables();
  WaterBodies& w = t.water_bodies;
  w.origin.push_back("sea/1", Provenance::given, SourceId{0});
  w.area.push_back(Polygon{{{0, 0}, {300, 0}, {300, 10}, {200, 12}, {100, 12}, {0, 10}}, {}});
  w.kind.push_back(WaterKind::sea);
  w.level.push_back(0);
  w.level_provenance.push_back(Provenance::given);
  w.name.emplace_back("Sea");
  Waterways& r = t.waterways;
  for (const int part : {1, 0}) {  // stored downstream part first: the chain must find its order
    r.origin.push_back("river/" + std::to_string(part), Provenance::given, SourceId{0});
    r.line.push_back(part == 0 ? std::vector<Point2>{{2, 100}, {150, 100}}
                               : std::vector<Point2>{{150, 100}, {298, 100}});
    r.kind.push_back(WaterwayKind::river);
    r.width.push_back(10);
    r.structure.push_back(Structure::ground);
    r.name.emplace_back("River");
  }
  return std::make_shared<const CityModel>(*build_city(std::move(t)));
}

}  // namespace citytwin::test
