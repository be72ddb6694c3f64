#include "scenarios/events/rain_frames.hpp"

#include <algorithm>
#include <cmath>

#include "gis/io/safe_path.hpp"
#include "gis/readers/raster.hpp"
#include "scenarios/events/csv_series.hpp"

namespace citytwin::scenarios {
namespace {

constexpr double kMmPerHour = 1e-3 / 3600;
constexpr double kHighest = 3000;  // mm/h, or mm of a frame

class FrameReader {
 public:
  FrameReader(const RainFramesGiven& given, const CityFrame& frame, const GridSpec& run_grid,
              const RunContext& context)
      : given_(given), frame_(frame), run_grid_(run_grid), context_(context) {}

  bool read(const CsvRows& list, RainFrames& out) {
    raster_ = std::make_shared<RasterFrames>();
    for (std::size_t k = 0; k < list.rows.size(); ++k) {
      context_.check_stop();
      const bool last = k + 1 == list.rows.size();
      const CsvRow& row = list.rows[k];
      if (row.value.empty() || row.value == "-") {
        if (!last || k == 0) return refuse(list, row, "rain.no_file");
        end(row.time, out);
      } else {
        const double until =
            last ? row.time + (k > 0 ? row.time - list.rows[k - 1].time : 0) : list.rows[k + 1].time;
        if (until <= row.time) return refuse(list, row, "rain.no_end");
        if (!add(list, row, until, out)) return false;
        if (last) end(until, out);
      }
    }
    if (raster_->frame.empty()) return refuse(list, {}, "csv.too_short");
    if (uncovered_ > 0) report_uncovered(list);
    out.forcing.raster = std::move(raster_);
    return !problems_.has_errors();
  }
  Diagnostics& problems() { return problems_; }

 private:
  bool refuse(const CsvRows& list, const CsvRow& row, const char* code) {
    problems_.error(code, {list.path.string(), "", "", "file", row.line});
    return false;
  }

  static void end(double time, RainFrames& out) {
    out.forcing.series.time.push_back(time);
    out.forcing.series.value.push_back(0);
  }

  std::optional<gis::RasterSource> open(const CsvRows& list, const CsvRow& row, RainFrames& out) {
    const auto path = gis::safe_input(row.value, given_.folder.empty() ? "." : given_.folder);
    if (!path) {
      problems_.append(path.diagnostics());
      refuse(list, row, "rain.bad_file");
      return std::nullopt;
    }
    out.files.push_back(*path);
    auto source = gis::open_raster_source(
        {.file = *path, .key = "rain", .crs = frame_.crs == "local" ? "local" : "", .vertical_datum = {}},
        context_);
    problems_.append(source.diagnostics());
    if (!source) return std::nullopt;
    return *std::move(source);
  }

  // The cells of the first raster where they are coarser than the run's, else those of the run.
  bool choose_grid(const gis::RasterSource& source) {
    const auto own = gis::natural_grid(source, frame_);
    if (!own) {
      problems_.append(own.diagnostics());
      return false;
    }
    raster_->spec = own->cell_m >= run_grid_.cell_m ? *own : run_grid_;
    return true;
  }

  bool add(const CsvRows& list, const CsvRow& row, double until, RainFrames& out) {
    const auto source = open(list, row, out);
    if (!source) return false;
    if (raster_->frame.empty() && !choose_grid(*source)) return false;
    gis::RasterCounts counts;
    const bool finer = source->info().resolution_m < raster_->spec.cell_m;
    auto grid = gis::read_onto_grid(*source, raster_->spec, frame_,
                                    finer ? gis::Resampling::average : gis::Resampling::nearest,
                                    {0, kHighest}, counts, context_);
    if (!grid) {
      problems_.append(grid.diagnostics());
      return false;
    }
    if (counts.out_of_range > 0) {
      problems_.error("rain.bad_values", {source->info().file, "", "", "", 0},
                      {{"count", std::to_string(counts.out_of_range)}});
      return false;
    }
    store(grid->values, row.time, until, out);
    return true;
  }

  void store(std::vector<float>& values, double from, double until, RainFrames& out) {
    const double to_si = given_.unit == "mm" ? 1e-3 / (until - from) : kMmPerHour;
    double sum = 0;
    for (float& value : values) {
      ++cells_;
      if (std::isnan(value)) {
        ++uncovered_;
        value = 0;
      }
      value = static_cast<float>(static_cast<double>(value) * to_si);
      sum += static_cast<double>(value);
      out.heaviest = std::max(out.heaviest, static_cast<double>(value));
    }
    const double mean = sum / static_cast<double>(values.size());
    out.depth += mean * (until - from);
    out.forcing.series.time.push_back(from);
    out.forcing.series.value.push_back(mean);
    raster_->frame.push_back(std::move(values));
  }

  void report_uncovered(const CsvRows& list) {
    const std::vector<std::pair<std::string, std::string>> args{
        {"share", std::to_string(std::max(1L, std::lround(100.0 * static_cast<double>(uncovered_) /
                                                          static_cast<double>(cells_))))},
        {"count", std::to_string(uncovered_)}};
    const Where where{list.path.string(), "", "", "file", 0};
    if (given_.dry_outside)
      problems_.warning("rain.uncovered_dry", where, args);
    else
      problems_.error("rain.uncovered", where, args);
  }

  const RainFramesGiven& given_;
  const CityFrame& frame_;
  const GridSpec& run_grid_;
  const RunContext& context_;
  std::shared_ptr<RasterFrames> raster_;
  Diagnostics problems_;
  std::uint64_t cells_ = 0, uncovered_ = 0;
};

}  // namespace

Result<RainFrames> read_rain_frames(const RainFramesGiven& given, const CityFrame& frame,
                                    const GridSpec& run_grid, const RunContext& context) {
  const auto list = read_csv_rows(given.list, given.folder, "file");
  if (!list) return Result<RainFrames>(list.diagnostics());
  RainFrames out;
  out.forcing.field = "rain";
  out.forcing.unit = "m/s";
  out.forcing.place.kind = Place::Kind::raster;
  out.forcing.series.between = Series::Between::step;
  FrameReader reader(given, frame, run_grid, context);
  if (!reader.read(*list, out)) return Result<RainFrames>(std::move(reader.problems()));
  // The series ends in a 0 without frame.
  auto raster = std::make_shared<RasterFrames>(*out.forcing.raster);
  raster->frame.resize(out.forcing.series.time.size());
  out.forcing.raster = std::move(raster);
  return Result<RainFrames>(std::move(out), std::move(reader.problems()));
}

}  // namespace citytwin::scenarios
