// Buildings, land cover, water and facilities from tags.
#include "gis/readers/osm_tags.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

namespace citytwin::gis::osm {

namespace {

template <class T>
struct TagRule {
  const char* key;
  std::string_view value;
  T meaning;
};

template <class T, std::size_t N>
std::optional<T> first_match(const osmium::TagList& tags, const std::array<TagRule<T>, N>& rules) {
  // The rules are grouped by key, so each key is looked up once.
  const char* key = nullptr;
  std::string_view value;
  for (const auto& rule : rules) {
    if (key == nullptr || std::string_view(key) != rule.key) {
      key = rule.key;
      value = value_of(tags, key);
    }
    if (!value.empty() && value == rule.value) return rule.meaning;
  }
  return std::nullopt;
}

constexpr auto kUseOfAmenity = std::to_array<TagRule<BuildingUse>>({
    {"amenity", "hospital", BuildingUse::health},
    {"amenity", "clinic", BuildingUse::health},
    {"amenity", "doctors", BuildingUse::health},
    {"amenity", "nursing_home", BuildingUse::health},
    {"amenity", "school", BuildingUse::education},
    {"amenity", "kindergarten", BuildingUse::education},
    {"amenity", "college", BuildingUse::education},
    {"amenity", "university", BuildingUse::education},
    {"amenity", "fire_station", BuildingUse::public_service},
    {"amenity", "police", BuildingUse::public_service},
    {"amenity", "townhall", BuildingUse::public_service},
    {"amenity", "place_of_worship", BuildingUse::public_service},
    {"amenity", "library", BuildingUse::public_service},
    {"amenity", "restaurant", BuildingUse::commercial},
    {"amenity", "bank", BuildingUse::commercial},
    {"amenity", "parking", BuildingUse::ancillary},
});

constexpr auto kCover = std::to_array<TagRule<LandCoverClass>>({
    {"landuse", "residential", LandCoverClass::residential},
    {"landuse", "commercial", LandCoverClass::commercial},
    {"landuse", "retail", LandCoverClass::commercial},
    {"landuse", "institutional", LandCoverClass::commercial},
    {"landuse", "education", LandCoverClass::commercial},
    {"landuse", "religious", LandCoverClass::commercial},
    {"landuse", "industrial", LandCoverClass::industrial},
    {"landuse", "port", LandCoverClass::industrial},
    {"landuse", "garages", LandCoverClass::paved},
    {"landuse", "quarry", LandCoverClass::bare},
    {"landuse", "landfill", LandCoverClass::bare},
    {"landuse", "construction", LandCoverClass::bare},
    {"landuse", "brownfield", LandCoverClass::bare},
    {"landuse", "greenfield", LandCoverClass::grass},
    {"landuse", "railway", LandCoverClass::railway},
    {"landuse", "farmland", LandCoverClass::cropland},
    {"landuse", "farm", LandCoverClass::cropland},
    {"landuse", "farmyard", LandCoverClass::industrial},
    {"landuse", "orchard", LandCoverClass::cropland},
    {"landuse", "vineyard", LandCoverClass::cropland},
    {"landuse", "greenhouse_horticulture", LandCoverClass::industrial},
    {"landuse", "plant_nursery", LandCoverClass::cropland},
    {"landuse", "allotments", LandCoverClass::cropland},
    {"landuse", "meadow", LandCoverClass::grass},
    {"landuse", "grass", LandCoverClass::grass},
    {"landuse", "village_green", LandCoverClass::grass},
    {"landuse", "recreation_ground", LandCoverClass::grass},
    {"landuse", "flowerbed", LandCoverClass::grass},
    {"landuse", "cemetery", LandCoverClass::park},
    {"landuse", "forest", LandCoverClass::forest},
    {"natural", "wood", LandCoverClass::forest},
    {"natural", "scrub", LandCoverClass::grass},
    {"natural", "heath", LandCoverClass::grass},
    {"natural", "grassland", LandCoverClass::grass},
    {"natural", "fell", LandCoverClass::grass},
    {"natural", "wetland", LandCoverClass::wetland},
    {"natural", "marsh", LandCoverClass::wetland},
    {"natural", "mud", LandCoverClass::wetland},
    {"natural", "beach", LandCoverClass::sand},
    {"natural", "sand", LandCoverClass::sand},
    {"natural", "shingle", LandCoverClass::sand},
    {"natural", "bare_rock", LandCoverClass::bare},
    {"natural", "rock", LandCoverClass::bare},
    {"natural", "scree", LandCoverClass::bare},
    {"natural", "glacier", LandCoverClass::bare},
    {"leisure", "park", LandCoverClass::park},
    {"leisure", "garden", LandCoverClass::park},
    {"leisure", "golf_course", LandCoverClass::grass},
    {"leisure", "pitch", LandCoverClass::grass},
    {"leisure", "common", LandCoverClass::grass},
    {"leisure", "nature_reserve", LandCoverClass::park},
    {"leisure", "playground", LandCoverClass::park},
    {"leisure", "stadium", LandCoverClass::paved},
    {"leisure", "track", LandCoverClass::paved},
    {"amenity", "parking", LandCoverClass::paved},
    {"amenity", "grave_yard", LandCoverClass::park},
    {"aeroway", "apron", LandCoverClass::paved},
    {"aeroway", "runway", LandCoverClass::paved},
    {"aeroway", "taxiway", LandCoverClass::paved},
    {"man_made", "pier", LandCoverClass::paved},
});

constexpr auto kWaterway = std::to_array<TagRule<WaterwayKind>>({
    {"waterway", "river", WaterwayKind::river},
    {"waterway", "stream", WaterwayKind::stream},
    {"waterway", "tidal_channel", WaterwayKind::stream},
    {"waterway", "canal", WaterwayKind::canal},
    {"waterway", "drain", WaterwayKind::drain},
    {"waterway", "ditch", WaterwayKind::ditch},
});

// amenity=shelter is left out on purpose: it is a roof at a bus stop, not a place for evacuees.
constexpr auto kFacility = std::to_array<TagRule<FacilityKind>>({
    {"amenity", "hospital", FacilityKind::hospital},
    {"amenity", "clinic", FacilityKind::clinic},
    {"amenity", "doctors", FacilityKind::clinic},
    {"amenity", "school", FacilityKind::school},
    {"amenity", "college", FacilityKind::school},
    {"amenity", "university", FacilityKind::school},
    {"amenity", "kindergarten", FacilityKind::kindergarten},
    {"amenity", "fire_station", FacilityKind::fire_station},
    {"amenity", "police", FacilityKind::police},
    {"amenity", "townhall", FacilityKind::town_hall},
    {"amenity", "nursing_home", FacilityKind::care_home},
    {"amenity", "fuel", FacilityKind::fuel_station},
    {"amenity", "bus_station", FacilityKind::station},
    {"emergency", "assembly_point", FacilityKind::shelter},
    {"emergency", "shelter", FacilityKind::shelter},
    {"emergency", "fire_station", FacilityKind::fire_station},
    {"social_facility", "nursing_home", FacilityKind::care_home},
    {"social_facility", "assisted_living", FacilityKind::care_home},
    {"social_facility", "shelter", FacilityKind::shelter},
    {"power", "substation", FacilityKind::substation},
    {"power", "sub_station", FacilityKind::substation},
    {"power", "plant", FacilityKind::power_plant},
    {"man_made", "pumping_station", FacilityKind::pump_station},
    {"man_made", "water_works", FacilityKind::water_works},
    {"man_made", "wastewater_plant", FacilityKind::waste_water_plant},
    {"man_made", "communications_tower", FacilityKind::telecom_tower},
    {"tower:type", "communication", FacilityKind::telecom_tower},
    {"railway", "station", FacilityKind::station},
});

double positive_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && std::isfinite(value) && value > 0 && value < 1e6 ? value : 0;
}

}  // namespace

