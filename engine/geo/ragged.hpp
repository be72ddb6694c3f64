// Rows of different length in two contiguous arrays: row i is values[offsets[i] .. offsets[i+1]).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace citytwin {

template <class T>
class Ragged {
 public:
  [[nodiscard]] std::size_t size() const { return offsets_.size() - 1; }
  [[nodiscard]] std::span<const T> operator[](std::size_t row) const {
    return {values_.data() + offsets_[row], values_.data() + offsets_[row + 1]};
  }
  void push_back(std::span<const T> row) {
    values_.insert(values_.end(), row.begin(), row.end());
    offsets_.push_back(static_cast<std::uint32_t>(values_.size()));
  }
  void push_back(const std::vector<T>& row) { push_back(std::span<const T>(row)); }
  void reserve(std::size_t rows, std::size_t values) {
    offsets_.reserve(rows + 1);
    values_.reserve(values);
  }
  [[nodiscard]] const std::vector<std::uint32_t>& offsets() const { return offsets_; }
  [[nodiscard]] const std::vector<T>& values() const { return values_; }
  bool operator==(const Ragged&) const = default;

 private:
  std::vector<std::uint32_t> offsets_{0};
  std::vector<T> values_;
};

}  // namespace citytwin
