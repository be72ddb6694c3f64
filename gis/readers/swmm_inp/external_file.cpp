#include "gis/readers/swmm_inp/external_file.hpp"

#include "gis/io/atomic_file.hpp"
#include "gis/io/safe_path.hpp"

namespace citytwin::gis::swmm {

std::optional<std::string> external_file(Project& project, const Row& row, std::string_view name) {
  constexpr std::uintmax_t kMostBytes = std::uintmax_t{256} << 20U;
  if (!project.folder.empty()) {
    const auto path = safe_input(std::string(name), project.folder, kMostBytes);
    if (path.ok()) {
      auto text = gis::read_file(*path, kMostBytes);
      if (text.ok()) return as_utf8(*text);
      project.diagnostics.append(text.diagnostics());
    } else {
      project.diagnostics.append(path.diagnostics());
    }
  }
  project.error("swmm.no_file", row, {{"file", shown(name)}});
  return {};
}

}  // namespace citytwin::gis::swmm
