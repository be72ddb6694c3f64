#include "engine/model/parameters.hpp"

namespace citytwin {

void fill_defaults(const ParameterTable& table, ParameterValues& values) {
  for (const Parameter& parameter : table)
    if (!values.has(parameter.key)) values.set(parameter.key, parameter.default_value);
}

}  // namespace citytwin
