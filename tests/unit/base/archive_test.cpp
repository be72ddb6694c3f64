#include "engine/base/archive.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace citytwin;

namespace {
SaveArchive example() {
  SaveArchive out;
  out.fields(42);
  out.fields(std::vector<double>{1.5, -0.0, std::numeric_limits<double>::denorm_min()});
  out.fields("水位");
  out.fields(std::vector<std::uint8_t>{});
  return out;
}

void read_example(LoadArchive& in) {
  int n = 0;
  std::vector<double> values;
  std::string text;
  std::vector<std::uint8_t> none{1, 2};
  in.fields(n);
  in.fields(values);
  in.fields(text);
  in.fields(none);
  CHECK(n == 42);
  CHECK(values == std::vector<double>{1.5, -0.0, std::numeric_limits<double>::denorm_min()});
  CHECK(std::signbit(values[1]));
  CHECK(text == "水位");
  CHECK(none.empty());
}
}  // namespace

TEST_CASE("what was saved is loaded, bit for bit, and nothing is left over") {
  const SaveArchive saved = example();
  LoadArchive in(saved.bytes());
  read_example(in);
  CHECK(in.at_end());
}

TEST_CASE("an archive cut at any byte throws and never reads beyond its end") {
  const std::vector<char> whole = example().bytes();
  for (std::size_t keep = 0; keep < whole.size(); ++keep) {
    const std::vector<char> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(keep));
    LoadArchive in(cut);
    const auto read_all = [&in] {
      int n = 0;
      std::vector<double> values;
      std::string text;
      std::vector<std::uint8_t> none;
      in.fields(n);
      in.fields(values);
      in.fields(text);
      in.fields(none);
    };
    CHECK_THROWS_AS(read_all(), std::runtime_error);
  }
}

TEST_CASE("a length that cannot be is refused before any memory is asked for") {
  SaveArchive lie;
  lie.fields(std::numeric_limits<std::size_t>::max());
  std::vector<double> values;
  std::string text;
  LoadArchive as_vector(lie.bytes());
  CHECK_THROWS_AS(as_vector.fields(values), std::runtime_error);
  LoadArchive as_text(lie.bytes());
  CHECK_THROWS_AS(as_text.fields(text), std::runtime_error);
}
