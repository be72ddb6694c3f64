// The few pieces of HTML a report is made of. Everything that comes from data passes escape().
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace citytwin::scenarios::report {

[[nodiscard]] std::string escape(std::string_view text);
// <tag class="css">content</tag>; content is HTML.
[[nodiscard]] std::string element(std::string_view tag, std::string_view content, std::string_view css = {});
[[nodiscard]] std::string paragraph(std::string_view text, std::string_view css = {});  // escapes

struct Column {
  enum class Kind { text, number, html };  // html: cells are HTML already
  std::string title;
  Kind kind = Kind::text;
};

struct Table {
  std::string caption;
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
  std::string footnote;
};

// Nothing at all for a table without rows.
[[nodiscard]] std::string render(const Table& table);

// Definition list: what → value; escapes both. `compact`: small, in two columns, for long lists.
[[nodiscard]] std::string definitions(const std::vector<std::pair<std::string, std::string>>& items,
                                      bool compact = false);

// The style sheet: screen and A4 print.
[[nodiscard]] std::string style_sheet();

// A whole page; `body` is HTML.
[[nodiscard]] std::string page(std::string_view language, std::string_view title, std::string_view body);

}  // namespace citytwin::scenarios::report
