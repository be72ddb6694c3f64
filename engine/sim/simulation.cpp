#include "engine/sim/simulation.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <stdexcept>

#include "engine/base/parallel.hpp"
#include "engine/sim/occurrence_archive.hpp"
#include "engine/sim/recorder.hpp"

namespace citytwin {

namespace {

constexpr std::uint32_t kCheckpointVersion = 2;

double process_cpu_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

class BeatSimulation final : public Simulation {
 public:
  BeatSimulation(RunInput input, std::vector<std::unique_ptr<Domain>> domains)
      : input_(std::move(input)),
        domains_(std::move(domains)),
        dependencies_(input_),
        recorder_(input_, input_.model->streets().links.size(), input_.model->facilities().size()) {}

  Result<Done> start(const RunContext& context) {
    Diagnostics problems;
    for (auto& domain : domains_) problems.append(domain->initialise(input_, context).diagnostics());
    if (problems.has_errors()) return Result<Done>(std::move(problems));
    problems.append(dependencies_.declare(exchange_).diagnostics());
    for (auto& domain : domains_) problems.append(domain->declare(exchange_).diagnostics());
    for (const Control& control : input_.controls) {
      problems.append(check(control));
      if (control.time >= input_.spec.duration)
        problems.warning("control.after_end", {.key = control.target});
    }
    if (problems.has_errors()) return Result<Done>(std::move(problems));
    sort_controls();
    recorder_.start(dependencies_, domains_);
    return Result<Done>(Done{}, std::move(problems));
  }

  [[nodiscard]] SimTime now() const override { return now_; }
  [[nodiscard]] bool finished() const override {
    return now_ >= input_.spec.duration || status_ == StepStatus::failed;
  }
  [[nodiscard]] const Exchange& exchange() const override { return exchange_; }
  [[nodiscard]] Hash128 hash() const override { return hash_; }

  StepStatus step(const RunContext& context) override {
    const SimTime beat = std::min(input_.spec.beat, input_.spec.duration - now_);
    dependencies_.begin_beat();
    apply_controls();
    const double before = process_cpu_s();
    const StepStatus status = advance(beat, context);
    const double after = process_cpu_s();
    advance_cpu_s_ += after - before;

    exchange_.begin_beat();
    for (auto& domain : domains_) domain->publish(exchange_);
    now_ = now_ + beat;
    dependencies_.update(now_, exchange_);
    hash_ = state_hash();
    recorder_.beat(now_, exchange_, dependencies_, domains_, hash_);
    const SimTime interval = input_.spec.record.checkpoint_interval;
    if (interval.ms > 0 && now_ >= next_checkpoint_) {
      next_checkpoint_ = now_ + interval;
      recorder_.add_checkpoint(now_, checkpoint());
    }
    rest_cpu_s_ += process_cpu_s() - after;
    status_ = std::max(status_, status);
    return status;
  }

  Result<Done> add_control(Control control) override {
    Diagnostics problems = check(control);
    if (problems.has_errors()) return Result<Done>(std::move(problems));
    control.time = std::max(control.time, now_);
    input_.controls.push_back(std::move(control));
    sort_controls();
    return Done{};
  }

