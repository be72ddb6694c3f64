// A flood case (CASE.toml of `citytwin flood`), and what the solver makes of it, on an elevation raster of 8
// x 6 cells beside it.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "engine/domains/registry.hpp"
#include "engine/sim/domain.hpp"
#include "scenarios/standalone/flood_case.hpp"

using namespace citytwin;

namespace {

// The folder of the case, with files that it can name.
class CaseFolder {
 public:
  CaseFolder()
      : folder_(std::filesystem::temp_directory_path() / ("citytwin_fuzz_case_" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder_);
    std::string dem = "ncols 8\nnrows 6\nxllcorner 1000\nyllcorner 2000\ncellsize 10\nNODATA_value -9999\n";
    for (int k = 0; k < 48; ++k)
      dem += (k == 5 ? "-9999" : std::to_string(20 - k % 8)) + (k % 8 == 7 ? "\n" : " ");
    put("dem.asc", dem);
    put("inflow.csv", "time_min,flow_m3_per_s\n0,0\n10,4\n20,0\n");
    put("level.csv", "time_min,level_m\n0,14\n10,15\n");
    put("rain.csv", "time_min,rain_mm_per_h\n0,0\n5,40\n30,0\n");
    put("rain_list.csv", "time_min,file\n0,dem.asc\n10,dem.asc\n");
  }
  ~CaseFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  CaseFolder(const CaseFolder&) = delete;
  CaseFolder& operator=(const CaseFolder&) = delete;

  std::filesystem::path put(const std::string& name, const std::string& content) const {
    const auto path = folder_ / name;
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const CaseFolder folder;
  const auto path = folder.put("case.toml", std::string(reinterpret_cast<const char*>(data), size));
  const auto read = scenarios::read_flood_case(path, {}, RunContext{});
  if (!read) {
    if (!read.diagnostics().has_errors()) __builtin_trap();  // no value, and no reason why
    return 0;
  }
  const auto domain = make_domain("surface_water");
  const auto begun = domain->initialise(read->input, RunContext{});
  if (!begun && !begun.diagnostics().has_errors()) __builtin_trap();
  return 0;
}
