// Water that leaves a network on the way: storage nodes evaporate and exfiltrate through bottom and banks,
// conduits seep, open ones evaporate (Rossman 2017, "SWMM Reference Manual Volume II", sections 3.7 and 6.3).
// Never more than is there.
#pragma once

#include <vector>

#include "engine/drainage/dynamic_wave.hpp"
#include "engine/drainage/infiltration.hpp"

namespace citytwin::drainage {

class NetworkLosses {
 public:
  explicit NetworkLosses(const Network& network);
  [[nodiscard]] bool any() const { return !tanks_.empty() || !conduits_.empty(); }

  // Sets the nodes' losses for a step of dt [s] from t [s since the start] on.
  void apply(DynamicWave& wave, double t, double dt);

  void save(SaveArchive& archive) const { archive.fields(bottom_, bank_); }
  void load(LoadArchive& archive) { archive.fields(bottom_, bank_); }

 private:
  [[nodiscard]] double evaporation(double t) const;  // potential [m/s]
  // [m3/s]
  double tank_loss(std::size_t tank, const DynamicWave& wave, double evaporation, double dt);
  [[nodiscard]] double conduit_loss(Index link, const DynamicWave& wave, double evaporation) const;

  const Network& network_;
  std::vector<Index> tanks_, conduits_;   // that can lose water
  std::vector<SoilState> bottom_, bank_;  // (tanks_)
  std::vector<double> loss_;              // (nodes) [m3/s]
};

}  // namespace citytwin::drainage
