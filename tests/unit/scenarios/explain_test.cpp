#include <doctest/doctest.h>

#include <filesystem>

#include <unistd.h>

#include "gis/io/atomic_file.hpp"
#include "scenarios/core/record_file.hpp"
#include "scenarios/core/run.hpp"

using namespace citytwin;
using namespace citytwin::scenarios;
namespace fs = std::filesystem;

namespace {

// A folder with what `why` reads of a run, in a place of this process's own.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("citytwin_explain." + std::to_string(getpid()));
  explicit Folder(const std::string& manifest) {
    fs::create_directories(path);
    REQUIRE(gis::write_file(path / "manifest.json", manifest).ok());
  }
  ~Folder() { fs::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
};

}  // namespace

TEST_CASE("a state is told up to the end of the run, and not beyond") {
  const Folder folder(R"({"run": {"start": "2026-07-14T16:00:00+02:00"}})");
  RunRecord r;
  r.ended = SimTime::from_seconds(7200);
  r.occurrences.push_back(
      {SimTime::from_seconds(600), "hospital/1", "hospital", "working", "failed", "cause.flooded", 0.25, {}});
  REQUIRE(write_record(r, folder.path / "record.ctr").ok());
  const auto after = explain(folder.path, "hospital/1", "99h");
  REQUIRE(after.ok());
  CHECK(after->starts_with("The run ends at 2026-07-14T18:00:00+02:00"));
  CHECK(after->find("07-18") == std::string::npos);
  const auto during = explain(folder.path, "hospital/1", "1h");
  REQUIRE(during.ok());
  CHECK_FALSE(during->starts_with("The run ends"));
}

TEST_CASE("a comparison has no log, and says so") {
  const Folder folder(R"({"comparison": {"a": "A", "b": "B"}})");
  const auto why = explain(folder.path, "hospital/1", "");
  REQUIRE_FALSE(why.ok());
  CHECK(why.diagnostics().has("why.of_comparison"));
}
