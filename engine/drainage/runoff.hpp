// Runoff of subcatchments: rain, evaporation, infiltration and overland flow, as EPA SWMM 5 describes them
// (Rossman and Huber 2016, EPA/600/R-15/162A, chapters 3 and 4). Each subcatchment is three nonlinear
// reservoirs: impervious ground without and with depression storage, and pervious ground. Differences to
// SWMM: every volume is booked where it goes, so that water is neither made nor lost (SWMM books the rate at
// the end of a step for all of it); what flows between the sub-areas and on to other subcatchments arrives in
// the same step, unless catchments drain in a circle; evaporation leaves less for infiltration.
#pragma once

#include <array>
#include <vector>

#include "engine/base/archive.hpp"
#include "engine/drainage/hydrograph.hpp"
#include "engine/drainage/infiltration.hpp"
#include "engine/drainage/reservoir.hpp"
#include "engine/model/drainage/network.hpp"

namespace citytwin::drainage {

// Volumes since the start [m3].
struct RunoffBalance {
  double rain = 0, returned = 0;  // in: from the sky, from outfalls
  double evaporation = 0, infiltration = 0;
  double runoff = 0;  // into nodes
  double away = 0;    // of subcatchments that drain nowhere
  double stored = 0;  // on the ground now (0 at the start)
  // What is missing, as a share of what came in; 0 if nothing did.
  [[nodiscard]] double error() const;
};

// What a subcatchment does in the current step.
struct CatchmentFlow {
  double rain = 0, evaporation = 0, infiltration = 0;  // mean over its area [m/s]
  double depth = 0;                                    // at the end, mean over its area [m]
  Hydrograph runoff;                                   // that leaves it [m3/s]
};

// How runoff is interpolated within a step: with the volume that left, or straight as SWMM does (whose volume
// then shows in RunoffBalance::error).
enum class Interpolation : std::uint8_t { conserving, straight };

class Runoff {
 public:
  // Starts dry at t = 0 (the network's start date); no step goes past `duration` [s]. `network` must outlive
  // it.
  Runoff(const Network& network, double duration, Interpolation interpolation = Interpolation::conserving);

  // Takes steps until end() >= t. A step is wet_step long while it rains or runs off, else dry_step, and none
  // goes past a change of rain or evaporation.
  void advance(double t);
  [[nodiscard]] double begin() const { return begin_; }  // of the current step [s]
  [[nodiscard]] double end() const { return end_; }
  [[nodiscard]] bool wet() const { return wet_; }

  // Adds runoff at time t of the current step to the flow into each node [m3/s] (nodes).
  void add_inflow(double t, std::vector<double>& inflow) const;
  // Adds the runoff since the start of the run until time t of the current step [m3] (nodes).
  void add_volume(double t, std::vector<double>& volume) const;
  // Water that an outfall sends onto a subcatchment [m3]; it is there in the next step.
  void receive(Index subcatchment, double volume);

  [[nodiscard]] const std::vector<CatchmentFlow>& flows() const { return flows_; }  // (subcatchments)
  [[nodiscard]] double rain(Index gauge) const { return rain_[static_cast<std::size_t>(gauge)]; }  // [m/s]
  [[nodiscard]] RunoffBalance balance() const;

  void save(SaveArchive& archive) const;
  void load(LoadArchive& archive);

 private:
  enum Part : std::uint8_t { without_storage, with_storage, pervious };
  struct Ground {
    std::array<double, 3> area{};  // [m2]
    std::array<Reservoir, 3> reservoir;
    std::array<double, 3> to_outlet{1, 1, 1};  // share of the part's runoff
    std::array<Part, 3> order{without_storage, with_storage, pervious};
    Part inner_route = pervious;  // where the rest goes
  };
  struct Wet {
    std::array<double, 3> depth{};  // [m]
    SoilState soil;
    double received = 0;                                                          // on its way onto it [m3]
    double rain = 0, evaporation = 0, infiltration = 0, delivered = 0, away = 0;  // since the start [m3]
  };
  struct Sums {
    double evaporated = 0, infiltrated = 0, volume = 0, rate = 0;  // [m3], the last [m3/s]
  };
  [[nodiscard]] static Ground ground_of(const Subcatchment& catchment);
  void order_catchments();
  void read_weather();
  [[nodiscard]] double step_length() const;
  void step();
  void run_off(std::size_t catchment, double dt);
  void part_step(std::size_t catchment, Part part, double dt, double runon, std::array<double, 3>& routed,
                 Sums& sums);

  const Network* network_;
  double duration_;
  Interpolation interpolation_;
  std::vector<Ground> ground_;      // (subcatchments)
  std::vector<std::size_t> order_;  // subcatchments, upstream first
  double begin_ = 0, end_ = 0;
  bool wet_ = false, runs_ = false;
  double evaporation_ = 0;  // potential [m/s]
  double next_change_ = 0;  // of rain or evaporation [s]
  double returned_ = 0;
  std::vector<double> rain_;     // (gauges) [m/s]
  std::vector<Wet> wet_ground_;  // (subcatchments)
  std::vector<CatchmentFlow> flows_;
};

}  // namespace citytwin::drainage
