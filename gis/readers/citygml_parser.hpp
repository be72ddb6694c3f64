// The streaming half of the CityGML reader: expat events in, whole buildings and ground triangles out.
// Internal to the CityGML reader.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/base/run_context.hpp"
#include "gis/readers/buildings_common.hpp"

namespace citytwin::gis::citygml {

struct GmlSurface {
  FragmentSurface surface;  // axes as in the file
  std::string id;
  double lod = 0;
};

// A Building, or the BuildingPart of one.
struct GmlPart {
  std::string id;
  std::map<std::string, std::string> attributes;
  std::vector<GmlSurface> surfaces;
  struct Reference {
    std::string target;
    double lod;
  };
  std::vector<Reference> references;  // xlink:href to polygons given elsewhere
};

struct GmlBuilding {
  std::vector<GmlPart> parts;  // the building itself first
  long line = 0;
};

struct GmlEvents {
  std::function<void(GmlBuilding&&)> building;
  std::function<void(const std::vector<Point3>&)> triangle;  // of a TINRelief, axes as in the file
  std::function<void(const std::string& type)> other;  // a city object of another kind, e.g. "WaterBody"
  std::function<void()> relief;                        // the end of a TINRelief
};

struct GmlFile {
  std::string srs_name;  // the first; empty if none
};

// Failures: citygml.broken_xml (line), citygml.not_citygml, citygml.version, citygml.doctype,
// citygml.too_deep, citygml.mixed_crs, citygml.bad_coordinates.
Result<GmlFile> parse(const BuildingSource& source, const GmlEvents& events, const RunContext& context);

}  // namespace citytwin::gis::citygml
