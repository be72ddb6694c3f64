// Real models kept beside the project (shared/reference/drainage, shared/data/drainage), where they are.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <vector>

#include "gis/readers/swmm_inp.hpp"

using namespace citytwin;
using drainage::Network;

namespace {

namespace fs = std::filesystem;
const fs::path kShared = fs::path(CITYTWIN_SOURCE_DIR) / "../shared";

std::vector<fs::path> models(const char* folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(kShared / folder / "drainage", error))
    if (entry.path().extension() == ".inp") found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  if (found.empty()) MESSAGE("skipped: no models in shared/", folder, "/drainage");
  return found;
}

std::string said(const Diagnostics& diagnostics, Severity severity) {
  std::string out;
  for (const auto& d : diagnostics.items()) {
    if (d.severity != severity) continue;
    out += d.code + " " + d.where.layer + " " + d.where.feature + ":" + std::to_string(d.where.line) + "; ";
    for (const auto& [name, value] : d.args) out += name + "=" + value + " ";
  }
  return out;
}

}  // namespace

TEST_CASE("every model beside the project is read") {
  struct Counts {
    std::size_t nodes, links, subcatchments;
  };
  const std::map<std::string, Counts> expected{
      {"Example3", {34, 33, 0}},   {"extran1", {10, 9, 0}},   {"extran3", {10, 10, 0}},
      {"extran5", {11, 10, 0}},    {"extran7", {10, 10, 0}},  {"extran9", {2, 1, 0}},
      {"user1", {60, 59, 58}},     {"user2", {72, 102, 17}},  {"user5", {200, 276, 145}},
      {"swmm_example1", {14, 13, 8}}, {"swmm_inlet_drains", {20, 23, 7}}};
  for (const char* folder : {"reference", "data"})
    for (const fs::path& file : models(folder)) {
      const auto read = gis::read_swmm_inp(file);
      const std::string name = file.stem().string();
      if (name == "bellinge_small" && !fs::exists(file.parent_path() / "storm.dat")) {
        // Its rain lies in a file that is not there.
        CHECK(read.diagnostics().has("swmm.no_file"));
        CHECK(said(read.diagnostics(), Severity::error).find("RAINGAGES 1:51") != std::string::npos);
        continue;
      }
      CHECK_MESSAGE(read.ok(), name, ": ", said(read.diagnostics(), Severity::error));
      const auto counts = expected.find(name);
      if (!read.ok() || counts == expected.end()) continue;
      CHECK_MESSAGE(read->nodes.size() == counts->second.nodes, name);
      CHECK_MESSAGE(read->links.size() == counts->second.links, name);
      CHECK_MESSAGE(read->subcatchments.size() == counts->second.subcatchments, name);
    }
}
