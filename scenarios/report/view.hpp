// What the sections of a report look at: a run, and what it is compared with, if anything.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "scenarios/core/run_files.hpp"
#include "scenarios/report/base_map.hpp"
#include "scenarios/report/format.hpp"
#include "scenarios/report/map.hpp"

namespace citytwin::scenarios::report {

struct View {
  const ScenarioText& scenario;
  const std::map<std::string, std::string>& manifest;
  const FinishedRun& run;
  const FinishedRun* before = nullptr;  // the baseline, or run A of a comparison
  std::string run_label, before_label;
  LocalClock clock;
  MapFrame frame;
  bool cropped = false;  // the maps show the built-up part only
  std::string base_id = "ground";
  std::vector<std::string> unlike;  // what differs between the runs besides measures (see unlike_parts)

  [[nodiscard]] const CityModel& city() const { return *run.model; }
  [[nodiscard]] const ObservedGrid* grid(const FinishedRun& of, const char* name) const;
  // Both runs have the grid, on the same cells.
  [[nodiscard]] bool comparable(const char* grid_name) const;
  // Both runs have the same rows of everything that is compared row by row.
  [[nodiscard]] bool same_city() const;

  // "EUR 1.4 million"; tables: "EUR" stands in the head and numbers in the cells.
  [[nodiscard]] std::string money(double value) const;
  [[nodiscard]] std::string money_unit() const;  // "EUR, prices of 2020"
  [[nodiscard]] const std::string& currency() const;
};

// What a report may weigh [bytes].
inline constexpr std::size_t kMostBytes = 3'000'000;

[[nodiscard]] View make_view(const RunFolder& folder);
// `b` compared with `a`.
[[nodiscard]] View make_view(const RunFolder& a, const RunFolder& b);

// What two runs of one city do not share: of "events", "projections", "start", "duration", "grid".
[[nodiscard]] std::vector<std::string> unlike_parts(const RunFolder& a, const RunFolder& b);

// Name for people: the name if the row has one, else the kind and the key.
[[nodiscard]] std::string facility_name(const CityModel& model, std::size_t row);
[[nodiscard]] std::string link_name(const CityModel& model, std::size_t row);

}  // namespace citytwin::scenarios::report
