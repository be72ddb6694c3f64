// The city's identity. Rows are hashed one by one with references written as keys, and combined in key
// order, so that neither row order nor the file they came from matters.
#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "engine/base/parallel.hpp"
#include "engine/model/city_model.hpp"
#include "engine/model/drainage/network_hash.hpp"

namespace citytwin {

namespace {

class RowBytes {
 public:
  void clear() { bytes_.clear(); }
  template <class T>
  requires std::is_integral_v<T> || std::is_enum_v<T>
  void add(T v) { raw(&v, sizeof v); }
  void add(double v) {
    if (std::isnan(v)) v = std::numeric_limits<double>::quiet_NaN();
    if (v == 0) v = 0;  // -0.0
    raw(&v, sizeof v);
  }
  void add(float v) { add(static_cast<double>(v)); }
  void add(const std::string& s) {
    add(s.size());
    raw(s.data(), s.size());
  }
  void add(Point2 p) {
    add(p.x);
    add(p.y);
  }
  void add(std::span<const Point2> points) {
    add(points.size());
    for (Point2 p : points) add(p);
  }
  void add(const GridSpec& g) {
    add(g.origin);
    add(g.cell_m);
    add(g.nx);
    add(g.ny);
  }
  [[nodiscard]] Hash128 hash() const { return hash_bytes(bytes_.data(), bytes_.size()); }

