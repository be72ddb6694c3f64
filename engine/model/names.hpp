// The words for the model's enumerations, used in files, options and reports: one place, both directions.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "engine/model/sewers.hpp"
#include "engine/model/tables.hpp"

namespace citytwin {

// All names of an enumeration in order of its values.
template <class E>
struct Names;

#define CITYTWIN_NAMES(Enum, ...)                                                \
  template <>                                                                    \
  struct Names<Enum> {                                                           \
    static constexpr auto kAll = std::to_array<std::string_view>({__VA_ARGS__}); \
  }

CITYTWIN_NAMES(Provenance, "given", "derived", "estimated", "synthesised");
CITYTWIN_NAMES(RoadClass, "motorway", "trunk", "primary", "secondary", "tertiary", "residential", "service",
               "track", "pedestrian", "path", "other");
CITYTWIN_NAMES(Structure, "ground", "bridge", "tunnel", "underpass", "ford");
CITYTWIN_NAMES(JunctionControl, "none", "signals", "stop", "give_way", "roundabout");
CITYTWIN_NAMES(BuildingUse, "residential", "commercial", "industrial", "public_service", "health",
               "education", "agricultural", "ancillary", "unknown");
CITYTWIN_NAMES(SurfaceKind, "wall", "roof", "ground", "closure", "other");
CITYTWIN_NAMES(LandCoverClass, "unknown", "building", "paved", "residential", "commercial", "industrial",
               "park", "grass", "forest", "cropland", "wetland", "water", "bare", "sand", "railway");
CITYTWIN_NAMES(WaterKind, "sea", "lake", "river", "canal", "pond", "basin");
CITYTWIN_NAMES(WaterwayKind, "river", "stream", "canal", "drain", "ditch");
CITYTWIN_NAMES(FacilityKind, "hospital", "clinic", "school", "kindergarten", "fire_station", "police",
               "shelter", "town_hall", "care_home", "substation", "power_plant", "pump_station",
               "water_works", "waste_water_plant", "telecom_tower", "fuel_station", "station", "entry",
               "other");
CITYTWIN_NAMES(NeedKind, "power", "water", "telecom", "access", "dry");
CITYTWIN_NAMES(SewerNodeKind, "manhole", "outfall", "storage");
CITYTWIN_NAMES(OutfallLevel, "free", "fixed", "water_body", "network");
CITYTWIN_NAMES(InletKind, "none", "gully", "manhole_cover");

#undef CITYTWIN_NAMES

template <class E>
[[nodiscard]] constexpr std::string_view name_of(E value) {
  return Names<E>::kAll[static_cast<std::size_t>(value)];
}

template <class E>
[[nodiscard]] constexpr std::optional<E> from_name(std::string_view name) {
  for (std::size_t i = 0; i < Names<E>::kAll.size(); ++i)
    if (Names<E>::kAll[i] == name) return static_cast<E>(i);
  return std::nullopt;
}

template <class E>
inline constexpr std::size_t kCountOf = Names<E>::kAll.size();

}  // namespace citytwin
