#include "engine/domains/surface_water/roofs.hpp"

#include <algorithm>
#include <map>

#include "engine/geo/rasterise.hpp"
#include "engine/geo/spatial_index.hpp"

namespace citytwin::surface_water {

namespace {

constexpr double kBlockedShare = 0.5;
using Areas = std::map<std::uint16_t, double>;  // by rain code; in cells, or [m2]

std::vector<double> covered_area(const Buildings& buildings, const GridSpec& spec) {
  std::vector<double> covered(spec.size(), 0.0);
  for (std::size_t b = 0; b < buildings.size(); ++b)
    cell_overlaps(spec, buildings.footprint[b],
                  [&](int i, int j, double area) { covered[spec.index(i, j)] += area; });
  return covered;
}

class RoofPlan {
 public:
  RoofPlan(const RoofRules& rules, const std::vector<CellKind>& kind, const Rain& rain, TileGrid& tiles)
      : rules_(rules), kind_(kind), rain_(rain), tiles_(tiles) {
    if (rules.sewers == nullptr) return;
    std::vector<Point2> points;
    for (std::uint32_t n = 0; n < rules.sewers->size(); ++n) {
      if (rules.sewers->kind[n] == SewerNodeKind::outfall) continue;
      points.push_back(rules.sewers->position[n]);
      rows_.push_back(n);
    }
    nodes_ = NearestPoint(points);
  }

  std::vector<RoofDrain> make() {
    open_cells();
    blocked_cells();
    std::vector<RoofDrain> out;
    for (const auto& [node, areas] : drains_)
      for (const auto& [code, area] : areas) out.push_back({node, code, area});
    return out;
  }

 private:
  struct Place {
    Tile* tile;
    std::size_t cell;
  };
  Place place(std::size_t k) {
    const int i = static_cast<int>(k % static_cast<std::size_t>(spec_.nx));
    const int j = static_cast<int>(k / static_cast<std::size_t>(spec_.nx));
    return {&tiles_.tile_at(i, j), local(i % kTile, j % kTile)};
  }
  double open_share(std::size_t k) {
    const auto [tile, cell] = place(k);
    return tile->obstacles ? 1.0 / tile->obstacles->inverse_share[cell] : 1.0;
  }

  // Rain codes of a roof of `amount` on a cell: green parts, and the rest.
  void add_parts(std::size_t k, std::uint16_t plain, double amount, Areas& areas) const {
    double rest = 1;
    for (std::size_t s = 0; s < rules_.green.storage().size(); ++s) {
      const double share = std::min(rest, rules_.green.share(s, k));
      if (share <= 0) continue;
      areas[rain_.green_code(plain, s)] += share * amount;
      rest -= share;
    }
    if (rest > 0) areas[plain] += rest * amount;
  }

  // Gives a roof of `amount` cells to a node in reach; false if there is none.
  bool to_sewer(std::size_t k, std::uint16_t plain, double amount) {
    if (rows_.empty()) return false;
    const auto nx = static_cast<std::size_t>(spec_.nx);
    const Point2 centre = spec_.centre(static_cast<int>(k % nx), static_cast<int>(k / nx));
    const std::uint32_t nearest = nodes_.nearest(centre, rules_.reach);
    if (nearest == NearestPoint::kNone) return false;
    add_parts(k, plain, amount * spec_.cell_m * spec_.cell_m, drains_[rows_[nearest]]);
    return true;
  }

  // Porous and raised cells: their roofs' rain reaches their own ground.
  void open_cells() {
    for (std::size_t k = 0; k < spec_.size(); ++k) {
      if (kind_[k] != CellKind::free) continue;
      const auto [tile, cell] = place(k);
      const bool raised = !rules_.raised.empty() && rules_.raised[k] != 0;
      const double inverse = tile->obstacles ? tile->obstacles->inverse_share[cell] : 1.0;
      const double ratio = raised ? 1 : inverse - 1;  // roof per open area
      if (ratio <= 0) continue;
      const std::uint16_t plain = rain_.roof_code(tile->rain_code[cell]);
      if (raised) tile->rain_code[cell] = rain_.no_code();
      if (to_sewer(k, plain, ratio / inverse)) continue;
      Areas parts;
      add_parts(k, plain, ratio, parts);
      for (const auto& [code, part] : parts)
        tile->roofs.push_back({static_cast<std::uint16_t>(cell), code, part});
    }
  }

