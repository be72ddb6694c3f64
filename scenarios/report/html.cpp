#include "scenarios/report/html.hpp"

#include <fmt/format.h>

namespace citytwin::scenarios::report {

std::string escape(std::string_view in) {
  std::string out;
  out.reserve(in.size());
  for (const char c : in) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string element(std::string_view tag, std::string_view content, std::string_view css) {
  if (css.empty()) return fmt::format("<{0}>{1}</{0}>\n", tag, content);
  return fmt::format("<{0} class=\"{2}\">{1}</{0}>\n", tag, content, css);
}

std::string paragraph(std::string_view in, std::string_view css) { return element("p", escape(in), css); }

std::string render(const Table& table) {
  if (table.rows.empty()) return {};
  const auto css = [&](std::size_t k) {
    return table.columns[k].kind == Column::Kind::number ? " class=\"n\"" : "";
  };
  constexpr std::size_t kShort = 16;  // rows that stay together on a page
  std::string out =
      fmt::format("<div class=\"table{}\"><table>\n", table.rows.size() <= kShort ? " short" : "");
  if (!table.caption.empty()) out += element("caption", escape(table.caption));
  out += "<thead><tr>";
  for (std::size_t k = 0; k < table.columns.size(); ++k)
    out += fmt::format("<th scope=\"col\"{}>{}</th>", css(k), escape(table.columns[k].title));
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    out += "<tr>";
    for (std::size_t k = 0; k < row.size(); ++k)
      out += fmt::format("<td{}>{}</td>", css(k),
                         table.columns[k].kind == Column::Kind::html ? row[k] : escape(row[k]));
    out += "</tr>\n";
  }
  out += "</tbody></table>\n";
  if (!table.footnote.empty()) out += paragraph(table.footnote, "footnote");
  return out + "</div>\n";
}

std::string definitions(const std::vector<std::pair<std::string, std::string>>& items, bool compact) {
  if (items.empty()) return {};
  std::string out = compact ? "<dl class=\"compact\">\n" : "<dl>\n";
  for (const auto& [what, value] : items)
    out += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", escape(what), escape(value));
  return out + "</dl>\n";
}

std::string page(std::string_view language, std::string_view title, std::string_view body) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
      "<style>\n{}</style>\n</head>\n<body>\n{}</body>\n</html>\n",
      language, escape(title), style_sheet(), body);
}

}  // namespace citytwin::scenarios::report
