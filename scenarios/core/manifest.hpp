// manifest.json and summary.json of an output folder.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "scenarios/core/run.hpp"
#include "scenarios/core/scenario.hpp"

namespace citytwin::scenarios {

// What the files were: for the manifest.
struct InputFiles {
  std::filesystem::path scenario, city;  // absolute
  std::string scenario_hash, city_hash;  // of the scenario's bytes; the city's content hash
};

[[nodiscard]] nlohmann::json manifest_json(const Plan& plan, const RunRecord& record, const InputFiles& files,
                                           const RunOptions& options);
[[nodiscard]] nlohmann::json text_json(const ScenarioText& text);
[[nodiscard]] ScenarioText text_from_json(const nlohmann::json& json);
// Scalars only: {"city": {"hash": "ab"}} → "city.hash" = "ab"; arrays by number from 1.
[[nodiscard]] std::map<std::string, std::string> flattened(const nlohmann::json& json);

[[nodiscard]] std::string_view status_name(RunStatus status);
[[nodiscard]] nlohmann::json totals_json(const risk::Totals& totals);
// Their codes, and of the warnings code and sentence in the language of the moment.
[[nodiscard]] nlohmann::json codes_json(const Diagnostics& diagnostics);
[[nodiscard]] nlohmann::json warnings_json(const Diagnostics& noticed);
// Of one run alone.
[[nodiscard]] nlohmann::json run_summary(const FinishedRun& run);
// totals of `run` minus those of `base`.
[[nodiscard]] nlohmann::json difference_json(const risk::Totals& run, const risk::Totals& base);

// Reads a file as JSON; failure "json.broken".
[[nodiscard]] Result<nlohmann::json> read_json(const std::filesystem::path& path);
Result<Done> write_json(const std::filesystem::path& path, const nlohmann::json& json);

}  // namespace citytwin::scenarios
