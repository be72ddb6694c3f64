#include "engine/base/hash.hpp"

#include <doctest/doctest.h>

using namespace citytwin;

TEST_CASE("XXH3-128 known answer, high word first") {
  // xxhsum -H2 of the empty input.
  CHECK(hash_bytes("", 0).hex() == "99aa06d3014798d86001c324468d497f");
  CHECK(Hasher().finish() == hash_bytes("", 0));
}

TEST_CASE("streaming equals hashing at once, whatever the pieces") {
  std::string data;
  for (int i = 0; i < 5000; ++i) data.push_back(static_cast<char>(i * 31));
  const Hash128 expected = hash_bytes(data.data(), data.size());
  for (std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{240}, std::size_t{4999}}) {
    Hasher hasher;
    for (std::size_t at = 0; at < data.size(); at += piece)
      hasher.bytes(data.data() + at, std::min(piece, data.size() - at));
    CHECK(hasher.finish() == expected);
  }
}

TEST_CASE("where one text ends and the next begins is part of the hash") {
  const auto of = [](const std::vector<std::string>& words) {
    Hasher hasher;
    hasher.range(words);
    return hasher.finish();
  };
  CHECK_FALSE(of({"a", "bc"}) == of({"ab", "c"}));
  CHECK_FALSE(of({"a", ""}) == of({"a"}));
  CHECK(of({"a", "bc"}) == of({"a", "bc"}));

  Hasher one, two;
  one.range(std::vector<int>{1, 2});
  one.range(std::vector<int>{3});
  two.range(std::vector<int>{1});
  two.range(std::vector<int>{2, 3});
  CHECK_FALSE(one.finish() == two.finish());
}

TEST_CASE("finish does not end the hasher") {
  Hasher hasher;
  hasher.value(1);
  const Hash128 first = hasher.finish();
  CHECK(hasher.finish() == first);
  hasher.value(2);
  CHECK_FALSE(hasher.finish() == first);
}

TEST_CASE("hex has 32 digits, leading zeros kept") {
  CHECK(Hash128{0xabc, 0x1}.hex() == "00000000000000010000000000000abc");
}
