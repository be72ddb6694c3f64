// What went wrong or was noticed: a code and named arguments, never a sentence. Sentences live in the
// text catalogue (data/text), so that every message exists once and can be translated.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace citytwin {

enum class Severity { note, warning, error };

// Where the trouble is, as precisely as the reader knows it. Empty members are unknown.
struct Where {
  std::string file;
  std::string layer;
  std::string feature;  // feature key in the source, e.g. "way/123"
  std::string key;      // dotted key in a TOML file, or a column name
  long line = 0;        // 1-based; 0 = unknown
};

struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;                                       // catalogue key, e.g. "dem.no_crs"
  std::vector<std::pair<std::string, std::string>> args;  // named arguments of the sentence
  Where where;
};

class Diagnostics {
 public:
  void add(Diagnostic diagnostic) { items_.push_back(std::move(diagnostic)); }
  void error(std::string code, Where where = {}, std::vector<std::pair<std::string, std::string>> args = {}) {
    add({Severity::error, std::move(code), std::move(args), std::move(where)});
  }
  void warning(std::string code, Where where = {},
               std::vector<std::pair<std::string, std::string>> args = {}) {
    add({Severity::warning, std::move(code), std::move(args), std::move(where)});
  }
  void note(std::string code, Where where = {}, std::vector<std::pair<std::string, std::string>> args = {}) {
    add({Severity::note, std::move(code), std::move(args), std::move(where)});
  }
  void append(const Diagnostics& other) {
    items_.insert(items_.end(), other.items_.begin(), other.items_.end());
  }

  [[nodiscard]] bool has_errors() const {
    for (const auto& item : items_)
      if (item.severity == Severity::error) return true;
    return false;
  }
  [[nodiscard]] bool has(std::string_view code) const {
    for (const auto& item : items_)
      if (item.code == code) return true;
    return false;
  }
  [[nodiscard]] const std::vector<Diagnostic>& items() const { return items_; }
  [[nodiscard]] bool empty() const { return items_.empty(); }

 private:
  std::vector<Diagnostic> items_;
};

}  // namespace citytwin