  [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const override;
  [[nodiscard]] std::vector<char> checkpoint() const override;
  Result<Done> restore(const std::vector<char>& bytes) override;

  RunRecord finish() override {
    RunRecord record = recorder_.finish(now_, dependencies_, domains_);
    record.reasons = reasons_;
    record.controls = input_.controls;
    if (status_ == StepStatus::failed)
      record.status = RunStatus::failed;
    else if (now_ < input_.spec.duration)
      record.status = RunStatus::stopped;
    else if (status_ == StepStatus::degraded)
      record.status = RunStatus::degraded;
    record.machine.threads = thread_count();
    record.machine.advance_cpu_s = advance_cpu_s_;
    record.machine.beat_rest_cpu_s = rest_cpu_s_;
    return record;
  }

 private:
  [[nodiscard]] Domain* find_domain(const std::string& name) const {
    for (const auto& domain : domains_)
      if (domain->info().name == name) return domain.get();
    return nullptr;
  }

  // Assets fail, and are repaired or restored; a domain takes the columns that it declares.
  [[nodiscard]] Diagnostics check(const Control& control) const {
    Diagnostics problems;
    const Domain* domain = find_domain(control.target);
    if (domain == nullptr && !dependencies_.owns(control)) {
      problems.error("control.unknown_target", {.key = control.target});
      return problems;
    }
    const auto& columns = domain == nullptr ? std::vector<std::string>{} : domain->info().controls;
    const bool accepted = control.verb == Control::Verb::set
                              ? std::find(columns.begin(), columns.end(), control.column) != columns.end()
                              : domain == nullptr;
    if (!accepted)
      problems.error("control.not_accepted", {.key = control.target}, {{"column", control.column}});
    return problems;
  }

  // Which run a checkpoint belongs to: the city and what the time axis and the grid are made of.
  [[nodiscard]] Hash128 run_identity() const {
    Hasher hasher;
    const Hash128 city = content_hash(*input_.model);
    hasher.value(city.low);
    hasher.value(city.high);
    hasher.value(input_.spec.duration.ms);
    hasher.value(input_.spec.beat.ms);
    hasher.value(input_.spec.seed);
    hasher.value(input_.spec.grid.cell_m);
    hasher.value(input_.spec.grid.origin.x);
    hasher.value(input_.spec.grid.origin.y);
    for (const ForcingSeries& series : input_.forcing.series) {
      hasher.text(series.key);
      hasher.range(series.series.time);
      hasher.range(series.series.value);
    }
    return hasher.finish();
  }
  void load_checkpoint(LoadArchive& archive);

  void sort_controls() {
    // Only what has not acted yet may move; file order decides between equal times.
    std::stable_sort(input_.controls.begin() + static_cast<std::ptrdiff_t>(next_control_),
                     input_.controls.end(),
                     [](const Control& a, const Control& b) { return a.time < b.time; });
  }

  void apply_controls() {
    for (; next_control_ < input_.controls.size() && input_.controls[next_control_].time <= now_;
         ++next_control_) {
      const Control& control = input_.controls[next_control_];
      if (Domain* domain = find_domain(control.target))
        domain->apply(control);
      else
        dependencies_.apply(control, now_);
    }
  }

  StepStatus advance(SimTime beat, const RunContext& context) {
    std::vector<StepResult> results(domains_.size());
    if (domains_.size() == 1) {
      results[0] = domains_[0]->advance(now_, beat, exchange_, context);
    } else {
      std::vector<std::function<void()>> tasks;
      for (std::size_t d = 0; d < domains_.size(); ++d)
        tasks.emplace_back([&, d] { results[d] = domains_[d]->advance(now_, beat, exchange_, context); });
      run_all(tasks);
    }
    StepStatus worst = StepStatus::ok;
    for (StepResult& result : results) {
      worst = std::max(worst, result.status);
      for (const Diagnostic& reason : result.reasons.items())
        if (!reasons_.has(reason.code)) reasons_.add(reason);
    }
    return worst;
  }

  [[nodiscard]] Hash128 state_hash() const {
    Hasher hasher;
    for (const auto& domain : domains_) {
      const Hash128 h = domain->hash();
      hasher.value(h.low);
      hasher.value(h.high);
    }
    dependencies_.add_to(hasher);
    return hasher.finish();
  }

  RunInput input_;
  std::vector<std::unique_ptr<Domain>> domains_;
  Exchange exchange_;
  Dependencies dependencies_;
  Recorder recorder_;
  SimTime now_;
  SimTime next_checkpoint_ = input_.spec.record.checkpoint_interval;
  std::size_t next_control_ = 0;
  StepStatus status_ = StepStatus::ok;
  Diagnostics reasons_;
  Hash128 hash_;
  double advance_cpu_s_ = 0, rest_cpu_s_ = 0;
};

std::shared_ptr<const Snapshot> BeatSimulation::snapshot() const {
  auto shot = std::make_shared<Snapshot>();
  shot->time = now_;
  for (const auto& domain : domains_) {
    Observation observation;
    observation.when = Observation::When::snapshot;
    domain->observe(observation);
    for (ObservedGrid& g : observation.grids)
      shot->layers.push_back({g.name, g.unit, Layer::Kind::grid, g.grid.spec, std::move(g.grid.values)});
  }
  Layer links{"sim.link_depth", "m", Layer::Kind::link, {}, {}};
  links.values.assign(dependencies_.link_depth().begin(), dependencies_.link_depth().end());
  Layer levels{"sim.facility_level", "", Layer::Kind::facility, {}, {}};
  for (const FunctionLevel level : dependencies_.levels()) levels.values.push_back(static_cast<float>(level));
  shot->layers.push_back(std::move(links));
  shot->layers.push_back(std::move(levels));
  return shot;
}

std::vector<char> BeatSimulation::checkpoint() const {
  SaveArchive archive;
  archive.value(kCheckpointVersion);
  archive.value(run_identity());
  archive.value(now_);
  archive.value(next_checkpoint_);
  archive.value(status_);
  archive.value(hash_);
  archive.value(input_.controls.size());
  for (const Control& control : input_.controls) save_control(archive, control);
  archive.value(next_control_);
  archive.value(reasons_.items().size());
  for (const Diagnostic& reason : reasons_.items()) save_diagnostic(archive, reason);
  exchange_.save(archive);
  dependencies_.save(archive);
  recorder_.save(archive);
  for (const auto& domain : domains_) {
    archive.text(domain->info().name);
    domain->save(archive);
  }
  return archive.bytes();
}

void BeatSimulation::load_checkpoint(LoadArchive& archive) {
  archive.value(now_);
  archive.value(next_checkpoint_);
  archive.value(status_);
  archive.value(hash_);
  std::size_t count = 0;
  archive.value(count);
  input_.controls.clear();
  for (std::size_t c = 0; c < count; ++c) input_.controls.push_back(load_control(archive));
  archive.value(next_control_);
  if (next_control_ > input_.controls.size()) throw std::runtime_error("archive: controls");
  archive.value(count);
  reasons_ = {};
  for (std::size_t r = 0; r < count; ++r) reasons_.add(load_diagnostic(archive));
  exchange_.load(archive);
  dependencies_.load(archive);
  recorder_.load(archive);
  for (auto& domain : domains_) {
    std::string name;
    archive.text(name);
    if (name != domain->info().name) throw std::runtime_error("archive: other domains");
    domain->load(archive);
  }
  if (!archive.at_end()) throw std::runtime_error("archive: too long");
}

// A checkpoint that turns out broken leaves the simulation as it was.
Result<Done> BeatSimulation::restore(const std::vector<char>& bytes) {
  const std::vector<char> before = checkpoint();
  const auto read_head = [](LoadArchive& archive, std::uint32_t& version, Hash128& identity) {
    archive.value(version);
    archive.value(identity);
  };
  std::uint32_t version = 0;
  Hash128 identity;
  try {
    LoadArchive archive(bytes);
    read_head(archive, version, identity);
    if (version != kCheckpointVersion)
      return Result<Done>::failure("checkpoint.version", {}, {{"version", std::to_string(version)}});
    if (!(identity == run_identity())) return Result<Done>::failure("checkpoint.other_run");
    load_checkpoint(archive);
  } catch (const std::runtime_error&) {
    LoadArchive archive(before);
    read_head(archive, version, identity);
    load_checkpoint(archive);
    return Result<Done>::failure("checkpoint.broken");
  }
  return Done{};
}

}  // namespace

Result<std::unique_ptr<Simulation>> Simulation::create(RunInput input,
                                                       std::vector<std::unique_ptr<Domain>> domains,
                                                       const RunContext& context) {
  Diagnostics problems;
  if (input.model == nullptr) problems.error("run.no_model");
  if (input.spec.beat.ms <= 0) problems.error("run.bad_beat");
  if (input.spec.duration.ms <= 0) problems.error("run.bad_duration");
  if (problems.has_errors()) return Result<std::unique_ptr<Simulation>>(std::move(problems));
  auto simulation = std::make_unique<BeatSimulation>(std::move(input), std::move(domains));
  Result<Done> started = simulation->start(context);
  if (!started.ok()) return Result<std::unique_ptr<Simulation>>(started.diagnostics());
  return Result<std::unique_ptr<Simulation>>(std::unique_ptr<Simulation>(std::move(simulation)),
                                             started.diagnostics());
}

Result<RunRecord> run(RunInput input, std::vector<std::unique_ptr<Domain>> domains,
                      const RunContext& context) {
  const double duration = input.spec.duration.seconds();
  auto simulation = Simulation::create(std::move(input), std::move(domains), context);
  if (!simulation.ok()) return Result<RunRecord>(simulation.diagnostics());
  Simulation& s = **simulation;
  try {
    while (!s.finished() && !context.stop_requested()) {
      s.step(context);
      context.progress("stage.run", s.now().seconds() / duration);
    }
  } catch (const Stopped&) {  // between sub-steps: the record ends at the last whole beat
  }
  return Result<RunRecord>(s.finish(), simulation.diagnostics());
}

}  // namespace citytwin
