// The text catalogue: every sentence a user reads, by code, in English and 简体中文
// (data/text/<language>.po).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/diagnostics.hpp"

namespace citytwin::scenarios {

using TextArgs = std::vector<std::pair<std::string, std::string>>;

// "en" (default) or "zh_CN". Unknown languages fall back to English.
void set_language(std::string_view language);

// The sentence of `code` with {name} replaced from args; the code itself if the catalogue lacks it.
[[nodiscard]] std::string text(std::string_view code, const TextArgs& args = {});
// The sentence for a number of things: of `code`.none, .one or .many, {n} being the number.
[[nodiscard]] std::string text_of_count(const std::string& code, double n, TextArgs args = {});
[[nodiscard]] bool has_text(std::string_view code);

// "storm_surge" as a title: "Storm surge".
[[nodiscard]] std::string title_of(const std::string& name);

// "error: city.toml:12 [rain.depth_mm]: sentence (remedy)".
[[nodiscard]] std::string sentence(const Diagnostic& diagnostic);

// Folder with text/, tables/, cases/ and the shipped scenarios: $CITYTWIN_DATA, else beside the installed
// program, else the source tree it was built from.
[[nodiscard]] std::string data_folder();

}  // namespace citytwin::scenarios