std::string_view value_of(const osmium::TagList& tags, const char* key) {
  const char* value = tags.get_value_by_key(key);
  return value == nullptr ? std::string_view{} : std::string_view(value);
}

bool is_building(const osmium::TagList& tags) {
  const std::string_view value = value_of(tags, "building");
  return !value.empty() && value != "no";
}

void building_from(const osmium::TagList& tags, BuildingFragment& row) {
  row.name = value_of(tags, "name");
  for (const char* key : {"height", "building:height"})
    if (const auto metres = metres_from_text(std::string(value_of(tags, key)));
        metres && *metres > 0 && !(row.height == row.height)) {
      row.height = *metres;
      row.height_provenance = Provenance::given;
    }
  const double levels = positive_number(value_of(tags, "building:levels"));
  if (levels > 0 && levels < 200) row.levels = static_cast<int>(std::ceil(levels));
  row.use = use_from_text(std::string(value_of(tags, "building")));
  if (!row.use || *row.use == BuildingUse::unknown) {
    if (const auto use = first_match(tags, kUseOfAmenity))
      row.use = use;
    else if (!value_of(tags, "shop").empty() || !value_of(tags, "office").empty() ||
             value_of(tags, "tourism") == "hotel")
      row.use = BuildingUse::commercial;
  }
}

std::optional<LandCoverClass> land_cover_from(const osmium::TagList& tags) {
  return first_match(tags, kCover);
}

std::optional<WaterKind> water_from(const osmium::TagList& tags) {
  const std::string_view landuse = value_of(tags, "landuse");
  if (landuse == "basin") return WaterKind::basin;
  if (landuse == "reservoir") return WaterKind::lake;
  const std::string_view waterway = value_of(tags, "waterway");
  if (waterway == "riverbank") return WaterKind::river;
  if (waterway == "dock") return WaterKind::canal;
  if (value_of(tags, "natural") != "water") return std::nullopt;
  const std::string_view water = value_of(tags, "water");
  if (water == "river" || water == "stream" || water == "oxbow") return WaterKind::river;
  if (water == "canal" || water == "lock" || water == "moat" || water == "ditch") return WaterKind::canal;
  if (water == "pond" || water == "fishpond" || water == "reflecting_pool") return WaterKind::pond;
  if (water == "basin" || water == "wastewater") return WaterKind::basin;
  return WaterKind::lake;
}

std::optional<WaterwayKind> waterway_from(const osmium::TagList& tags) {
  return first_match(tags, kWaterway);
}

std::optional<FacilityKind> facility_from(const osmium::TagList& tags) {
  return first_match(tags, kFacility);
}

double capacity_from(const osmium::TagList& tags) {
  for (const char* key : {"beds", "capacity:beds", "capacity:persons", "capacity"})
    if (const double value = positive_number(value_of(tags, key)); value > 0) return value;
  return 0;
}

}  // namespace citytwin::gis::osm
