#include "scenarios/core/catalogue.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

#include "scenarios/core/text.hpp"

namespace citytwin::scenarios {
namespace {

// The content of a "..." literal that fills the rest of a line; nullopt if it is none.
std::optional<std::string> quoted(std::string_view rest) {
  const auto first = rest.find('"');
  const auto last = rest.rfind('"');
  if (first == std::string_view::npos || first == last) return std::nullopt;
  if (rest.find_first_not_of(" \t") != first || rest.find_last_not_of(" \t\r") != last) return std::nullopt;
  std::string out;
  for (std::size_t i = first + 1; i < last; ++i) {
    if (rest[i] != '\\' || i + 1 == last) {
      out += rest[i];
      continue;
    }
    const char escaped = rest[++i];
    out += escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped;
  }
  return out;
}

}  // namespace

PoFile parse_po(std::string_view content) {
  PoFile file;
  std::string* open = nullptr;  // what a continuation line continues
  long line_number = 0;
  while (!content.empty()) {
    ++line_number;
    const auto end = content.find('\n');
    const std::string_view line = content.substr(0, end);
    content = end == std::string_view::npos ? std::string_view{} : content.substr(end + 1);

    const auto start = line.find_first_not_of(" \t\r");
    if (start == std::string_view::npos || line[start] == '#') continue;
    const std::string_view body = line.substr(start);
    std::optional<std::string> value;
    if (body.starts_with("msgid")) {
      file.entries.push_back({});
      file.entries.back().line = line_number;
      open = &file.entries.back().id;
      value = quoted(body.substr(5));
    } else if (body.starts_with("msgstr") && !file.entries.empty()) {
      open = &file.entries.back().text;
      value = quoted(body.substr(6));
    } else {
      value = quoted(body);
    }
    if (!value || open == nullptr) {
      if (file.bad_line == 0) file.bad_line = line_number;
      continue;
    }
    *open += *value;
  }
  return file;
}

std::map<std::string, std::string, std::less<>> read_catalogue(const std::string& language) {
  std::map<std::string, std::string, std::less<>> catalogue;
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(data_folder() + "/text/" + language, error))
    if (entry.path().extension() == ".po") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& path : files) {
    std::ifstream in(path, std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    for (auto& entry : parse_po(content).entries)
      if (!entry.id.empty() && !entry.text.empty())
        catalogue.emplace(std::move(entry.id), std::move(entry.text));
  }
  return catalogue;
}

}  // namespace citytwin::scenarios
