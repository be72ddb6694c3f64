#include "scenarios/core/placed.hpp"

namespace citytwin::scenarios {

Diagnostics placed(const Diagnostics& diagnostics, const std::map<std::string, Where>& series,
                   const std::string& file) {
  Diagnostics out;
  for (Diagnostic d : diagnostics.items()) {
    if (d.where.file.empty()) {
      const auto known = series.find(d.where.feature);
      if (known != series.end())
        d.where = known->second;
      else
        d.where.file = file;
    }
    out.add(std::move(d));
  }
  return out;
}

Diagnostics named_at(const Diagnostics& diagnostics, const Where& where) {
  Diagnostics out;
  for (Diagnostic d : diagnostics.items()) {
    if (d.code.starts_with("path.")) {
      const std::string name = d.where.file;
      d.where = where;
      d.where.feature = name;
    }
    out.add(std::move(d));
  }
  return out;
}

}  // namespace citytwin::scenarios
