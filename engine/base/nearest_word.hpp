// "Did you mean ...?": the known word nearest to one that is not known.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace citytwin {

// Levenshtein distance: insertions, deletions and substitutions between a and b.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

// The first of the candidates with the least distance; "" if there are none.
[[nodiscard]] std::string nearest_word(std::string_view word, const std::vector<std::string>& candidates);

// Near enough to be a slip: at most two edits, or half of the word.
[[nodiscard]] bool looks_like(std::string_view word, std::string_view other);

}  // namespace citytwin
