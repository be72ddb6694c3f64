#include "engine/model/hydraulic_structures.hpp"

#include <algorithm>

namespace citytwin {

void add_structures(const HydraulicStructures& more, HydraulicStructures& all) {
  for (const HydraulicStructure& s : more.structures) {
    const auto same = std::find_if(all.structures.begin(), all.structures.end(),
                                   [&](const HydraulicStructure& other) { return other.key == s.key; });
    if (same == all.structures.end())
      all.structures.push_back(s);
    else
      *same = s;
  }
  all.outflows.insert(all.outflows.end(), more.outflows.begin(), more.outflows.end());
  all.breaches.insert(all.breaches.end(), more.breaches.begin(), more.breaches.end());
  all.barriers.insert(all.barriers.end(), more.barriers.begin(), more.barriers.end());
}

}  // namespace citytwin
