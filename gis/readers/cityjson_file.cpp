#include "gis/readers/cityjson_file.hpp"

#include <zip.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <string_view>

#include "gis/io/atomic_file.hpp"

namespace citytwin::gis {

namespace {

struct ZipCloser {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct ZipFileCloser {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

bool is_zip(const std::filesystem::path& file) {
  char head[4] = {};
  std::ifstream(file, std::ios::binary).read(head, sizeof head);
  return std::string_view(head, 4) == std::string_view("PK\x03\x04", 4);
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::uint64_t largest_allowed(const RunContext& context) {
  if (context.memory_limit_bytes <= 0) return kLargestJson;
  return std::min(kLargestJson, static_cast<std::uint64_t>(context.memory_limit_bytes / kJsonGrowth));
}

Result<std::string> too_large(const Where& where, std::uint64_t limit) {
  return Result<std::string>::failure("cityjson.too_large", where,
                                      {{"limit_mb", std::to_string(limit >> 20U)}});
}

// Nothing is unpacked to disk and the member's name is only compared, so a name with ".." does no harm.
Result<std::string> read_zip(const std::filesystem::path& file, const RunContext& context,
                             std::uint64_t limit) {
  const Where where{.file = file.string()};
  int error = 0;
  const std::unique_ptr<zip_t, ZipCloser> archive(zip_open(file.c_str(), ZIP_RDONLY, &error));
  if (!archive) return Result<std::string>::failure("cityjson.zip_broken", where);
  zip_int64_t member = -1;
  int found = 0;
  for (zip_int64_t k = 0; k < zip_get_num_entries(archive.get(), 0); ++k) {
    const char* name = zip_get_name(archive.get(), static_cast<zip_uint64_t>(k), 0);
    if (name == nullptr || !ends_with(name, ".json")) continue;
    member = k;
    ++found;
  }
  if (found != 1)
    return Result<std::string>::failure("cityjson.zip_members", where, {{"found", std::to_string(found)}});
  const std::unique_ptr<zip_file_t, ZipFileCloser> in(
      zip_fopen_index(archive.get(), static_cast<zip_uint64_t>(member), 0));
  if (!in) return Result<std::string>::failure("cityjson.zip_broken", where);
  // The size a zip announces may be a lie: count what comes out.
  std::string text;
  std::string block(std::size_t{1} << 20U, '\0');
  for (;;) {
    context.check_stop();
    const zip_int64_t n = zip_fread(in.get(), block.data(), block.size());
    if (n < 0) return Result<std::string>::failure("cityjson.zip_broken", where);
    if (n == 0) return text;
    text.append(block, 0, static_cast<std::size_t>(n));
    if (text.size() > limit) return too_large(where, limit);
  }
}

}  // namespace

Result<std::string> read_json_text(const std::filesystem::path& file, const RunContext& context) {
  const std::uint64_t limit = largest_allowed(context);
  if (is_zip(file)) return read_zip(file, context, limit);
  std::error_code ignored;
  if (std::filesystem::file_size(file, ignored) > limit) return too_large({.file = file.string()}, limit);
  return read_file(file, limit);
}

}  // namespace citytwin::gis
