#include "gis/readers/citygml.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "gis/readers/buildings_common_solid.hpp"
#include "gis/readers/buildings_common_srs.hpp"
#include "gis/readers/citygml_parser.hpp"

namespace citytwin::gis {

namespace {

using citygml::GmlBuilding;
using citygml::GmlPart;
using citygml::GmlSurface;

class CityGmlRows {
 public:
  explicit CityGmlRows(const BuildingSource& source) : source_(source) {
    parts_.source = terrain_.source = others_.source = source.key;
    parts_.kind = "BuildingPart";
    terrain_.kind = "TINRelief";
    others_.kind = "other city objects";
  }

  // The CRS is known at the first srsName, which stands before or on the first geometry; buildings before it
  // wait. Axis order and units are settled by finish().
  void building(GmlBuilding&& building) { waiting_.push_back(std::move(building)); }

  void triangle(const std::vector<Point3>& ring) {
    const auto base = static_cast<std::uint32_t>(tin_.points.size());
    tin_.points.insert(tin_.points.end(), ring.begin(), ring.end());
    for (std::uint32_t k = 1; k + 1 < ring.size(); ++k)
      tin_.triangles.push_back({base, base + k, base + k + 1});
    relief_has_triangles_ = true;
  }

  void relief() {
    ++terrain_.read;
    if (relief_has_triangles_)
      ++terrain_.kept;
    else
      terrain_.drop("dropped.no_geometry");
    relief_has_triangles_ = false;
  }

  void other() {
    ++others_.read;
    others_.drop("dropped.not_a_building");
  }

  BuildingsRead finish(const NamedCrs& named, const RunContext& context) {
    const std::optional<Point3> sample = first_point();
    const bool turn = sample && north_first(named.crs, {sample->x, sample->y});
    BuildingsRead read;
    read.crs = named.crs.code();
    read.vertical_datum = source_.vertical_datum.empty() ? named.vertical_datum : source_.vertical_datum;
    SolidRows rows(source_, "Building", named.crs.metres_per_unit());
    std::size_t done = 0;
    for (GmlBuilding& building : waiting_) {
      if ((done++ & 0xFFU) == 0) context.check_stop();
      rows.add(solid_of(building, turn));
      building = {};
    }
    rows.finish(read);
    if (parts_.read > 0) read.log.counts.push_back(parts_);
    if (terrain_.read > 0) read.log.counts.push_back(terrain_);
    if (others_.read > 0) read.log.counts.push_back(others_);
    read.log.findings.insert(read.log.findings.end(), findings_.begin(), findings_.end());
    if (!tin_.triangles.empty()) {
      if (turn)
        for (Point3& p : tin_.points) std::swap(p.x, p.y);
      read.terrain = std::move(tin_);
    }
    return read;
  }

 private:
  [[nodiscard]] std::optional<Point3> first_point() const {
    for (const GmlBuilding& building : waiting_)
      for (const GmlPart& part : building.parts)
        for (const GmlSurface& surface : part.surfaces) return surface.surface.rings.front().front();
    if (!tin_.points.empty()) return tin_.points.front();
    return std::nullopt;
  }

  // The level to use of a part: the best below LOD3, else the coarsest above.
  static double level_of(const GmlPart& part) {
    double best = -1;
    for (const GmlSurface& surface : part.surfaces) {
      const double lod = surface.lod;
      if (best < 0 || (lod < 3 ? lod > best || best >= 3 : best >= 3 && lod < best)) best = lod;
    }
    return best;
  }

  SolidBuilding solid_of(GmlBuilding& building, bool turn) {
    SolidBuilding out;
    std::set<std::string> known;  // ids of polygons of the whole building
    for (const GmlPart& part : building.parts)
      for (const GmlSurface& surface : part.surfaces)
        if (!surface.id.empty()) known.insert(surface.id);
    for (std::size_t k = 0; k < building.parts.size(); ++k) {
      GmlPart& part = building.parts[k];
      if (k == 0) {
        out.key = part.id.empty() ? "line/" + std::to_string(building.line) : part.id;
        out.attributes = std::move(part.attributes);
      } else {
        ++parts_.read;
        ++parts_.merged;
      }
      const double level = level_of(part);
      // A solid that refers to the polygons of its boundary surfaces adds nothing to them.
      const auto lost = std::count_if(part.references.begin(), part.references.end(), [&](const auto& r) {
        return r.lod == level && known.count(r.target) == 0;
      });
      if (lost > 0) find("repaired.unresolved_reference", out.key);
      out.detailed = out.detailed || level >= 2;
      SolidPart solid;
      for (GmlSurface& surface : part.surfaces) {
        if (surface.lod != level) continue;
        if (turn)
          for (auto& ring : surface.surface.rings)
            for (Point3& p : ring) std::swap(p.x, p.y);
        solid.surfaces.push_back(std::move(surface.surface));
      }
      if (!solid.surfaces.empty()) out.parts.push_back(std::move(solid));
    }
    return out;
  }

  void find(const char* code, const std::string& key) {
    findings_.push_back({code, source_.key, key, {kUnknown, kUnknown}});
  }

  const BuildingSource& source_;
  std::vector<GmlBuilding> waiting_;
  ImportCount parts_, terrain_, others_;
  std::vector<ImportFinding> findings_;
  Tin tin_;
  bool relief_has_triangles_ = false;
};

}  // namespace

Result<BuildingsRead> read_citygml(const BuildingSource& source, const RunContext& context) {
  const Where where{.file = source.file.string()};
  CityGmlRows rows(source);
  citygml::GmlEvents events;
  events.building = [&](GmlBuilding&& building) { rows.building(std::move(building)); };
  events.triangle = [&](const std::vector<Point3>& ring) { rows.triangle(ring); };
  events.relief = [&] { rows.relief(); };
  events.other = [&](const std::string&) { rows.other(); };
  const Result<citygml::GmlFile> parsed = citygml::parse(source, events, context);
  if (!parsed.ok()) return Result<BuildingsRead>(parsed.diagnostics());
  const std::string srs = parsed->srs_name.empty() ? source.crs : parsed->srs_name;
  if (srs.empty()) return Result<BuildingsRead>::failure("citygml.no_crs", where);
  const Result<NamedCrs> named = crs_from_srs_name(srs, where);
  if (!named.ok()) return Result<BuildingsRead>(named.diagnostics());
  BuildingsRead read = rows.finish(*named, context);
  if (read.rows.empty() && !read.terrain) return Result<BuildingsRead>::failure("citygml.empty", where);
  return read;
}

}  // namespace citytwin::gis
