#include "scenarios/events/csv_series.hpp"

#include <charconv>
#include <cmath>
#include <string_view>

#include "gis/io/atomic_file.hpp"
#include "gis/io/safe_path.hpp"

namespace citytwin::scenarios {
namespace {

constexpr std::uintmax_t kMaxBytes = 64U << 20U;

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.front() == '\t' || s.front() == '"')) s.remove_prefix(1);
  while (!s.empty() && (s.back() == ' ' || s.back() == '\t' || s.back() == '\r' || s.back() == '"'))
    s.remove_suffix(1);
  return s;
}

bool number(std::string_view s, double& value) {
  s = trimmed(s);
  if (!s.empty() && s.front() == '+') s.remove_prefix(1);
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value);
  return error == std::errc{} && end == s.data() + s.size() && std::isfinite(value);
}

// Seconds per unit of the time column, 0 if it is none.
double time_unit(std::string_view name) {
  return name == "time_s" ? 1 : name == "time_min" ? 60 : name == "time_h" ? 3600 : 0;
}

}  // namespace

std::optional<double> csv_number(const std::string& text) {
  double value = 0;
  return number(text, value) ? std::optional(value) : std::nullopt;
}

Result<CsvRows> read_csv_rows(const std::string& file, const std::filesystem::path& folder,
                              const std::string& column, const std::string& first_column) {
  // A scenario in the current folder has an empty parent path; its files may not leave that folder either.
  const auto path = gis::safe_input(file, folder.empty() ? "." : folder, kMaxBytes);
  if (!path) return Result<CsvRows>(path.diagnostics());
  const auto content = gis::read_file(*path, kMaxBytes);
  if (!content) return Result<CsvRows>(content.diagnostics());

  CsvRows out{*path, {}};
  double seconds = 0;
  std::string_view rest = *content;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  const auto fail = [&](const char* code, long line) {
    return Result<CsvRows>::failure(code, {path->string(), "", "", column, line}, {{"column", column}});
  };
  for (long line = 1; !rest.empty(); ++line) {
    const auto end = rest.find('\n');
    const std::string_view row = trimmed(rest.substr(0, end));
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    if (row.empty() || row.front() == '#') continue;
    const auto comma = row.find(',');
    if (comma == std::string_view::npos) return fail("csv.two_columns", line);
    const std::string_view first = trimmed(row.substr(0, comma)), second = trimmed(row.substr(comma + 1));
    if (seconds == 0) {
      seconds = first_column.empty() ? time_unit(first) : first == first_column ? 1 : 0;
      if (seconds == 0 || second != column) return fail("csv.bad_header", line);
      continue;
    }
    double t = 0;
    if (!number(first, t)) return fail("csv.bad_number", line);
    t *= seconds;
    const bool rises = out.rows.empty() || t > out.rows.back().time;
    if (!first_column.empty() && !rises)
      return Result<CsvRows>::failure("csv.not_increasing", {path->string(), "", "", first_column, line},
                                      {{"column", first_column}});
    if (first_column.empty() && (!rises || t < 0)) return fail("csv.time_order", line);
    out.rows.push_back({t, std::string(second), line});
  }
  return out;
}

Result<Series> read_csv_series(const std::string& file, const std::filesystem::path& folder,
                               const std::string& column, double to_si, double min_value,
                               Series::Between between) {
  const auto csv = read_csv_rows(file, folder, column);
  if (!csv) return Result<Series>(csv.diagnostics());
  Series series;
  series.between = between;
  const auto fail = [&](const char* code, long line) {
    return Result<Series>::failure(code, {csv->path.string(), "", "", column, line}, {{"column", column}});
  };
  for (const CsvRow& row : csv->rows) {
    double value = 0;
    if (!number(row.value, value)) return fail("csv.bad_number", row.line);
    if (value < min_value) return fail("csv.value_too_low", row.line);
    series.time.push_back(row.time);
    series.value.push_back(value * to_si);
  }
  if (series.time.size() < 2) return fail("csv.too_short", 0);
  return series;
}

}  // namespace citytwin::scenarios
