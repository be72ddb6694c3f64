#include "scenarios/report/image.hpp"

#include <png.h>

#include <algorithm>
#include <stdexcept>

namespace citytwin::scenarios::report {

namespace {

int bit_depth_for(std::size_t colours) { return colours <= 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8; }

void set_palette(png_structp png, png_infop info, const std::vector<Colour>& palette) {
  std::vector<png_color> rgb;
  std::vector<png_byte> alpha;
  for (const Colour& c : palette) {
    rgb.push_back({c.r, c.g, c.b});
    alpha.push_back(c.a);
  }
  png_set_PLTE(png, info, rgb.data(), static_cast<int>(rgb.size()));
  png_set_tRNS(png, info, alpha.data(), static_cast<int>(alpha.size()), nullptr);
}

}  // namespace

std::string encode_png(const IndexedImage& image) {
  const auto fail = [](png_structp, png_const_charp message) { throw std::runtime_error(message); };
  const auto ignore = [](png_structp, png_const_charp) {};
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, fail, ignore);
  png_infop info = png == nullptr ? nullptr : png_create_info_struct(png);
  if (info == nullptr) throw std::runtime_error("libpng: no memory");
  struct Guard {
    png_structp png;
    png_infop info;
    ~Guard() { png_destroy_write_struct(&png, &info); }
  } guard{png, info};

  std::string bytes;
  png_set_write_fn(
      png, &bytes,
      [](png_structp p, png_bytep data, png_size_t size) {
        static_cast<std::string*>(png_get_io_ptr(p))->append(reinterpret_cast<const char*>(data), size);
      },
      [](png_structp) {});
  png_set_IHDR(png, info, static_cast<png_uint_32>(image.width), static_cast<png_uint_32>(image.height),
               bit_depth_for(image.palette.size()), PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  set_palette(png, info, image.palette);
  png_set_compression_level(png, 9);
  png_set_filter(png, 0, PNG_FILTER_NONE);
  png_write_info(png, info);
  png_set_packing(png);
  for (int y = 0; y < image.height; ++y)
    png_write_row(png,
                  image.pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width));
  png_write_end(png, info);
  return bytes;
}

std::string base64(std::string_view bytes) {
  static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    const std::size_t n = std::min<std::size_t>(3, bytes.size() - i);
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8U | (k < n ? static_cast<std::uint8_t>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += k <= n ? kDigits[(group >> (18 - 6 * k)) & 63U] : '=';
  }
  return out;
}

std::string data_uri(const IndexedImage& image) {
  return "data:image/png;base64," + base64(encode_png(image));
}

}  // namespace citytwin::scenarios::report
