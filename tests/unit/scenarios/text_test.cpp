#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include <fmt/format.h>

#include "engine/domains/surface_water/obstacles.hpp"
#include "scenarios/core/catalogue.hpp"
#include "scenarios/core/scenario.hpp"
#include "scenarios/core/sections.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/events/event.hpp"
#include "scenarios/measures/measure.hpp"
#include "scenarios/projections/projection.hpp"
#include "scenarios/standalone/flood_tables.hpp"

using namespace citytwin;
using namespace citytwin::scenarios;

namespace {

std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// String literals of the program that begin with one of the catalogue's own areas.
std::set<std::string> literals() {
  static const std::regex code(
      "\"((?:stage|cause|rule|dropped|repaired|csv|shape|source|assumption|severity|label|cli|"
      "list|why|text)\\.[a-z0-9_]+(?:\\.[a-z0-9_]+)*)\"");
  std::set<std::string> found;
  for (const char* room : {"engine", "gis", "scenarios", "tools"})
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::string(CITYTWIN_SOURCE_DIR "/") + room)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
      const std::string content = content_of(entry.path());
      for (std::sregex_iterator it(content.begin(), content.end(), code), end; it != end; ++it) {
        // Comments speak of codes that exist only as examples.
        const auto line_start = content.rfind('\n', static_cast<std::size_t>(it->position())) + 1;
        if (content.substr(line_start, static_cast<std::size_t>(it->position()) - line_start).find("//") ==
            std::string::npos)
          found.insert((*it)[1]);
      }
    }
  found.erase("source.columns");  // a table of a recipe
  return found;
}

// Every English sentence of a declaration: of parameters and their sources.
std::set<std::string> declared_sentences() {
  std::vector<ParameterTable> tables;
  std::set<std::string> sentences;
  for (const auto& sections : {scenario_sections(), flood_sections(), recipe_sections()})
    for (const FileSection& section : sections) {
      tables.push_back(section.parameters);
      // Types of events and measures have a code: measure.flood_wall.
      if (section.type.empty()) sentences.insert(section.text);
    }
  for (const auto& table : tables)
    for (const Parameter& p : table) {
      sentences.insert(p.text);
      if (p.source.find("estimated") == 0) sentences.insert(p.source);
    }
  return sentences;
}

struct English {
  English() { set_language("en"); }
  ~English() { set_language("en"); }
};

}  // namespace

TEST_CASE("gettext files: continuation lines, escapes, comments, and the first bad line") {
  const auto po = parse_po(
      "# comment\nmsgid \"\"\nmsgstr \"header\\n\"\n\nmsgid \"a.b\"\nmsgstr \"one \"\n\"\\\"two\\\"\"\n");
  REQUIRE(po.entries.size() == 2);
  CHECK(po.bad_line == 0);
  CHECK(po.entries[1].id == "a.b");
  CHECK(po.entries[1].text == "one \"two\"");
  CHECK(po.entries[1].line == 5);
  CHECK(parse_po("msgid \"a\"\nmsgstr \"b\nmsgid \"c\"\n").bad_line == 2);
}

TEST_CASE("the catalogue's files are well formed") {
  for (const char* language : {"en", "zh_CN"})
    for (const auto& entry : std::filesystem::directory_iterator(data_folder() + "/text/" + language)) {
      if (entry.path().extension() != ".po") continue;
      const auto po = parse_po(content_of(entry.path()));
      CHECK_MESSAGE(po.bad_line == 0, entry.path().string(), ":", po.bad_line);
      CHECK(!po.entries.empty());
    }
}

TEST_CASE("sentences carry place, arguments and remedy, in two languages") {
  const English english;
  Diagnostic d{Severity::error,
               "toml.unknown_key",
               {{"key", "cel_m"}, {"nearest", "cell_m"}},
               {"x.toml", "", "", "grid.cel_m", 12}};
  CHECK(sentence(d) == "error: x.toml:12 [grid.cel_m]: The key cel_m is not known. (did you mean cell_m?)");
  set_language("zh_CN");
  CHECK(sentence(d).find("cell_m") != std::string::npos);
  CHECK(sentence(d).find("未知") != std::string::npos);
  set_language("fr");  // unknown: English
  CHECK(text("severity.error") == "error");
  CHECK(text("no.such_code") == "no.such_code");
  CHECK_FALSE(has_text("no.such_code"));
  CHECK(text("text.hours", {{"hours", "{hours}"}}) == "{hours} h");  // a value is not expanded again
}

