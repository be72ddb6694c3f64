// Internal to engine/model: how invariants look at one table and name its rows in what they report.
#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/diagnostics.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin {

inline constexpr std::size_t kFindingsPerRule = 5;

// The checks of one table; names its rows in what it reports.
class TableCheck {
 public:
  TableCheck(Diagnostics& out, std::string table, const std::vector<std::string>& keys)
      : out_(out), table_(std::move(table)), keys_(keys) {}

  [[nodiscard]] std::size_t rows() const { return keys_.size(); }

  template <class Column>
  bool length(std::string_view column, const Column& values) {
    if (values.size() == keys_.size()) return true;
    out_.error("model.column_length", {.layer = table_, .key = std::string(column)},
               {{"rows", std::to_string(keys_.size())}, {"values", std::to_string(values.size())}});
    lengths_ok_ = false;
    return false;
  }
  [[nodiscard]] bool lengths_ok() const { return lengths_ok_; }

  void unique_keys() {
    std::vector<std::size_t> order(keys_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return keys_[a] < keys_[b]; });
    std::size_t found = 0;
    for (std::size_t i = 0; i < order.size() && found < kFindingsPerRule; ++i) {
      const std::string& key = keys_[order[i]];
      if (key.empty()) {
        out_.error("model.empty_key", {.layer = table_}, {{"row", std::to_string(order[i])}});
        ++found;
      } else if (i > 0 && key == keys_[order[i - 1]]) {
        out_.error("model.duplicate_key", {.layer = table_, .feature = key});
        ++found;
      }
    }
  }

  template <class Good>
  void each(std::string_view column, const std::string& code, Good&& good) {
    std::size_t found = 0;
    for (std::size_t r = 0; r < keys_.size() && found < kFindingsPerRule; ++r) {
      if (good(r)) continue;
      out_.error(code, {.layer = table_, .feature = keys_[r], .key = std::string(column)});
      ++found;
    }
  }

  void not_negative(std::string_view column, const std::vector<double>& values) {
    each(column, "model.negative_value",
         [&](std::size_t r) { return std::isfinite(values[r]) && values[r] >= 0; });
  }

  template <class IdColumn>
  void ids(std::string_view column, const IdColumn& values, std::size_t target_rows, bool may_be_none) {
    each(column, "model.dead_reference",
         [&](std::size_t r) { return values[r].is_none() ? may_be_none : values[r].row() < target_rows; });
  }

 private:
  Diagnostics& out_;
  std::string table_;
  const std::vector<std::string>& keys_;
  bool lengths_ok_ = true;
};

[[nodiscard]] inline bool finite(Point2 p) { return std::isfinite(p.x) && std::isfinite(p.y); }

[[nodiscard]] inline bool finite(std::span<const Point2> points) {
  return std::all_of(points.begin(), points.end(), [](Point2 p) { return finite(p); });
}

[[nodiscard]] inline TableCheck check_origin(Diagnostics& out, std::string table, const RowOrigin& origin,
                                             const CityTables& tables) {
  TableCheck check(out, std::move(table), origin.key);
  const bool lengths = check.length("provenance", origin.provenance) && check.length("source", origin.source);
  check.unique_keys();
  if (lengths) check.ids("source", origin.source, tables.sources.size(), true);
  return check;
}

}  // namespace citytwin
