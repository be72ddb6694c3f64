// Every member of a drainage network is in engine/model/drainage/describe.hpp, from which the content hash
// and the city file are made: one that is forgotten there would be lost without a word.
#include <doctest/doctest.h>

#include <regex>
#include <set>

#include "tests/architecture/source_tree.hpp"

using namespace citytwin::test;

namespace {

std::string code_of(const std::string& name) {
  for (const SourceFile& file : files_below("engine/model/drainage", {".hpp"}))
    if (file.path.ends_with("/" + name + ".hpp")) return file.code();
  return {};
}

std::string without(const std::string& text, const char* pattern) {
  return std::regex_replace(text, std::regex(pattern), " ");
}

// The names that one declaration declares: "double a = 0, b{1}" → a, b.
std::vector<std::string> declared(std::string statement) {
  statement = without(without(without(statement, R"(\{[^{}]*\})"), "<[^<>]*>"), "=[^,]*");
  std::vector<std::string> names;
  const std::regex last_word(R"((\w+)\s*(,|$))");
  for (std::sregex_iterator m(statement.begin(), statement.end(), last_word), end; m != end; ++m)
    names.push_back((*m)[1]);
  return names;
}

std::set<std::string> described(const std::string& code, const std::string& type) {
  std::set<std::string> names;
  const auto begin = code.find("Maybe<" + type + "> T>");
  if (begin == std::string::npos) return names;
  const std::string body = code.substr(begin, code.find("\n}", begin) - begin);
  const std::regex visit(R"re(visit\("(\w+)")re");
  for (std::sregex_iterator m(body.begin(), body.end(), visit), end; m != end; ++m) names.insert((*m)[1]);
  return names;
}

}  // namespace

TEST_CASE("no member of a drainage network is forgotten by its content hash and file") {
  const std::string describe = code_of("describe");
  REQUIRE(!describe.empty());
  std::size_t members = 0;
  for (const char* header :
       {"network", "catchments", "cross_section", "options", "rules", "observed", "expression"}) {
    const std::string code = code_of(header);
    std::size_t at = 0;
    while ((at = code.find("\nstruct ", at)) != std::string::npos) {
      const auto open = code.find('{', at), close = code.find("\n};", at);
      const std::string type = without(code.substr(at + 8, open - at - 8), " ");
      const std::set<std::string> known = described(describe, type.substr(0, type.find(' ')));
      std::string body = without(code.substr(open + 1, close - open - 1), "enum class[^;]*;");
      for (std::size_t end = 0; (end = body.find(';')) != std::string::npos; body.erase(0, end + 1))
        for (const std::string& name : declared(body.substr(0, end))) {
          ++members;
          CHECK_MESSAGE((name == "line" || known.contains(name)), header, ".hpp: ", type, "::", name);
        }
      at = close;
    }
  }
  CHECK(members > 150);
}
