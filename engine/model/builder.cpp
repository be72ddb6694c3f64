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
  city.sewers_ = share(tables.sewers);
  city.import_log_ = share(tables.import_log);
  return Result<CityModel>(std::move(city), std::move(broken));
}

CityTables tables_of(const CityModel& city) {
  CityTables tables;
  tables.info = city.info();
  tables.sources = city.sources();
  tables.terrain = city.terrain();
  tables.streets = city.streets();
  tables.buildings = city.buildings();
  tables.building_surfaces = city.building_surfaces();
  tables.land_cover = city.land_cover();
  tables.water_bodies = city.water_bodies();
  tables.waterways = city.waterways();
  tables.facilities = city.facilities();
  tables.needs = city.needs();
  tables.management_cells = city.management_cells();
  tables.barriers = city.barriers();
  tables.sewers = city.sewers();
  tables.import_log = city.import_log();
  return tables;
}

}  // namespace citytwin
