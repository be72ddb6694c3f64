#include "gis/readers/population.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

#include "gis/readers/raster_gdal.hpp"
#include "gis/readers/vector.hpp"

namespace citytwin::gis {
namespace {

using Rows = std::vector<PopulationRow>;

constexpr double kMaxPeople = 1e9;  // in one row; no place on Earth has more

// "12", "12.5", " 7 " → number; nothing for anything else. Locale-free.
std::optional<double> number_of(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\"");
  if (first == std::string::npos) return std::nullopt;
  const auto last = text.find_last_not_of(" \t\"");
  double value = 0;
  const char* end = text.data() + last + 1;
  const auto [stop, error] = std::from_chars(text.data() + first, end, value);
  if (error != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

// A CSV file with columns of longitude and latitude says its CRS by their names.
bool has_lonlat_header(const std::filesystem::path& file) {
  if (file.extension() != ".csv" && file.extension() != ".CSV") return false;
  std::ifstream in(file);
  std::string header;
  std::getline(in, header);
  std::transform(header.begin(), header.end(), header.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  header.erase(
      std::remove_if(header.begin(), header.end(), [](char c) { return c == '"' || c == '\r' || c == ' '; }),
      header.end());
  std::replace(header.begin(), header.end(), ';', ',');
  std::set<std::string> names;
  std::istringstream fields(header);
  for (std::string field; std::getline(fields, field, ',');) names.insert(field);
  return (names.contains("lon") && names.contains("lat")) ||
         (names.contains("longitude") && names.contains("latitude"));
}

std::string column_for(const BuildingSource& source, const std::string& ours) {
  for (const auto& [name, column] : source.columns)
    if (name == ours) return column;
  return ours;
}

Result<VectorRead> read_features(const BuildingSource& source, const RunContext& context) {
  BuildingSource placed = source;
  if (placed.crs.empty() && has_lonlat_header(source.file)) placed.crs = "EPSG:4326";
  const std::string people = column_for(source, "population");
  const std::string jobs = column_for(source, "jobs");
  auto read = read_vector(placed, "population rows", {people, jobs}, context);
  const bool lacks_jobs = !read.ok() && jobs == "jobs" && read.diagnostics().has("vector.no_column") &&
                          read.diagnostics().items().front().where.key == jobs;
  return lacks_jobs ? read_vector(placed, "population rows", {people}, context) : std::move(read);
}

}  // namespace

Result<Rows> read_population_raster(const RasterSource& source, const CityFrame& frame, ImportLog& log,
                                    const RunContext& context) {
  const RasterInfo& info = source.info();
  const auto transform = FrameTransform::make(info.crs, frame);
  if (!transform.ok()) return Result<Rows>(transform.diagnostics());
  const RasterWindow window = window_of(info, transform->from_frame(frame.extent), 0);
  if (window.empty()) return Result<Rows>::failure("population.outside", {.file = info.file});
  RasterCounts counts;
  const auto values = read_window(source, window, {0, kMaxPeople}, counts, context);
  if (!values.ok()) return Result<Rows>(values.diagnostics());

  Rows rows;
  const auto& t = info.transform;
  for (int row = 0; row < window.height; ++row) {
    context.check_stop();
    for (int column = 0; column < window.width; ++column) {
      const float people = (*values)[static_cast<std::size_t>(row) * static_cast<std::size_t>(window.width) +
                                     static_cast<std::size_t>(column)];
      if (!(people > 0)) continue;
      const double west = t[0] + (window.column + column) * t[1];
      const double north = t[3] + (window.row + row) * t[5];
      const double south = north + t[5];
      Ring corners{{west, south}, {west + t[1], south}, {west + t[1], north}, {west, north}};
      if (transform->to_frame(corners) > 0) continue;
      rows.push_back({.areas = {{std::move(corners), {}}}, .place = {}, .population = people, .jobs = 0});
    }
  }
  if (rows.empty()) return Result<Rows>::failure("population.outside", {.file = info.file});
  ImportCount line{.source = info.key,
                   .kind = "population cells",
                   .read = counts.read,
                   .kept = counts.valid,
                   .merged = 0,
                   .added_by_splitting = 0,
                   .dropped = {}};
  if (counts.no_data + counts.not_a_number > 0)
    line.drop("dropped.no_data", counts.no_data + counts.not_a_number);
  if (counts.out_of_range > 0) line.drop("dropped.negative_population", counts.out_of_range);
  log.counts.push_back(std::move(line));
  return rows;
}

Result<Rows> read_population_vector(const BuildingSource& source, const CityFrame& frame, ImportLog& log,
                                    const RunContext& context, std::string* crs_code) {
  auto read = read_features(source, context);
  if (!read.ok()) return Result<Rows>(read.diagnostics());
  const Where where{.file = source.file.string()};
  const auto crs = Crs::parse(read->crs, where);
  if (!crs.ok()) return Result<Rows>(crs.diagnostics());
  if (crs_code != nullptr) *crs_code = crs->code();
  const auto transform = FrameTransform::make(*crs, frame);
  if (!transform.ok()) return Result<Rows>(transform.diagnostics());

  ImportCount& count = read->log.counts.back();
  Rows rows;
  for (VectorFeature& feature : read->rows) {
    const auto people = number_of(feature.values.at(0));
    const auto jobs =
        feature.values.size() > 1 && !feature.values[1].empty() ? number_of(feature.values[1]) : 0.0;
    PopulationRow row;
    for (Polygon& area : feature.areas) {
      transform->to_frame(area.outer);
      for (Ring& hole : area.holes) transform->to_frame(hole);
    }
    row.areas = std::move(feature.areas);
    if (row.areas.empty() && !feature.points.empty()) row.place = transform->to_frame(feature.points.front());
    Point2 place{kUnknown, kUnknown};
    if (!row.areas.empty())
      place = row.areas.front().outer.front();
    else if (!feature.points.empty())
      place = row.place;
    const bool number = people.has_value() && jobs.has_value();
    const bool sane = number && *people >= 0 && *jobs >= 0 && *people <= kMaxPeople && *jobs <= kMaxPeople;
    if (!sane || (row.areas.empty() && feature.points.empty())) {
      const char* reason = number ? "dropped.negative_population" : "dropped.bad_number";
      if (sane) reason = "dropped.no_place";
      --count.kept;
      count.drop(reason);
      read->log.findings.push_back({reason, source.key, feature.key, snap(place)});
      continue;
    }
    row.population = *people;
    row.jobs = *jobs;
    rows.push_back(std::move(row));
  }
  for (ImportFinding& finding : read->log.findings)
    if (finding.code.rfind("repaired.", 0) == 0 && std::isfinite(finding.place.x))
      finding.place = snap(transform->to_frame(finding.place));
  log.counts.insert(log.counts.end(), read->log.counts.begin(), read->log.counts.end());
  log.findings.insert(log.findings.end(), read->log.findings.begin(), read->log.findings.end());
  if (rows.empty()) return Result<Rows>::failure("population.outside", where);
  return rows;
}

}  // namespace citytwin::gis
