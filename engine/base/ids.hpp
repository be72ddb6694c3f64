// Dense row ids, one C++ type per table, so that a link id cannot index buildings.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace citytwin {

template <class Tag>
struct Id {
  static constexpr std::uint32_t kNoneValue = std::numeric_limits<std::uint32_t>::max();

  std::uint32_t value = kNoneValue;

  constexpr Id() = default;
  constexpr explicit Id(std::size_t row) : value(static_cast<std::uint32_t>(row)) {}

  [[nodiscard]] constexpr bool is_none() const { return value == kNoneValue; }
  [[nodiscard]] constexpr std::size_t row() const { return value; }
  constexpr auto operator<=>(const Id&) const = default;
};

using SourceId = Id<struct SourceTag>;
using JunctionId = Id<struct JunctionTag>;
using LinkId = Id<struct LinkTag>;
using BuildingId = Id<struct BuildingTag>;
using FacilityId = Id<struct FacilityTag>;
using ManagementCellId = Id<struct ManagementCellTag>;
using WaterBodyId = Id<struct WaterBodyTag>;
using SewerNodeId = Id<struct SewerNodeTag>;
using SewerLinkId = Id<struct SewerLinkTag>;

}  // namespace citytwin
