// What a run leaves behind. Without its `machine` block it is bit-identical for any thread count.
#pragma once

#include <string>
#include <vector>

#include "engine/base/diagnostics.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/sim_time.hpp"
#include "engine/sim/control.hpp"
#include "engine/sim/display_tiles.hpp"
#include "engine/sim/observation.hpp"

namespace citytwin {

enum class RunStatus { ok, degraded, failed, stopped };

// Function of an asset. `backup`: a need is unmet, its timer runs.
enum class FunctionLevel : std::uint8_t { failed = 0, backup = 1, working = 2 };

// One change of state, with its causes: indices of earlier occurrences (roots have none).
struct Occurrence {
  SimTime time;
  std::string asset;       // key of facility, "link/<key>" or "grid"
  std::string asset_kind;  // FacilityKind name, "link" or "supply"
  std::string from, to;    // "working", "backup", "failed" | "open", "closed" | "dry", "flooded"
  std::string reason;  // catalogue key: "cause.flooded", "cause.no_power", "cause.no_access", "cause.control"
  double value = 0;    // of the reason's quantity, e.g. depth [m]
  std::vector<std::uint32_t> because;
};

struct RecordedSeries {
  std::string name, unit;
  std::string key;           // asset or place; empty = whole domain
  std::vector<double> time;  // [s]
  std::vector<double> value;
};

// Depth and closure of street links over the run, (links).
struct LinkRecord {
  std::vector<float> max_depth;        // [m]
  std::vector<float> first_closed;     // [s]; NaN = never
  std::vector<float> closed_duration;  // [s]
};

struct FacilityRecord {
  std::vector<float> max_depth;        // [m]
  std::vector<float> first_failed;     // [s]; NaN = never
  std::vector<float> failed_duration;  // [s]
  std::vector<FunctionLevel> final_level;
};

struct UnmodelledNeed {  // a need whose provider is absent counts as met, and is listed
  std::string facility, need, provider;
};

struct Machine {
  int threads = 0;
  double wall_s = 0, load_s = 0, cpu_s = 0, peak_rss_mb = 0, advance_cpu_s = 0, beat_rest_cpu_s = 0;
};

struct Checkpoint {
  SimTime time;
  std::vector<char> bytes;
};

struct RunRecord {
  RunStatus status = RunStatus::ok;
  Diagnostics reasons;
  SimTime ended;                    // simulated
  std::vector<Hash128> hash_trace;  // one per beat
  Hash128 hash;                     // of the trace
  std::vector<RecordedSeries> series;
  std::vector<ObservedGrid> grids;  // at the end: maxima, arrival ...
  std::vector<Balance> balances;
  std::vector<ObservedTable> tables;  // at the end
  std::vector<std::string> rules;
  std::vector<Occurrence> occurrences;
  std::vector<UnmodelledNeed> unmodelled_needs;
  // Facilities that need each other in a ring: once all are down none can start again by itself.
  std::vector<std::vector<std::string>> dependency_cycles;
  LinkRecord links;
  FacilityRecord facilities;
  std::vector<Control> controls;  // all, live ones included: with them the run replays
  DisplayTiles display;           // water depth over time, for replay
  std::vector<Checkpoint> checkpoints;
  Machine machine;

  [[nodiscard]] double mass_error() const;  // worst of the balances
  [[nodiscard]] const ObservedGrid* grid(std::string_view name) const;
  [[nodiscard]] const ObservedTable* table(std::string_view name) const;
  [[nodiscard]] const RecordedSeries* find_series(std::string_view name, std::string_view key = {}) const;
};

}  // namespace citytwin
