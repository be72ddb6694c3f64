// Fills the RunRecord while the beat goes on: series on an interval, link and facility extremes every beat.
#pragma once

#include <memory>
#include <vector>

#include "engine/sim/dependencies.hpp"
#include "engine/sim/domain.hpp"
#include "engine/sim/run_record.hpp"

namespace citytwin {

class Recorder {
 public:
  Recorder(const RunInput& input, std::size_t links, std::size_t facilities);

  // After every beat, which ended at `now`. Looks only at what the beat changed.
  void beat(SimTime now, const Exchange& exchange, const Dependencies& dependencies,
            const std::vector<std::unique_ptr<Domain>>& domains, const Hash128& hash);
  // Initial values, at time 0.
  void start(const Dependencies& dependencies, const std::vector<std::unique_ptr<Domain>>& domains);
  void add_checkpoint(SimTime now, std::vector<char> bytes);

  // Everything recorded, with the domains' maxima and balances; the recorder is empty afterwards.
  RunRecord finish(SimTime now, const Dependencies& dependencies,
                   const std::vector<std::unique_ptr<Domain>>& domains);

  void save(SaveArchive& archive) const;
  void load(LoadArchive& archive);

 private:
  template <class Archive, class Self>
  static void layout(Archive& archive, Self& self);
  void sample(SimTime now, const Dependencies& dependencies,
              const std::vector<std::unique_ptr<Domain>>& domains);
  void append(const std::string& name, const std::string& unit, const std::string& key, double time,
              double value);

  const RunInput& input_;
  RunRecord record_;
  SimTime next_sample_, last_sample_;
  std::size_t next_series_ = 0;  // where the next value of a sample most likely goes
  std::vector<float> link_down_since_, facility_down_since_;  // [s]; NaN = open, working
};

}  // namespace citytwin
