#include "gis/build/facilities.hpp"

#include <algorithm>

#include "gis/build/buildings_by_place.hpp"
#include "gis/build/place_features.hpp"

namespace citytwin::gis {

namespace {

void append(Facilities& f, std::string key, Provenance provenance, SourceId source, FacilityKind kind,
            std::string name, Point2 position, BuildingId building, double capacity) {
  f.origin.push_back(std::move(key), provenance, source);
  f.kind.push_back(kind);
  f.name.push_back(std::move(name));
  f.position.push_back(position);
  f.building.push_back(building);
  f.capacity.push_back(capacity);
  f.floor_height.push_back(0);
}

// Of the facilities mapped as areas, is there one of this kind that holds the place?
class FacilityAreas {
 public:
  explicit FacilityAreas(const std::vector<OsmFacility>& facilities) {
    std::vector<Box2> boxes;
    for (const OsmFacility& facility : facilities) {
      if (!facility.area) continue;
      areas_.push_back(&facility);
      boxes.push_back(bounds(facility.area->outer));
    }
    if (!boxes.empty()) index_ = SpatialIndex(boxes);
  }
  [[nodiscard]] bool holds(const OsmFacility& node) const {
    Box2 here;
    here.add(node.position);
    const auto near = index_.overlapping(here);
    return std::any_of(near.begin(), near.end(), [&](std::uint32_t k) {
      return areas_[k]->kind == node.kind && contains(*areas_[k]->area, node.position);
    });
  }

 private:
  std::vector<const OsmFacility*> areas_;
  SpatialIndex index_;
};

}  // namespace

void add_osm_facilities(CityTables& tables, const OsmRead& osm, const ClipArea& area,
                        const std::string& source_key, SourceId source) {
  const BuildingsByPlace by_place(tables.buildings);
  const FacilityAreas areas(osm.facilities);
  for (const OsmFacility& facility : osm.facilities) {
    ImportCount& count = count_of(tables.import_log, source_key, facility.books);
    if (!facility.area && areas.holds(facility)) {
      ++count.merged;
      continue;
    }
    Point2 position = facility.position;
    BuildingId building = by_place.at(position);
    Provenance provenance = Provenance::given;
    if (facility.area && building.is_none()) {
      building = by_place.largest_in(*facility.area);
      if (!building.is_none()) {
        position = snap(centroid(tables.buildings.footprint[building.row()]));
        provenance = Provenance::derived;
      }
    }
    if (!area.contains(position)) {
      count.drop("dropped.outside_extent");
      continue;
    }
    ++count.kept;
    append(tables.facilities, facility.key, provenance, source, facility.kind, facility.name, position,
           building, facility.capacity);
  }
}

void add_entries(CityTables& tables, const std::vector<StreetEntry>& entries, const std::string& source_key,
                 SourceId source) {
  if (entries.empty()) return;
  const Junctions& junctions = tables.streets.junctions;
  ImportCount& count = count_of(tables.import_log, source_key, "entries of the street network");
  for (const StreetEntry& entry : entries) {
    ++count.read;
    ++count.kept;
    const std::size_t j = entry.junction.row();
    append(tables.facilities, "entry/" + junctions.origin.key[j], Provenance::derived, source,
           FacilityKind::entry, entry.name, junctions.position[j], {}, 0);
  }
}

}  // namespace citytwin::gis
