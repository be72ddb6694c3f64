// Results as layers of one GeoPackage in the city's CRS.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/result.hpp"
#include "engine/geo/polygon.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::gis {

struct ResultColumn {
  std::string name;
  std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::string>>
      values;  // NaN = null
};

struct ResultLayer {
  enum class Geometry { point, line, polygon };
  std::string name;
  Geometry geometry = Geometry::polygon;
  std::size_t rows = 0;
  std::function<Polygon(std::size_t)> polygon;             // for polygon layers
  std::function<std::vector<Point2>(std::size_t)> points;  // for point (one) and line layers
  std::vector<ResultColumn> columns;
};

Result<Done> write_layers(const std::vector<ResultLayer>& layers, const CityFrame& frame,
                          const std::filesystem::path& path);

}  // namespace citytwin::gis
