#include "scenarios/core/record_file.hpp"

#include <cstring>
#include <stdexcept>
#include <type_traits>

#include "engine/base/archive.hpp"
#include "gis/io/atomic_file.hpp"

namespace citytwin::scenarios {
namespace {

constexpr char kMagic[8] = {'C', 'T', 'R', 'E', 'C', 'O', 'R', 'D'};

struct Header {
  char magic[8] = {};
  std::uint32_t version = 0;
  std::uint32_t reserved = 0;
  std::uint64_t size = 0;
  Hash128 hash;
};
static_assert(sizeof(Header) == 40);

// One description of the layout for both directions: `a.field(x)` saves or loads x.
struct Saver {
  SaveArchive& archive;
  static constexpr bool kLoading = false;
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void field(const T& v) const { archive.value(v); }
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void field(const std::vector<T>& v) const { archive.vector(v); }
  void field(const std::string& s) const { archive.text(s); }
};

struct Loader {
  LoadArchive& archive;
  static constexpr bool kLoading = true;
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void field(T& v) const { archive.value(v); }
  template <class T>
  requires std::is_trivially_copyable_v<T>
  void field(std::vector<T>& v) const { archive.vector(v); }
  void field(std::string& s) const { archive.text(s); }
};

template <class Io, class List, class Each>
void list(const Io& io, List& items, Each&& each) {
  std::uint64_t n = items.size();
  io.field(n);
  if constexpr (Io::kLoading) {
    items.clear();
    // One by one: a broken count ends in "too short" before it can ask for absurd memory.
    for (std::uint64_t i = 0; i < n; ++i) each(items.emplace_back());
  } else {
    for (auto& item : items) each(item);
  }
}

template <class Io, class D>
void diagnostics(const Io& io, D& all) {
  std::vector<Diagnostic> items = all.items();
  list(io, items, [&](auto& d) {
    io.field(d.severity);
    io.field(d.code);
    list(io, d.args, [&](auto& arg) {
      io.field(arg.first);
      io.field(arg.second);
    });
    for (auto* text : {&d.where.file, &d.where.layer, &d.where.feature, &d.where.key}) io.field(*text);
    io.field(d.where.line);
  });
  if constexpr (Io::kLoading)
    for (auto& d : items) all.add(std::move(d));
}

template <class Io, class G>
void grid(const Io& io, G& g) {
  io.field(g.name);
  io.field(g.unit);
  io.field(g.grid.spec.origin);
  io.field(g.grid.spec.cell_m);
  io.field(g.grid.spec.nx);
  io.field(g.grid.spec.ny);
  io.field(g.grid.values);
  if constexpr (Io::kLoading)
    if (g.grid.values.size() != g.grid.spec.size()) throw std::runtime_error("grid size");
}

template <class Io, class R>
void assets(const Io& io, R& r) {
  for (auto* column : {&r.links.max_depth, &r.links.first_closed, &r.links.closed_duration,
                       &r.facilities.max_depth, &r.facilities.first_failed, &r.facilities.failed_duration})
    io.field(*column);
  io.field(r.facilities.final_level);
}

template <class Io, class R>
void layout(const Io& io, R& r) {
  io.field(r.status);
  diagnostics(io, r.reasons);
  io.field(r.ended);
  io.field(r.hash_trace);
  io.field(r.hash);
  list(io, r.series, [&](auto& s) {
    for (auto* text : {&s.name, &s.unit, &s.key}) io.field(*text);
    io.field(s.time);
    io.field(s.value);
  });
  list(io, r.grids, [&](auto& g) { grid(io, g); });
  list(io, r.balances, [&](auto& b) {
    io.field(b.domain);
    io.field(b.unit);
    for (auto* number : {&b.initial, &b.in, &b.out, &b.storage}) io.field(*number);
    list(io, b.parts, [&](auto& part) {
      io.field(part.name);
      io.field(part.in);
      io.field(part.out);
    });
  });
  list(io, r.rules, [&](auto& rule) { io.field(rule); });
  list(io, r.occurrences, [&](auto& o) {
    io.field(o.time);
    for (auto* text : {&o.asset, &o.asset_kind, &o.from, &o.to, &o.reason}) io.field(*text);
    io.field(o.value);
    io.field(o.because);
  });
  list(io, r.unmodelled_needs, [&](auto& n) {
    for (auto* text : {&n.facility, &n.need, &n.provider}) io.field(*text);
  });
  assets(io, r);
  list(io, r.dependency_cycles, [&](auto& ring) { list(io, ring, [&](auto& key) { io.field(key); }); });
  list(io, r.controls, [&](auto& c) {
    io.field(c.time);
    io.field(c.target);
    io.field(c.verb);
    io.field(c.column);
    io.field(c.value);
  });
  if constexpr (Io::kLoading)
    r.display.load(io.archive);
  else
    r.display.save(io.archive);
  list(io, r.checkpoints, [&](auto& c) {
    io.field(c.time);
    io.field(c.bytes);
  });
}

}  // namespace

std::string record_bytes(const RunRecord& record) {
  SaveArchive archive;
  layout(Saver{archive}, record);
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
    layout(Loader{archive}, record);
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
