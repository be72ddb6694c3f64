#include <utility>

#include "engine/model/city_model.hpp"
#include "engine/model/invariants.hpp"

namespace citytwin {

Result<CityModel> build_city(CityTables tables) {
  Diagnostics broken = check_invariants(tables);
  if (broken.has_errors()) return Result<CityModel>(std::move(broken));
  CityModel city;
  const auto share = [](auto& table) {
    return std::make_shared<const std::remove_reference_t<decltype(table)>>(std::move(table));
  };
  city.info_ = share(tables.info);
  city.sources_ = share(tables.sources);
  city.terrain_ = share(tables.terrain);
  city.streets_ = share(tables.streets);
  city.buildings_ = share(tables.buildings);
  city.building_surfaces_ = share(tables.building_surfaces);
  city.land_cover_ = share(tables.land_cover);
  city.water_bodies_ = share(tables.water_bodies);
  city.waterways_ = share(tables.waterways);
  city.facilities_ = share(tables.facilities);
  city.needs_ = share(tables.needs);
  city.management_cells_ = share(tables.management_cells);
  city.barriers_ = share(tables.barriers);
  city.import_log_ = share(tables.import_log);
  return Result<CityModel>(std::move(city), std::move(broken));
}

}  // namespace citytwin
