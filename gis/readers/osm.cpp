// From a scanned OSM file to plain rows: streets, buildings, areas, waterways, facilities, restrictions.
#include "gis/readers/osm.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>
#include <unordered_set>

#include <osmium/osm/node.hpp>

#include "gis/readers/osm_books.hpp"
#include "gis/readers/osm_rings.hpp"
#include "gis/readers/osm_scan.hpp"
#include "gis/readers/osm_tags.hpp"

namespace citytwin::gis {

namespace {

using namespace osm;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::string way_key(std::int64_t id) { return "way/" + std::to_string(id); }
std::string relation_key(std::int64_t id) { return "relation/" + std::to_string(id); }

class Extraction {
 public:
  Extraction(const Scan& scan, const std::string& source, const RunContext& context)
      : scan_(scan),
        context_(context),
        books_(read_.log, source),
        edge_(scan.header_box.value_or(scan.node_box)) {}

  OsmRead run() {
    read_.header_box = scan_.header_box;
    read_.node_box = scan_.node_box;
    read_.date = scan_.date;
    read_.node_count = scan_.node_count;
    read_.way_count = scan_.way_count;
    read_.relation_count = scan_.relation_count;
    bad_nodes();
    index_ways();
    relations();
    ways();
    nodes();
    return std::move(read_);
  }

 private:
  // Which multipolygon relation, and which kind of area, a way is the outer ring of.
  struct OuterOf {
    bool building = false;
    bool area = false;  // the relation has a meaning of its own
  };

  void bad_nodes() {
    ImportCount& count = books_.of("nodes");
    count.read = scan_.node_count;
    count.kept = scan_.node_count - scan_.bad_nodes.size();
    for (const std::int64_t id : scan_.bad_nodes)
      books_.drop_dirt("nodes", "dropped.bad_coordinate", "node/" + std::to_string(id), {kNaN, kNaN});
  }

  void index_ways() {
    ways_.reserve(scan_.way_count);
    for (const auto& way : scan_.ways.select<osmium::Way>()) ways_.emplace(way.id(), &way);
  }

  // ---- areas -------------------------------------------------------------------------------------------

  void log_repairs(const AreaRead& area, const std::string& key) {
    for (const std::string& code : area.repairs) books_.find(code, key, area.place);
  }

  static std::string piece_key(const std::string& key, std::size_t piece, std::size_t pieces) {
    return pieces == 1 ? key : key + "#" + std::to_string(piece + 1);
  }

  void take_building(const osmium::TagList& tags, const std::string& kind, const std::string& key,
                     const AreaRead& area) {
    ++books_.of(kind).read;
    if (!is_building(tags)) {
      books_.of(kind).drop("dropped.not_a_building");
      return;
    }
    if (area.polygons.empty()) {
      books_.drop_dirt(kind, area.dropped, key, area.place);
      return;
    }
    log_repairs(area, key);
    BuildingFragment row;
    building_from(tags, row);
    for (std::size_t p = 0; p < area.polygons.size(); ++p) {
      row.key = piece_key(key, p, area.polygons.size());
      row.footprint = area.polygons[p];
      read_.buildings.push_back({kind, row});
    }
  }

  void take_area(const osmium::TagList& tags, const std::string& kind, const std::string& key,
                 const AreaRead& area, std::vector<OsmArea>& out, OsmArea row) {
    ++books_.of(kind).read;
    if (area.polygons.empty()) {
      books_.drop_dirt(kind, area.dropped, key, area.place);
      return;
    }
    log_repairs(area, key);
    row.kind = kind;
    row.name = value_of(tags, "name");
    for (std::size_t p = 0; p < area.polygons.size(); ++p) {
      row.key = piece_key(key, p, area.polygons.size());
      row.area = area.polygons[p];
      out.push_back(row);
    }
  }

  void take_facility(const osmium::TagList& tags, const std::string& kind, const std::string& key,
                     const AreaRead& area, FacilityKind facility) {
    ++books_.of(kind).read;
    if (area.polygons.empty()) {
      books_.drop_dirt(kind, area.dropped, key, area.place);
      return;
    }
    const auto largest = std::max_element(
        area.polygons.begin(), area.polygons.end(),
        [](const Polygon& a, const Polygon& b) { return citytwin::area(a) < citytwin::area(b); });
    read_.facilities.push_back({key, kind, facility, std::string(value_of(tags, "name")), centroid(*largest),
                                *largest, capacity_from(tags)});
  }

  // ---- relations ---------------------------------------------------------------------------------------

  void relations() {
    std::unordered_set<std::int64_t> seen;
    for (const auto& relation : scan_.relations.select<osmium::Relation>()) {
      context_.check_stop();
      if (!seen.insert(relation.id()).second) {
        ++books_.of("relations read twice").read;
        books_.drop_dirt("relations read twice", "dropped.duplicate_key", relation_key(relation.id()),
                         {kNaN, kNaN});
      } else if (value_of(relation.tags(), "type").starts_with("restriction")) {
        turn_restriction(relation);
      } else {
        area_relation(relation);
      }
    }
  }

