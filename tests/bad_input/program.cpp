#include "tests/bad_input/program.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <regex>

#include "scenarios/core/text.hpp"
#include "tests/bad_input/files.hpp"
#include "tests/unit/gis/io/temporary_folder.hpp"

namespace citytwin::bad_input {
namespace {

namespace fs = std::filesystem;

constexpr double kMaxRssMb = 1000;
constexpr rlim_t kCpuSeconds = 20;
constexpr rlim_t kAddressSpace = rlim_t{4} << 30U;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

std::vector<std::string> listing(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    names.push_back(fs::relative(entry.path(), folder).string());
  std::sort(names.begin(), names.end());
  return names;
}

[[noreturn]] void become(const std::vector<std::string>& arguments, const fs::path& folder,
                         const fs::path& messages, const fs::path& output) {
  const auto limit = [](auto resource, rlim_t value) {
    const rlimit bound{value, value};
    setrlimit(resource, &bound);
  };
  limit(RLIMIT_CPU, kCpuSeconds);
  limit(RLIMIT_CORE, 0);
  if (!kSanitized) limit(RLIMIT_AS, kAddressSpace);
  constexpr int kNew = O_WRONLY | O_CREAT | O_TRUNC;
  const int null = open("/dev/null", O_RDWR);
  dup2(open(messages.c_str(), kNew, 0600), STDERR_FILENO);
  dup2(open(output.c_str(), kNew, 0600), STDOUT_FILENO);
  dup2(null, STDIN_FILENO);
  std::vector<char*> argv{const_cast<char*>(CITYTWIN_BINARY)};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  if (chdir(folder.c_str()) == 0) execv(CITYTWIN_BINARY, argv.data());
  _exit(127);
}

// The first words of a sentence of the catalogue, up to its first argument.
std::string beginning(const std::string& code) {
  const std::string sentence = scenarios::text(code);
  return sentence.substr(0, sentence.find('{'));
}

// The first {argument} that a sentence was printed with.
std::string empty_argument(const std::string& messages) {
  static const std::regex argument(R"(\{[a-z_0-9]+\})");
  std::smatch found;
  return std::regex_search(messages, found, argument) ? found.str() : std::string();
}

void check_one(const BadCase& bad) {
  INFO("case: ", bad.name);
  const gis::test::TemporaryFolder folder;
  const auto arguments = bad.prepare(folder.path());
  const auto before = listing(folder.path());
  const Outcome outcome = run_citytwin(arguments, folder.path());
  INFO("messages: ", outcome.messages);
  CHECK(outcome.exit_code == 2);
  CHECK_MESSAGE(scenarios::has_text(bad.code), "no sentence for " << bad.code);
  CHECK_MESSAGE(scenarios::has_text(bad.code + ".remedy"), "no remedy for " << bad.code);
  CHECK_MESSAGE(outcome.messages.find(beginning(bad.code)) != std::string::npos, "not said: " << bad.code);
  CHECK_MESSAGE(empty_argument(outcome.messages).empty(),
                "not filled in: ", empty_argument(outcome.messages));
  CHECK(outcome.seconds < bad.max_seconds * (kSanitized ? 10 : 1));
  if (!kSanitized) CHECK(outcome.peak_rss_mb < kMaxRssMb);
  CHECK(listing(folder.path()) == before);
  std::string line = outcome.messages.substr(0, outcome.messages.find('\n'));
  if (const auto at = line.find(folder.path().string()); at != std::string::npos)
    line.erase(at, folder.path().string().size() + 1);
  MESSAGE(bad.name << " -> " << line);
}

}  // namespace

Outcome run_citytwin(const std::vector<std::string>& arguments, const fs::path& folder) {
  const gis::test::TemporaryFolder elsewhere;
  const fs::path messages = elsewhere / "stderr.txt";
  const fs::path output = elsewhere / "stdout.txt";
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) become(arguments, folder, messages, output);
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  Outcome outcome;
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  outcome.peak_rss_mb = static_cast<double>(usage.ru_maxrss) / 1024;
  outcome.messages = content_of(messages);
  outcome.output = content_of(output);
  return outcome;
}

void check_refused(const std::vector<BadCase>& cases) {
  REQUIRE_MESSAGE(fs::exists(CITYTWIN_BINARY), "build the target citytwin first");
  for (const BadCase& bad : cases) check_one(bad);
}

void check_accepted(const BadCase& good) {
  REQUIRE_MESSAGE(fs::exists(CITYTWIN_BINARY), "build the target citytwin first");
  INFO("case: ", good.name);
  const gis::test::TemporaryFolder folder;
  const auto arguments = good.prepare(folder.path());
  const Outcome outcome = run_citytwin(arguments, folder.path());
  CHECK_MESSAGE(outcome.exit_code == 0, outcome.messages);
}

}  // namespace citytwin::bad_input
