#include "engine/domains/surface_water/sewer_clock.hpp"

#include <chrono>
#include <cstdio>

namespace citytwin::surface_water {

void set_clock(const std::string& start, drainage::Network& network) {
  using namespace std::chrono;
  int y = 0;
  unsigned month = 0, d = 0;
  int hour = 0, minute = 0;
  double second = 0;
  if (std::sscanf(start.c_str(), "%d-%u-%uT%d:%d:%lf", &y, &month, &d, &hour, &minute, &second) < 3) return;
  const sys_days day = sys_days{year{y} / std::chrono::month{month} / std::chrono::day{d}};
  const sys_days epoch = sys_days{year{1899} / December / 30};
  network.options.start_date =
      static_cast<double>((day - epoch).count()) + (hour * 3600.0 + minute * 60.0 + second) / 86'400.0;
}

}  // namespace citytwin::surface_water
