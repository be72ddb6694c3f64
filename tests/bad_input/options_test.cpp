// Numbers on the command line that make no sense are refused by every command, in the user's language.
#include <doctest/doctest.h>

#include "tests/bad_input/program.hpp"
#include "tests/unit/gis/io/temporary_folder.hpp"

using namespace citytwin::bad_input;

TEST_CASE("nonsense on the command line ends in code 2 and a sentence") {
  const citytwin::gis::test::TemporaryFolder folder;
  const std::vector<std::vector<std::string>> commands = {
      {"run", "cloudburst"}, {"flood", "case.toml", "-o", "out"}, {"bench"}};
  for (const auto& command : commands)
    for (const char* threads : {"0", "-1", "1e9", "two", "nan"}) {
      auto arguments = command;
      arguments.insert(arguments.end(), {"--threads", threads});
      const Outcome outcome = run_citytwin(arguments, folder.path());
      CHECK_MESSAGE(outcome.exit_code == 2, command.front(), " --threads ", threads);
      CHECK(outcome.messages.find(threads) != std::string::npos);
      CHECK(outcome.messages.find("--help") != std::string::npos);
    }
  for (const char* memory : {"-5", "0", "nan", "inf", "much"}) {
    const Outcome outcome = run_citytwin({"run", "cloudburst", "--memory", memory}, folder.path());
    CHECK_MESSAGE(outcome.exit_code == 2, "--memory ", memory);
    CHECK(outcome.messages.find("error: ") == 0);
  }
  for (const char* population : {"-5", "nan", "inf", "abc"}) {
    const Outcome outcome =
        run_citytwin({"generate", "--population", population, "-o", "c.gpkg"}, folder.path());
    CHECK_MESSAGE(outcome.exit_code == 2, "--population ", population);
    CHECK(outcome.messages.find("1000000") != std::string::npos);
  }
  for (const char* seed : {"-1", "1e30", "nan", "1.5"}) {
    const Outcome outcome = run_citytwin({"generate", "--seed", seed, "-o", "c.gpkg"}, folder.path());
    CHECK_MESSAGE(outcome.exit_code == 2, "--seed ", seed);
    CHECK(outcome.messages.size() < 200);
  }
}

TEST_CASE("help and errors of the command line speak Chinese") {
  const citytwin::gis::test::TemporaryFolder folder;
  const Outcome help = run_citytwin({"run", "--help", "--language", "zh_CN"}, folder.path());
  CHECK(help.exit_code == 0);
  CHECK(help.output.find("情景文件") != std::string::npos);
  CHECK(help.output.find("worker threads") == std::string::npos);
  CHECK(help.output.find("Options") == std::string::npos);
  const Outcome wrong = run_citytwin({"run", "--threads", "0", "x", "--language=zh_CN"}, folder.path());
  CHECK(wrong.messages.find("错误") == 0);
}
