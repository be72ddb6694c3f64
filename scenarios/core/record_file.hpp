// A RunRecord as one binary file: magic, format version, length, content, hash of the content. Everything but
// the `machine` block (that is in summary.json), so the file has the same bytes for any thread count. Written
// and read on the same kind of machine (byte order and widths as in memory).
#pragma once

#include <filesystem>
#include <string>

#include "engine/base/result.hpp"
#include "engine/sim/run_record.hpp"

namespace citytwin::scenarios {

inline constexpr std::uint32_t kRecordFormatVersion = 2;  // older opens, newer is refused

[[nodiscard]] std::string record_bytes(const RunRecord& record);
Result<Done> write_record(const RunRecord& record, const std::filesystem::path& path);

// Errors: record.not_a_record, record.newer, record.broken (cut short, or its hash does not match).
[[nodiscard]] Result<RunRecord> read_record(const std::filesystem::path& path);
[[nodiscard]] Result<RunRecord> parse_record(const std::string& bytes, const Where& where);

}  // namespace citytwin::scenarios
