// A sewer project (.inp) from anywhere.
#include <cstdint>
#include <string_view>

#include "gis/readers/swmm_inp.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto read = citytwin::gis::parse_swmm_inp(text, "fuzz.inp");
  if (!read.ok() && !read.diagnostics().has_errors()) __builtin_trap();  // no value, and no reason why
  return 0;
}
