#include "engine/numerics/network_matrix.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace citytwin {

namespace {

using Index = NetworkMatrix::Index;

// Neighbours of the rows that are not eliminated yet.
using Adjacency = std::vector<std::set<Index>>;

Adjacency adjacency_of(Index rows, const std::vector<std::pair<Index, Index>>& edges) {
  Adjacency adjacent(static_cast<std::size_t>(rows));
  for (const auto& [a, b] : edges) {
    if (a == b) continue;
    adjacent[static_cast<std::size_t>(a)].insert(b);
    adjacent[static_cast<std::size_t>(b)].insert(a);
  }
  return adjacent;
}

}  // namespace

NetworkMatrix::NetworkMatrix(Index rows, const std::vector<std::pair<Index, Index>>& edges) : rows_(rows) {
  std::map<std::pair<Index, Index>, Index> position;
  Index used = 0;
  const auto place = [&](Index row, Index column) {
    const auto [at, is_new] = position.try_emplace({row, column}, used);
    if (is_new) ++used;
    return at->second;
  };
  for (Index row = 0; row < rows; ++row) diagonal_.push_back(place(row, row));
  for (const auto& [a, b] : edges) {
    forward_.push_back(a == b ? -1 : place(a, b));
    backward_.push_back(a == b ? -1 : place(b, a));
  }

  // Minimum degree, ties by row: on trees it eats the leaves and makes no new entries.
  Adjacency adjacent = adjacency_of(rows, edges);
  std::set<std::pair<std::size_t, Index>> waiting;
  for (Index row = 0; row < rows; ++row)
    waiting.insert({adjacent[static_cast<std::size_t>(row)].size(), row});
  while (!waiting.empty()) {
    const Index row = waiting.begin()->second;
    waiting.erase(waiting.begin());
    const std::vector<Index> around(adjacent[static_cast<std::size_t>(row)].begin(),
                                    adjacent[static_cast<std::size_t>(row)].end());
    Pivot pivot{row, diagonal_[static_cast<std::size_t>(row)], static_cast<std::uint32_t>(neighbours_.size()),
                0, static_cast<std::uint32_t>(updates_.size())};
    for (const Index other : around) neighbours_.push_back({other, place(other, row), place(row, other)});
    pivot.last = static_cast<std::uint32_t>(neighbours_.size());
    for (const Index i : around)
      for (const Index j : around) updates_.push_back(place(i, j));
    pivots_.push_back(pivot);
    for (const Index i : around) {
      auto& set = adjacent[static_cast<std::size_t>(i)];
      waiting.erase({set.size(), i});
      set.erase(row);
      for (const Index j : around)
        if (j != i) set.insert(j);
      waiting.insert({set.size(), i});
    }
  }
  values_.assign(static_cast<std::size_t>(used), 0.0);
}

void NetworkMatrix::clear() { std::fill(values_.begin(), values_.end(), 0.0); }

void NetworkMatrix::solve(std::vector<double>& right) {
  double* const value = values_.data();
  double* const x = right.data();
  for (const Pivot& pivot : pivots_) {
    const double inverse = 1.0 / value[pivot.diagonal];
    value[pivot.diagonal] = inverse;
    const double own = x[pivot.row];
    const Index* target = updates_.data() + pivot.first_update;
    const std::uint32_t count = pivot.last - pivot.first;
    const Neighbour* const around = neighbours_.data() + pivot.first;
    for (std::uint32_t i = 0; i < count; ++i) {
      const double factor = value[around[i].below] * inverse;
      for (std::uint32_t j = 0; j < count; ++j) value[*target++] -= factor * value[around[j].beside];
      x[around[i].row] -= factor * own;
    }
  }
  for (std::size_t p = pivots_.size(); p-- > 0;) {
    const Pivot& pivot = pivots_[p];
    double sum = x[pivot.row];
    for (std::uint32_t i = pivot.first; i < pivot.last; ++i)
      sum -= value[neighbours_[i].beside] * x[neighbours_[i].row];
    x[pivot.row] = sum * value[pivot.diagonal];
  }
}

}  // namespace citytwin
