#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "sample_run.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/report/comparison.hpp"
#include "scenarios/report/report.hpp"

using namespace citytwin;
namespace fs = std::filesystem;

namespace {

std::string written(const scenarios::RunFolder& folder, const std::string& name) {
  const fs::path path = fs::path(CITYTWIN_BINARY).parent_path().parent_path() / "report_samples" / name;
  fs::create_directories(path.parent_path());
  const auto done = scenarios::write_report(folder, path, {});
  REQUIRE(done.ok());
  std::ifstream file(path, std::ios::binary);
  std::stringstream content;
  content << file.rdbuf();
  MESSAGE(path.string(), ": ", content.str().size() / 1000, " kB");
  return content.str();
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a report of one run is one small file that needs nothing else") {
  const std::string html = written(sample::folder(false), "single.html");
  CHECK(html.size() <= 3'000'000);
  CHECK(has(html, "Does a 0.8 m wall"));
  CHECK_FALSE(has(html, "<script"));
  CHECK_FALSE(has(html, "http://"));
  CHECK_FALSE(has(html, "src="));
}

TEST_CASE("a report of a strategy shows the baseline beside it, also in Chinese") {
  const auto folder = sample::folder(true);
  const std::string html = written(folder, "pair.html");
  CHECK(html.size() <= 3'000'000);
  CHECK(has(html, "without the strategy"));
  scenarios::set_language("zh_CN");
  const std::string chinese = written(folder, "pair_zh.html");
  scenarios::set_language("en");
  CHECK(has(chinese, "lang=\"zh-CN\""));
}
