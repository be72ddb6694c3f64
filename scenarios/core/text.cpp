#include "scenarios/core/text.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>

#include "scenarios/core/catalogue.hpp"
#include "scenarios/report/format.hpp"

namespace citytwin::scenarios {
namespace {

using Catalogue = std::map<std::string, std::string, std::less<>>;

struct Catalogues {
  std::mutex mutex;
  std::string language = "en";
  std::map<std::string, Catalogue> loaded;

  const Catalogue& of(const std::string& wanted) {
    const auto it = loaded.find(wanted);
    return it != loaded.end() ? it->second : loaded.emplace(wanted, read_catalogue(wanted)).first->second;
  }
  // nullptr if neither the chosen language nor English has the code.
  const std::string* find(std::string_view code) {
    const std::lock_guard lock(mutex);
    for (const std::string& wanted : {language, std::string("en")}) {
      const Catalogue& catalogue = of(wanted);
      if (const auto it = catalogue.find(code); it != catalogue.end()) return &it->second;
    }
    return nullptr;
  }
};

Catalogues& catalogues() {
  static Catalogues instance;
  return instance;
}

// {name} is replaced where args has the name and left as it stands otherwise.
std::string filled(const std::string& pattern, const TextArgs& args) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const auto close = pattern[i] == '{' ? pattern.find('}', i) : std::string::npos;
    if (close == std::string::npos) {
      out += pattern[i];
      continue;
    }
    const std::string_view name(pattern.data() + i + 1, close - i - 1);
    const std::string* value = nullptr;
    for (const auto& [key, text] : args)
      if (key == name) value = &text;
    if (value == nullptr) {
      out += pattern[i];
      continue;
    }
    out += *value;
    i = close;
  }
  return out;
}

// Rooms that know no catalogue tell kinds of values by name ("text", "table").
TextArgs kinds_in_words(TextArgs args) {
  for (auto& [name, value] : args)
    if ((name == "expected" || name == "found") && has_text("kind." + value)) value = text("kind." + value);
  return args;
}

std::string place_of(const Where& where) {
  std::string place = where.file;
  if (where.line > 0) place += (place.empty() ? "line " : ":") + std::to_string(where.line);
  if (!where.layer.empty()) place += (place.empty() ? "" : " ") + where.layer;
  if (!where.feature.empty()) place += (place.empty() ? "" : " ") + where.feature;
  if (!where.key.empty()) place += std::string(place.empty() ? "" : " ") + "[" + where.key + "]";
  return place;
}

}  // namespace

void set_language(std::string_view language) {
  const std::lock_guard lock(catalogues().mutex);
  catalogues().language = language == "zh_CN" ? "zh_CN" : "en";
}

bool has_text(std::string_view code) { return catalogues().find(code) != nullptr; }

std::string text(std::string_view code, const TextArgs& args) {
  const std::string* pattern = catalogues().find(code);
  return pattern == nullptr ? std::string(code) : filled(*pattern, args);
}

std::string text_of_count(const std::string& code, double n, TextArgs args) {
  const double whole = std::round(n);
  args.emplace_back("n", report::rounded(n));
  return text(code + (whole == 0 ? ".none" : whole == 1 ? ".one" : ".many"), args);
}

std::string title_of(const std::string& name) {
  std::string title = name;
  std::replace(title.begin(), title.end(), '_', ' ');
  if (!title.empty() && title[0] >= 'a' && title[0] <= 'z')
    title[0] = static_cast<char>(title[0] - 'a' + 'A');
  return title;
}

std::string sentence(const Diagnostic& diagnostic) {
  static constexpr std::string_view kWords[] = {"severity.note", "severity.warning", "severity.error"};
  std::string out = text(kWords[static_cast<std::size_t>(diagnostic.severity)]) + ": ";
  if (const std::string place = place_of(diagnostic.where); !place.empty()) out += place + ": ";
  const TextArgs args = kinds_in_words(diagnostic.args);
  out += text(diagnostic.code, args);
  const std::string remedy = diagnostic.code + ".remedy";
  if (has_text(remedy)) out += " (" + text(remedy, args) + ")";
  return out;
}

std::string data_folder() {
  if (const char* given = std::getenv("CITYTWIN_DATA"); given != nullptr && *given != 0) return given;
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    const auto installed = program.parent_path().parent_path() / "share" / "citytwin";
    if (std::filesystem::is_directory(installed / "text", error)) return installed.string();
  }
  return CITYTWIN_SOURCE_DIR "/data";
}

}  // namespace citytwin::scenarios
