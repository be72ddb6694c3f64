// Linear systems on a network: an unsymmetric matrix with a symmetric pattern (one entry each way per edge),
// diagonally dominant, solved again and again with new numbers. The elimination is worked out once per
// network (minimum degree) and is then a flat list of operations: on networks of pipes a general sparse
// solver spends most of its time on looking places up. No pivoting: for M-matrices (diagonally dominant by
// columns) elimination in any order is stable (Funderlic and Plemmons 1981).
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace citytwin {

class NetworkMatrix {
 public:
  using Index = std::int32_t;

  NetworkMatrix() = default;
  // `edges` between rows 0 .. rows-1; loops and repeated edges are allowed (they share their entries).
  NetworkMatrix(Index rows, const std::vector<std::pair<Index, Index>>& edges);

  [[nodiscard]] Index rows() const { return rows_; }
  // Positions of the entries in values(): of a diagonal; of (first, second) and (second, first) of an edge.
  // A loop has no entries (-1).
  [[nodiscard]] Index diagonal(Index row) const { return diagonal_[static_cast<std::size_t>(row)]; }
  [[nodiscard]] Index forward(std::size_t edge) const { return forward_[edge]; }
  [[nodiscard]] Index backward(std::size_t edge) const { return backward_[edge]; }

  // All zero, then filled by the caller; solve() overwrites it.
  [[nodiscard]] std::vector<double>& values() { return values_; }
  void clear();
  // Solves values x = right in place: `right` becomes x.
  void solve(std::vector<double>& right);

 private:
  struct Pivot {
    Index row;                          // of the caller's matrix
    Index diagonal;                     // position
    std::uint32_t first = 0, last = 0;  // of its neighbours
    std::uint32_t first_update = 0;     // of the first of (last - first) squared updates
  };
  struct Neighbour {
    Index row;
    Index below, beside;  // positions of (neighbour, pivot) and (pivot, neighbour)
  };
  Index rows_ = 0;
  std::vector<Index> diagonal_, forward_, backward_;
  std::vector<Pivot> pivots_;  // in order of elimination
  std::vector<Neighbour> neighbours_;
  std::vector<Index> updates_;  // position that below[i] x beside[j] is taken from
  std::vector<double> values_;
};

}  // namespace citytwin
