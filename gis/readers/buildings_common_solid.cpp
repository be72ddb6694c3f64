#include "gis/readers/buildings_common_solid.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "gis/geometry/repair.hpp"

namespace citytwin::gis {

namespace {

constexpr double kTallest = 1000;  // [m]
constexpr int kMostLevels = 250;
constexpr double kGap = 0.05;         // [m] parts nearer than this touch
constexpr double kSmallestPiece = 1;  // [m2]
constexpr double kCorner = 0.003;     // [m] corners that stand out less than this are traces of united parts
constexpr double kDisagree = 3;       // a stated height this many times the measured one, or its inverse

struct AttributeRule {
  std::string_view ours;
  std::array<std::string_view, 5> usual;
};

constexpr auto kAttributes = std::to_array<AttributeRule>({
    {"height", {"measuredHeight", "height"}},
    {"levels", {"storeysAboveGround", "levels", "building:levels"}},
    {"use", {"function", "usage", "use", "class"}},
    {"floor_area", {"floor_area", "floorArea"}},
    {"value", {"value"}},
    {"people", {"people", "population"}},
    {"name", {"name"}},
});

Polygon flattened(const FragmentSurface& surface) {
  Polygon out;
  for (std::size_t r = 0; r < surface.rings.size(); ++r) {
    Ring ring;
    ring.reserve(surface.rings[r].size());
    for (const Point3& p : surface.rings[r]) ring.push_back({p.x, p.y});
    if (r == 0)
      out.outer = std::move(ring);
    else
      out.holes.push_back(std::move(ring));
  }
  return out;
}

// Seen from above a wall is a line: its area vanishes against its perimeter.
bool vertical(const Polygon& flat) {
  double perimeter = 0;
  for (std::size_t k = 0; k < flat.outer.size(); ++k)
    perimeter += distance(flat.outer[k], flat.outer[(k + 1) % flat.outer.size()]);
  constexpr double kThin = 1e-4;
  return !(std::abs(signed_area(flat.outer)) > kThin * perimeter * perimeter);
}

std::vector<Polygon> ground_plan(const SolidPart& part, bool ground_only) {
  std::vector<Polygon> flats;
  for (const FragmentSurface& surface : part.surfaces) {
    if (ground_only && surface.kind != SurfaceKind::ground) continue;
    Polygon flat = flattened(surface);
    if (!vertical(flat)) flats.push_back(std::move(flat));
  }
  return unite(flats);
}

bool has_ground(const SolidPart& part) {
  return std::any_of(part.surfaces.begin(), part.surfaces.end(),
                     [](const FragmentSurface& s) { return s.kind == SurfaceKind::ground; });
}

struct Span {
  double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
  void add(double z) {
    low = std::min(low, z);
    high = std::max(high, z);
  }
};

Span vertical_span(const SolidPart& part) {
  Span span;
  for (const FragmentSurface& surface : part.surfaces)
    for (const auto& ring : surface.rings)
      for (const Point3& p : ring)
        if (std::isfinite(p.z)) span.add(p.z);
  return span;
}

Point2 place_of(const SolidBuilding& building) {
  for (const SolidPart& part : building.parts)
    for (const FragmentSurface& surface : part.surfaces)
      for (const auto& ring : surface.rings)
        for (const Point3& p : ring)
          if (std::isfinite(p.x) && std::isfinite(p.y)) return {p.x, p.y};
  return {kUnknown, kUnknown};
}

// Takes out corners that repeat one another or stand out from the line between their neighbours by less than
// the tolerance; the outline stays as it was where that would break it.
void tidy(Polygon& polygon, double tolerance) {
  const auto tidied = [&](const Ring& ring) {
    Ring out = ring;
    for (std::size_t k = 0; out.size() > 3 && k < out.size();) {
      const Point2 before = out[(k + out.size() - 1) % out.size()];
      const Point2 after = out[(k + 1) % out.size()];
      if (distance_to_segment(out[k], before, after) < tolerance)
        out.erase(out.begin() + static_cast<std::ptrdiff_t>(k));
      else
        ++k;
    }
    return out;
  };
  Polygon out;
  out.outer = tidied(polygon.outer);
  for (const Ring& hole : polygon.holes) out.holes.push_back(tidied(hole));
  if (is_valid(out)) polygon = std::move(out);
}

struct Plan {
  std::vector<Polygon> pieces;  // largest first
  double measured_height = kUnknown;
  double ground_z = kUnknown;
};

Plan plan_of(const SolidBuilding& building, double metres_per_unit) {
  const bool ground_only = std::any_of(building.parts.begin(), building.parts.end(), has_ground);
  Plan plan;
  std::vector<Polygon> all;
  double volume = 0;
  double footprint = 0;
  Span whole;
  for (const SolidPart& part : building.parts) {
    std::vector<Polygon> flats = ground_plan(part, ground_only);
    const Span span = vertical_span(part);
    double part_area = 0;
    for (Polygon& flat : flats) {
      part_area += area(flat);
      all.push_back(std::move(flat));
    }
    if (span.low > span.high || part_area <= 0) continue;
    whole.add(span.low);
    volume += part_area * (span.high - span.low);
    footprint += part_area;
  }
  if (footprint > 0) {
    plan.ground_z = whole.low;
    if (volume > 0) plan.measured_height = volume / footprint;
  }
  plan.pieces = unite(all);
  if (all.size() > 1) plan.pieces = unite(plan.pieces, kGap / metres_per_unit);
  const double smallest = kSmallestPiece / (metres_per_unit * metres_per_unit);
  for (Polygon& piece : plan.pieces)
    std::erase_if(piece.holes, [&](const Ring& hole) { return std::abs(signed_area(hole)) < smallest; });
  while (plan.pieces.size() > 1 && area(plan.pieces.back()) < smallest) plan.pieces.pop_back();
  for (Polygon& piece : plan.pieces) tidy(piece, kCorner / metres_per_unit);
  return plan;
}

// The piece a surface stands over: the one around its middle, else the one whose box is nearest.
std::size_t piece_of(const FragmentSurface& surface, const std::vector<Polygon>& pieces) {
  Box2 box;
  for (const Point3& p : surface.rings.front()) box.add(Point2{p.x, p.y});
  const Point2 middle = box.centre();
  std::size_t best = 0;
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < pieces.size(); ++k) {
    if (contains(pieces[k], middle)) return k;
    const Ring& ring = pieces[k].outer;
    for (std::size_t m = 0; m < ring.size(); ++m)
      if (const double d = distance_to_segment(middle, ring[m], ring[(m + 1) % ring.size()]); d < nearest) {
        nearest = d;
        best = k;
      }
  }
  return best;
}

}  // namespace

