// A series from a CSV file beside the scenario: a header line `time_min,<column>` (or time_s, time_h), then
// one line per sample, times strictly increasing.
#pragma once

#include <filesystem>
#include <optional>
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

// The rows below the header, times increasing from 0; or, if the first column has another name, its values as
// they are, increasing. Errors name the file and line.
[[nodiscard]] Result<CsvRows> read_csv_rows(const std::string& file, const std::filesystem::path& folder,
                                            const std::string& column, const std::string& first_column = {});
// A finite number, with spaces around it.
[[nodiscard]] std::optional<double> csv_number(const std::string& text);

// Times in seconds, values as in the file times `to_si`. Errors name the file and line.
[[nodiscard]] Result<Series> read_csv_series(const std::string& file, const std::filesystem::path& folder,
                                             const std::string& column, double to_si, double min_value,
                                             Series::Between between);

}  // namespace citytwin::scenarios
