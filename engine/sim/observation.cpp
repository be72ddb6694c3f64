#include "engine/sim/observation.hpp"

#include <cmath>
#include <utility>

#include "engine/sim/run_record.hpp"

namespace citytwin {

ObservedTable::Column ObservedTable::Column::of(std::string name, std::string unit,
                                                const std::vector<double>& values, double scale) {
  Column column{std::move(name), std::move(unit), {}};
  column.value.reserve(values.size());
  for (const double v : values) column.value.push_back(static_cast<float>(v * scale));
  return column;
}

double Balance::error() const {
  const double scale = initial + in;
  if (!(scale > 0)) return std::abs(in - out - (storage - initial)) > 0 ? 1.0 : 0.0;
  return std::abs(in - out - (storage - initial)) / scale;
}

double RunRecord::mass_error() const {
  double worst = 0;
  for (const Balance& balance : balances) worst = std::max(worst, balance.error());
  return worst;
}

const ObservedGrid* RunRecord::grid(std::string_view name) const {
  for (const ObservedGrid& g : grids)
    if (g.name == name) return &g;
  return nullptr;
}

const ObservedTable* RunRecord::table(std::string_view name) const {
  for (const ObservedTable& t : tables)
    if (t.name == name) return &t;
  return nullptr;
}

const RecordedSeries* RunRecord::find_series(std::string_view name, std::string_view key) const {
  for (const RecordedSeries& s : series)
    if (s.name == name && s.key == key) return &s;
  return nullptr;
}

}  // namespace citytwin
