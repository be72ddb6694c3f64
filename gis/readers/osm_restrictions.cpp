// Turn restrictions (https://wiki.openstreetmap.org/wiki/Relation:restriction).
#include "gis/readers/osm_tags.hpp"

namespace citytwin::gis::osm {

Restriction restriction_from(const osmium::Relation& relation) {
  Restriction out;
  const std::string_view what = value_of(relation.tags(), "restriction");
  const bool forbids = what.starts_with("no_");
  if (!forbids && !what.starts_with("only_")) {
    // restriction:hgv=*, restriction:conditional=* and the like leave the plain key empty.
    out.dropped = what.empty() ? "dropped.restriction_for_some" : "dropped.restriction_unknown";
    return out;
  }
  out.row.relation = relation.id();
  out.row.only = !forbids;
  int froms = 0;
  int tos = 0;
  int via_nodes = 0;
  int via_ways = 0;
  for (const auto& member : relation.members()) {
    const std::string_view role = member.role();
    const bool way = member.type() == osmium::item_type::way;
    if (role == "from" && way) {
      out.row.from_way = member.ref();
      ++froms;
    } else if (role == "to" && way) {
      out.row.to_way = member.ref();
      ++tos;
    } else if (role == "via" && way) {
      ++via_ways;
    } else if (role == "via" && member.type() == osmium::item_type::node) {
      out.row.via_node = member.ref();
      ++via_nodes;
    }
  }
  if (via_ways > 0) {
    out.dropped = "dropped.restriction_via_way";
  } else if (froms != 1 || tos != 1 || via_nodes != 1) {
    out.dropped = "dropped.restriction_members";
    out.dirt = true;
  }
  return out;
}

}  // namespace citytwin::gis::osm
