#include "gis/readers/swmm_inp.hpp"

#include <array>

#include "engine/base/nearest_word.hpp"
#include "gis/io/atomic_file.hpp"
#include "gis/io/safe_path.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis {

namespace {

using swmm::Project;

constexpr std::uintmax_t kMostBytes = std::uintmax_t{512} << 20U;

void report_strays(Project& project) {
  std::vector<std::string> names;
  for (std::size_t k = 0; k + 1 < swmm::kSections; ++k)
    names.push_back(std::string("[").append(swmm::name_of(static_cast<swmm::Section>(k))).append("]"));
  bool has_loose_rows = false;
  for (const swmm::Stray& stray : project.text.strays()) {
    const swmm::Row row{stray.line, swmm::Section::none, {}};
    if (!stray.heading) {
      if (!has_loose_rows) project.error("swmm.outside_sections", row, {{"text", swmm::shown(stray.text)}});
      has_loose_rows = true;  // the first of them tells it
      continue;
    }
    const std::string heading = swmm::shown(stray.text);
    project.error("swmm.unknown_section", row,
                  {{"section", heading}, {"nearest", nearest_word(heading, names)}});
  }
}

constexpr std::array kReaders{&report_strays,        &swmm::read_options,       &swmm::read_names,
                              &swmm::read_patterns,  &swmm::read_curves,        &swmm::read_series,
                              &swmm::read_transects, &swmm::read_streets,       &swmm::read_evaporation,
                              &swmm::read_nodes,     &swmm::read_links,         &swmm::read_cross_sections,
                              &swmm::read_losses,    &swmm::read_subcatchments, &swmm::read_infiltration,
                              &swmm::read_gauges,    &swmm::read_inflows,       &swmm::read_controls,
                              &swmm::read_map,       &swmm::read_ignored,       &swmm::check_network};

}  // namespace

Result<drainage::Network> parse_swmm_inp(std::string_view text, const std::string& file,
                                         const std::filesystem::path& folder) {
  if (text.find('\0') != std::string_view::npos)
    return Result<drainage::Network>::failure("swmm.not_text", {.file = file});
  const std::string utf8 = swmm::as_utf8(text);
  const swmm::InpText inp(utf8);
  Project project(inp, file, folder);
  if (inp.order().empty()) {  // another kind of file, of which no more can be told
    report_strays(project);
    if (project.errors() == 0) project.error("swmm.nothing", {});
    return Result<drainage::Network>(std::move(project.diagnostics));
  }
  for (const auto read : kReaders) {
    read(project);
    if (!project.is_full()) continue;
    project.diagnostics.error("swmm.more_errors", {.file = file},
                              {{"most", std::to_string(Project::kMostErrors)}});
    break;
  }
  if (project.diagnostics.has_errors()) return Result<drainage::Network>(std::move(project.diagnostics));
  return {std::move(project.network), std::move(project.diagnostics)};
}

Result<drainage::Network> read_swmm_inp(const std::filesystem::path& file) {
  const auto path = safe_input(file.string(), {}, kMostBytes);
  if (!path.ok()) return Result<drainage::Network>(path.diagnostics());
  const auto text = read_file(*path, kMostBytes);
  if (!text.ok()) return Result<drainage::Network>(text.diagnostics());
  return parse_swmm_inp(*text, file.string(), path->parent_path());
}

}  // namespace citytwin::gis