  void area_relation(const osmium::Relation& relation) {
    const osmium::TagList& tags = relation.tags();
    const bool multipolygon = value_of(tags, "type") == "multipolygon";
    const bool building = tags.has_key("building");
    // type=building only groups an outline, a way of its own, with its parts.
    if (building && value_of(tags, "type") == "building") return merge("building relations");
    const auto cover = multipolygon ? land_cover_from(tags) : std::nullopt;
    const auto water = multipolygon ? water_from(tags) : std::nullopt;
    const auto facility = multipolygon ? facility_from(tags) : std::nullopt;
    if (!building && !cover && !water && !facility) {
      if (multipolygon) untagged_multipolygon(relation);
      return;
    }
    const AreaRead area = area_of_relation(relation, ways_, scan_.places, edge_);
    const std::string key = relation_key(relation.id());
    if (building) take_building(tags, "building relations", key, area);
    if (water)
      take_area(tags, "water relations", key, area, read_.water, {.water = *water});
    else if (cover)
      take_area(tags, "land cover relations", key, area, read_.land_cover, {.cover = *cover});
    if (facility) take_facility(tags, "facility relations", key, area, *facility);
    if (area.polygons.empty()) return;
    for (const auto& member : relation.members())
      if (member.type() == osmium::item_type::way && std::string_view(member.role()) != "inner") {
        OuterOf& outer = outer_of_[member.ref()];
        outer.building |= building;
        outer.area |= cover.has_value() || water.has_value();
      }
  }

  // The old style: the meaning is on the one outer way, the relation only cuts the holes.
  void untagged_multipolygon(const osmium::Relation& relation) {
    const AreaRead area = area_of_relation(relation, ways_, scan_.places, edge_);
    if (area.polygons.size() != 1 || area.polygons.front().holes.empty()) return;
    std::int64_t outer_way = 0;
    int outers = 0;
    for (const auto& member : relation.members())
      if (member.type() == osmium::item_type::way && std::string_view(member.role()) != "inner") {
        outer_way = member.ref();
        ++outers;
      }
    if (outers == 1) holes_of_[outer_way] = area.polygons.front().holes;
  }

  void turn_restriction(const osmium::Relation& relation) {
    ++books_.of("turn restrictions").read;
    const Restriction restriction = restriction_from(relation);
    if (restriction.dropped.empty())
      read_.turn_restrictions.push_back(restriction.row);
    else if (restriction.dirt)
      books_.drop_dirt("turn restrictions", restriction.dropped, relation_key(relation.id()), {kNaN, kNaN});
    else
      books_.of("turn restrictions").drop(restriction.dropped);
  }

  // ---- ways --------------------------------------------------------------------------------------------

  void ways() {
    std::size_t n = 0;
    for (const auto& way : scan_.ways.select<osmium::Way>()) {
      if (++n % 4096 == 0) context_.check_stop();
      if (ways_.at(way.id()) != &way) {
        ++books_.of("ways read twice").read;
        books_.drop_dirt("ways read twice", "dropped.duplicate_key", way_key(way.id()), {kNaN, kNaN});
        continue;
      }
      if (way.tags().empty()) continue;
      if (way.tags().has_key("highway")) road(way);
      if (way.tags().has_key("waterway")) waterway(way);
      if (value_of(way.tags(), "natural") == "coastline") coastline(way);
      area_way(way);
    }
  }

  void area_way(const osmium::Way& way) {
    const osmium::TagList& tags = way.tags();
    const bool building = tags.has_key("building");
    const auto water = water_from(tags);
    const auto cover = land_cover_from(tags);
    const auto facility = facility_from(tags);
    if (!building && !water && !cover && !facility) return;
    AreaRead area = area_of_way(way, scan_.places, edge_, building || facility);
    if (const auto it = holes_of_.find(way.id()); it != holes_of_.end() && area.polygons.size() == 1)
      area.polygons.front().holes = it->second;
    const std::string key = way_key(way.id());
    const auto outer = outer_of_.find(way.id());
    if (building) {
      if (outer != outer_of_.end() && outer->second.building)
        merge("building ways");
      else
        take_building(tags, "building ways", key, area);
    }
    const bool in_relation = outer != outer_of_.end() && outer->second.area;
    if (water || cover) {
      const char* kind = water ? "water ways" : "land cover ways";
      if (in_relation)
        merge(kind);
      else if (water)
        take_area(tags, kind, key, area, read_.water, {.water = *water});
      else
        take_area(tags, kind, key, area, read_.land_cover, {.cover = *cover});
    }
    if (facility) take_facility(tags, "facility ways", key, area, *facility);
  }

  void merge(const char* kind) {
    ++books_.of(kind).read;
    ++books_.of(kind).merged;
  }

