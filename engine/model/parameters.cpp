#include "engine/model/parameters.hpp"

#include <algorithm>
#include <string_view>

namespace citytwin {

bool is_idle(const Parameter& parameter, const ParameterValues& values) {
  const std::string_view rule = parameter.idle_when;
  const std::size_t equals = rule.find('=');
  if (equals == std::string_view::npos) return false;
  const auto other = values.all().find(std::string(rule.substr(0, equals)));
  const auto* value = other == values.all().end() ? nullptr : std::get_if<std::string>(&other->second);
  if (value == nullptr) return false;
  for (std::size_t begin = equals + 1; begin <= rule.size();) {
    const std::size_t end = std::min(rule.find('|', begin), rule.size());
    if (rule.substr(begin, end - begin) == *value) return true;
    begin = end + 1;
  }
  return false;
}

void fill_defaults(const ParameterTable& table, ParameterValues& values) {
  for (const Parameter& parameter : table)
    if (!values.has(parameter.key)) values.set(parameter.key, parameter.default_value);
}

}  // namespace citytwin
