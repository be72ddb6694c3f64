// A scenario file, and a --set, by somebody who means no good or cannot type.
#include <cstdint>
#include <string>

#include "scenarios/core/scenario.hpp"
#include "scenarios/core/toml.hpp"

using namespace citytwin::scenarios;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  // The first line is a --set when it is not TOML's business.
  std::string set;
  if (text.starts_with("#set ")) {
    const auto end = text.find('\n');
    set = text.substr(5, end == std::string::npos ? std::string::npos : end - 5);
  }
  auto root = parse_toml(text, "fuzz.toml");
  if (!root) {
    if (!root.diagnostics().has_errors()) __builtin_trap();  // no value, and no reason why
    return 0;
  }
  Node tree = *root;
  if (!set.empty()) (void)set_value(tree, set);
  const auto scenario = check_scenario(tree, "fuzz.toml");
  if (!scenario && !scenario.diagnostics().has_errors()) __builtin_trap();
  return 0;
}
