// The city: immutable tables shared between models. An edit makes a new CityModel that shares every table
// it did not touch; nothing that runs can change one.
#pragma once

#include <memory>
#include <string>

#include "engine/base/hash.hpp"
#include "engine/base/result.hpp"
#include "engine/model/import_log.hpp"
#include "engine/model/sewers.hpp"
#include "engine/model/tables.hpp"

namespace citytwin {

struct CityFrame {
  std::string crs = "local";          // "EPSG:32632" or "local" (generated and standalone cases)
  double origin_x = 0, origin_y = 0;  // whole kilometres subtracted from the projected coordinates [m]
  std::string vertical_datum = "unknown";
  Box2 extent;  // of the city, in the city frame [m]
  bool operator==(const CityFrame&) const = default;
};

struct CityInfo {
  std::string name;
  std::string utc_offset = "+00:00";
  std::string currency = "EUR";
  int price_year = 2020;
  CityFrame frame;
  bool operator==(const CityInfo&) const = default;
};

// Everything a city is made of, by value: what readers and the generator fill, and what build_city() seals.
struct CityTables {
  CityInfo info;
  Sources sources;
  Terrain terrain;
  Streets streets;
  Buildings buildings;
  BuildingSurfaces building_surfaces;
  LandCover land_cover;
  WaterBodies water_bodies;
  Waterways waterways;
  Facilities facilities;
  Needs needs;
  ManagementCells management_cells;
  Barriers barriers;
  Sewers sewers;
  ImportLog import_log;
};

class CityModel {
 public:
  [[nodiscard]] const CityInfo& info() const { return *info_; }
  [[nodiscard]] const Sources& sources() const { return *sources_; }
  [[nodiscard]] const Terrain& terrain() const { return *terrain_; }
  [[nodiscard]] const Streets& streets() const { return *streets_; }
  [[nodiscard]] const Buildings& buildings() const { return *buildings_; }
  [[nodiscard]] const BuildingSurfaces& building_surfaces() const { return *building_surfaces_; }
  [[nodiscard]] const LandCover& land_cover() const { return *land_cover_; }
  [[nodiscard]] const WaterBodies& water_bodies() const { return *water_bodies_; }
  [[nodiscard]] const Waterways& waterways() const { return *waterways_; }
  [[nodiscard]] const Facilities& facilities() const { return *facilities_; }
  [[nodiscard]] const Needs& needs() const { return *needs_; }
  [[nodiscard]] const ManagementCells& management_cells() const { return *management_cells_; }
  [[nodiscard]] const Barriers& barriers() const { return *barriers_; }
  [[nodiscard]] const Sewers& sewers() const { return *sewers_; }
  [[nodiscard]] const ImportLog& import_log() const { return *import_log_; }

 private:
  CityModel() = default;
  friend Result<CityModel> build_city(CityTables tables);
  friend class ModelEditor;

  std::shared_ptr<const CityInfo> info_;
  std::shared_ptr<const Sources> sources_;
  std::shared_ptr<const Terrain> terrain_;
  std::shared_ptr<const Streets> streets_;
  std::shared_ptr<const Buildings> buildings_;
  std::shared_ptr<const BuildingSurfaces> building_surfaces_;
  std::shared_ptr<const LandCover> land_cover_;
  std::shared_ptr<const WaterBodies> water_bodies_;
  std::shared_ptr<const Waterways> waterways_;
  std::shared_ptr<const Facilities> facilities_;
  std::shared_ptr<const Needs> needs_;
  std::shared_ptr<const ManagementCells> management_cells_;
  std::shared_ptr<const Barriers> barriers_;
  std::shared_ptr<const Sewers> sewers_;
  std::shared_ptr<const ImportLog> import_log_;
};

// Checks every invariant (invariants.hpp) and seals the tables. Errors name table, row key and column.
[[nodiscard]] Result<CityModel> build_city(CityTables tables);

// The tables of a city by value, for a model that differs in what no edit can change.
[[nodiscard]] CityTables tables_of(const CityModel& model);

// The city's identity: a hash over its tables in key order, independent of row order and of any file.
[[nodiscard]] Hash128 content_hash(const CityModel& model);

// Coordinates are snapped to 2^-10 m at import so that files and memory agree exactly.
[[nodiscard]] inline double snap(double metres) { return std::nearbyint(metres * 1024.0) / 1024.0; }
[[nodiscard]] inline Point2 snap(Point2 p) { return {snap(p.x), snap(p.y)}; }

}  // namespace citytwin
