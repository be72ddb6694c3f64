#include "tests/validation/laboratory/laboratory.hpp"

#include <doctest/doctest.h>
#include <zip.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace citytwin::test {

namespace {

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string text_in(const std::string& path, const std::string& inside) {
  int code = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
  if (archive == nullptr) return {};
  std::string text;
  if (zip_file_t* file = zip_fopen(archive, inside.c_str(), 0)) {
    std::vector<char> part(1 << 16);
    for (zip_int64_t n = 0; (n = zip_fread(file, part.data(), part.size())) > 0;)
      text.append(part.data(), static_cast<std::size_t>(n));
    zip_fclose(file);
  }
  zip_discard(archive);
  return text;
}

}  // namespace

Columns read_columns(const std::string& name, const std::string& inside) {
  const std::string path = std::string(CITYTWIN_SOURCE_DIR "/../shared/reference/flood/") + name;
  std::istringstream text(inside.empty() ? text_of(path) : text_in(path, inside));
  Columns columns;
  for (std::string line; std::getline(text, line);) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream fields(line);
    std::vector<double> row;
    for (double value = 0; fields >> value;) row.push_back(value);
    if (row.size() < 2) continue;
    columns.resize(row.size());
    for (std::size_t k = 0; k < row.size(); ++k) columns[k].push_back(row[k]);
  }
  if (columns.empty()) MESSAGE("skipped: no reference file ", name);
  return columns;
}

double value_at(const Columns& table, std::size_t column, double time) {
  const std::vector<double>& t = table[0];
  const auto after = static_cast<std::size_t>(std::upper_bound(t.begin(), t.end(), time) - t.begin());
  if (after == 0) return table[column].front();
  if (after == t.size()) return table[column].back();
  const double share = (time - t[after - 1]) / (t[after] - t[after - 1]);
  return table[column][after - 1] + share * (table[column][after] - table[column][after - 1]);
}

Columns gauge_levels(FloodRun& run, const std::vector<Gauge>& gauges, double end) {
  Columns levels(gauges.size() + 1);
  const GridSpec& grid = run.grid();
  const double beat = run.beat().seconds();
  for (int n = 0; n * beat <= end + 1e-9; ++n) {
    run.run_until(n * beat);
    levels[0].push_back(n * beat);
    for (std::size_t g = 0; g < gauges.size(); ++g) {
      levels[g + 1].push_back(run.level(grid.column(gauges[g].at.x), grid.row(gauges[g].at.y)));
    }
  }
  return levels;
}

Peak peak_of(const Columns& table, std::size_t column, double from, double to) {
  Peak peak{0, -1e30};
  for (std::size_t k = 0; k < table[0].size(); ++k)
    if (table[0][k] >= from && table[0][k] <= to && table[column][k] > peak.value)
      peak = {table[0][k], table[column][k]};
  return peak;
}

}  // namespace citytwin::test

// Of the whole program: ctest reports it as skipped by this line.
TEST_CASE("reference data lie beside the project") {
  if (!std::filesystem::exists(CITYTWIN_SOURCE_DIR "/../shared/reference/flood"))
    MESSAGE("skipped: no reference data in ../shared/reference/flood");
}
