// What the tanks of a sewer network held: storage nodes, of a modeller's file or of a measure.
#pragma once

#include <vector>

#include "engine/base/archive.hpp"
#include "engine/drainage/dynamic_wave.hpp"
#include "engine/sim/observation.hpp"

namespace citytwin::surface_water {

class SewerTanks {
 public:
  // Of the network that `wave` runs.
  void build(const drainage::DynamicWave& wave);
  // After a step of dt [s].
  void look(const drainage::DynamicWave& wave, double dt);
  // Table sewer_tanks: capacity, most it held, what it holds [m3], time full [h], what ran into it [m3] (the
  // sum of its rises: what passes through without a rise does not count).
  void observe(const drainage::DynamicWave& wave, Observation& out) const;

  void save(SaveArchive& archive) const { archive.fields(volume_, most_, full_, taken_); }
  void load(LoadArchive& archive) { archive.fields(volume_, most_, full_, taken_); }

 private:
  std::vector<drainage::Index> node_;
  std::vector<double> height_, capacity_;             // [m], [m3]
  std::vector<double> volume_, most_, full_, taken_;  // [m3], [m3], [s], [m3]
};

}  // namespace citytwin::surface_water
