#include "gis/readers/osm_lines.hpp"

#include "gis/readers/osm_tags.hpp"

namespace citytwin::gis::osm {

void LineReader::way(const osmium::Way& way) {
  if (way.tags().has_key("highway")) road(way);
  if (way.tags().has_key("waterway")) waterway(way);
  if (value_of(way.tags(), "natural") == "coastline") coastline(way);
}

OsmNode* LineReader::street_node(std::int64_t id) {
  const auto it = node_rows_.find(id);
  return it == node_rows_.end() ? nullptr : &out_.nodes[it->second];
}

// The stretches of a way whose nodes are all there.
void LineReader::runs_of(const osmium::Way& way, const char* kind,
                         const std::function<void(const NodeIds&)>& visit) {
  NodeIds run;
  bool missing = false, any = false;
  Point2 last = kNowhere;
  const auto flush = [&] {
    if (run.size() >= 2) visit(run), any = true;
    run.clear();
  };
  for (const auto& ref : way.nodes()) {
    if (const auto place = scan_.places.find(ref.ref())) {
      if (run.empty() || run.back() != ref.ref()) run.push_back(ref.ref());
      last = *place;
    } else {
      missing = true;
      flush();
    }
  }
  flush();
  if (!any)
    books_.drop_dirt(kind, missing ? "dropped.missing_nodes" : "dropped.too_few_points", way_key(way.id()),
                     last);
  else if (missing)
    books_.find("repaired.missing_node", way_key(way.id()), last);
}

Polyline LineReader::line_of(const NodeIds& run) const {
  Polyline line;
  for (const std::int64_t id : run) line.push_back(*scan_.places.find(id));
  return line;
}

std::uint32_t LineReader::node_row(std::int64_t id) {
  const auto [it, added] = node_rows_.try_emplace(id, static_cast<std::uint32_t>(out_.nodes.size()));
  if (added) out_.nodes.push_back({.id = id, .position = *scan_.places.find(id)});
  return it->second;
}

void LineReader::road(const osmium::Way& way) {
  ++books_.of("highway ways").read;
  auto road = road_from(way.tags());
  if (!road) {
    books_.of("highway ways").drop("dropped.not_a_street");
    return;
  }
  road->way = way.id();
  runs_of(way, "highway ways", [&](const NodeIds& run) {
    road->nodes.clear();
    for (const std::int64_t id : run) road->nodes.push_back(node_row(id));
    if (run.front() != way.nodes().front().ref()) out_.nodes[road->nodes.front()].clipped_here = true;
    if (run.back() != way.nodes().back().ref()) out_.nodes[road->nodes.back()].clipped_here = true;
    out_.roads.push_back(*road);
  });
}

void LineReader::waterway(const osmium::Way& way) {
  const char* books = "waterway ways";
  ++books_.of(books).read;
  const auto kind = waterway_from(way.tags());
  if (!kind) {
    books_.of(books).drop(water_from(way.tags()) ? "dropped.read_as_area" : "dropped.not_a_watercourse");
    return;
  }
  OsmWaterway row{.kind = *kind,
                  .structure = structure_from(way.tags()),
                  .name = std::string(value_of(way.tags(), "name"))};
  row.level = level_from(way.tags(), row.structure);
  if (const auto width = metres_from_text(std::string(value_of(way.tags(), "width")))) row.width = *width;
  std::vector<Polyline> lines;
  runs_of(way, books, [&](const NodeIds& run) { lines.push_back(line_of(run)); });
  for (std::size_t i = 0; i < lines.size(); ++i) {
    row.key = piece_key(way_key(way.id()), i, lines.size());
    row.line = std::move(lines[i]);
    out_.waterways.push_back(row);
  }
}

void LineReader::coastline(const osmium::Way& way) {
  ImportCount& count = books_.of("coastline ways");
  ++count.read;
  std::size_t pieces = 0;
  runs_of(way, "coastline ways", [&](const NodeIds& run) {
    out_.coastlines.push_back({way_key(way.id()), line_of(run)});
    ++pieces;
  });
  if (pieces == 0) return;
  ++books_.of("coastline ways").kept;
  books_.of("coastline ways").added_by_splitting += pieces - 1;
}

}  // namespace citytwin::gis::osm
