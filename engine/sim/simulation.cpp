#include "engine/sim/simulation.hpp"

#include <algorithm>
#include <ctime>

#include "engine/base/parallel.hpp"
#include "engine/sim/beat_simulation.hpp"

namespace citytwin {

namespace {

double process_cpu_s() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

BeatSimulation::BeatSimulation(RunInput input, std::vector<std::unique_ptr<Domain>> domains)
    : input_(std::move(input)),
      domains_(std::move(domains)),
      dependencies_(input_),
      recorder_(input_, input_.model->streets().links.size(), input_.model->facilities().size()) {}

Result<Done> BeatSimulation::start(const RunContext& context) {
  Diagnostics problems;
  for (auto& domain : domains_) problems.append(domain->initialise(input_, context).diagnostics());
  if (problems.has_errors()) return Result<Done>(std::move(problems));
  problems.append(dependencies_.declare(exchange_).diagnostics());
  for (auto& domain : domains_) problems.append(domain->declare(exchange_).diagnostics());
  for (const Control& control : input_.controls) {
    problems.append(check(control));
    if (control.time >= input_.spec.duration) problems.warning("control.after_end", {.key = control.target});
  }
  if (problems.has_errors()) return Result<Done>(std::move(problems));
  sort_controls();
  recorder_.start(dependencies_, domains_);
  return Result<Done>(Done{}, std::move(problems));
}

StepStatus BeatSimulation::step(const RunContext& context) {
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

Result<Done> BeatSimulation::add_control(Control control) {
  Diagnostics problems = check(control);
  if (problems.has_errors()) return Result<Done>(std::move(problems));
  control.time = std::max(control.time, now_);
  input_.controls.push_back(std::move(control));
  sort_controls();
  return Done{};
}

RunRecord BeatSimulation::finish() {
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

Domain* BeatSimulation::find_domain(const std::string& name) const {
  for (const auto& domain : domains_)
    if (domain->info().name == name) return domain.get();
  return nullptr;
}

// Assets fail, and are repaired or restored; a domain takes the columns that it declares.
Diagnostics BeatSimulation::check(const Control& control) const {
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

void BeatSimulation::sort_controls() {
  // Only what has not acted yet may move; file order decides between equal times.
  std::stable_sort(input_.controls.begin() + static_cast<std::ptrdiff_t>(next_control_),
                   input_.controls.end(), [](const Control& a, const Control& b) { return a.time < b.time; });
}

void BeatSimulation::apply_controls() {
  for (; next_control_ < input_.controls.size() && input_.controls[next_control_].time <= now_;
       ++next_control_) {
    const Control& control = input_.controls[next_control_];
    if (Domain* domain = find_domain(control.target))
      domain->apply(control);
    else
      dependencies_.apply(control, now_);
  }
}

StepStatus BeatSimulation::advance(SimTime beat, const RunContext& context) {
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

Hash128 BeatSimulation::state_hash() const {
  Hasher hasher;
  for (const auto& domain : domains_) {
    const Hash128 h = domain->hash();
    hasher.value(h.low);
    hasher.value(h.high);
  }
  dependencies_.add_to(hasher);
  return hasher.finish();
}

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
