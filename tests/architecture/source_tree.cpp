#include "tests/architecture/source_tree.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace citytwin::test {

namespace fs = std::filesystem;

namespace {

// `#include <x>` or `#include "x"`; anything else gives an empty path.
Include parse_include(const std::string& line, int number) {
  const auto hash = line.find_first_not_of(" \t");
  if (hash == std::string::npos || line[hash] != '#') return {};
  const auto word = line.find_first_not_of(" \t", hash + 1);
  if (word == std::string::npos || line.compare(word, 7, "include") != 0) return {};
  const auto open = line.find_first_of("<\"", word + 7);
  if (open == std::string::npos) return {};
  const auto close = line.find(line[open] == '<' ? '>' : '"', open + 1);
  if (close == std::string::npos) return {};
  return {number, line.substr(open + 1, close - open - 1), line[open] == '"'};
}

SourceFile read_source(const fs::path& file, const std::string& path) {
  SourceFile source;
  source.path = path;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    source.lines.push_back(line);
    Include include = parse_include(line, static_cast<int>(source.lines.size()));
    if (!include.path.empty()) source.includes.push_back(std::move(include));
  }
  return source;
}

// Output folders at the root; gis/build is source.
bool left_out(const std::string& path) {
  return path == "build" || path == "out" || path == ".git" || path == ".cache";
}

}  // namespace

std::string SourceFile::text() const {
  std::string all;
  for (const auto& line : lines) all += line + '\n';
  return all;
}

std::string SourceFile::code() const {
  const std::string all = text();
  std::string out;
  char quote = 0;  // inside a string or character literal
  for (std::size_t i = 0; i < all.size(); ++i) {
    const char c = all[i];
    if (quote != 0) {
      out += c;
      if (c == '\\' && i + 1 < all.size())
        out += all[++i];
      else if (c == quote || c == '\n')
        quote = 0;
    } else if (c == '/' && i + 1 < all.size() && all[i + 1] == '/') {
      while (i < all.size() && all[i] != '\n') ++i;
      out += '\n';
    } else if (c == '/' && i + 1 < all.size() && all[i + 1] == '*') {
      const auto end = all.find("*/", i + 2);
      i = end == std::string::npos ? all.size() : end + 1;
    } else {
      // An apostrophe between digits separates thousands.
      const bool separator = c == '\'' && i > 0 && std::isxdigit(static_cast<unsigned char>(all[i - 1])) != 0;
      if (c == '"' || (c == '\'' && !separator)) quote = c;
      out += c;
    }
  }
  return out;
}

std::vector<SourceFile> files_below(std::string_view folder, const std::vector<std::string>& extensions) {
  const fs::path root = CITYTWIN_SOURCE_DIR;
  const fs::path start = folder.empty() ? root : root / folder;
  std::vector<SourceFile> files;
  if (!fs::is_directory(start)) return files;
  for (auto it = fs::recursive_directory_iterator(start); it != fs::recursive_directory_iterator(); ++it) {
    if (it->is_directory() && left_out(it->path().lexically_relative(root).generic_string()))
      it.disable_recursion_pending();
    if (!it->is_regular_file()) continue;
    const auto extension = it->path().extension().string();
    if (std::find(extensions.begin(), extensions.end(), extension) == extensions.end()) continue;
    files.push_back(read_source(it->path(), it->path().lexically_relative(root).generic_string()));
  }
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
  return files;
}

const std::vector<SourceFile>& room_sources() {
  static const std::vector<SourceFile> sources = [] {
    std::vector<SourceFile> all;
    for (const char* folder : {"engine", "gis", "scenarios", "viz", "tools"}) {
      auto files = files_below(folder, {".hpp", ".cpp"});
      all.insert(all.end(), std::make_move_iterator(files.begin()), std::make_move_iterator(files.end()));
    }
    return all;
  }();
  return sources;
}

bool is_below(std::string_view path, std::string_view folder) {
  return path == folder ||
         (path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] == '/');
}

}  // namespace citytwin::test
