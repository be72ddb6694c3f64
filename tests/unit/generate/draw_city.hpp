// A map of a city's tables as SVG: to look at, not to test against.
#pragma once

#include <filesystem>

#include "engine/model/city_model.hpp"

namespace citytwin::testing {
void draw_city(const CityTables& tables, const std::filesystem::path& file, const Box2& view, int pixels);
}
