// Every word of the books has a sentence and a remedy in both languages.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace fs = std::filesystem;

namespace {

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::set<std::string> matches(const fs::path& folder, const std::string& extension,
                              const std::regex& pattern) {
  std::set<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != extension) continue;
    const std::string text = content(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it)
      found.insert((*it)[1]);
  }
  return found;
}

}  // namespace

TEST_CASE("codes of the import's books and findings have text and remedy") {
  const fs::path root = CITYTWIN_SOURCE_DIR;
  const auto codes =
      matches(root / "gis", ".cpp",
              std::regex("\"((dropped|repaired|void|check|osm|area|extent|needs|layer|recipe)\\.[a-z_]+)\""));
  REQUIRE(codes.size() > 60);
  for (const char* language : {"en", "zh_CN"}) {
    const auto texts = matches(root / "data/text" / language, ".po", std::regex("msgid \"([^\"]+)\""));
    for (const std::string& code : codes) {
      if (code.starts_with("osm.") && (code == "osm.gz" || code == "osm.bz")) continue;  // file formats
      CAPTURE(language);
      CAPTURE(code);
      CHECK(texts.contains(code));
      CHECK(texts.contains(code + ".remedy"));
    }
  }
}
