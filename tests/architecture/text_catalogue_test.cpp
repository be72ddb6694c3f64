// Every code that a user can meet has a sentence, and what to do about it; translations keep the arguments.
#include <doctest/doctest.h>

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

}  // namespace

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

TEST_CASE("the Chinese catalogue translates what exists and keeps the arguments") {
  std::vector<std::string> twice;
  const Catalogue english = read_catalogue("en", twice);
  const Catalogue chinese = read_catalogue("zh_CN", twice);
  CHECK_MESSAGE(twice.empty(), "twice in a catalogue: ", twice.empty() ? "" : twice.front());
  for (const auto& [id, sentence] : chinese) {
    const auto it = english.find(id);
    CHECK_MESSAGE(it != english.end(), "zh_CN translates ", id, ", which English lacks");
    if (it == english.end()) continue;
    CHECK_MESSAGE(!sentence.empty(), id, " is empty in zh_CN");
    for (const std::string& name : arguments_of(sentence))
      CHECK_MESSAGE(arguments_of(it->second).count(name) == 1, id, " uses {", name, "} in zh_CN only");
  }
}
