// RAINGAGES: rain from a series of the file, or from a record of its own.
#include <algorithm>
#include <cmath>

#include "gis/readers/swmm_inp/dates.hpp"
#include "gis/readers/swmm_inp/external_file.hpp"
#include "gis/readers/swmm_inp/fields.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

enum class RainKind { intensity, volume, cumulative };

struct Record {
  std::vector<double> time, value;  // [s] since the start, in the unit of the record
};

double intensity(RainKind kind, const Record& record, std::size_t k, double interval, double unit) {
  const double value = record.value[k];
  switch (kind) {
    case RainKind::intensity:
      return value * unit / kHour;
    case RainKind::volume:
      return value * unit / interval;
    case RainKind::cumulative:
      break;
  }
  // A fall is the start of a new count.
  const double before = k > 0 ? record.value[k - 1] : 0;
  return (value < before ? value : value - before) * unit / interval;
}

// Each value holds for one interval, from its time on; in between there is no rain.
Series steps_of(RainKind kind, const Record& record, double interval, double unit) {
  constexpr double kSlack = 1;  // [s]
  Series out;
  out.between = Series::Between::step;
  for (std::size_t k = 0; k < record.time.size(); ++k) {
    const double rate = intensity(kind, record, k, interval, unit);
    const double end = record.time[k] + interval;
    out.time.push_back(record.time[k]);
    out.value.push_back(rate);
    const bool next_follows = k + 1 < record.time.size() && record.time[k + 1] <= end + kSlack;
    if (next_follows || rate == 0) continue;
    out.time.push_back(end);
    out.value.push_back(0);
  }
  return out;
}

// A user-prepared rain file: station, year, month, day, hour, minute, value in each line.
class RainFile {
 public:
  RainFile(Project& project, std::string_view station, double first_day)
      : project_(project), station_(station), first_day_(first_day) {}

  // False if there is no line of the station.
  bool read(std::string_view text, const Row& gauge, const std::string& name) {
    std::vector<std::string_view> fields;
    long number = 0;
    while (!text.empty() && !project_.is_full()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      fields.clear();
      split_fields(text.substr(0, end), fields);
      text.remove_prefix(std::min(end + 1, text.size()));
      ++number;
      if (fields.empty()) continue;
      const ExternalPlace place(project_, name);
      if (!add({number, Section::raingages, fields})) return true;  // reported
    }
    if (record.time.empty())
      project_.error("swmm.no_station", gauge, {{"file", name}, {"station", shown(station_)}});
    return !record.time.empty();
  }

  Record record;

 private:
  // Heads of up to 5 lines are skipped, as SWMM does.
  bool add(const Row& row) {
    double part[6] = {};
    bool good = row.fields.size() >= 7;
    for (std::size_t k = 0; k < 6 && good; ++k) {
      const auto value = number_of(row.fields[k + 1]);
      good = value.has_value() && (k == 5 || (*value == std::floor(*value) && *value >= 0 && *value < 3000));
      part[k] = value.value_or(0);
    }
    good = good && part[0] >= 1800 && part[1] >= 1 && part[1] <= 12 && part[2] >= 1 && part[2] <= 31 &&
           part[3] <= 24 && part[4] <= 59 && part[5] >= 0 && part[5] < 1e6;
    if (!good) {
      if (row.line <= 5 && record.time.empty()) return true;
      project_.error("swmm.bad_rain_line", row);
      return false;
    }
    if (station_ != "*" && !same_word(row.fields[0], station_)) return true;
    const long day = days_of(static_cast<int>(part[0]), static_cast<int>(part[1]), static_cast<int>(part[2]));
    if (static_cast<double>(day) < first_day_) return true;
    const double time = static_cast<double>(day - project_.start_day) * kDay + part[3] * kHour +
                        part[4] * 60 - project_.start_second;
    if (!record.time.empty() && time <= record.time.back()) {
      project_.error("swmm.rain_order", row);
      return false;
    }
    record.time.push_back(time);
    record.value.push_back(part[5]);
    return true;
  }

  Project& project_;
  std::string_view station_;
  double first_day_;
};

class GaugeReader {
 public:
  GaugeReader(Project& project, Fields& f, drainage::RainGauge& gauge, bool is_used)
      : project_(project), f_(f), gauge_(gauge), is_used_(is_used) {}

