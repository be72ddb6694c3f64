// Checkpoints: version, which run it is, all state, and a hash of what stands before it.
#include <cstring>
#include <stdexcept>

#include "engine/model/given_flood.hpp"
#include "engine/model/hydraulic_structures.hpp"
#include "engine/sim/beat_simulation.hpp"
#include "engine/sim/record_layout.hpp"

namespace citytwin {

namespace {

constexpr std::uint32_t kCheckpointVersion = 3;

// Whether the last bytes are the hash of all others: a cut or altered checkpoint is known before it is read.
bool is_whole(const std::vector<char>& bytes) {
  if (bytes.size() < sizeof(Hash128)) return false;
  Hash128 written;
  std::memcpy(&written, bytes.data() + bytes.size() - sizeof written, sizeof written);
  return written == hash_bytes(bytes.data(), bytes.size() - sizeof written);
}

}  // namespace

// Which run a checkpoint belongs to: the city, the domains, and what the time axis and the grid are made of.
Hash128 BeatSimulation::run_identity() const {
  if (!city_hash_) city_hash_ = content_hash(*input_.model);
  Hasher hasher;
  hasher.value(city_hash_->low);
  hasher.value(city_hash_->high);
  hasher.value(input_.spec.duration.ms);
  hasher.value(input_.spec.beat.ms);
  hasher.value(input_.spec.seed);
  hasher.value(input_.spec.grid.cell_m);
  hasher.value(input_.spec.grid.origin.x);
  hasher.value(input_.spec.grid.origin.y);
  hasher.value(input_.spec.grid.nx);
  hasher.value(input_.spec.grid.ny);
  for (const ForcingSeries& series : input_.forcing.series) {
    hasher.text(series.key);
    hasher.range(series.series.time);
    hasher.range(series.series.value);
    if (series.raster)
      for (const auto& frame : series.raster->frame) hasher.range(frame);
  }
  if (input_.forcing.given_flood) hasher.range(input_.forcing.given_flood->depth.values);
  if (input_.forcing.structures) {
    for (const HydraulicStructure& s : input_.forcing.structures->structures) hasher.text(s.key);
    for (const Outflow& o : input_.forcing.structures->outflows) hasher.text(o.key);
    for (const LeveeBreach& b : input_.forcing.structures->breaches) hasher.text(b.key);
    for (const MovableBarrier& b : input_.forcing.structures->barriers) hasher.text(b.key);
  }
  for (const auto& domain : domains_) hasher.text(domain->info().name);
  return hasher.finish();
}

template <class Archive, class Self>
void BeatSimulation::layout(Archive& archive, Self& self) {
  archive.fields(self.now_, self.next_checkpoint_, self.status_, self.hash_, self.next_control_);
  archive.list(self.input_.controls, [&](auto& control) { control_layout(archive, control); });
  diagnostics_layout(archive, self.reasons_);
  const auto part = [&](auto& state) {
    if constexpr (Archive::kLoading)
      state.load(archive);
    else
      state.save(archive);
  };
  part(self.exchange_);
  part(self.dependencies_);
  part(self.recorder_);
  for (auto& domain : self.domains_) part(*domain);
}

std::vector<char> BeatSimulation::checkpoint() const {
  SaveArchive archive;
  archive.fields(kCheckpointVersion, run_identity());
  layout(archive, *this);
  archive.fields(hash_bytes(archive.bytes().data(), archive.bytes().size()));
  return archive.bytes();
}

// Everything that can be wrong with a checkpoint from outside is found before the first member changes.
Result<Done> BeatSimulation::restore(const std::vector<char>& bytes) {
  std::uint32_t version = 0;
  Hash128 identity, whole;
  LoadArchive archive(bytes);
  try {
    archive.fields(version);
    if (version != kCheckpointVersion)
      return Result<Done>::failure("checkpoint.version", {}, {{"version", std::to_string(version)}});
    if (!is_whole(bytes)) return Result<Done>::failure("checkpoint.broken");
    archive.fields(identity);
    if (!(identity == run_identity())) return Result<Done>::failure("checkpoint.other_run");
    layout(archive, *this);
    archive.fields(whole);
    if (archive.at_end()) return Done{};
  } catch (const std::runtime_error&) {
    // Whole and of this run, and still not readable: another build wrote it.
  }
  status_ = StepStatus::failed;
  return Result<Done>::failure("checkpoint.broken");
}

}  // namespace citytwin
