// Facilities from an OSM file, the entries of the street network, and what each facility needs.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/model/city_model.hpp"
#include "gis/build/clip_area.hpp"
#include "gis/build/streets.hpp"
#include "gis/readers/osm.hpp"

namespace citytwin::gis {

// `osm` is in the city frame, snapped; tables.buildings is complete. A node inside an area of the same kind
// is the same facility, mapped twice (merged). A facility mapped as grounds takes the place of its largest
// building. Books closed.
void add_osm_facilities(CityTables& tables, const OsmRead& osm, const ClipArea& area,
                        const std::string& source_key, SourceId source);

// One facility of kind `entry` per entry, key "entry/<junction key>", derived.
void add_entries(CityTables& tables, const std::vector<StreetEntry>& entries, const std::string& source_key,
                 SourceId source);

// A row of data/tables/facility_needs.csv.
struct NeedDefault {
  FacilityKind facility = FacilityKind::other;
  NeedKind need = NeedKind::dry;
  std::string provider;        // "grid", a facility key, a kind (any of it) or "nearest:<kind>"
  double threshold_depth = 0;  // [m]
  double backup_h = 0;
  std::string source;
};

Result<std::vector<NeedDefault>> read_need_defaults(const std::filesystem::path& csv);

// Needs of every facility from the defaults, then the overrides: "<facility kind or key>.<need>.<column>" →
// value, column one of provider | threshold_depth_m | backup_h; or "<kind or key>.<need>" → "none". Provider
// "nearest:<kind>" becomes the key of the nearest facility of that kind, or, if the city has none, "grid" for
// power and the kind's name (an absent provider, so the need counts as met) for the rest.
Result<Done> add_needs(CityTables& tables, const std::vector<NeedDefault>& defaults,
                       const std::vector<std::pair<std::string, std::string>>& overrides, const Where& where);

}  // namespace citytwin::gis
