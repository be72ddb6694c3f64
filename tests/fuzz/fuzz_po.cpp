// A text catalogue from a translator's tool.
#include <cstdint>
#include <string_view>

#include "scenarios/core/catalogue.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file = citytwin::scenarios::parse_po({reinterpret_cast<const char*>(data), size});
  long last = 0;
  for (const auto& entry : file.entries) {
    if (entry.line < last) __builtin_trap();  // entries are in file order
    last = entry.line;
  }
  return 0;
}
