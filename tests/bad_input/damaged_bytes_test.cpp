// City files with random damage: read or refused, never a crash, never a hang.
#include <doctest/doctest.h>

#include <chrono>

#include "engine/base/random.hpp"
#include "gis/io/city_file.hpp"
#include "tests/bad_input/files.hpp"
#include "tests/unit/gis/io/temporary_folder.hpp"

namespace citytwin::bad_input {
namespace {

double seconds_to_read(const Path& path, bool& ok) {
  const auto start = std::chrono::steady_clock::now();
  ok = gis::read_city(path, {}).ok();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

TEST_CASE("a city file cut at every 64th is refused") {
  const gis::test::TemporaryFolder folder;
  put_city(folder / "good.gpkg");
  const std::string good = content_of(folder / "good.gpkg");
  for (std::size_t k = 1; k < 64; ++k) {
    put(folder / "bad.gpkg", good.substr(0, good.size() * k / 64));
    bool ok = true;
    CHECK(seconds_to_read(folder / "bad.gpkg", ok) < 10);
    CHECK_FALSE(ok);
  }
}

TEST_CASE("a city file with flipped bytes is read or refused, never more") {
  const gis::test::TemporaryFolder folder;
  put_city(folder / "good.gpkg");
  const std::string good = content_of(folder / "good.gpkg");
  const Random random(7, 1);
  std::size_t read = 0;
  for (std::uint32_t trial = 0; trial < 200; ++trial) {
    std::string bad = good;
    for (std::uint32_t flip = 0; flip < 1 + trial % 8; ++flip) {
      // The first 100 bytes are SQLite's header: every tenth trial goes there.
      const std::size_t span = trial % 10 == 0 ? 100 : bad.size();
      const std::size_t place = random.below(static_cast<std::uint32_t>(span), trial, flip, 0);
      bad[place] = static_cast<char>(random.below(256, trial, flip, 1));
    }
    put(folder / "bad.gpkg", bad);
    bool ok = false;
    CHECK(seconds_to_read(folder / "bad.gpkg", ok) < 10);
    read += ok ? 1 : 0;
    CHECK(folder.names() == std::vector<std::string>{"bad.gpkg", "good.gpkg"});
  }
  MESSAGE(read << " of 200 damaged files were still readable");
}

}  // namespace citytwin::bad_input