  // Buildings of blocked cells: all cells that hang together, and the free ones around them.
  void blocked_cells() {
    std::vector<std::uint8_t> seen(spec_.size(), 0);
    std::vector<std::size_t> roof, ring;
    for (int j = 0; j < spec_.ny; ++j)
      for (int i = 0; i < spec_.nx; ++i) {
        if (kind_[spec_.index(i, j)] != CellKind::blocked || seen[spec_.index(i, j)] != 0) continue;
        find_building(i, j, seen, roof, ring);
        if (ring.empty()) ring = roof;  // walled in by others: the rain stays on the roof
        share_out(roof, ring);
      }
  }

  void find_building(int i0, int j0, std::vector<std::uint8_t>& seen, std::vector<std::size_t>& roof,
                     std::vector<std::size_t>& ring) const {
    roof.clear();
    ring.clear();
    std::vector<std::pair<int, int>> stack;
    const auto visit = [&](int i, int j) {
      if (!spec_.inside(i, j)) return;
      const std::size_t k = spec_.index(i, j);
      if (kind_[k] == CellKind::free) ring.push_back(k);
      if (kind_[k] != CellKind::blocked || seen[k] != 0) return;
      seen[k] = 1;
      stack.emplace_back(i, j);
    };
    visit(i0, j0);
    while (!stack.empty()) {
      const auto [i, j] = stack.back();
      stack.pop_back();
      roof.push_back(spec_.index(i, j));
      visit(i - 1, j);
      visit(i + 1, j);
      visit(i, j - 1);
      visit(i, j + 1);
    }
    std::sort(ring.begin(), ring.end());
    ring.erase(std::unique(ring.begin(), ring.end()), ring.end());
  }

  void share_out(const std::vector<std::size_t>& roof, const std::vector<std::size_t>& ring) {
    double open_cells = 0;  // a nearly closed cell takes its share of the rain, not a full cell's
    for (const std::size_t k : ring) open_cells += open_share(k);
    Areas areas;
    for (const std::size_t k : roof)
      if (!to_sewer(k, rain_.codes()[k], 1)) add_parts(k, rain_.codes()[k], 1, areas);
    for (const auto& [code, amount] : areas)
      for (const std::size_t k : ring) {
        const auto [tile, cell] = place(k);
        tile->roofs.push_back({static_cast<std::uint16_t>(cell), code, amount / open_cells});
      }
  }

  const RoofRules& rules_;
  const std::vector<CellKind>& kind_;
  const Rain& rain_;
  TileGrid& tiles_;
  const GridSpec spec_ = tiles_.spec();
  NearestPoint nodes_;
  std::vector<std::uint32_t> rows_;        // of the points of nodes_
  std::map<std::uint32_t, Areas> drains_;  // by node; [m2]
};

}  // namespace

GreenRoofs::GreenRoofs(const CityModel& model, const GridSpec& spec) {
  const auto roof = [](const RetentionArea& a) { return a.kind == RetentionArea::Kind::roof && a.share > 0; };
  for (const RetentionArea& area : model.land_cover().retention)
    if (roof(area)) storage_.push_back(area.storage);
  if (storage_.empty()) return;
  std::sort(storage_.begin(), storage_.end());
  storage_.erase(std::unique(storage_.begin(), storage_.end()), storage_.end());
  share_.assign(storage_.size(), std::vector<float>(spec.size(), 0.0F));
  const std::vector<double> covered = covered_area(model.buildings(), spec);
  for (const RetentionArea& area : model.land_cover().retention) {
    if (!roof(area)) continue;
    auto& share = share_[static_cast<std::size_t>(
        std::lower_bound(storage_.begin(), storage_.end(), area.storage) - storage_.begin())];
    cell_overlaps(spec, Polygon{area.polygon, {}}, [&](int i, int j, double overlap) {
      const std::size_t k = spec.index(i, j);
      if (covered[k] > 0) share[k] += static_cast<float>(area.share * std::min(1.0, overlap / covered[k]));
    });
  }
}

std::vector<RoofDrain> drain_roofs(const RoofRules& rules, const std::vector<CellKind>& kind,
                                   const Rain& rain, TileGrid& tiles) {
  return RoofPlan(rules, kind, rain, tiles).make();
}

std::vector<std::uint8_t> built_cells(const Buildings& buildings, const GridSpec& spec) {
  const std::vector<double> covered = covered_area(buildings, spec);
  std::vector<std::uint8_t> built(spec.size(), 0);
  const double half = kBlockedShare * spec.cell_m * spec.cell_m;
  for (std::size_t k = 0; k < built.size(); ++k) built[k] = covered[k] >= half ? 1 : 0;
  return built;
}

}  // namespace citytwin::surface_water
