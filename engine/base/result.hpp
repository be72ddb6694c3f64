// The return type of every door (file, command line, panel): a value, or none, and what was noticed.
#pragma once

#include <optional>
#include <utility>

#include "engine/base/diagnostics.hpp"

namespace citytwin {

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value, Diagnostics diagnostics = {})  // NOLINT(google-explicit-constructor)
      : value_(std::move(value)), diagnostics_(std::move(diagnostics)) {}
  Result(Diagnostics diagnostics)  // NOLINT(google-explicit-constructor)
      : diagnostics_(std::move(diagnostics)) {}

  static Result failure(std::string code, Where where = {},
                        std::vector<std::pair<std::string, std::string>> args = {}) {
    Diagnostics diagnostics;
    diagnostics.error(std::move(code), std::move(where), std::move(args));
    return Result(std::move(diagnostics));
  }

  [[nodiscard]] bool ok() const { return value_.has_value() && !diagnostics_.has_errors(); }
  explicit operator bool() const { return ok(); }

  T& operator*() & { return *value_; }
  const T& operator*() const& { return *value_; }
  T&& operator*() && { return std::move(*value_); }
  T* operator->() { return &*value_; }
  const T* operator->() const { return &*value_; }

  [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }
  Diagnostics& diagnostics() { return diagnostics_; }

 private:
  std::optional<T> value_;
  Diagnostics diagnostics_;
};

struct Done {};  // the value of a Result that has none: Result<Done>

}  // namespace citytwin
