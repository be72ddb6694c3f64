// Small pictures with a palette, as PNG inside HTML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/report/colour.hpp"

namespace citytwin::scenarios::report {

struct IndexedImage {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;  // (height, width), row 0 at the top: palette entries
  std::vector<Colour> palette;       // at most 256
};

// The bytes of a PNG file at the strongest compression. Throws std::runtime_error when libpng fails.
[[nodiscard]] std::string encode_png(const IndexedImage& image);
[[nodiscard]] std::string base64(std::string_view bytes);
[[nodiscard]] std::string data_uri(const IndexedImage& image);  // "data:image/png;base64,..."

}  // namespace citytwin::scenarios::report
