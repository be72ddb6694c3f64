// Uses one thing of the rooms a stranger would: shapes, threads, hashes and the list of domains.
#include "engine/base/hash.hpp"
#include "engine/base/parallel.hpp"
#include "engine/domains/registry.hpp"
#include "engine/geo/polygon.hpp"

int main() {
  const citytwin::Ring square{{0, 0}, {2, 0}, {2, 2}, {0, 2}};
  if (citytwin::signed_area(square) != 4) return 1;
  const auto ones = citytwin::ordered_sum<int>(
      1000, 64, [](std::size_t begin, std::size_t end) { return static_cast<int>(end - begin); });
  if (ones != 1000) return 2;
  if (citytwin::hash_bytes("", 0).hex() != "99aa06d3014798d86001c324468d497f") return 3;
  for (const auto& domain : citytwin::all_domains()) {
    if (!citytwin::make_domain(domain.name)) return 4;
  }
  return citytwin::make_domain("surface_water") ? 0 : 5;
}
