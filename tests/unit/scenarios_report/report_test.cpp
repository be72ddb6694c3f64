#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "sample_run.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/report/comparison.hpp"
#include "scenarios/report/report.hpp"

using namespace citytwin;
namespace fs = std::filesystem;

namespace {

// Where a person can open what the tests wrote.
fs::path sample_path(const std::string& name) {
  const fs::path path = fs::path(CITYTWIN_BINARY).parent_path().parent_path() / "report_samples" / name;
  fs::create_directories(path.parent_path());
  return path;
}

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream all;
  all << file.rdbuf();
  return all.str();
}

std::string written(const scenarios::RunFolder& folder, const std::string& name) {
  const fs::path path = sample_path(name);
  REQUIRE(scenarios::write_report(folder, path, {}).ok());
  return content(path);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// Every tag that opens closes, in order.
std::string first_unclosed_tag(const std::string& html) {
  static const std::set<std::string> empty{"meta", "path", "rect", "circle", "image", "use", "!DOCTYPE"};
  std::vector<std::string> open;
  const std::size_t end = html.find("</html>") + 7;
  for (std::size_t at = html.find('<'); at != std::string::npos && at < end; at = html.find('<', at + 1)) {
    const bool closes = html[at + 1] == '/';
    const std::size_t from = at + (closes ? 2 : 1);
    const std::string tag = html.substr(from, html.find_first_of(" >/\n", from) - from);
    const std::size_t stop = html.find('>', at);
    if (empty.count(tag) != 0 || html[stop - 1] == '/') continue;
    if (!closes) {
      open.push_back(tag);
    } else if (open.empty() || open.back() != tag) {
      return tag + " at " + std::to_string(at);
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : open.back();
}

// Codes the catalogue lacks come through as codes.
std::string first_bare_code(const std::string& html) {
  static const std::regex code(R"((report|cause|rule)\.[a-z_]+[a-z_.]*)");
  std::smatch found;
  return std::regex_search(html, found, code) ? found.str() : "";
}

}  // namespace

TEST_CASE("a report of one run is one small file that needs nothing else") {
  const std::string html = written(sample::folder(false), "single.html");
  CHECK(html.size() <= 3'000'000);
  CHECK_FALSE(has(html, "<script"));
  CHECK_FALSE(has(html, "http://"));
  CHECK_FALSE(has(html, "https://"));
  CHECK_FALSE(has(html, "src="));
  CHECK(first_unclosed_tag(html) == "");
  CHECK(first_bare_code(html) == "");
}

TEST_CASE("a report answers the question, shows where, when, what and why, and says what it rests on") {
  const std::string html = written(sample::folder(false), "single.html");
  for (const char* part : {"Does a 0.8 m wall along the river",
                           "Sample Town",
                           "2026-07-14 22:30",
                           "EUR, prices of 2020",
                           "factor of two",
                           "Highest water depth",
                           "Arrival of the water",
                           "Damage by management cell",
                           "Closed streets",
                           "St. Mary&",
                           "Substation T-14",
                           "no power",
                           "Ring Road",
                           "© OpenStreetMap contributors (ODbL 1.0)",
                           "Survey &lt;of&gt; the Town &amp; Sons",
                           "permanent water",
                           "no ground data",
                           "Design storm, 80 mm in 2 h",
                           "True resolution of the source",
                           "telecommunication",
                           "fedcba98765432100123456789abcdef",
                           "citytwin run &lt;x&gt; &amp; y",
                           "Rain, mean over the city [mm/h]"}) {
    if (std::string(part) == "St. Mary&") {
      CHECK(has(html, "St. Mary's Hospital"));
    } else {
      CHECK_MESSAGE(has(html, part), part);
    }
  }
  // The chain behind the hospital's failure: no power, because the substation stopped in 0.62 m of water.
  const auto hospital = html.find("<td>St. Mary's Hospital");
  REQUIRE(hospital != std::string::npos);
  const std::string row = html.substr(hospital, html.find("</tr>", hospital) - hospital);
  CHECK(has(row, "no power"));
  CHECK(has(row, "Substation T-14 – stopped: water 0.62 m deep"));
}

TEST_CASE("a strategy is shown beside its baseline, with what changed") {
  const auto folder = sample::folder(true);
  const std::string html = written(folder, "pair.html");
  CHECK(html.size() <= 3'000'000);
  CHECK(first_unclosed_tag(html) == "");
  CHECK(first_bare_code(html) == "");
  CHECK(has(html, "without the strategy"));
  CHECK(has(html, "Change of the highest depth"));
  CHECK(has(html, "Change of the damage"));
  CHECK(has(html, "The measures cost EUR 2.40 million."));
  CHECK(has(html, "measure: flood wall"));
  CHECK(has(html, "measure: retention basin"));
  CHECK(has(html, "measure: sealed building"));
  CHECK(has(html, "stroke=\"#c51b8a\""));  // the wall, on its map
  CHECK(has(html, "Facilities whose fate differs"));
  CHECK(has(scenarios::headline(folder), "River wall: damage EUR"));
}

TEST_CASE("the report speaks Chinese") {
  scenarios::set_language("zh_CN");
  const std::string html = written(sample::folder(true), "pair_zh.html");
  scenarios::set_language("en");
  CHECK(has(html, "lang=\"zh-CN\""));
  CHECK(has(html, "最大水深"));
  CHECK_FALSE(has(html, "Highest"));
  CHECK(first_bare_code(html) == "");
}

TEST_CASE("a run that is not sound says so above every section and on every printed page") {
  auto folder = sample::folder(true);
  folder.run.record.status = RunStatus::failed;
  folder.baseline->record.status = RunStatus::degraded;
  const std::string html = written(folder, "failed.html");
  const auto count = [&](const std::string& part) {
    std::size_t n = 0;
    for (std::size_t at = html.find(part); at != std::string::npos; at = html.find(part, at + 1)) ++n;
    return n;
  };
  CHECK(count("FAILED after") == count("<h2>") + 1);
  CHECK(count("was degraded") == count("<h2>") + 1);
  CHECK(has(html, "class=\"status-mark\""));
  CHECK_FALSE(has(written(sample::folder(false), "single.html"), "class=\"status-mark\""));
}

TEST_CASE("two folders compare, and what cannot be compared says so") {
  const auto a = sample::folder(false);
  auto b = sample::folder(true);
  const fs::path path = sample_path("comparison.html");
  REQUIRE(scenarios::write_comparison_report(a, b, path, {}).ok());
  const std::string html = content(path);
  CHECK(has(html, "A: River flood with a wall, River flood"));
  CHECK(has(html, "B: River flood with a wall, River wall"));
  CHECK(has(html, "Change of the highest depth"));
  CHECK(first_unclosed_tag(html) == "");

  b.run.record.grids[0].grid = Grid<float>({{0, 0}, 20, 120, 80}, 0.2F);
  b.run.record.grids.resize(1);
  REQUIRE(scenarios::write_comparison_report(a, b, path, {}).ok());
  CHECK(has(content(path), "different grids"));
}

TEST_CASE("a report of a large, finely pitted grid stays within its weight") {
  auto folder = sample::folder(true);
  for (scenarios::FinishedRun* run : {&folder.run, folder.baseline.get()}) {
    Grid<float> depth({{0, 0}, 0.8, 3000, 2000}, kNoData);
    std::uint32_t n = run == &folder.run ? 1 : 2;
    for (float& d : depth.values) d = static_cast<float>((n = n * 1664525U + 1013904223U) >> 24U) / 100.0F;
    run->record.grids[0].grid = depth;
    run->record.grids[1].grid = depth;
  }
  CHECK(written(folder, "large.html").size() <= 3'000'000);
}

TEST_CASE("an empty city and a run without water still give a report") {
  auto built = build_city(CityTables{});
  REQUIRE(built.ok());
  scenarios::RunFolder folder;
  folder.run.model = std::make_shared<const CityModel>(*std::move(built));
  folder.run.impact = risk::assess(*folder.run.model, folder.run.record, {}, {});
  const std::string html = written(folder, "empty.html");
  CHECK(first_unclosed_tag(html) == "");
  CHECK(has(html, "No ground is flooded"));
}

TEST_CASE("rings of needs are named, and a coarse run is called a screening on its first page") {
  auto folder = sample::folder(false);
  CHECK_FALSE(has(written(folder, "rings.html"), "Facilities that need each other"));
  const auto& keys = folder.run.model->facilities().origin.key;
  folder.run.record.dependency_cycles = {{keys[0], keys[1]}};
  folder.run.record.grids[0].grid = Grid<float>({{0, 0}, 20, 120, 80}, 0.2F);
  const std::string html = written(folder, "rings.html");
  const auto at = html.find("Facilities that need each other");
  REQUIRE(at != std::string::npos);
  CHECK(html.find("<li>St. Mary's Hospital, Substation T-14</li>", at) != std::string::npos);
  CHECK(html.find("This is a screening") < html.find("<h2>"));
}

TEST_CASE("what closed streets alone cut off is told apart from what is flooded or without supply") {
  auto folder = sample::folder(false);
  const std::string html = written(folder, "cut_off.html");
  CHECK(has(html, "2 of 8 facilities are flooded or without supply: "));
  CHECK(has(html, "1 cannot be reached from outside, though dry and supplied: "));
  CHECK(has(html, "Flooded or without supply (2)"));
  CHECK(has(html, "Cannot be reached from outside (1)"));
  CHECK(has(html, "facility that cannot be reached from outside"));
  CHECK_FALSE(has(html, "every way into the city"));
  CHECK(has(scenarios::headline(folder),
            "2 facilities are flooded or without supply; 1 cannot be reached from outside"));
  // Flooded later, it counts as flooded.
  RunRecord& r = folder.run.record;
  Occurrence later = *std::find_if(r.occurrences.begin(), r.occurrences.end(),
                                   [](const Occurrence& o) { return o.reason == "cause.no_access"; });
  later.reason = "cause.flooded";
  r.occurrences.push_back(later);
  CHECK(has(scenarios::headline(folder), "3 facilities stop working"));
}

TEST_CASE("where all that needs a way in from outside loses it, that is said once") {
  CityTables t = sample::town();
  const auto need_way_in = [&](std::size_t facility) {
    t.needs.facility.emplace_back(facility);
    t.needs.kind.push_back(NeedKind::access);
    t.needs.provider.emplace_back("entry");
    t.needs.threshold_depth.push_back(0);
    t.needs.backup_h.push_back(0);
    t.needs.provenance.push_back(Provenance::estimated);
    t.needs.source.emplace_back("estimated");
  };
  need_way_in(4);
  auto folder = sample::folder(false);
  folder.run.model = std::make_shared<const CityModel>(*build_city(std::move(t)));
  const std::string html = written(folder, "no_way_in.html");
  const std::string said = "Closed streets (1 street section) shut every way into the city";
  REQUIRE(has(html, said));
  CHECK(html.find(said) == html.rfind(said));
  t = sample::town();
  need_way_in(4);
  need_way_in(3);  // keeps working
  folder.run.model = std::make_shared<const CityModel>(*build_city(std::move(t)));
  CHECK_FALSE(has(written(folder, "no_way_in.html"), "every way into the city"));
}

TEST_CASE("a chain of causes that two facilities share is told once") {
  auto folder = sample::folder(false);
  RunRecord& r = folder.run.record;
  const auto shared = std::find_if(r.occurrences.begin(), r.occurrences.end(),
                                   [](const Occurrence& o) { return o.reason == "cause.no_access"; });
  REQUIRE(shared != r.occurrences.end());
  Occurrence again = *shared;
  again.asset = folder.run.model->facilities().origin.key[2];
  r.facilities.first_failed[2] = 3700;
  r.occurrences.push_back(again);
  CHECK(has(written(folder, "shared.html"), "(the same causes as of No. 2)"));
}

TEST_CASE("a stopped report leaves no file") {
  const fs::path path = sample_path("stopped.html");
  fs::remove(path);
  const std::atomic<bool> stop{true};
  RunContext context;
  context.stop = &stop;
  CHECK_THROWS_AS((void)scenarios::write_report(sample::folder(false), path, context), Stopped);
  CHECK_FALSE(fs::exists(path));
}
