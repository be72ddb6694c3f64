// The import log as columns of the city file and back.
#include <charconv>

#include "gis/io/city_schema.hpp"

namespace citytwin::gis {
namespace {

std::string text_of(const std::vector<ImportCount::Dropped>& dropped) {
  std::string text;
  for (const auto& d : dropped) {
    if (!text.empty()) text += ' ';
    text += d.reason + "=" + std::to_string(d.count);
  }
  return text;
}

bool dropped_of(std::string_view text, std::vector<ImportCount::Dropped>& out) {
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find(' '));
    const auto equals = item.rfind('=');
    if (equals == std::string_view::npos) return false;
    std::uint64_t count = 0;
    const char* end = item.data() + item.size();
    const auto [stop, error] = std::from_chars(item.data() + equals + 1, end, count);
    if (error != std::errc{} || stop != end) return false;
    out.push_back({std::string(item.substr(0, equals)), count});
    text.remove_prefix(std::min(item.size() + 1, text.size()));
  }
  return true;
}

}  // namespace

ImportColumns columns_of(const ImportLog& log) {
  ImportColumns c;
  for (const ImportExtent& extent : log.extents) {
    c.extents.source.push_back(extent.source);
    c.extents.west.push_back(extent.box.min.x);
    c.extents.south.push_back(extent.box.min.y);
    c.extents.east.push_back(extent.box.max.x);
    c.extents.north.push_back(extent.box.max.y);
  }
  for (const ImportCount& count : log.counts) {
    c.counts.source.push_back(count.source);
    c.counts.kind.push_back(count.kind);
    c.counts.read.push_back(static_cast<std::int64_t>(count.read));
    c.counts.kept.push_back(static_cast<std::int64_t>(count.kept));
    c.counts.merged.push_back(static_cast<std::int64_t>(count.merged));
    c.counts.added_by_splitting.push_back(static_cast<std::int64_t>(count.added_by_splitting));
    c.counts.dropped.push_back(text_of(count.dropped));
  }
  for (const ImportFinding& finding : log.findings) {
    c.findings.code.push_back(finding.code);
    c.findings.source.push_back(finding.source);
    c.findings.feature.push_back(finding.feature);
    c.findings.place.push_back(finding.place);
  }
  for (const TerrainChange& change : log.terrain_changes) {
    c.changes.kind.push_back(change.kind);
    c.changes.feature.push_back(change.feature);
    c.changes.place.push_back(change.place);
    c.changes.depth.push_back(change.depth_m);
    c.changes.cells.push_back(static_cast<std::int64_t>(change.cells));
  }
  return c;
}

bool log_of(const ImportColumns& c, ImportLog& log) {
  bool ok = true;
  for (std::size_t i = 0; i < c.extents.source.size(); ++i)
    log.extents.push_back(
        {c.extents.source[i],
         {{c.extents.west[i], c.extents.south[i]}, {c.extents.east[i], c.extents.north[i]}}});
  for (std::size_t i = 0; i < c.counts.source.size(); ++i) {
    ImportCount& count = log.counts.emplace_back();
    count.source = c.counts.source[i];
    count.kind = c.counts.kind[i];
    count.read = static_cast<std::uint64_t>(c.counts.read[i]);
    count.kept = static_cast<std::uint64_t>(c.counts.kept[i]);
    count.merged = static_cast<std::uint64_t>(c.counts.merged[i]);
    count.added_by_splitting = static_cast<std::uint64_t>(c.counts.added_by_splitting[i]);
    ok = dropped_of(c.counts.dropped[i], count.dropped) && ok;
  }
  for (std::size_t i = 0; i < c.findings.code.size(); ++i)
    log.findings.push_back(
        {c.findings.code[i], c.findings.source[i], c.findings.feature[i], c.findings.place[i]});
  for (std::size_t i = 0; i < c.changes.kind.size(); ++i)
    log.terrain_changes.push_back({c.changes.kind[i], c.changes.feature[i], c.changes.place[i],
                                   c.changes.depth[i], static_cast<std::uint64_t>(c.changes.cells[i])});
  return ok;
}

}  // namespace citytwin::gis
