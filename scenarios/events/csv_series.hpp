// A series from a CSV file beside the scenario: a header line `time_min,<column>` (or time_s, time_h), then
// one line per sample, times strictly increasing.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/numerics/series.hpp"

namespace citytwin::scenarios {

struct CsvRow {
  double time = 0;    // [s]
  std::string value;  // as written
  long line = 0;
};

struct CsvRows {
  std::filesystem::path path;
  std::vector<CsvRow> rows;
};

// The rows below the header, times increasing from 0. Errors name the file and line.
[[nodiscard]] Result<CsvRows> read_csv_rows(const std::string& file, const std::filesystem::path& folder,
                                            const std::string& column);

// Times in seconds, values as in the file times `to_si`. Errors name the file and line.
[[nodiscard]] Result<Series> read_csv_series(const std::string& file, const std::filesystem::path& folder,
                                             const std::string& column, double to_si, double min_value,
                                             Series::Between between);

}  // namespace citytwin::scenarios
