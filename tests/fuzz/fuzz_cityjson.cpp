// A CityJSON file from anywhere.
#include "gis/readers/cityjson.hpp"
#include "tests/fuzz/building_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const citytwin::fuzz::InputFile file(".json");
  citytwin::fuzz::read_buildings(file, data, size, citytwin::gis::read_cityjson);
  return 0;
}