TEST_CASE("a kind of value that a room without a catalogue names is said in words") {
  const English english;
  const Diagnostic d{
      Severity::error, "toml.wrong_type", {{"expected", "table"}, {"found", "array"}, {"unit", ""}}, {}};
  CHECK(sentence(d).find("table is needed, not list.") != std::string::npos);
  set_language("zh_CN");
  CHECK(sentence(d).find("需要表类型的值，而不是数组。") != std::string::npos);
}

TEST_CASE("every code of the catalogue's own areas that the program uses has an English text") {
  const English english;
  const auto codes = literals();
  CHECK(codes.size() > 40);
  for (const auto& code : codes) CHECK_MESSAGE(has_text(code), code);
}

TEST_CASE("the rule of porous cells names the least open share that the solver takes") {
  const English english;
  const std::string share = fmt::format(" {} %", std::lround(100 * surface_water::kLeastShare));
  for (const char* language : {"en", "zh_CN"}) {
    set_language(language);
    CHECK_MESSAGE(text("rule.buildings_porosity").find(share) != std::string::npos, language);
  }
}

TEST_CASE("what is declared has a sentence for what it did") {
  const English english;
  for (const auto& m : all_measures()) {
    CHECK_MESSAGE(has_text("measure." + m.name), m.name);
    CHECK_MESSAGE(has_text("measure." + m.name + ".done"), m.name);
    CHECK(m.lifetime_years > 0);
    CHECK(!m.lifetime_source.empty());
  }
  for (const auto& e : all_events()) {
    CHECK_MESSAGE(has_text("event." + e.name), e.name);
    CHECK_MESSAGE(has_text("event." + e.name + ".done"), e.name);
  }
  for (const auto& p : all_projections()) CHECK_MESSAGE(has_text("projection." + p.name), p.name);
}

TEST_CASE("what is declared in English has its Chinese, found by the English words") {
  const auto chinese = read_catalogue("zh_CN");
  for (const std::string& sentence : declared_sentences())
    CHECK_MESSAGE(chinese.count(sentence) == 1, "data/text/zh_CN/declared.po lacks: ", sentence);
  for (const auto& entry : std::filesystem::directory_iterator(library_folder())) {
    const auto file = read_scenario(entry.path(), {});
    REQUIRE(file.ok());
    CHECK_MESSAGE(file->root.find("title") != nullptr, entry.path().string());
    CHECK_MESSAGE(chinese.count(file->title) == 1, file->title);
    CHECK_MESSAGE(chinese.count(file->question) == 1, file->question);
  }
}

TEST_CASE("no Chinese of something that is no longer declared") {
  std::string program;  // options of commands and titles of scenarios stand there word by word
  for (const char* room : {"scenarios", "tools/citytwin", "engine/domains"})
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::string(CITYTWIN_SOURCE_DIR "/") + room))
      if (entry.is_regular_file()) program += content_of(entry.path());
  program = std::regex_replace(program, std::regex(R"(\"\s*\n\s*\")"), "");  // literals over two lines
  program = std::regex_replace(program, std::regex(R"(\\")"), "\"");
  const auto declared = declared_sentences();
  const std::set<std::string> of_cli11 = {"Display program version information and exit",
                                          "Print this help message and exit", "Options", "Subcommands"};
  for (const auto& entry : parse_po(content_of(data_folder() + "/text/zh_CN/declared.po")).entries)
    if (!entry.id.empty() && declared.count(entry.id) == 0 && of_cli11.count(entry.id) == 0)
      CHECK_MESSAGE(program.find(entry.id) != std::string::npos, "no longer said: ", entry.id);
}
