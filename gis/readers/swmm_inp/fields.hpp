// The fields of one row, each read with its rule; what is wrong with one is reported and a default returned.
#pragma once

#include <initializer_list>
#include <string_view>
#include <utility>

#include "gis/readers/swmm_inp/project.hpp"

namespace citytwin::gis::swmm {

// Of a number as written; the text is what a message says.
struct Range {
  double least, most;
  const char* text;
  bool open = false;  // least itself is too little
};
inline constexpr Range kAnyNumber{-1e15, 1e15, "-1e15 ... 1e15"};
inline constexpr Range kNotNegative{0, 1e15, ">= 0"};
inline constexpr Range kPositive{0, 1e15, "> 0", true};
inline constexpr Range kPercent{0, 100, "0 ... 100"};
inline constexpr Range kShare{0, 1, "0 ... 1"};
inline constexpr Range kElevation{-1e5, 1e5, "-100000 ... 100000"};
inline constexpr Range kDepth{0, 1e5, "0 ... 100000"};

class Fields {
 public:
  Fields(Project& project, const Row& row) : project_(project), row_(row) {}

  [[nodiscard]] std::size_t size() const { return row_.fields.size(); }
  [[nodiscard]] std::string_view text(std::size_t i) const { return i < size() ? row_.fields[i] : ""; }
  [[nodiscard]] bool has(std::size_t i) const { return i < size() && !row_.fields[i].empty(); }
  [[nodiscard]] bool is(std::size_t i, std::string_view word) const { return same_word(text(i), word); }
  [[nodiscard]] const Row& row() const { return row_; }
  [[nodiscard]] bool ok() const { return ok_; }

  // At least so many fields.
  bool need(std::size_t count);
  double number(std::size_t i, const char* name, Range range = kAnyNumber);
  // Where there is none or a '*': the default.
  double number_or(std::size_t i, const char* name, double otherwise, Range range = kAnyNumber);
  int whole_or(std::size_t i, const char* name, int otherwise, int least, int most);
  bool yes_or(std::size_t i, const char* name, bool otherwise);

  template <class E>
  using Words = std::initializer_list<std::pair<std::string_view, E>>;
  template <class E>
  E word(std::size_t i, const char* name, Words<E> words) {
    for (const auto& [word, value] : words)
      if (is(i, word)) return value;
    std::string all;
    for (const auto& [word, value] : words) all += (all.empty() ? "" : ", ") + std::string(word);
    refuse_word(i, name, all);
    return words.begin()->second;
  }

  // References; none: reported and kNone.
  Index node(std::size_t i);
  Index link(std::size_t i);
  Index subcatchment(std::size_t i);
  Index gauge(std::size_t i);
  Index pattern(std::size_t i);
  Index series(std::size_t i);
  // A curve of one of the kinds.
  Index curve(std::size_t i, std::initializer_list<CurveKind> kinds);

  void fail() { ok_ = false; }

 private:
  void refuse_word(std::size_t i, const char* name, const std::string& words);
  Project& project_;
  const Row& row_;
  bool ok_ = true;
};

const char* name_of(CurveKind kind);

}  // namespace citytwin::gis::swmm
