#include "gis/build/level_areas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/geo/rasterise.hpp"
#include "gis/crs/crs.hpp"

namespace citytwin::gis {

namespace {

constexpr float kLevel = 0.05F;  // [m]; the surface of a lake in elevation data, not that of a field
constexpr double kLeastKm2 = 1;
constexpr double kM2PerKm2 = 1e6;

class LevelAreaFinder {
 public:
  explicit LevelAreaFinder(const CityModel& model)
      : ground_(model.terrain().elevation), open_(ground_.spec.size(), 0) {
    const GridSpec& spec = ground_.spec;
    for (int j = 0; j < spec.ny; ++j)
      for (int i = 0; i < spec.nx; ++i)
        open_[spec.index(i, j)] =
            !std::isnan(ground_.at(i, j)) && model.info().frame.extent.contains(spec.centre(i, j));
    const WaterBodies& bodies = model.water_bodies();
    for (std::size_t row = 0; row < bodies.size(); ++row)
      cells_with_centre_in(spec, bodies.area[row], [&](int i, int j) { open_[spec.index(i, j)] = 0; });
  }

  std::vector<LevelArea> run() {
    std::vector<LevelArea> areas;
    const GridSpec& spec = ground_.spec;
    for (int j = 0; j < spec.ny; ++j)
      for (int i = 0; i < spec.nx; ++i) {
        if (open_[spec.index(i, j)] == 0) continue;
        gather(i, j);
        const double km2 = static_cast<double>(cells_.size()) * spec.cell_m * spec.cell_m / kM2PerKm2;
        if (km2 > kLeastKm2) areas.push_back({km2, static_cast<double>(ground_.at(i, j)), middle()});
      }
    std::stable_sort(areas.begin(), areas.end(),
                     [](const LevelArea& a, const LevelArea& b) { return a.km2 > b.km2; });
    return areas;
  }

 private:
  // The cells reached from this one; none of them is open afterwards.
  void gather(int i, int j) {
    const GridSpec& spec = ground_.spec;
    const float level = ground_.at(i, j);
    const auto take = [&](int ci, int cj) {
      if (!spec.inside(ci, cj)) return;
      std::uint8_t& open = open_[spec.index(ci, cj)];
      if (open == 0 || std::abs(ground_.at(ci, cj) - level) > kLevel) return;
      open = 0;
      cells_.push_back({ci, cj});
    };
    cells_.clear();
    take(i, j);
    for (std::size_t n = 0; n < cells_.size(); ++n) {
      const auto [ci, cj] = cells_[n];
      take(ci + 1, cj);
      take(ci - 1, cj);
      take(ci, cj + 1);
      take(ci, cj - 1);
    }
  }

  [[nodiscard]] Point2 middle() const {
    Point2 sum;
    for (const auto& [i, j] : cells_) sum = sum + ground_.spec.centre(i, j);
    const Point2 mean = sum * (1 / static_cast<double>(cells_.size()));
    const auto far = [&](const std::array<int, 2>& cell) {
      return distance(ground_.spec.centre(cell[0], cell[1]), mean);
    };
    const auto nearest = std::min_element(cells_.begin(), cells_.end(),
                                          [&](const auto& a, const auto& b) { return far(a) < far(b); });
    return ground_.spec.centre((*nearest)[0], (*nearest)[1]);
  }

  const Grid<float>& ground_;
  std::vector<std::uint8_t> open_;  // not yet part of an area
  std::vector<std::array<int, 2>> cells_;
};

std::string place_words(Point2 place, const CityFrame& frame) {
  const auto transform = FrameTransform::make(Crs::wgs84(), frame);
  if (frame.crs == "local" || !transform.ok()) return fmt::format("x {:.0f} m, y {:.0f} m", place.x, place.y);
  const Point2 globe = transform->from_frame(place);
  return fmt::format("lon {:.5f}, lat {:.5f}", globe.x, globe.y);
}

}  // namespace

std::vector<LevelArea> level_areas(const CityModel& model) {
  if (model.terrain().empty()) return {};
  return LevelAreaFinder(model).run();
}

std::vector<std::pair<std::string, std::string>> words_of(const std::vector<LevelArea>& areas,
                                                          const CityFrame& frame) {
  double km2 = 0;
  for (const LevelArea& area : areas) km2 += area.km2;
  const LevelArea& largest = areas.front();
  return {{"count", std::to_string(areas.size())},
          {"km2", fmt::format("{:.1f}", km2)},
          {"largest_km2", fmt::format("{:.1f}", largest.km2)},
          {"height", fmt::format("{:.1f}", largest.height)},
          {"place", place_words(largest.place, frame)}};
}

}  // namespace citytwin::gis
