// A surface-water run for tests: a city made of functions, driven through the Domain interface beat by beat.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/domains/surface_water/domain.hpp"
#include "engine/domains/surface_water/initial_state.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::test {

using PointFunction = std::function<double(double x, double y)>;

struct FloodCase {
  GridSpec grid;
  PointFunction ground = [](double, double) { return 0.0; };
  PointFunction depth;  // or
  PointFunction level;  // initial water surface
  PointFunction velocity_east, velocity_north;
  ParameterValues parameters;  // those that differ from the defaults
  Forcing forcing;
  SimTime beat{10'000};
  CityTables tables;  // buildings, walls, land cover ... (terrain is made from `ground`)
};

// A case on nx x ny cells, closed edges, no friction, no losses.
FloodCase plain_case(int nx, int ny, double cell_m);

void add_building(FloodCase& c, const std::string& key, const std::vector<Point2>& ring);
void add_wall(FloodCase& c, const std::string& key, const std::vector<Point2>& line, double crest);
void add_rain(FloodCase& c, double m_per_s, double until_s, Place place = {});
void add_inflow(FloodCase& c, double m3_per_s, const std::vector<Point2>& points);
// [m3/s], [m] along a line, linear between the times [s].
void add_inflow(FloodCase& c, const std::vector<double>& time, const std::vector<double>& m3_per_s,
                const std::vector<Point2>& points);
void add_level(FloodCase& c, const std::vector<double>& time, const std::vector<double>& level,
               const std::vector<Point2>& points);
std::vector<Point2> rectangle(double x0, double y0, double x1, double y1);
std::string numbered(std::string name, int n);

class FloodRun {
 public:
  explicit FloodRun(const FloodCase& c);
  // Beats until `seconds` (a multiple of the beat).
  void run_until(double seconds);
  [[nodiscard]] surface_water::SurfaceWater& domain() { return *domain_; }
  [[nodiscard]] const surface_water::Solver& solver() const { return domain_->solver(); }
  [[nodiscard]] double h(int i, int j) const;
  [[nodiscard]] double u(int i, int j) const;
  [[nodiscard]] double v(int i, int j) const;
  [[nodiscard]] double level(int i, int j) const;  // of the ground where it is dry
  [[nodiscard]] double max_speed() const;          // now, over all cells
  [[nodiscard]] double max_level_error(double level) const;
  [[nodiscard]] double min_depth() const;
  [[nodiscard]] Balance balance() const;
  [[nodiscard]] double mass_error() const;
  [[nodiscard]] Grid<float> observed(const std::string& name) const;
  [[nodiscard]] const GridSpec& grid() const { return input_.spec.grid; }
  [[nodiscard]] SimTime beat() const { return input_.spec.beat; }
  [[nodiscard]] SimTime now() const { return now_; }
  void set_now(SimTime t) { now_ = t; }

 private:
  RunInput input_;
  std::unique_ptr<surface_water::SurfaceWater> domain_;
  Exchange exchange_;
  SimTime now_{0};
};

// Hash of the state after each beat.
std::vector<std::string> hash_trace(const FloodCase& c, int beats);
// Checks that the trace is the same at 1, 2, 3, 4 and 8 threads, and of runs by a fresh domain that loads the
// checkpoint after one of the beats `at` and goes on.
void check_equal_bits(const FloodCase& c, int beats, const std::vector<int>& at);

// Of the depths in the middle row of a channel three cells wide, by the sum of the exact ones.
double relative_l1(const FloodRun& run, const std::vector<double>& exact);

}  // namespace citytwin::test
