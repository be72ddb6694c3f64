// Edits: how a strategy changes a city before a run. Closed over verbs, not over measures, so that a new
// measure needs no new code here. The base model is never touched: apply() makes a new one.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engine/model/city_model.hpp"

namespace citytwin {

// Sets one column of one row; `table` and `column` are the names used in the city file.
struct SetColumn {
  std::string table;  // "buildings", "facilities", "management_cells", "water_bodies", "needs",
                      // "sewer_nodes", "sewer_links"
  std::string key;    // row key; for needs "<facility key>/<need kind>"
  std::string column;
  double value = 0;
};

// Multiplies a column of every row (projections: population growth, value growth).
struct ScaleColumn {
  std::string table;
  std::string column;
  double factor = 1;
};

// Appends a patch to the terrain (TerrainPatch says how it acts).
struct ChangeTerrain {
  using Verb = TerrainPatch::Verb;
  std::vector<Point2> polygon;
  Verb verb = Verb::raise_by;
  double value = 0;  // [m]
};

struct ChangeLandCover {
  std::string key;
  std::vector<Point2> polygon;
  LandCoverClass cover = LandCoverClass::unknown;
};

// Makes ground or a roof keep rain.
struct AddRetention {
  RetentionArea area;
};

struct SetBarrier {
  std::string key;
  std::vector<Point2> line;
  double crest_level = 0;  // absolute [m]; NaN = height above ground instead
  double height = 0;       // above the higher ground along the line [m]
};

struct AddFacility {
  std::string key, name;
  FacilityKind kind = FacilityKind::other;
  Point2 position;
  double capacity = 0;
};

// A tank, a manhole, an outfall ... that the planner adds. Ids of rows that are there do not move.
struct AddSewerNode {
  std::string key;
  SewerNode node;
};

// A pipe, pump, orifice or weir between two nodes, which an earlier edit of the list may have added. The ends
// of `link` and of its line are set from the keys; a line of fewer than two points becomes straight.
struct AddSewerLink {
  std::string key, from, to;
  SewerLink link;
};

// Takes a row out of service for good (buy-out, demolition): its people, value and function are gone, its
// id stays. Only buildings can be retired.
struct RetireBuilding {
  std::string key;
};

using Edit = std::variant<SetColumn, ScaleColumn, ChangeTerrain, ChangeLandCover, AddRetention, SetBarrier,
                          AddFacility, AddSewerNode, AddSewerLink, RetireBuilding>;

// Total and without side effects: every reason why the edit cannot be applied.
[[nodiscard]] Diagnostics check(const CityModel& model, const Edit& edit);

// Applies edits in order to a copy that shares every untouched table. The first edit that fails check()
// ends in its diagnostics.
[[nodiscard]] Result<CityModel> apply(const CityModel& base, const std::vector<Edit>& edits);

}  // namespace citytwin
