// TIMESERIES: in the section itself, or in files of their own.
#include <cmath>
#include <limits>

#include "gis/io/atomic_file.hpp"
#include "gis/readers/swmm_inp/dates.hpp"
#include "gis/readers/swmm_inp/external_file.hpp"
#include "gis/readers/swmm_inp/fields.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

// Triples of date (may be left out), time, value.
void add_values(Project& project, RawSeries& series, Fields& f, std::size_t next) {
  while (next < f.size()) {
    if (const auto date = date_of(f.text(next))) {
      series.date = *date;
      series.dated = true;
      ++next;
    }
    if (next + 1 >= f.size()) {
      project.error("swmm.odd_pairs", f.row());
      return;
    }
    double seconds = 0;
    if (const auto hours = number_of(f.text(next))) {
      seconds = f.number(next, "Time", {-1e7, 1e7, "-1e7 ... 1e7"}) * kHour;
    } else if (const auto time = time_of(f.text(next))) {
      seconds = *time;
    } else {
      project.error("swmm.bad_time", f.row(), {{"value", shown(f.text(next))}});
      return;
    }
    // Times without a date before them count from the start of the simulation.
    if (series.dated)
      seconds += (series.date - static_cast<double>(project.start_day)) * kDay - project.start_second;
    if (!series.time.empty() && !(seconds > series.time.back()) && !series.reported) {
      series.reported = true;
      project.error("swmm.not_increasing", f.row(),
                    {{"id", shown(series.key)}, {"number", std::to_string(series.time.size() + 1)}});
    }
    series.time.push_back(seconds);
    series.value.push_back(f.number(next + 1, "Value"));
    next += 2;
  }
}

void read_file(Project& project, RawSeries& series, Fields& f) {
  if (!f.need(3)) return;
  const auto text = external_file(project, f.row(), f.text(2));
  if (!text) return;
  std::vector<std::string_view> fields;
  long number = 0;
  for (std::string_view rest = *text; !rest.empty() && !project.is_full();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    fields.clear();
    split_fields(rest.substr(0, end), fields);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    ++number;
    if (fields.empty()) continue;
    const Row row{number, Section::timeseries, fields};
    ExternalPlace place(project, shown(f.text(2)));
    Fields of_file(project, row);
    if (fields.size() < 2)
      project.error("swmm.odd_pairs", row);
    else
      add_values(project, series, of_file, 0);
  }
}

}  // namespace

void read_series(Project& project) {
  for (const Row& row : project.text.rows(Section::timeseries)) {
    Fields f(project, row);
    RawSeries& series = at(project.raw_series, project.series.find(row.fields[0]));
    if (!f.need(3)) continue;
    if (f.is(1, "FILE"))
      read_file(project, series, f);
    else
      add_values(project, series, f, 1);
  }
}

Series si_series(Project& project, Index which, double unit, bool held) {
  Series out;
  if (which == kNone) return out;
  const RawSeries& raw = at(project.raw_series, which);
  const bool was_full = project.samples > Project::kMostSamples;
  project.samples += raw.time.size();
  if (project.samples > Project::kMostSamples) {
    if (!was_full) project.error("swmm.too_many_samples", raw.row, {{"id", shown(raw.key)}});
    return out;
  }
  out.time = raw.time;
  out.value = raw.value;
  for (double& value : out.value) value *= unit;
  if (held || out.time.empty()) return out;
  // Nothing before the first and after the last value: one more sample next to each that is not 0.
  if (out.value.front() != 0) {
    out.time.insert(out.time.begin(), std::nextafter(out.time.front(), -std::numeric_limits<double>::max()));
    out.value.insert(out.value.begin(), 0);
  }
  if (out.value.back() != 0) {
    out.time.push_back(std::nextafter(out.time.back(), std::numeric_limits<double>::max()));
    out.value.push_back(0);
  }
  return out;
}

}  // namespace citytwin::gis::swmm
