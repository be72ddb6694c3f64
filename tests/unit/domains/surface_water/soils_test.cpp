#include "engine/domains/surface_water/soils.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

using namespace citytwin;
using namespace citytwin::surface_water;

namespace {

std::vector<std::vector<std::string>> rows_of(const std::string& file) {
  std::ifstream in(std::string(CITYTWIN_SOURCE_DIR "/data/tables/") + file);
  REQUIRE(in.good());
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::stringstream fields(line);
    rows.emplace_back();
    for (std::string field; std::getline(fields, field, ',');) rows.back().push_back(field);
  }
  return rows;
}

}  // namespace

TEST_CASE("soils are those of the published table in data/tables") {
  const auto rows = rows_of("green_ampt_soils.csv");
  REQUIRE(rows.size() == kTextures);
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const SoilTexture& soil = soil_textures()[k];
    CHECK(soil.name == rows[k][0]);
    CHECK(soil.porosity == doctest::Approx(std::stod(rows[k][1])));
    CHECK(soil.suction == doctest::Approx(std::stod(rows[k][2]) / 100));
    CHECK(soil.conductivity == doctest::Approx(std::stod(rows[k][3]) / 360000));
    CHECK(static_cast<int>(soil.group) == rows[k][4][0] - 'A');
  }
}

TEST_CASE("curve numbers are those of the table in data/tables, and rise from group A to D") {
  const auto rows = rows_of("curve_numbers.csv");
  REQUIRE(rows.size() == kCountOf<LandCoverClass>);
  for (std::size_t k = 0; k < rows.size(); ++k) {
    CHECK(Names<LandCoverClass>::kAll[k] == rows[k][0]);
    const CoverGround& ground = ground_of(static_cast<LandCoverClass>(k));
    for (std::size_t g = 0; g < 4; ++g) CHECK(ground.curve_number[g] == std::stod(rows[k][g + 1]));
    for (std::size_t g = 1; g < 4; ++g) CHECK(ground.curve_number[g] >= ground.curve_number[g - 1]);
    CHECK(ground.pervious >= 0);
    CHECK(ground.pervious <= 1);
  }
}

TEST_CASE("Horton's rates fall from group A to D") {
  for (const SoilGroup group : {SoilGroup::b, SoilGroup::c, SoilGroup::d}) {
    const auto wetter = static_cast<SoilGroup>(static_cast<int>(group) - 1);
    CHECK(horton_of(group).min_rate < horton_of(wetter).min_rate);
    CHECK(horton_of(group).max_rate < horton_of(wetter).max_rate);
  }
}
