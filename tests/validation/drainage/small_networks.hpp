// Networks made in tests.
#pragma once

#include <cstdint>
#include <string>

#include "engine/drainage/dynamic_wave.hpp"

namespace citytwin::test {

// A fixed sequence of numbers, 0 to 1.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed * 2654435761U + 1) {}
  double operator()() {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<double>(state_ >> 11U) / 9007199254740992.0;
  }

 private:
  std::uint64_t state_;
};

inline drainage::Index add_node(drainage::Network& network, double invert, double max_depth,
                                double initial_depth = 0) {
  drainage::Node node;
  node.key = std::string("N").append(std::to_string(network.nodes.size()));
  node.invert = invert;
  node.max_depth = max_depth;
  node.initial_depth = initial_depth;
  network.nodes.push_back(node);
  return static_cast<drainage::Index>(network.nodes.size() - 1);
}

inline drainage::Index add_tank(drainage::Network& network, double invert, double max_depth, double area,
                                double initial_depth) {
  const drainage::Index n = add_node(network, invert, max_depth, initial_depth);
  network.nodes.back().kind = drainage::NodeKind::storage;
  network.nodes.back().storage.constant = area;
  return n;
}

inline drainage::Index add_outfall(drainage::Network& network, double invert, drainage::OutfallKind kind,
                                   double stage = 0) {
  const drainage::Index n = add_node(network, invert, 0);
  network.nodes.back().kind = drainage::NodeKind::outfall;
  network.nodes.back().outfall.kind = kind;
  network.nodes.back().outfall.stage = stage;
  return n;
}

inline drainage::Link& add_conduit(drainage::Network& network, drainage::Index from, drainage::Index to,
                                   double length, double roughness, drainage::Shape shape, double depth,
                                   double width = 0) {
  drainage::Link link;
  link.key = std::string("L").append(std::to_string(network.links.size()));
  link.from = from;
  link.to = to;
  link.conduit.length = length;
  link.conduit.roughness = roughness;
  link.section.shape = shape;
  link.section.full_depth = depth;
  link.section.width = width;
  network.links.push_back(link);
  return network.links.back();
}

}  // namespace citytwin::test
