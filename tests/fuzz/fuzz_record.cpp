// The content of a record.ctr behind a header and a hash that are right, so that the fuzzer reaches the
// layout.
#include <cstdint>
#include <cstring>
#include <string>

#include "engine/base/hash.hpp"
#include "scenarios/core/record_file.hpp"

using namespace citytwin;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string raw(reinterpret_cast<const char*>(data), size);
  (void)scenarios::parse_record(raw, {});

  // Header of record_file.cpp: magic, version, reserved, size, hash.
  const Hash128 hash = hash_bytes(data, size);
  std::string sealed = "CTRECORD";
  const auto add = [&sealed](auto value) {
    sealed.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  add(scenarios::kRecordFormatVersion);
  add(std::uint32_t{0});
  add(static_cast<std::uint64_t>(size));
  add(hash);
  sealed += raw;
  const auto record = scenarios::parse_record(sealed, {});
  if (!record) return record.diagnostics().has_errors() ? 0 : (__builtin_trap(), 0);
  // What was read is what would be written: one meaning per file.
  if (scenarios::record_bytes(*record) != sealed) __builtin_trap();
  return 0;
}
