// Cases of the flood solver alone that cannot be used.
#include <doctest/doctest.h>

#include "tests/bad_input/files.hpp"
#include "tests/bad_input/program.hpp"

namespace citytwin::bad_input {
namespace {

const std::string kGood = "dem = \"dem.tif\"\nduration_h = 0.01\nmanning = 0.03\n";

BadCase flood_case(
    const std::string& name, const std::string& code, const std::string& text,
    const std::function<void(const Path&)>& more = [](const Path&) {}) {
  return {"flood: " + name,
          [=](const Path& folder) {
            put_dem(folder / "dem.tif");
            more(folder);
            put(folder / "case.toml", text);
            return Arguments{"flood", "case.toml", "-o", "result"};
          },
          code};
}

}  // namespace

TEST_CASE("the good flood case runs") { check_accepted(flood_case("good", "", kGood)); }

TEST_CASE("flood cases that are wrong are refused") {
  const auto with_dem = [](const std::string& file) { return "dem = \"" + file + "\"\nduration_h = 0.01\n"; };
  check_refused({
      flood_case("no elevation", "toml.missing_key", "duration_h = 1\n"),
      flood_case("elevation absent", "path.not_found", with_dem("absent.tif")),
      flood_case("elevation outside", "path.parent", with_dem("../dem.tif")),
      flood_case("unknown key", "toml.unknown_key", kGood + "maning = 0.03\n"),
      flood_case("roughness of 30", "toml.out_of_range",
                 "dem = \"dem.tif\"\nduration_h = 0.01\nmanning = 30\n"),
      flood_case("elevation in degrees", "crs.frame_geographic", with_dem("degrees.tif"),
                 [](const Path& folder) {
                   auto spec = good_dem();
                   spec.crs = "EPSG:4326";
                   spec.west = 7;
                   spec.north = 43;
                   spec.cell = 0.001;
                   put_dem(folder / "degrees.tif", spec);
                 }),
      flood_case("negative start depths", "surface_water.negative_initial",
                 kGood + "initial_depth_raster = \"depth.tif\"\n",
                 [](const Path& folder) {
                   gis::test::write_tiff(folder / "depth.tif", good_dem(),
                                         [](int, int row) { return row == 0 ? -0.5 : 0.1; });
                 }),
      flood_case("wall outside", "flood.wall_outside",
                 kGood + "[[wall]]\nline = [[-9e6, 0], [-9e6, 10]]\ncrest_m = 1\n"),
      flood_case("wall below the ground", "flood.wall_below_ground",
                 kGood + "[[wall]]\nline = [[372040, 4843900], [372070, 4843900]]\ncrest_m = 1\n"),
      flood_case("wall shorter than a cell", "flood.wall_too_short",
                 kGood + "[[wall]]\nline = [[372041, 4843901], [372041.5, 4843901]]\ncrest_m = 99\n"),
      flood_case("inflow mostly outside", "surface_water.mostly_outside",
                 kGood + "[[inflow]]\nline = [[372040, 4843900], [362040, 4843900]]\nflow_m3_per_s = 1\n"),
      flood_case("rain after the end", "surface_water.outside_time",
                 kGood + "[[rain]]\nintensity_mm_per_h = 9\nstart_min = 30\n"),
      flood_case("level on a level", "surface_water.level_on_level",
                 kGood + "[[level]]\nline = [[372040, 4843900], [372070, 4843900]]\nlevel_m = 99\n"
                         "[[level]]\nline = [[372045, 4843900], [372060, 4843900]]\nlevel_m = 99\n"),
      flood_case("rain outside", "surface_water.rain_outside",
                 kGood + "[[rain]]\nintensity_mm_per_h = 9\narea = [[-9e6, 0], [-9e6, 9], [-9.1e6, 0]]\n"),
      flood_case("culvert without length", "structure.needs",
                 kGood + "[[structure]]\nkind = \"culvert\"\nfrom = [0, 0]\nto = [9, 9]\nwidth_m = 1\n"),
      flood_case("pump outside", "surface_water.structure_outside",
                 kGood + "[[structure]]\nkind = \"pump\"\nfrom = [-9e6, 0]\ncapacity_m3_per_s = 1\n"),
      flood_case("outflow outside", "surface_water.outflow_outside",
                 kGood + "[[outflow]]\nline = [[-9e6, 0], [-9e6, 10]]\n"),
      flood_case("elevation cut", "file.broken", with_dem("dem.tif"),
                 [](const Path& folder) { cut(folder / "dem.tif", 0.6); }),
  });
}

}  // namespace citytwin::bad_input