 private:
  void raw(const void* p, std::size_t n) {
    const auto* c = static_cast<const char*>(p);
    bytes_.insert(bytes_.end(), c, c + n);
  }
  std::vector<char> bytes_;
};

struct Context {
  const CityModel& city;
  RowBytes row;
  [[nodiscard]] const std::string& key_of(SourceId id) const {
    static const std::string kNone;
    return id.is_none() ? kNone : city.sources().key[id.row()];
  }
};

// Rows sorted by key (ties by row hash), then one hash over the row hashes.
template <class WriteRow>
void hash_rows(Hasher& out, std::string_view name, std::size_t rows, const CityModel& city,
               WriteRow&& write) {
  std::vector<Hash128> hashes(rows);
  for_chunks(rows, 4096, [&](std::size_t begin, std::size_t end) {
    Context context{city, {}};
    for (std::size_t r = begin; r < end; ++r) {
      context.row.clear();
      write(context, r);
      hashes[r] = context.row.hash();
    }
  });
  // A row's hash starts from its key, so sorting by hash is an order by content, independent of row numbers.
  std::sort(hashes.begin(), hashes.end(), [](const Hash128& a, const Hash128& b) {
    return a.high != b.high ? a.high < b.high : a.low < b.low;
  });
  out.text(name);
  out.value(rows);
  for (const Hash128& h : hashes) {
    out.value(h.low);
    out.value(h.high);
  }
}

void add_origin(Context& c, const RowOrigin& origin, std::size_t r) {
  c.row.add(origin.key[r]);
  c.row.add(origin.provenance[r]);
  c.row.add(c.key_of(origin.source[r]));
}

void add_polygon(Context& c, const PolygonColumn& column, std::size_t r) {
  c.row.add(column.ring_count(r));
  for (std::size_t k = 0; k < column.ring_count(r); ++k) c.row.add(column.ring(r, k));
}

template <class T>
void hash_grid(Hasher& out, std::string_view name, const Grid<T>& grid) {
  RowBytes spec;
  spec.add(grid.spec);
  const Hash128 h = spec.hash();
  out.text(name);
  out.value(h.low);
  out.value(h.high);
  if constexpr (std::is_floating_point_v<T>) {
    std::vector<T> canonical = grid.values;
    for (T& v : canonical) {
      if (std::isnan(v)) v = std::numeric_limits<T>::quiet_NaN();
      if (v == 0) v = 0;
    }
    out.range(canonical);
  } else {
    out.range(grid.values);
  }
}

void hash_streets(Hasher& out, const CityModel& city) {
  const Streets& s = city.streets();
  hash_rows(out, "junctions", s.junctions.size(), city, [&](Context& c, std::size_t r) {
    add_origin(c, s.junctions.origin, r);
    c.row.add(s.junctions.position[r]);
    c.row.add(s.junctions.control[r]);
  });
  hash_rows(out, "links", s.links.size(), city, [&](Context& c, std::size_t r) {
    const Links& l = s.links;
    add_origin(c, l.origin, r);
    c.row.add(s.junctions.origin.key[l.from[r].row()]);
    c.row.add(s.junctions.origin.key[l.to[r].row()]);
    c.row.add(l.geometry[r]);
    c.row.add(l.road_class[r]);
    c.row.add(l.name[r]);
    c.row.add(l.lanes_forward[r]);
    c.row.add(l.lanes_backward[r]);
    c.row.add(l.turn_lanes_forward[r]);
    c.row.add(l.turn_lanes_backward[r]);
    c.row.add(l.speed[r]);
    c.row.add(l.access[r]);
    c.row.add(l.structure[r]);
    c.row.add(l.level[r]);
  });
  hash_rows(out, "turn_restrictions", s.turn_restrictions.size(), city, [&](Context& c, std::size_t r) {
    const TurnRestrictions& t = s.turn_restrictions;
    c.row.add(t.key[r]);
    c.row.add(s.links.origin.key[t.from[r].row()]);
    c.row.add(s.junctions.origin.key[t.via[r].row()]);
    c.row.add(s.links.origin.key[t.to[r].row()]);
    c.row.add(t.only[r]);
  });
}

void hash_buildings(Hasher& out, const CityModel& city) {
  const Buildings& b = city.buildings();
  hash_rows(out, "buildings", b.size(), city, [&](Context& c, std::size_t r) {
    add_origin(c, b.origin, r);
    add_polygon(c, b.footprint, r);
    c.row.add(b.height[r]);
    c.row.add(b.height_provenance[r]);
    c.row.add(b.levels[r]);
    c.row.add(b.use[r]);
    for (const auto* column : {&b.floor_area, &b.value, &b.people, &b.floor_height, &b.floodproof_depth})
      c.row.add((*column)[r]);
    c.row.add(b.name[r]);
  });
  const BuildingSurfaces& s = city.building_surfaces();
  hash_rows(out, "building_surfaces", s.size(), city, [&](Context& c, std::size_t r) {
    c.row.add(b.origin.key[s.building[r].row()]);
    c.row.add(s.kind[r]);
    for (std::uint32_t ring = s.rings_of_row[r]; ring < s.rings_of_row[r + 1]; ++ring) {
      c.row.add(s.rings[ring].size());
      for (const Point3& p : s.rings[ring]) {
        c.row.add(Point2{p.x, p.y});
        c.row.add(p.z);
      }
    }
  });
}

void hash_land_and_water(Hasher& out, const CityModel& city) {
  const LandCover& cover = city.land_cover();
  hash_rows(out, "landcover", cover.size(), city, [&](Context& c, std::size_t r) {
    add_origin(c, cover.origin, r);
    add_polygon(c, cover.area, r);
    c.row.add(cover.cover[r]);
  });
  hash_grid(out, "landcover_grid", cover.raster);
  const WaterBodies& w = city.water_bodies();
  hash_rows(out, "water_bodies", w.size(), city, [&](Context& c, std::size_t r) {
    add_origin(c, w.origin, r);
    add_polygon(c, w.area, r);
    c.row.add(w.kind[r]);
    c.row.add(w.level[r]);
    c.row.add(w.level_provenance[r]);
    c.row.add(w.name[r]);
  });
  const Waterways& ways = city.waterways();
  hash_rows(out, "waterways", ways.size(), city, [&](Context& c, std::size_t r) {
    add_origin(c, ways.origin, r);
    c.row.add(ways.line[r]);
    c.row.add(ways.kind[r]);
    c.row.add(ways.width[r]);
    c.row.add(ways.structure[r]);
    c.row.add(ways.name[r]);
  });
  const Barriers& b = city.barriers();
  hash_rows(out, "barriers", b.size(), city, [&](Context& c, std::size_t r) {
    add_origin(c, b.origin, r);
    c.row.add(b.line[r]);
    c.row.add(b.crest_level[r]);
    c.row.add(b.height[r]);
  });
}

void hash_facilities(Hasher& out, const CityModel& city) {
  const Facilities& f = city.facilities();
  hash_rows(out, "facilities", f.size(), city, [&](Context& c, std::size_t r) {
    add_origin(c, f.origin, r);
    c.row.add(f.kind[r]);
    c.row.add(f.name[r]);
    c.row.add(f.position[r]);
    c.row.add(f.building[r].is_none() ? std::string{} : city.buildings().origin.key[f.building[r].row()]);
    c.row.add(f.capacity[r]);
    c.row.add(f.floor_height[r]);
  });
  const Needs& n = city.needs();
  hash_rows(out, "needs", n.size(), city, [&](Context& c, std::size_t r) {
    c.row.add(f.origin.key[n.facility[r].row()]);
    c.row.add(n.kind[r]);
    c.row.add(n.provider[r]);
    c.row.add(n.threshold_depth[r]);
    c.row.add(n.backup_h[r]);
    c.row.add(n.provenance[r]);
    c.row.add(n.source[r]);
  });
  const ManagementCells& m = city.management_cells();
  hash_rows(out, "management_cells", m.size(), city, [&](Context& c, std::size_t r) {
    add_origin(c, m.origin, r);
    add_polygon(c, m.area, r);
    c.row.add(m.population[r]);
    c.row.add(m.jobs[r]);
  });
}

// Cities without sewers keep the identity they had before there were any.
void hash_sewers(Hasher& out, const CityModel& city) {
  const Sewers& sewers = city.sewers();
  if (sewers.empty()) return;
  const SewerNodes& n = sewers.nodes;
  hash_rows(out, "sewer_nodes", n.size(), city, [&](Context& c, std::size_t r) {
    add_origin(c, n.origin, r);
    c.row.add(n.position[r]);
    c.row.add(n.kind[r]);
    c.row.add(n.outfall_level_kind[r]);
    c.row.add(n.outfall_water[r].is_none() ? std::string{}
                                           : city.water_bodies().origin.key[n.outfall_water[r].row()]);
    c.row.add(n.outfall_flap_gate[r]);
    c.row.add(n.inlet_kind[r]);
    for (const auto* column : {&n.ground_level, &n.invert_level, &n.outfall_level, &n.inlet_count,
                               &n.inlet_length, &n.inlet_area, &n.inlet_efficiency, &n.storage_area,
                               &n.surcharge_depth, &n.catchment_area, &n.impervious_area, &n.roof_area})
      c.row.add((*column)[r]);
  });
  const SewerLinks& l = sewers.links;
  hash_rows(out, "sewer_links", l.size(), city, [&](Context& c, std::size_t r) {
    add_origin(c, l.origin, r);
    c.row.add(n.origin.key[l.from[r].row()]);
    c.row.add(n.origin.key[l.to[r].row()]);
    c.row.add(l.geometry[r]);
    c.row.add(l.kind[r]);
    c.row.add(l.shape[r]);
    c.row.add(l.flap_gate[r]);
    for (const auto* column :
         {&l.full_depth, &l.width, &l.side_slope, &l.barrels, &l.length, &l.roughness, &l.from_offset,
          &l.to_offset, &l.pump_capacity, &l.pump_start_depth, &l.pump_stop_depth, &l.discharge_coefficient})
      c.row.add((*column)[r]);
  });
  if (sewers.network == nullptr) return;
  const Hash128 network = content_hash(*sewers.network);
  out.value(network.low);
  out.value(network.high);
}

void hash_info(Hasher& out, const CityModel& city) {
  const CityInfo& info = city.info();
  RowBytes row;
  row.add(info.name);
  row.add(info.utc_offset);
  row.add(info.currency);
  row.add(info.price_year);
  row.add(info.frame.crs);
  row.add(info.frame.origin_x);
  row.add(info.frame.origin_y);
  row.add(info.frame.vertical_datum);
  row.add(info.frame.extent.min);
  row.add(info.frame.extent.max);
  const Hash128 h = row.hash();
  out.value(h.low);
  out.value(h.high);
  const Sources& s = city.sources();
  hash_rows(out, "sources", s.size(), city, [&](Context& c, std::size_t r) {
    for (const auto* column : {&s.key, &s.kind, &s.file_name, &s.content_hash, &s.licence, &s.attribution,
                               &s.date, &s.crs, &s.vertical_datum})
      c.row.add((*column)[r]);
  });
}

}  // namespace

Hash128 content_hash(const CityModel& city) {
  Hasher out;
  hash_info(out, city);
  hash_grid(out, "terrain", city.terrain().elevation);
  out.value(city.terrain().true_resolution_m);
  for (const TerrainPatch& patch : city.terrain().patches) {
    RowBytes row;
    row.add(std::span<const Point2>(patch.polygon));
    row.add(patch.verb);
    row.add(patch.value);
    const Hash128 h = row.hash();
    out.value(h.low);
    out.value(h.high);
  }
  for (const RetentionArea& area : city.land_cover().retention) {
    RowBytes row;
    row.add(std::span<const Point2>(area.polygon));
    row.add(area.kind);
    for (const double value : {area.share, area.storage, area.intake, area.sinks}) row.add(value);
    const Hash128 h = row.hash();
    out.value(h.low);
    out.value(h.high);
  }
  hash_streets(out, city);
  hash_buildings(out, city);
  hash_land_and_water(out, city);
  hash_facilities(out, city);
  hash_sewers(out, city);
  return out.finish();
}

}  // namespace citytwin
