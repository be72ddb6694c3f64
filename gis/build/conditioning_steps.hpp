// The steps of condition_terrain(), one per file, and the record each writes of what it changed.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/base/run_context.hpp"
#include "engine/geo/spatial_index.hpp"
#include "engine/model/city_model.hpp"
#include "gis/build/conditioning.hpp"

namespace citytwin::gis {

// The cells of one change to the terrain; finish() lists it if there were any.
class ChangeRecord {
 public:
  ChangeRecord(Grid<float>& ground, std::string kind, std::string feature);

  // Lowers the cell to `level` if it stands higher. A void becomes `level`, counted as cut from `void_level`.
  void lower(int i, int j, double level);
  void fill_void(int i, int j, double level, double void_level);
  // Raises the cell to `level` if it stands lower by at most `noise`.
  void raise_noise(int i, int j, double level, double noise);
  void finish(ImportLog& log);
  // A new record on the same ground.
  void restart(std::string kind, std::string feature);

 private:
  void note(int i, int j, double depth);
  Grid<float>& ground_;
  TerrainChange change_;
};

// Street bridges: which one, if any, covers this place?
class BridgeDecks {
 public:
  explicit BridgeDecks(const Streets& streets);
  static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
  // Row of the link whose deck, widened by `margin` [m], covers the point.
  [[nodiscard]] std::uint32_t over(Point2 p, double margin) const;
  [[nodiscard]] const std::vector<std::uint32_t>& links() const { return links_; }

 private:
  const Streets& streets_;
  std::vector<std::uint32_t> links_;
  SpatialIndex index_;
};

// Half the width of a street from its lanes, 3.5 m each, at least one [m].
[[nodiscard]] double half_width(const Links& links, std::size_t row);
// Calls visit(i, j) for each cell whose centre is within `radius` of p, and for the cell of p itself.
void cells_around(const GridSpec& spec, Point2 p, double radius, const std::function<void(int, int)>& visit);

void add_sea(CityTables& tables, const ConditioningInput& input);  // rows only
void lower_sea(CityTables& tables);
void open_waterways(CityTables& tables, const RunContext& context);
void open_bridges_over_water(CityTables& tables, const RunContext& context);
void open_underpasses(CityTables& tables, const RunContext& context);
void estimate_water_levels(CityTables& tables, const RunContext& context);

}  // namespace citytwin::gis
