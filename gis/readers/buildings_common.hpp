// What every reader of buildings (GeoPackage, GeoJSON, Shapefile, FlatGeobuf, CityJSON, CityGML) hands to
// the import: plain rows in the source's CRS, in traditional axis order (x = east or longitude, y = north or
// latitude). The import projects, clips, snaps and estimates what is missing; a reader never guesses.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"
#include "engine/geo/grid.hpp"
#include "engine/geo/polygon.hpp"
#include "engine/model/import_log.hpp"
#include "engine/model/tables.hpp"

namespace citytwin::gis {

inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

// One LOD2 polygon: outer ring first, then holes; x and y in the source CRS, z in its vertical datum.
struct FragmentSurface {
  SurfaceKind kind = SurfaceKind::other;
  std::vector<std::vector<Point3>> rings;
};

// One row of Buildings to be. NaN, 0 levels, empty use: the source does not say.
struct BuildingFragment {
  std::string key;           // unique in the source; pieces of a multipolygon end in "#1" ...
  Polygon footprint;         // valid: repaired where needed
  double height = kUnknown;  // above ground [m]; measured on several parts: of the block of
                             // equal volume
  Provenance height_provenance = Provenance::given;  // given: an attribute; derived: measured on the geometry
  int levels = 0;                                    // storeys above ground
  std::optional<BuildingUse> use;
  double floor_area = kUnknown;  // over all storeys [m2]
  double value = kUnknown;       // replacement value [currency of the recipe]
  double people = kUnknown;
  std::string name;
  double ground_z = kUnknown;             // lowest point of the geometry [m, vertical datum of the source]
  std::vector<FragmentSurface> surfaces;  // LOD2 only
};

// Triangulated ground, e.g. a TINRelief.
struct Tin {
  std::vector<Point3> points;  // source CRS
  std::vector<std::array<std::uint32_t, 3>> triangles;
};

struct BuildingsRead {
  std::vector<BuildingFragment> rows;
  std::string crs;  // "EPSG:n" (the horizontal part), WKT where there is no code, or "local"
  std::string vertical_datum = "unknown";  // e.g. "EPSG:5709"
  std::optional<Tin> terrain;
  ImportLog log;  // counts and findings of this source; places in the source CRS
};

struct BuildingSource {
  std::filesystem::path file;  // has passed safe_input()
  std::string key;             // Sources::key, goes into the log
  std::string layer;           // for files with several layers; empty = choose
  std::string crs;             // the user's word where the file has none: "EPSG:n" or "local"
  std::string vertical_datum;  // the user's word
  std::vector<std::pair<std::string, std::string>> columns;  // our column → the file's column
};

// By content, not by name alone: .gml/.xml or an XML start → CityGML; .json with "type":"CityJSON" (also in a
// zip) → CityJSON; everything else → the vector reader. Errors: unusable input, nothing is kept.
Result<BuildingsRead> read_buildings(const BuildingSource& source, const RunContext& context);

// Words of the field for uses (OSM building=*, INSPIRE, ALKIS function codes, plain English) → our use.
[[nodiscard]] std::optional<BuildingUse> use_from_text(const std::string& text);

// "12.5", "12.5 m", "41 ft", "12,5" → metres; nullopt if it is not a length, negative or not finite.
[[nodiscard]] std::optional<double> metres_from_text(const std::string& text);

// Mean length of the triangles' edges seen from above: the resolution the TIN itself has [m].
[[nodiscard]] double tin_mean_edge(const Tin& tin);
// A grid that covers the TIN's points (already in the city frame): cells of 1 m (0.5 m if the mean edge is
// shorter than 1 m), doubled until at most `max_cells`; origin a multiple of the cell.
[[nodiscard]] GridSpec tin_grid(const Tin& tin, std::size_t max_cells = 4'000'000);
// Linear on each triangle at cell centres; where triangles overlap the highest wins; NaN outside.
[[nodiscard]] Grid<float> rasterise_tin(const Tin& tin, const GridSpec& spec, const RunContext& context);

}  // namespace citytwin::gis
