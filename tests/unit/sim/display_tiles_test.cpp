#include "engine/sim/display_tiles.hpp"

#include <doctest/doctest.h>

#include "engine/base/random.hpp"

using namespace citytwin;

namespace {

class FakeView final : public GridView {
 public:
  GridSpec grid{{0, 0}, 1, 100, 70};
  std::vector<double> values = std::vector<double>(4 * 64 * 64, 0.0);
  std::vector<std::uint32_t> changed;
  [[nodiscard]] const GridSpec& spec() const override { return grid; }
  [[nodiscard]] const double* tile(std::size_t t) const override { return values.data() + t * 64 * 64; }
  [[nodiscard]] std::span<const std::uint32_t> changed_tiles() const override { return changed; }
};

// Beat b changes one tile to random depths.
void change(FakeView& view, std::uint32_t beat) {
  const Random random(4, 1);
  view.changed = {beat % 4};
  for (std::uint32_t c = 0; c < 64 * 64; ++c)
    view.values[(beat % 4) * 64 * 64 + c] = 3 * random.uniform(c, beat, 0);
}

double worst_difference(const Grid<float>& stored, const FakeView& view) {
  double worst = 0;
  for (int j = 0; j < view.grid.ny; ++j)
    for (int i = 0; i < view.grid.nx; ++i)
      worst = std::max(worst, std::abs(static_cast<double>(stored.at(i, j)) - view.at(i, j)));
  return worst;
}

}  // namespace

TEST_CASE("frames give the field back to half a quantum") {
  FakeView view;
  DisplayTiles tiles(view.grid, SimTime{20'000}, 1e9);
  for (std::uint32_t beat = 1; beat <= 10; ++beat) {
    change(view, beat);
    tiles.beat(SimTime{beat * 10'000}, view);
  }
  CHECK(tiles.times().size() == 5);
  CHECK(worst_difference(tiles.at(SimTime{100'000}), view) <= DisplayTiles::kStep / 2 + 1e-6);
}

TEST_CASE("thinning stays within the budget and keeps the last state right") {
  FakeView view;
  const double budget = 120'000;
  DisplayTiles tiles(view.grid, SimTime{10'000}, budget);
  for (std::uint32_t beat = 1; beat <= 64; ++beat) {
    change(view, beat);
    tiles.beat(SimTime{beat * 10'000}, view);
  }
  CHECK(tiles.thinned() > 0);
  CHECK(static_cast<double>(tiles.bytes()) <= budget);
  CHECK(worst_difference(tiles.at(SimTime{640'000}), view) <= DisplayTiles::kStep / 2 + 1e-6);

  SaveArchive saved;
  tiles.save(saved);
  DisplayTiles copy(view.grid, SimTime{10'000}, budget);
  LoadArchive archive(saved.bytes());
  copy.load(archive);
  CHECK(archive.at_end());
  CHECK(copy.at(SimTime{640'000}) == tiles.at(SimTime{640'000}));
}
