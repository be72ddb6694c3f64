#include "engine/domains/surface_water/sewer_clock.hpp"

#include <charconv>
#include <chrono>

#include "engine/drainage/calendar.hpp"

namespace citytwin::surface_water {

namespace {

// The number of `length` digits at `from`; 0 where there is none.
int digits(const std::string& text, std::size_t from, std::size_t length) {
  int value = 0;
  if (from + length > text.size()) return 0;
  std::from_chars(text.data() + from, text.data() + from + length, value);
  return value;
}

}  // namespace

void set_clock(const std::string& start, drainage::Network& network) {
  using namespace std::chrono;
  // 2026-07-14T18:00:00+02:00
  const int y = digits(start, 0, 4), m = digits(start, 5, 2), d = digits(start, 8, 2);
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (!date.ok()) return;
  const int seconds = digits(start, 11, 2) * 3600 + digits(start, 14, 2) * 60 + digits(start, 17, 2);
  network.options.start_date =
      static_cast<double>((sys_days{date} - drainage::kDayZero).count()) + seconds / drainage::kSecondsPerDay;
}

}  // namespace citytwin::surface_water
