// A city file with some bytes changed or its end cut off: it is refused, it still is the same city, or the
// user is told that it is not.
#include <cstdint>
#include <fstream>
#include <iterator>
#include <optional>
#include <vector>

#include "gis/io/city_file.hpp"
#include "tests/fuzz/input_file.hpp"
#include "tests/support/tiny_city.hpp"

using namespace citytwin;

namespace {

struct Original {
  std::vector<std::uint8_t> bytes;
  Hash128 hash;
};

Original make_original() {
  auto city = build_city(test::tiny_tables());
  if (!city) throw std::runtime_error("the tiny city is broken");
  const auto path =
      std::filesystem::temp_directory_path() / ("citytwin_fuzz_" + std::to_string(getpid()) + ".gpkg");
  if (!gis::write_city(*city, path, {})) throw std::runtime_error("cannot write a city");
  std::ifstream in(path, std::ios::binary);
  Original original{{std::istreambuf_iterator<char>(in), {}}, content_hash(*city)};
  std::filesystem::remove(path);
  return original;
}

}  // namespace

// Input: one byte says how much is kept (255 = all), then edits of five bytes: where (four), what (one).
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Original original = make_original();
  static const fuzz::InputFile file("_edited.gpkg");
  if (size == 0) return 0;
  std::vector<std::uint8_t> bytes = original.bytes;
  if (data[0] != 255) bytes.resize(bytes.size() * data[0] / 255);
  for (std::size_t i = 1; i + 5 <= size && !bytes.empty(); i += 5) {
    const std::size_t at = data[i] | (std::size_t{data[i + 1]} << 8U) | (std::size_t{data[i + 2]} << 16U) |
                           (std::size_t{data[i + 3]} << 24U);
    bytes[at % bytes.size()] = data[i + 4];
  }
  const auto city = gis::read_city(file.write(bytes.data(), bytes.size()), {});
  if (!city) return city.diagnostics().has_errors() ? 0 : (__builtin_trap(), 0);
  if (!(content_hash(*city) == original.hash) && !city.diagnostics().has("city.changed")) __builtin_trap();
  return 0;
}
