#include "scenarios/core/record_file.hpp"

#include <cstring>
#include <stdexcept>

#include "engine/sim/record_layout.hpp"
#include "gis/io/atomic_file.hpp"

namespace citytwin::scenarios {
namespace {

constexpr char kMagic[8] = {'C', 'T', 'R', 'E', 'C', 'O', 'R', 'D'};

constexpr std::uint32_t kTablesSince = 2;  // format version

struct Header {
  char magic[8] = {};
  std::uint32_t version = 0;
  std::uint32_t reserved = 0;
  std::uint64_t size = 0;
  Hash128 hash;
};
static_assert(sizeof(Header) == 40);

template <class Archive, class G>
void grid_layout(Archive& archive, G& g) {
  archive.fields(g.name, g.unit, g.grid.spec.origin, g.grid.spec.cell_m, g.grid.spec.nx, g.grid.spec.ny,
                 g.grid.values);
  if constexpr (Archive::kLoading)
    if (g.grid.values.size() != g.grid.spec.size()) throw std::runtime_error("grid size");
}

template <class Archive, class B>
void balance_layout(Archive& archive, B& b) {
  archive.fields(b.domain, b.unit, b.initial, b.in, b.out, b.storage);
  archive.list(b.parts, [&](auto& part) { archive.fields(part.name, part.in, part.out); });
}

template <class Archive, class T>
void table_layout(Archive& archive, T& t) {
  archive.fields(t.name);
  archive.list(t.key, [&](auto& key) { archive.fields(key); });
  archive.list(t.columns, [&](auto& c) { archive.fields(c.name, c.unit, c.value); });
  if constexpr (Archive::kLoading)
    for (const auto& column : t.columns)
      if (column.value.size() != t.key.size()) throw std::runtime_error("table size");
}

template <class Archive, class R>
void record_layout(Archive& archive, R& r, std::uint32_t version) {
  archive.fields(r.status);
  diagnostics_layout(archive, r.reasons);
  archive.fields(r.ended, r.hash_trace, r.hash);
  archive.list(r.series, [&](auto& s) { series_layout(archive, s); });
  archive.list(r.grids, [&](auto& g) { grid_layout(archive, g); });
  archive.list(r.balances, [&](auto& b) { balance_layout(archive, b); });
  if (version >= kTablesSince) archive.list(r.tables, [&](auto& t) { table_layout(archive, t); });
  archive.list(r.rules, [&](auto& rule) { archive.fields(rule); });
  archive.list(r.occurrences, [&](auto& o) { occurrence_layout(archive, o); });
  archive.list(r.unmodelled_needs, [&](auto& n) { archive.fields(n.facility, n.need, n.provider); });
  archive.fields(r.links.max_depth, r.links.first_closed, r.links.closed_duration);
  archive.fields(r.facilities.max_depth, r.facilities.first_failed, r.facilities.failed_duration,
                 r.facilities.final_level);
  archive.list(r.dependency_cycles,
               [&](auto& ring) { archive.list(ring, [&](auto& key) { archive.fields(key); }); });
  archive.list(r.controls, [&](auto& c) { control_layout(archive, c); });
  if constexpr (Archive::kLoading)
    r.display.load(archive);
  else
    r.display.save(archive);
  archive.list(r.checkpoints, [&](auto& c) { archive.fields(c.time, c.bytes); });
}

}  // namespace

std::string record_bytes(const RunRecord& record) {
  SaveArchive archive;
  record_layout(archive, record, kRecordFormatVersion);
  const auto& bytes = archive.bytes();
  Header header;
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  header.version = kRecordFormatVersion;
  header.size = bytes.size();
  header.hash = hash_bytes(bytes.data(), bytes.size());
  std::string out(reinterpret_cast<const char*>(&header), sizeof header);
  out.append(bytes.data(), bytes.size());
  return out;
}

Result<RunRecord> parse_record(const std::string& content, const Where& where) {
  Header header;
  if (content.size() < sizeof header) return Result<RunRecord>::failure("record.not_a_record", where);
  std::memcpy(&header, content.data(), sizeof header);
  if (std::memcmp(header.magic, kMagic, sizeof kMagic) != 0)
    return Result<RunRecord>::failure("record.not_a_record", where);
  if (header.version > kRecordFormatVersion)
    return Result<RunRecord>::failure("record.newer", where, {{"version", std::to_string(header.version)}});
  const std::vector<char> bytes(content.begin() + sizeof header, content.end());
  if (bytes.size() != header.size || !(hash_bytes(bytes.data(), bytes.size()) == header.hash))
    return Result<RunRecord>::failure("record.broken", where);
  RunRecord record;
  try {
    LoadArchive archive(bytes);
    record_layout(archive, record, header.version);
    if (!archive.at_end()) return Result<RunRecord>::failure("record.broken", where);
  } catch (const std::runtime_error&) {
    return Result<RunRecord>::failure("record.broken", where);
  }
  return record;
}

Result<Done> write_record(const RunRecord& record, const std::filesystem::path& path) {
  return gis::write_file(path, record_bytes(record));
}

Result<RunRecord> read_record(const std::filesystem::path& path) {
  const auto content = gis::read_file(path, std::uintmax_t{16} << 30U);
  if (!content) return Result<RunRecord>(content.diagnostics());
  return parse_record(*content, {path.string(), "", "", "", 0});
}

}  // namespace citytwin::scenarios
