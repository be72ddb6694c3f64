// From the surfaces of a 3D building (CityJSON, CityGML) to rows: footprint, height, ground, pieces.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gis/readers/buildings_common.hpp"
#include "gis/readers/buildings_common_keys.hpp"

namespace citytwin::gis {

// One Building or BuildingPart as read. Coordinates in the source CRS, x east.
struct SolidPart {
  std::vector<FragmentSurface> surfaces;
};

struct SolidBuilding {
  std::string key;
  std::map<std::string, std::string> attributes;  // as written: "measuredHeight", "storeysAboveGround" ...
  std::vector<SolidPart> parts;                   // the building's own geometry first, then its parts
  bool detailed = false;                          // LOD2 or better: surfaces are worth keeping
};

// Turns buildings into rows of one BuildingsRead, with the books of kind `kind`.
class SolidRows {
 public:
  // Attributes are looked up by the usual names or as source.columns says (our column → attribute).
  SolidRows(const BuildingSource& source, std::string kind, double metres_per_unit);

  // Footprint: the union of ground surfaces of all parts; where no part has any, of everything that is not
  // vertical. Gaps under 5 cm are closed, pieces and holes under 1 m2 left out. Height: a plausible
  // measuredHeight, else measured: highest point above lowest of each part, averaged over parts by footprint
  // area (the block of equal volume). Ground: the lowest point.
  void add(const SolidBuilding& building);

  // Moves what was collected into `read`.
  void finish(BuildingsRead& read);

 private:
  void set_attributes(const SolidBuilding& building, BuildingFragment& row, Point2 place);
  [[nodiscard]] const std::string* attribute(const SolidBuilding& building, const std::string& ours) const;
  double number(const SolidBuilding& building, const std::string& ours, const std::string& key, Point2 place);
  void find(const std::string& code, const std::string& key, Point2 place);

  const BuildingSource& source_;
  double metres_per_unit_;
  UniqueKeys keys_;
  ImportCount books_;
  std::vector<BuildingFragment> rows_;
  std::vector<ImportFinding> findings_;
};

}  // namespace citytwin::gis
