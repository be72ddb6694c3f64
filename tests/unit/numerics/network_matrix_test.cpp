// Linear systems on networks against dense elimination.
#include "engine/numerics/network_matrix.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace citytwin;

namespace {

using Edges = std::vector<std::pair<NetworkMatrix::Index, NetworkMatrix::Index>>;
using Dense = std::vector<std::vector<double>>;

// Small numbers of a fixed sequence.
class Numbers {
 public:
  explicit Numbers(std::uint64_t seed) : state_(seed * 2654435761U + 12345U) {}
  double operator()() {  // 0 to 1
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<double>(state_ >> 11U) / 9007199254740992.0;
  }
  int below(int n) { return std::min(static_cast<int>((*this)() * n), n - 1); }

 private:
  std::uint64_t state_;
};

// With pivots.
std::vector<double> solve_dense(Dense a, std::vector<double> b) {
  const std::size_t n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t p = k;
    for (std::size_t i = k; i < n; ++i)
      if (std::abs(a[i][k]) > std::abs(a[p][k])) p = i;
    std::swap(a[k], a[p]);
    std::swap(b[k], b[p]);
    for (std::size_t i = k + 1; i < n; ++i) {
      const double factor = a[i][k] / a[k][k];
      for (std::size_t j = k; j < n; ++j) a[i][j] -= factor * a[k][j];
      b[i] -= factor * b[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    for (std::size_t j = k + 1; j < n; ++j) b[k] -= a[k][j] * b[j];
    b[k] /= a[k][k];
  }
  return b;
}

// A random M-matrix, diagonally dominant by columns, on the edges; returns the largest error of the solution.
double error_on(int rows, const Edges& edges, Numbers& random) {
  NetworkMatrix matrix(rows, edges);
  Dense dense(static_cast<std::size_t>(rows), std::vector<double>(static_cast<std::size_t>(rows), 0.0));
  matrix.clear();
  const auto add = [&](int i, int j, NetworkMatrix::Index place, double value) {
    matrix.values()[static_cast<std::size_t>(place)] += value;
    dense[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] += value;
  };
  for (int i = 0; i < rows; ++i) add(i, i, matrix.diagonal(i), 1e-3 + random());
  for (std::size_t e = 0; e < edges.size(); ++e) {
    const auto [a, b] = edges[e];
    if (a == b) continue;
    const double from = std::pow(10.0, 4 * random() - 2), to = std::pow(10.0, 4 * random() - 2);
    add(a, a, matrix.diagonal(a), from);
    add(b, a, matrix.backward(e), -from);
    add(b, b, matrix.diagonal(b), to);
    add(a, b, matrix.forward(e), -to);
  }
  std::vector<double> right;
  for (int i = 0; i < rows; ++i) right.push_back(2 * random() - 1);
  const std::vector<double> exact = solve_dense(dense, right);
  matrix.solve(right);
  double worst = 0, size = 0;
  for (std::size_t i = 0; i < right.size(); ++i) {
    worst = std::max(worst, std::abs(right[i] - exact[i]));
    size = std::max(size, std::abs(exact[i]));
  }
  return worst / size;
}

}  // namespace

TEST_CASE(
    "a network's matrix is solved as dense elimination does: chains, stars, trees, loops, repeated edges") {
  Numbers random(1);
  for (int round = 0; round < 300; ++round) {
    const int rows = 1 + random.below(40);
    Edges edges;
    for (int i = 1; i < rows; ++i) {
      const int kind = round % 3;
      edges.emplace_back(i, kind == 0 ? i - 1 : kind == 1 ? 0 : random.below(i));
    }
    for (int k = random.below(1 + rows / 2); k > 0; --k)
      edges.emplace_back(random.below(rows), random.below(rows));
    CHECK(error_on(rows, edges, random) < 1e-10);
  }
}

TEST_CASE("parts of a network that do not touch are solved on their own, and lone rows too") {
  Numbers random(2);
  CHECK(error_on(7, {{0, 1}, {1, 2}, {4, 5}}, random) < 1e-12);
  CHECK(error_on(1, {}, random) < 1e-15);
  NetworkMatrix nothing(0, {});
  std::vector<double> right;
  nothing.solve(right);
  CHECK(nothing.rows() == 0);
}

TEST_CASE("a loop has no entries; both directions of an edge are apart; repeated edges share theirs") {
  const NetworkMatrix matrix(3, {{0, 0}, {0, 1}, {1, 0}, {1, 2}});
  CHECK(matrix.forward(0) == -1);
  CHECK(matrix.backward(0) == -1);
  CHECK(matrix.forward(1) == matrix.backward(2));
  CHECK(matrix.backward(1) == matrix.forward(2));
  CHECK(matrix.forward(1) != matrix.backward(1));
}
