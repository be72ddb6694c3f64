#include "gis/readers/landcover_raster.hpp"

#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <sstream>

#include "engine/model/names.hpp"

namespace citytwin::gis {
namespace {

using CodeTable = std::map<int, LandCoverClass>;
using L = LandCoverClass;

// ESA WorldCover v200 Product User Manual, table 3. "Built-up" holds buildings, streets and yards together.
const CodeTable& world_cover() {
  static const CodeTable kTable{{10, L::forest},      {20, L::grass},   {30, L::grass}, {40, L::cropland},
                                {50, L::residential}, {60, L::bare},    {70, L::bare},  {80, L::water},
                                {90, L::wetland},     {95, L::wetland}, {100, L::grass}};
  return kTable;
}

// CORINE Land Cover nomenclature, level 3 (EEA Technical report 17/2007).
const CodeTable& corine() {
  static const CodeTable kTable{
      {111, L::residential}, {112, L::residential}, {121, L::industrial}, {122, L::paved},
      {123, L::industrial},  {124, L::paved},       {131, L::bare},       {132, L::bare},
      {133, L::bare},        {141, L::park},        {142, L::park},       {211, L::cropland},
      {212, L::cropland},    {213, L::cropland},    {221, L::cropland},   {222, L::cropland},
      {223, L::cropland},    {231, L::grass},       {241, L::cropland},   {242, L::cropland},
      {243, L::cropland},    {244, L::cropland},    {311, L::forest},     {312, L::forest},
      {313, L::forest},      {321, L::grass},       {322, L::grass},      {323, L::grass},
      {324, L::forest},      {331, L::sand},        {332, L::bare},       {333, L::bare},
      {334, L::bare},        {335, L::bare},        {411, L::wetland},    {412, L::wetland},
      {421, L::wetland},     {422, L::wetland},     {423, L::wetland},    {511, L::water},
      {512, L::water},       {521, L::water},       {522, L::water},      {523, L::water}};
  return kTable;
}

std::string all_classes() {
  std::string names;
  for (const std::string_view name : Names<LandCoverClass>::kAll) {
    if (!names.empty()) names += ", ";
    names += name;
  }
  return names;
}

Diagnostics parse_mapping(const std::vector<std::pair<std::string, std::string>>& columns, const Where& where,
                          CodeTable& table) {
  Diagnostics out;
  for (const auto& [name, codes] : columns) {
    const auto cover = from_name<LandCoverClass>(name);
    if (!cover) {
      out.error("landcover.unknown_class", where, {{"class", name}, {"classes", all_classes()}});
      continue;
    }
    std::istringstream words(codes);
    for (std::string word; words >> word;) {
      int code = 0;
      const char* end = word.data() + word.size();
      const auto [stop, error] = std::from_chars(word.data(), end, code);
      if (error != std::errc{} || stop != end)
        out.error("landcover.bad_code", where, {{"code", word}});
      else if (!table.emplace(code, *cover).second)
        out.error("landcover.code_twice", where, {{"code", word}});
    }
  }
  return out;
}

bool knows_all(const CodeTable& table, const std::set<int>& codes) {
  for (const int code : codes)
    if (!table.contains(code)) return false;
  return true;
}

}  // namespace

Result<Grid<std::uint8_t>> read_landcover_raster(
    const RasterSource& source, const CityFrame& frame,
    const std::vector<std::pair<std::string, std::string>>& columns, ImportLog& log,
    const RunContext& context) {
  using Out = Result<Grid<std::uint8_t>>;
  const RasterInfo& info = source.info();
  const Where where{.file = info.file};
  CodeTable given;
  if (Diagnostics wrong = parse_mapping(columns, where, given); wrong.has_errors()) return Out(wrong);

  const auto grid = natural_grid(source, frame);
  if (!grid.ok()) return Out(grid.diagnostics());
  RasterCounts counts;
  constexpr ValueRange kCodes{-1e6, 1e6};
  const auto values = read_onto_grid(source, *grid, frame, Resampling::nearest, kCodes, counts, context);
  if (!values.ok()) return Out(values.diagnostics());
  std::set<int> codes;
  for (const float v : values->values)
    if (!std::isnan(v)) codes.insert(static_cast<int>(std::lround(v)));
  if (codes.empty()) return Out::failure("landcover.outside", where);

  const CodeTable* table = &given;
  if (columns.empty()) table = knows_all(world_cover(), codes) ? &world_cover() : &corine();
  if (!knows_all(*table, codes)) {
    std::vector<int> unknown;
    for (const int code : codes)
      if (!table->contains(code)) unknown.push_back(code);
    return Out::failure(
        "landcover.no_mapping", where,
        {{"code", std::to_string(unknown.front())}, {"codes", std::to_string(unknown.size())}});
  }
  Grid<std::uint8_t> classes(*grid);
  for (std::size_t i = 0; i < classes.values.size(); ++i)
    if (const float v = values->values[i]; !std::isnan(v))
      classes.values[i] = static_cast<std::uint8_t>(table->at(static_cast<int>(std::lround(v))));
  ImportCount line{.source = info.key,
                   .kind = "landcover cells",
                   .read = counts.read,
                   .kept = counts.valid,
                   .merged = 0,
                   .added_by_splitting = 0,
                   .dropped = {}};
  const std::uint64_t dropped = counts.no_data + counts.not_a_number + counts.out_of_range;
  if (dropped > 0) line.drop("dropped.no_data", dropped);
  log.counts.push_back(std::move(line));
  return classes;
}

}  // namespace citytwin::gis
