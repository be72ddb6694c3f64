// From a scanned OSM file to plain rows: streets, buildings, areas, waterways, facilities, restrictions.
#include "gis/readers/osm.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <osmium/osm/node.hpp>

#include "gis/readers/osm_areas.hpp"
#include "gis/readers/osm_books.hpp"
#include "gis/readers/osm_lines.hpp"
#include "gis/readers/osm_scan.hpp"
#include "gis/readers/osm_tags.hpp"

namespace citytwin::gis {

namespace {

using namespace osm;

class Extraction {
 public:
  Extraction(const Scan& scan, const std::string& source, const RunContext& context)
      : scan_(scan),
        context_(context),
        books_(read_.log, source),
        areas_(scan, ways_, read_, books_),
        lines_(scan, read_, books_) {}

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
  void bad_nodes() {
    ImportCount& count = books_.of("nodes");
    count.read = scan_.node_count;
    count.kept = scan_.node_count - scan_.bad_nodes.size();
    for (const std::int64_t id : scan_.bad_nodes)
      books_.drop_dirt("nodes", "dropped.bad_coordinate", node_key(id), kNowhere);
  }

  void index_ways() {
    ways_.reserve(scan_.way_count);
    for (const auto& way : scan_.ways.select<osmium::Way>()) ways_.emplace(way.id(), &way);
  }

  // Of its first node that has one.
  [[nodiscard]] Point2 place_of(const osmium::Way& way) const {
    for (const auto& ref : way.nodes())
      if (const auto place = scan_.places.find(ref.ref())) return *place;
    return kNowhere;
  }

  // Of its first member, node or way, that has one.
  [[nodiscard]] Point2 place_of(const osmium::Relation& relation) const {
    for (const auto& member : relation.members()) {
      Point2 place = kNowhere;
      if (member.type() == osmium::item_type::node)
        place = scan_.places.find(member.ref()).value_or(kNowhere);
      if (const auto way = ways_.find(member.ref());
          member.type() == osmium::item_type::way && way != ways_.end())
        place = place_of(*way->second);
      if (std::isfinite(place.x)) return place;
    }
    return kNowhere;
  }

  void relations() {
    std::unordered_map<std::int64_t, const osmium::Relation*> seen;
    for (const auto& relation : scan_.relations.select<osmium::Relation>()) {
      context_.check_stop();
      if (const auto [kept, is_new] = seen.emplace(relation.id(), &relation); !is_new) {
        ++books_.of("relations read twice").read;
        books_.drop_dirt("relations read twice", "dropped.duplicate_key", relation_key(relation.id()),
                         place_of(*kept->second));
      } else if (value_of(relation.tags(), "type").starts_with("restriction")) {
        turn_restriction(relation);
      } else {
        areas_.relation(relation);
      }
    }
  }

  void turn_restriction(const osmium::Relation& relation) {
    ++books_.of("turn restrictions").read;
    const Restriction restriction = restriction_from(relation);
    if (restriction.dropped.empty())
      read_.turn_restrictions.push_back(restriction.row);
    else if (restriction.dirt)
      books_.drop_dirt("turn restrictions", restriction.dropped, relation_key(relation.id()),
                       place_of(relation));
    else
      books_.of("turn restrictions").drop(restriction.dropped);
  }

  void ways() {
    std::size_t n = 0;
    for (const auto& way : scan_.ways.select<osmium::Way>()) {
      if (++n % 4096 == 0) context_.check_stop();
      if (const osmium::Way* kept = ways_.at(way.id()); kept != &way) {
        ++books_.of("ways read twice").read;
        books_.drop_dirt("ways read twice", "dropped.duplicate_key", way_key(way.id()), place_of(*kept));
        continue;
      }
      if (way.tags().empty()) continue;
      lines_.way(way);
      areas_.way(way);
    }
  }

  void nodes() {
    for (const auto& node : scan_.tagged_nodes.select<osmium::Node>()) {
      if (const auto control = control_from(node.tags()); control != JunctionControl::none) {
        ++books_.of("junction control nodes").read;
        if (OsmNode* on_street = lines_.street_node(node.id()))
          on_street->control = control;
        else
          books_.of("junction control nodes").drop("dropped.not_on_a_street");
      }
      if (const auto facility = facility_from(node.tags())) {
        ++books_.of("facility nodes").read;
        const Point2 place{node.location().lon_without_check(), node.location().lat_without_check()};
        read_.facilities.push_back({node_key(node.id()), "facility nodes", *facility,
                                    std::string(value_of(node.tags(), "name")), place, std::nullopt,
                                    capacity_from(node.tags())});
      }
    }
  }

  const Scan& scan_;
  const RunContext& context_;
  OsmRead read_;
  Books books_;
  WaysById ways_;
  AreaReader areas_;
  LineReader lines_;
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