SolidRows::SolidRows(const BuildingSource& source, std::string kind, double metres_per_unit)
    : source_(source), metres_per_unit_(metres_per_unit) {
  books_.source = source.key;
  books_.kind = std::move(kind);
}

void SolidRows::find(const std::string& code, const std::string& key, Point2 place) {
  findings_.push_back({code, source_.key, key, place});
}

const std::string* SolidRows::attribute(const SolidBuilding& building, const std::string& ours) const {
  for (const auto& [column, theirs] : source_.columns)
    if (column == ours) {
      const auto it = building.attributes.find(theirs);
      return it == building.attributes.end() ? nullptr : &it->second;
    }
  for (const AttributeRule& rule : kAttributes) {
    if (rule.ours != ours) continue;
    for (const std::string_view usual : rule.usual)
      if (const auto it = building.attributes.find(std::string(usual));
          it != building.attributes.end() && !usual.empty())
        return &it->second;
  }
  return nullptr;
}

double SolidRows::number(const SolidBuilding& building, const std::string& ours, const std::string& key,
                         Point2 place) {
  const std::string* text = attribute(building, ours);
  if (text == nullptr || text->empty()) return kUnknown;
  if (const auto value = metres_from_text(*text)) return *value;
  find("repaired.bad_value", key, place);
  return kUnknown;
}

void SolidRows::set_attributes(const SolidBuilding& building, BuildingFragment& row, Point2 place) {
  if (const std::string* name = attribute(building, "name")) row.name = *name;
  if (const std::string* use = attribute(building, "use")) row.use = use_from_text(*use);
  const double levels = number(building, "levels", row.key, place);
  if (levels > kMostLevels)
    find("repaired.implausible_levels", row.key, place);
  else if (levels > 0)
    row.levels = static_cast<int>(std::ceil(levels));
  row.floor_area = number(building, "floor_area", row.key, place);
  row.value = number(building, "value", row.key, place);
  row.people = number(building, "people", row.key, place);
  const double measured = row.height;  // on the geometry
  const double stated = number(building, "height", row.key, place);
  if (!(stated > 0)) return;
  if (stated > kTallest || stated > kDisagree * measured || stated * kDisagree < measured) {
    find("repaired.implausible_height", row.key, place);
    return;
  }
  row.height = stated;
  row.height_provenance = Provenance::given;
}

void SolidRows::add(const SolidBuilding& building) {
  ++books_.read;
  const Point2 place = place_of(building);
  bool repeated = false;
  BuildingFragment whole;
  whole.key = keys_.unique(building.key, repeated);
  if (repeated) find("repaired.duplicate_key", whole.key, place);
  const Plan plan = plan_of(building, metres_per_unit_);
  if (plan.pieces.empty()) {
    const char* reason = std::isnan(place.x) ? "dropped.no_geometry" : "dropped.no_area";
    books_.drop(reason);
    find(reason, whole.key, place);
    return;
  }
  whole.height = plan.measured_height;
  whole.height_provenance = Provenance::derived;
  whole.ground_z = plan.ground_z;
  set_attributes(building, whole, place);

  double total = 0;
  for (const Polygon& piece : plan.pieces) total += area(piece);
  const std::size_t first = rows_.size();
  for (std::size_t k = 0; k < plan.pieces.size(); ++k) {
    BuildingFragment row = whole;
    const double share = area(plan.pieces[k]) / total;
    row.footprint = plan.pieces[k];
    row.floor_area *= share;
    row.value *= share;
    row.people *= share;
    if (plan.pieces.size() > 1) row.key.append("#").append(std::to_string(k + 1));
    rows_.push_back(std::move(row));
  }
  if (building.detailed)
    for (const SolidPart& part : building.parts)
      for (const FragmentSurface& surface : part.surfaces) {
        const std::size_t piece = plan.pieces.size() == 1 ? 0 : piece_of(surface, plan.pieces);
        rows_[first + piece].surfaces.push_back(surface);
      }
  ++books_.kept;
  books_.added_by_splitting += plan.pieces.size() - 1;
}

void SolidRows::finish(BuildingsRead& read) {
  read.log.counts.push_back(std::move(books_));
  read.rows.insert(read.rows.end(), std::make_move_iterator(rows_.begin()),
                   std::make_move_iterator(rows_.end()));
  read.log.findings.insert(read.log.findings.end(), findings_.begin(), findings_.end());
  rows_.clear();
  findings_.clear();
}

}  // namespace citytwin::gis
