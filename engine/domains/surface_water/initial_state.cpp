#include "engine/domains/surface_water/initial_state.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "engine/base/archive.hpp"

namespace citytwin::surface_water {

namespace {
constexpr std::array<std::string_view, 6> kKnown{"depth",          "level",  "velocity_east",
                                                 "velocity_north", "ground", "manning"};
}

std::vector<char> pack_initial(const InitialGrids& grids) {
  SaveArchive archive;
  archive.list(grids, [&](const auto& grid) { archive.fields(grid.first, grid.second); });
  return archive.bytes();
}

Result<InitialGrids> unpack_initial(const std::vector<char>& bytes, std::size_t cells) {
  const auto bad = [](std::string why) {
    return Result<InitialGrids>::failure("surface_water.bad_initial_state", {}, {{"why", std::move(why)}});
  };
  InitialGrids grids;
  if (bytes.empty()) return grids;
  LoadArchive archive(bytes);
  try {
    std::uint64_t count = 0;
    archive.fields(count);
    for (std::uint64_t n = 0; n < count; ++n) {
      std::string name;
      std::vector<double> values;
      archive.fields(name, values);
      bool known = false;
      for (const auto& k : kKnown) known = known || k == name;
      if (!known) return bad(name);
      if (values.size() != cells) return bad(name + ": size");
      if (name == "depth" || name == "manning")
        if (const auto below = std::ranges::count_if(values, [](double v) { return v < 0; }); below > 0)
          return Result<InitialGrids>::failure("surface_water.negative_initial", {},
                                               {{"what", name}, {"count", std::to_string(below)}});
      grids[name] = std::move(values);
    }
  } catch (const std::runtime_error& e) {
    return bad(e.what());
  }
  return grids;
}

}  // namespace citytwin::surface_water
