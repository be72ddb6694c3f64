#include "gis/io/safe_path.hpp"

#include <unistd.h>

#include <algorithm>
#include <cctype>

namespace citytwin::gis {
namespace {

namespace fs = std::filesystem;

// "GPKG:file", "ZARR:...", "NETCDF:...": GDAL hands such a name to the driver it begins with.
bool has_driver_prefix(const std::string& name) {
  const auto colon = name.find(':');
  if (colon == std::string::npos || colon < 2) return false;
  return std::all_of(name.begin(), name.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

// The code of what is wrong with the name itself, or null.
const char* fault_of_name(const std::string& name, bool from_a_file) {
  if (name.empty()) return "path.empty";
  if (name.find('\0') != std::string::npos || name.find('\n') != std::string::npos)
    return "path.control_character";
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  if (lower.find("/vsi") != std::string::npos) return "path.virtual";
  if (lower.find("://") != std::string::npos) return "path.url";
  if (name.front() == '<' || name.front() == '{') return "path.inline";
  if (has_driver_prefix(name)) return "path.driver_prefix";
  if (from_a_file) {
    const fs::path path(name);
    if (std::find(path.begin(), path.end(), "..") != path.end()) return "path.parent";
  }
  return nullptr;
}

bool is_below(const fs::path& path, const fs::path& base) {
  const auto [rest, end] = std::mismatch(base.begin(), base.end(), path.begin(), path.end());
  (void)end;
  return rest == base.end() || (rest->empty() && std::next(rest) == base.end());
}

}  // namespace

Result<fs::path> safe_input(const std::string& name, const fs::path& base, std::uintmax_t max_bytes) {
  const Where where{.file = name};
  const auto refuse = [&](const char* code) { return Result<fs::path>::failure(code, where); };
  if (const char* fault = fault_of_name(name, !base.empty())) return refuse(fault);

  std::error_code error;
  const fs::path given = base.empty() ? fs::path(name) : base / name;
  const fs::path real = fs::canonical(given, error);
  if (error) return refuse("path.not_found");
  if (!base.empty()) {
    const fs::path real_base = fs::canonical(base, error);
    if (error || !is_below(real, real_base)) return refuse("path.outside_base");
  }
  if (!fs::is_regular_file(real, error) || error) return refuse("path.not_a_file");
  const std::uintmax_t bytes = fs::file_size(real, error);
  if (error) return refuse("path.unreadable");
  if (bytes == 0) return refuse("path.empty_file");
  if (bytes > max_bytes)
    return Result<fs::path>::failure(
        "path.too_large", where, {{"bytes", std::to_string(bytes)}, {"limit", std::to_string(max_bytes)}});
  if (access(real.c_str(), R_OK) != 0) return refuse("path.unreadable");
  return real;
}

}  // namespace citytwin::gis