  void read() {
    if (!f_.need(6)) return;
    kind_ = f_.word<RainKind>(1, "Format",
                              {{"INTENSITY", RainKind::intensity},
                               {"VOLUME", RainKind::volume},
                               {"CUMULATIVE", RainKind::cumulative}});
    if (!read_interval()) return;
    (void)f_.number(3, "SCF", kNotNegative);  // snow
    unit_ = project_.units.rain;
    const bool from_file = f_.word<bool>(4, "Source", {{"TIMESERIES", false}, {"FILE", true}});
    if (!f_.ok() || !is_used_) return;
    if (from_file)
      read_file();
    else
      read_from_series();
  }

 private:
  bool read_interval() {
    const auto hours = number_of(f_.text(2));
    const auto time = time_of(f_.text(2));
    gauge_.interval = std::floor((hours ? *hours * kHour : time.value_or(0)) + 0.5);
    if (gauge_.interval >= 1 && gauge_.interval < 1e9) return true;
    project_.error("swmm.bad_time", f_.row(), {{"value", shown(f_.text(2))}}, "Interval");
    gauge_.interval = 3600;
    return false;
  }

  void read_from_series() {
    const Index index = f_.series(5);
    if (index == kNone) return;
    const RawSeries& raw = at(project_.raw_series, index);
    finish({raw.time, raw.value});
  }

  // name format interval SCF FILE file station unit [first day]
  void read_file() {
    if (!f_.need(8)) return;
    unit_ = f_.word<double>(7, "Units", {{"IN", kInch}, {"MM", kMillimetre}});
    double first_day = -1e9;
    if (f_.has(8) && f_.text(8) != "*") {
      const auto day = date_of(f_.text(8));
      if (!day) project_.error("swmm.bad_date", f_.row(), {{"value", shown(f_.text(8))}});
      first_day = day.value_or(first_day);
    }
    const auto text = external_file(project_, f_.row(), f_.text(5));
    if (!text) return;
    RainFile file(project_, f_.text(6), first_day);
    if (file.read(*text, f_.row(), shown(f_.text(5)))) finish(std::move(file.record));
  }

  void finish(Record record) {
    for (std::size_t k = 0; k < record.value.size(); ++k)
      if (record.value[k] < 0) {
        project_.error("swmm.negative_rain", f_.row(), {{"number", std::to_string(k + 1)}});
        return;
      }
    if (fits_interval(record)) gauge_.rain = steps_of(kind_, record, gauge_.interval, unit_);
  }

  // The interval is the shortest time between two values; between values further apart there is no rain.
  bool fits_interval(const Record& record) {
    double shortest = 1e300;
    for (std::size_t k = 1; k < record.time.size(); ++k) {
      const double wait = record.time[k] - record.time[k - 1];
      if (wait <= 0) return false;  // reported where the series is
      shortest = std::min(shortest, wait);
      if (wait >= gauge_.interval - 1) continue;
      project_.error("swmm.gauge_interval", f_.row(),
                     {{"interval", seconds(gauge_.interval)}, {"number", std::to_string(k + 1)}});
      return false;
    }
    if (record.time.size() > 1 && shortest > gauge_.interval + 1)
      project_.warning("swmm.gauge_gaps", f_.row(),
                       {{"interval", seconds(gauge_.interval)}, {"wait", seconds(shortest)}});
    return true;
  }

  static std::string seconds(double value) { return std::to_string(std::llround(value)); }

  Project& project_;
  Fields& f_;
  drainage::RainGauge& gauge_;
  bool is_used_;
  RainKind kind_ = RainKind::intensity;
  double unit_ = 0;  // of a depth [m]
};

}  // namespace

void read_gauges(Project& project) {
  std::vector<bool> is_used(project.gauges.size());
  for (const auto& s : project.network.subcatchments)
    if (s.gauge != kNone) is_used[static_cast<std::size_t>(s.gauge)] = true;
  for (const Row& row : project.text.rows(Section::raingages)) {
    const Index index = project.gauges.find(row.fields[0]);
    if (index == kNone || project.gauges.line(index) != row.line) continue;
    Fields f(project, row);
    GaugeReader(project, f, at(project.network.gauges, index), is_used[static_cast<std::size_t>(index)])
        .read();
  }
}

}  // namespace citytwin::gis::swmm
