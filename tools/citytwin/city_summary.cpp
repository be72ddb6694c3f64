#include "tools/citytwin/city_summary.hpp"

#include <fmt/format.h>

#include <numeric>

namespace citytwin::tools {

std::string city_summary(const CityModel& city, const std::string& file) {
  const auto& cells = city.management_cells();
  const double people = std::accumulate(cells.population.begin(), cells.population.end(), 0.0);
  const Box2& extent = city.info().frame.extent;
  double street_km = 0;
  for (std::size_t l = 0; l < city.streets().links.size(); ++l)
    street_km += length(city.streets().links.geometry[l]) / 1000;
  std::string text = fmt::format(
      "{}: {:.1f} x {:.1f} km, {:.0f} people, {} buildings, {} street links ({:.0f} km), {} facilities, {} "
      "water bodies\n",
      city.info().name, extent.width() / 1000, extent.height() / 1000, people, city.buildings().size(),
      city.streets().links.size(), street_km, city.facilities().size(), city.water_bodies().size());
  if (!city.terrain().empty())
    text += fmt::format("terrain {} x {} cells of {:.4g} m (true resolution {:.3g} m), datum {}\n",
                        city.terrain().elevation.spec.nx, city.terrain().elevation.spec.ny,
                        city.terrain().elevation.spec.cell_m, city.terrain().true_resolution_m,
                        city.info().frame.vertical_datum);
  text += fmt::format("content {}\nwritten to {}", content_hash(city).hex(), file);
  return text;
}

}  // namespace citytwin::tools
