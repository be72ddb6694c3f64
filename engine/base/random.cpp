#include "engine/base/random.hpp"

#include <Random123/philox.h>

#include <cmath>
#include <numbers>

namespace citytwin {

namespace {
struct Bits {
  std::uint64_t first, second;
};

Bits draw(std::uint64_t seed, std::uint32_t stream, std::uint32_t entity, std::uint32_t step,
          std::uint32_t purpose) {
  const r123::Philox4x32::ctr_type counter{{entity, step, purpose, stream}};
  const r123::Philox4x32::key_type key{
      {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32U)}};
  const auto out = r123::Philox4x32{}(counter, key);
  return {(std::uint64_t{out[1]} << 32U) | out[0], (std::uint64_t{out[3]} << 32U) | out[2]};
}

double to_unit(std::uint64_t bits) { return static_cast<double>(bits >> 11U) * 0x1.0p-53; }
}  // namespace

double Random::uniform(std::uint32_t entity, std::uint32_t step, std::uint32_t purpose) const {
  return to_unit(draw(seed_, stream_, entity, step, purpose).first);
}

std::uint32_t Random::below(std::uint32_t n, std::uint32_t entity, std::uint32_t step,
                            std::uint32_t purpose) const {
  return static_cast<std::uint32_t>(uniform(entity, step, purpose) * n);
}

double Random::normal(std::uint32_t entity, std::uint32_t step, std::uint32_t purpose) const {
  const Bits bits = draw(seed_, stream_, entity, step, purpose);
  const double radius = std::sqrt(-2.0 * std::log(1.0 - to_unit(bits.first)));
  return radius * std::cos(2.0 * std::numbers::pi * to_unit(bits.second));
}

}  // namespace citytwin