  // The stretches of a way whose nodes are all there.
  template <class Visit>
  void runs_of(const osmium::Way& way, const char* kind, Visit&& visit) {
    std::vector<std::int64_t> run;
    bool missing = false, any = false;
    Point2 last{kNaN, kNaN};
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

  Polyline line_of(const std::vector<std::int64_t>& run) const {
    Polyline line;
    for (const std::int64_t id : run) line.push_back(*scan_.places.find(id));
    return line;
  }

  std::uint32_t node_row(std::int64_t id) {
    const auto [it, added] = node_rows_.try_emplace(id, static_cast<std::uint32_t>(read_.nodes.size()));
    if (added) read_.nodes.push_back({.id = id, .position = *scan_.places.find(id)});
    return it->second;
  }

  void road(const osmium::Way& way) {
    ++books_.of("highway ways").read;
    auto road = road_from(way.tags());
    if (!road) {
      books_.of("highway ways").drop("dropped.not_a_street");
      return;
    }
    road->way = way.id();
    runs_of(way, "highway ways", [&](const std::vector<std::int64_t>& run) {
      road->nodes.clear();
      for (const std::int64_t id : run) road->nodes.push_back(node_row(id));
      if (run.front() != way.nodes().front().ref()) read_.nodes[road->nodes.front()].clipped_here = true;
      if (run.back() != way.nodes().back().ref()) read_.nodes[road->nodes.back()].clipped_here = true;
      read_.roads.push_back(*road);
    });
  }

  void waterway(const osmium::Way& way) {
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
    runs_of(way, books, [&](const std::vector<std::int64_t>& run) { lines.push_back(line_of(run)); });
    for (std::size_t i = 0; i < lines.size(); ++i) {
      row.key = piece_key(way_key(way.id()), i, lines.size());
      row.line = std::move(lines[i]);
      read_.waterways.push_back(row);
    }
  }

  void coastline(const osmium::Way& way) {
    ImportCount& count = books_.of("coastline ways");
    ++count.read;
    std::size_t pieces = 0;
    runs_of(way, "coastline ways", [&](const std::vector<std::int64_t>& run) {
      read_.coastlines.push_back({way_key(way.id()), line_of(run)});
      ++pieces;
    });
    if (pieces == 0) return;
    ++books_.of("coastline ways").kept;
    books_.of("coastline ways").added_by_splitting += pieces - 1;
  }

  // ---- nodes -------------------------------------------------------------------------------------------

  void nodes() {
    for (const auto& node : scan_.tagged_nodes.select<osmium::Node>()) {
      const Point2 place{node.location().lon_without_check(), node.location().lat_without_check()};
      const std::string key = "node/" + std::to_string(node.id());
      if (const auto control = control_from(node.tags()); control != JunctionControl::none) {
        ++books_.of("junction control nodes").read;
        const auto it = node_rows_.find(node.id());
        if (it == node_rows_.end())
          books_.of("junction control nodes").drop("dropped.not_on_a_street");
        else
          read_.nodes[it->second].control = control;
      }
      if (const auto facility = facility_from(node.tags())) {
        ++books_.of("facility nodes").read;
        read_.facilities.push_back({key, "facility nodes", *facility,
                                    std::string(value_of(node.tags(), "name")), place, std::nullopt,
                                    capacity_from(node.tags())});
      }
    }
  }

  const Scan& scan_;
  const RunContext& context_;
  OsmRead read_;
  Books books_;
  ExtractEdge edge_;
  WaysById ways_;
  std::unordered_map<std::int64_t, OuterOf> outer_of_;
  std::unordered_map<std::int64_t, std::vector<Ring>> holes_of_;
  std::unordered_map<std::int64_t, std::uint32_t> node_rows_;
};

// More than half of the ways lack nodes: the file was cut where nothing else shows it, at the end of a block.
bool mostly_incomplete(const OsmRead& read) {
  const auto lacking = static_cast<std::uint64_t>(
      std::count_if(read.log.findings.begin(), read.log.findings.end(), [](const ImportFinding& f) {
        return f.code == "dropped.missing_nodes" || f.code == "repaired.missing_node";
      }));
  return read.way_count >= 20 && 2 * lacking > read.way_count;
}

}  // namespace

Result<OsmRead> read_osm(const std::filesystem::path& file, const std::string& source_key,
                         const RunContext& context) {
  Result<osm::Scan> scan = osm::scan_file(file, context);
  if (!scan) return Result<OsmRead>(scan.diagnostics());
  OsmRead read = Extraction(*scan, source_key, context).run();
  Diagnostics diagnostics;
  const Where where{.file = file.filename().string()};
  if (!read.header_box) diagnostics.warning("osm.no_bounds", where);
  if (read.way_count == 0 && read.relation_count == 0) diagnostics.warning("osm.no_ways", where);
  if (mostly_incomplete(read)) return Result<OsmRead>::failure("osm.mostly_incomplete", where);
  if (read.node_box.empty()) return Result<OsmRead>::failure("osm.no_valid_node", where);
  return Result<OsmRead>(std::move(read), std::move(diagnostics));
}

}  // namespace citytwin::gis
