#include "scenarios/core/result_tables.hpp"

#include <functional>

#include "engine/model/names.hpp"
#include "gis/io/atomic_file.hpp"
#include "gis/writers/raster_writer.hpp"
#include "gis/writers/vector_writer.hpp"
#include "scenarios/core/csv.hpp"
#include "scenarios/core/record_file.hpp"
#include "scenarios/core/sewer_results.hpp"

namespace citytwin::scenarios {
namespace {

std::string_view name_of_level(FunctionLevel level) {
  static constexpr std::string_view kNames[] = {"failed", "backup", "working"};
  return kNames[static_cast<std::size_t>(level)];
}

std::string roads_csv(const FinishedRun& run) {
  const auto& links = run.model->streets().links;
  const auto& record = run.record.links;
  Csv csv("link,name,class,length_m,max_depth_m,first_closed_s,closed_s");
  for (std::size_t row = 0; row < links.size() && row < record.max_depth.size(); ++row) {
    if (!(record.max_depth[row] > 0) && !(record.closed_duration[row] > 0)) continue;
    csv.row().text(links.origin.key[row]).text(links.name[row]).text(name_of(links.road_class[row]));
    csv.number(length(links.geometry[row])).number(record.max_depth[row], 4);
    csv.number(record.first_closed[row]).number(record.closed_duration[row]);
  }
  return csv.finish();
}

std::string facilities_csv(const FinishedRun& run) {
  const auto& facilities = run.model->facilities();
  const auto& record = run.record.facilities;
  Csv csv("facility,kind,name,max_depth_m,first_failed_s,failed_s,final_level");
  for (std::size_t row = 0; row < facilities.size() && row < record.max_depth.size(); ++row) {
    csv.row().text(facilities.origin.key[row]).text(name_of(facilities.kind[row])).text(facilities.name[row]);
    csv.number(record.max_depth[row], 4).number(record.first_failed[row]).number(record.failed_duration[row]);
    csv.text(name_of_level(record.final_level[row]));
  }
  return csv.finish();
}

std::string cells_csv(const FinishedRun& run) {
  const auto& cells = run.model->management_cells();
  const auto& impact = run.impact.cells;
  Csv csv("cell,population,people_affected,max_depth_m,buildings_flooded,loss");
  for (std::size_t row = 0; row < cells.size() && row < impact.loss.size(); ++row) {
    csv.row().text(cells.origin.key[row]).number(cells.population[row]).number(impact.people_affected[row]);
    csv.number(impact.max_depth[row], 4).number(impact.buildings_flooded[row]).number(impact.loss[row], 9);
  }
  return csv.finish();
}

template <class T>
std::vector<double> doubles(const std::vector<T>& values) {
  return {values.begin(), values.end()};
}

template <class E>
std::vector<std::string> words(const std::vector<E>& values) {
  std::vector<std::string> out;
  out.reserve(values.size());
  for (const E value : values) out.emplace_back(name_of(value));
  return out;
}

// One layer for each kind of geometry: a GeoPackage layer has one. Points are one row for each thing, with
// its share of the cost.
void add_measures(const std::vector<PlacedMeasure>& measures, std::vector<gis::ResultLayer>& all) {
  using Geometry = gis::ResultLayer::Geometry;
  using Shape = PlacedMeasure::Shape;
  const auto add = [&](const char* layer, Geometry geometry, Shape shape) {
    std::vector<std::vector<Point2>> places;
    std::vector<std::string> names, kinds;
    std::vector<double> costs;
    for (const PlacedMeasure& m : measures) {
      if (m.shape != shape) continue;
      const std::size_t rows = shape == Shape::points ? m.where.size() : 1;
      for (std::size_t k = 0; k < rows; ++k) {
        places.push_back(shape == Shape::points ? std::vector<Point2>{m.where[k]} : m.where);
        names.push_back(m.name);
        kinds.push_back(m.kind);
        costs.push_back(m.cost / static_cast<double>(rows));
      }
    }
    if (places.empty()) return;
    const auto area = [places](std::size_t row) { return Polygon{places[row], {}}; };
    const auto points = [places](std::size_t row) { return places[row]; };
    all.push_back(
        {layer, geometry, places.size(), area, points, {{"name", names}, {"kind", kinds}, {"cost", costs}}});
  };
  add("measures_lines", Geometry::line, Shape::line);
  add("measures_areas", Geometry::polygon, Shape::area);
  add("measures_points", Geometry::point, Shape::points);
}

// Layers hold references into `run`; they are written before it goes.
std::vector<gis::ResultLayer> layers(const FinishedRun& run) {
  using Geometry = gis::ResultLayer::Geometry;
  std::vector<gis::ResultLayer> all;
  const auto& cells = run.model->management_cells();
  if (run.impact.cells.loss.size() == cells.size())
    all.push_back({"cells",
                   Geometry::polygon,
                   cells.size(),
                   [&cells](std::size_t row) { return cells.area[row]; },
                   {},
                   {{"key", cells.origin.key},
                    {"population", cells.population},
                    {"people_affected", run.impact.cells.people_affected},
                    {"max_depth_m", run.impact.cells.max_depth},
                    {"buildings_flooded", run.impact.cells.buildings_flooded},
                    {"loss", run.impact.cells.loss}}});
  const auto& buildings = run.model->buildings();
  if (run.impact.buildings.loss.size() == buildings.size())
    all.push_back({"buildings",
                   Geometry::polygon,
                   buildings.size(),
                   [&buildings](std::size_t row) { return buildings.footprint[row]; },
                   {},
                   {{"key", buildings.origin.key},
                    {"use", words(buildings.use)},
                    {"depth_m", doubles(run.impact.buildings.depth)},
                    {"damage", doubles(run.impact.buildings.damage)},
                    {"value", run.impact.buildings.value},
                    {"loss", run.impact.buildings.loss}}});
  const auto& links = run.model->streets().links;
  if (run.record.links.max_depth.size() == links.size())
    all.push_back({"links",
                   Geometry::line,
                   links.size(),
                   {},
                   [&links](std::size_t row) {
                     const auto line = links.geometry[row];
                     return std::vector<Point2>(line.begin(), line.end());
                   },
                   {{"key", links.origin.key},
                    {"name", links.name},
                    {"class", words(links.road_class)},
                    {"max_depth_m", doubles(run.record.links.max_depth)},
                    {"first_closed_s", doubles(run.record.links.first_closed)},
                    {"closed_s", doubles(run.record.links.closed_duration)}}});
  const auto& facilities = run.model->facilities();
  if (run.record.facilities.max_depth.size() == facilities.size())
    all.push_back({"facilities",
                   Geometry::point,
                   facilities.size(),
                   {},
                   [&facilities](std::size_t row) { return std::vector<Point2>{facilities.position[row]}; },
                   {{"key", facilities.origin.key},
                    {"kind", words(facilities.kind)},
                    {"name", facilities.name},
                    {"max_depth_m", doubles(run.record.facilities.max_depth)},
                    {"first_failed_s", doubles(run.record.facilities.first_failed)},
                    {"failed_s", doubles(run.record.facilities.failed_duration)}}});
  add_sewer_layers(run, all);
  add_measures(run.measures, all);
  return all;
}

}  // namespace

std::string raster_name(const std::string& grid) {
  const auto dot = grid.rfind('.');
  return (dot == std::string::npos ? grid : grid.substr(dot + 1)) + ".tif";
}

std::string events_csv(const RunRecord& record, const StartTime& start) {
  Csv csv("id,time_s,local_time,asset,kind,from,to,reason,value,because");
  for (std::size_t id = 0; id < record.occurrences.size(); ++id) {
    const Occurrence& o = record.occurrences[id];
    std::string because;
    for (const auto cause : o.because) because += (because.empty() ? "" : " ") + std::to_string(cause);
    csv.row()
        .number(static_cast<double>(id), 12)
        .number(o.time.seconds(), 12)
        .text(local_time(start, o.time));
    csv.text(o.asset)
        .text(o.asset_kind)
        .text(o.from)
        .text(o.to)
        .text(o.reason)
        .number(o.value, 5)
        .text(because);
  }
  return csv.finish();
}

std::string series_csv(const RunRecord& record) {
  Csv csv("name,key,unit,time_s,value");
  for (const auto& series : record.series)
    for (std::size_t i = 0; i < series.time.size() && i < series.value.size(); ++i)
      csv.row()
          .text(series.name)
          .text(series.key)
          .text(series.unit)
          .number(series.time[i], 12)
          .number(series.value[i], 9);
  return csv.finish();
}

Result<Done> write_results(const FinishedRun& run, const StartTime& start,
                           const std::filesystem::path& folder, const RunContext& context) {
  Diagnostics problems;
  const auto note = [&](const Result<Done>& result) { problems.append(result.diagnostics()); };
  note(write_record(run.record, folder / "record.ctr"));
  note(gis::write_file(folder / "events.csv", events_csv(run.record, start)));
  note(gis::write_file(folder / "series.csv", series_csv(run.record)));
  note(gis::write_file(folder / "roads.csv", roads_csv(run)));
  note(gis::write_file(folder / "facilities.csv", facilities_csv(run)));
  note(gis::write_file(folder / "cells.csv", cells_csv(run)));
  if (run.record.table("sewer_nodes") != nullptr)
    note(gis::write_file(folder / "sewers.csv", sewers_csv(run)));
  context.check_stop();
  const CityFrame& frame = run.model->info().frame;
  for (const ObservedGrid& grid : run.record.grids) {
    note(gis::write_cog(grid.grid, frame, grid.name, grid.unit, folder / raster_name(grid.name)));
    context.check_stop();
  }
  note(gis::write_layers(layers(run), frame, folder / "results.gpkg"));
  context.check_stop();
  if (problems.has_errors()) return Result<Done>(std::move(problems));
  return Result<Done>(Done{}, std::move(problems));
}

}  // namespace citytwin::scenarios
