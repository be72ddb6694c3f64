#include "gis/io/zip_member.hpp"

#include <zip.h>

#include <memory>

namespace citytwin::gis {
namespace {

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseMember {
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};

std::string base_name(std::string_view name) {
  const auto slash = name.find_last_of("/\\");
  return std::string(slash == std::string_view::npos ? name : name.substr(slash + 1));
}

}  // namespace

Result<ZipMember> read_zip_member(const std::filesystem::path& path,
                                  const std::function<bool(std::string_view)>& wanted,
                                  std::uint64_t max_bytes, const RunContext& context) {
  const Where where{.file = path.string()};
  const auto refuse = [&](const char* code, std::vector<std::pair<std::string, std::string>> args = {}) {
    return Result<ZipMember>::failure(code, where, std::move(args));
  };
  int error = 0;
  const std::unique_ptr<zip_t, CloseArchive> archive(zip_open(path.c_str(), ZIP_RDONLY, &error));
  if (archive == nullptr) return refuse("zip.broken");

  zip_stat_t found{};
  int matches = 0;
  const zip_int64_t entries = zip_get_num_entries(archive.get(), 0);
  for (zip_int64_t i = 0; i < entries; ++i) {
    zip_stat_t entry{};
    if (zip_stat_index(archive.get(), static_cast<zip_uint64_t>(i), 0, &entry) != 0)
      return refuse("zip.broken");
    if (!wanted(base_name(entry.name))) continue;
    found = entry;
    ++matches;
  }
  if (matches == 0) return refuse("zip.no_member");
  if (matches > 1) return refuse("zip.several_members", {{"count", std::to_string(matches)}});
  if (found.size > max_bytes)
    return refuse("zip.too_large",
                  {{"bytes", std::to_string(found.size)}, {"limit", std::to_string(max_bytes)}});

  const std::unique_ptr<zip_file_t, CloseMember> member(zip_fopen_index(archive.get(), found.index, 0));
  if (member == nullptr) return refuse("zip.broken");
  ZipMember result{base_name(found.name), std::vector<char>(found.size)};
  constexpr std::uint64_t kPiece = 1U << 20U;
  std::uint64_t done = 0;
  while (done < found.size) {
    context.check_stop();
    const zip_int64_t n =
        zip_fread(member.get(), result.bytes.data() + done, std::min(kPiece, found.size - done));
    if (n <= 0) return refuse("zip.broken");
    done += static_cast<std::uint64_t>(n);
  }
  char one_more = 0;  // a member longer than it claims, or whose checksum is wrong
  if (zip_fread(member.get(), &one_more, 1) != 0) return refuse("zip.broken");
  return result;
}

}  // namespace citytwin::gis
