// Geometry objects of CityJSON as plain surfaces. Internal to the CityJSON reader.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "gis/readers/buildings_common.hpp"

namespace citytwin::gis::cityjson {

struct Vertices {
  std::vector<Point3> points;  // source CRS, x east
};

// Level of detail, 0 if not said ("2", "2.2" or, in version 1.0, a number).
[[nodiscard]] double lod_of(const nlohmann::json& geometry);

// The geometry to use of a city object's list: the best below LOD3, else the coarsest above; null if none.
[[nodiscard]] const nlohmann::json* best_geometry(const nlohmann::json& object);

struct Surfaces {
  std::vector<FragmentSurface> surfaces;
  std::uint64_t bad = 0;  // surfaces dropped because of a vertex number out of range or fewer than 3 corners
  bool is_template = false;  // GeometryInstance: not read
};

// Solid (outer shell), MultiSolid, CompositeSolid, MultiSurface, CompositeSurface, with semantics if given.
// Throws nlohmann::json::exception where the structure is not what the specification says.
[[nodiscard]] Surfaces surfaces_of(const nlohmann::json& geometry, const Vertices& vertices);

// Triangles (larger surfaces as fans) of a surface geometry, appended to `tin`; returns surfaces left out.
std::uint64_t add_triangles(const nlohmann::json& geometry, const Vertices& vertices, Tin& tin);

}  // namespace citytwin::gis::cityjson
