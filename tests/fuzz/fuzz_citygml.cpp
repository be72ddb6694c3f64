// A CityGML file from anywhere.
#include "gis/readers/citygml.hpp"
#include "tests/fuzz/building_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const citytwin::fuzz::InputFile file(".gml");
  citytwin::fuzz::read_buildings(file, data, size, citytwin::gis::read_citygml);
  return 0;
}
