// Every code that a user can meet has a sentence, and what to do about it; translations keep the arguments.
#include <doctest/doctest.h>

#include <cctype>
#include <map>
#include <regex>
#include <set>

#include "tests/architecture/source_tree.hpp"

using namespace citytwin::test;

namespace {

using Catalogue = std::map<std::string, std::string>;

std::string unquoted(const std::string& line) {
  const auto open = line.find('"');
  const auto close = line.rfind('"');
  return open == std::string::npos || close <= open ? std::string() : line.substr(open + 1, close - open - 1);
}

// msgid and msgstr with their continuation lines; enough of gettext's syntax for a test of presence.
Catalogue read_catalogue(const std::string& language, std::vector<std::string>& twice) {
  Catalogue catalogue;
  for (const SourceFile& file : files_below("data/text/" + language, {".po"})) {
    std::string id, text;
    std::string* current = nullptr;
    const auto store = [&] {
      if (!id.empty() && !catalogue.emplace(id, text).second) twice.push_back(id);
      id.clear();
      text.clear();
    };
    for (const std::string& line : file.lines) {
      if (line.starts_with("msgid ")) {
        store();
        current = &id;
      } else if (line.starts_with("msgstr ")) {
        current = &text;
      } else if (!line.starts_with("\"")) {
        continue;
      }
      if (current != nullptr) *current += unquoted(line);
    }
    store();
  }
  return catalogue;
}

std::set<std::string> arguments_of(const std::string& sentence) {
  static const std::regex argument(R"(\{([a-z_0-9]+)\})");
  std::set<std::string> names;
  for (auto it = std::sregex_iterator(sentence.begin(), sentence.end(), argument);
       it != std::sregex_iterator(); ++it)
    names.insert((*it)[1]);
  return names;
}

// The arguments of the call whose '(' is at `open`, split at its own commas.
std::vector<std::string> call_arguments(const std::string& code, std::size_t open) {
  std::vector<std::string> out(1);
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = open; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"' && code[i - 1] != '\\') quoted = !quoted;
    if (!quoted && (c == '(' || c == '{') && depth++ == 0) continue;
    if (!quoted && (c == ')' || c == '}') && --depth == 0) break;
    if (!quoted && c == ',' && depth == 1)
      out.emplace_back();
    else if (!out.back().empty() || std::isspace(static_cast<unsigned char>(c)) == 0)
      out.back() += c;
  }
  return out;
}

// The names in {{"name", value}, ...}.
std::set<std::string> names_given(const std::string& list) {
  static const std::regex name(R"(\{\s*"([a-z_0-9]+)\"\s*,)");
  std::set<std::string> names;
  for (auto it = std::sregex_iterator(list.begin(), list.end(), name); it != std::sregex_iterator(); ++it)
    names.insert((*it)[1]);
  return names;
}

}  // namespace

TEST_CASE("a sentence's arguments are given where its code is raised") {
  std::vector<std::string> twice;
  const Catalogue english = read_catalogue("en", twice);
  const std::regex use(R"re(\b(error|warning|note|failure)\(\s*"([a-z_0-9]+(?:\.[a-z_0-9]+)+)")re");
  int raised = 0;
  for (const SourceFile& file : room_sources()) {
    const std::string code = file.code();
    for (auto it = std::sregex_iterator(code.begin(), code.end(), use); it != std::sregex_iterator(); ++it) {
      const auto open = static_cast<std::size_t>(it->position(1) + it->length(1));
      const auto arguments = call_arguments(code, open);  // code, where, list
      const std::string list = arguments.size() > 2 ? arguments[2] : "";
      if (!list.empty() && !list.starts_with("{{")) continue;  // made elsewhere
      const std::string id = (*it)[2];
      const auto given = names_given(list);
      ++raised;
      for (const std::string& key : {id, id + ".remedy"}) {
        const auto sentence = english.find(key);
        if (sentence == english.end()) continue;
        for (const std::string& name : arguments_of(sentence->second))
          CHECK_MESSAGE(given.count(name) == 1, file.path, ": ", key, " says {", name,
                        "}, which is not given");
      }
    }
  }
  CHECK(raised > 150);
}

TEST_CASE("every diagnostic code has an English sentence, and every error and warning a remedy") {
  std::vector<std::string> twice;
  const Catalogue english = read_catalogue("en", twice);
  CHECK_MESSAGE(twice.empty(), "twice in the catalogue: ", twice.empty() ? "" : twice.front());
  const std::regex use(R"((error|warning|note|failure)\(\s*"([a-z_0-9]+(?:\.[a-z_0-9]+)+)\")");
  int codes = 0;
  for (const SourceFile& file : room_sources()) {
    const std::string code = file.code();
    for (auto it = std::sregex_iterator(code.begin(), code.end(), use); it != std::sregex_iterator(); ++it) {
      const std::string id = (*it)[2];
      ++codes;
      CHECK_MESSAGE(english.count(id) == 1, file.path, ": no sentence for ", id);
      if ((*it)[1] != "note")
        CHECK_MESSAGE(english.count(id + ".remedy") == 1, file.path, ": no remedy for ", id);
    }
  }
  CHECK(codes > 0);
}

// What is declared in English where it is used (parameters, options) is its own id; that each is still
// declared is a test of the scenarios.
bool is_english_sentence(const std::string& id) {
  static const std::regex code(R"([a-z_0-9]+(\.[a-zA-Z_0-9]+)+)");
  return !std::regex_match(id, code);
}

TEST_CASE("the Chinese catalogue translates what exists and keeps the arguments") {
  std::vector<std::string> twice;
  const Catalogue english = read_catalogue("en", twice);
  const Catalogue chinese = read_catalogue("zh_CN", twice);
  CHECK_MESSAGE(twice.empty(), "twice in a catalogue: ", twice.empty() ? "" : twice.front());
  for (const auto& [id, sentence] : english) CHECK_MESSAGE(chinese.count(id) == 1, "zh_CN lacks ", id);
  for (const auto& [id, sentence] : chinese) {
    if (is_english_sentence(id)) continue;
    const auto it = english.find(id);
    CHECK_MESSAGE(it != english.end(), "zh_CN translates ", id, ", which English lacks");
    if (it == english.end()) continue;
    CHECK_MESSAGE(!sentence.empty(), id, " is empty in zh_CN");
    for (const std::string& name : arguments_of(sentence))
      CHECK_MESSAGE(arguments_of(it->second).count(name) == 1, id, " uses {", name, "} in zh_CN only");
  }
}
