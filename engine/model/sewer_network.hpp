// Between the city's sewer tables and the network that engine/drainage runs.
#pragma once

#include "engine/model/drainage/network.hpp"
#include "engine/model/sewers.hpp"

namespace citytwin {

// The network to run: nodes and links in row order of the tables, dynamic wave. A manhole with a storage_area
// is a tank of that plan area from invert to ground. Where the sewers have a modeller's network, its rows
// come first in its own order with all they say, values that an edit has changed in the tables replace its
// own, and rows it does not know are appended. There are no catchments, gauges or inflows but those of the
// modeller's network. An outfall at water stands against its outfall_level until somebody sets the stage.
[[nodiscard]] drainage::Network network_of(const Sewers& sewers);

// Rows of the tables within network_of()'s result: nodes and links by row of the tables.
struct NetworkRows {
  std::vector<drainage::Index> node, link;
};
[[nodiscard]] NetworkRows network_rows(const Sewers& sewers);

// The tables of a modeller's network, which they keep: rows in its order, provenance "given". A ground level
// that it does not give is the highest crown at the node, the storage_area of a tank its volume over its
// depth. Nodes have no inlets, for the file says none. Every node must have a position.
[[nodiscard]] Sewers sewers_of(const drainage::Network& network, SourceId source);

}  // namespace citytwin
