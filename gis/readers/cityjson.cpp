#include "gis/readers/cityjson.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>

#include "gis/readers/buildings_common_solid.hpp"
#include "gis/readers/buildings_common_srs.hpp"
#include "gis/readers/cityjson_file.hpp"
#include "gis/readers/cityjson_geometry.hpp"

namespace citytwin::gis {

namespace {

using cityjson::Vertices;
using nlohmann::json;

constexpr auto kStage = "stage.read_cityjson";

std::string text_or_empty(const json& object, const char* key) {
  const auto it = object.find(key);
  return it != object.end() && it->is_string() ? it->get<std::string>() : "";
}

Result<Done> check_header(const json& root, const Where& where) {
  if (!root.is_object() || text_or_empty(root, "type") != "CityJSON")
    return Result<Done>::failure("cityjson.not_cityjson", where);
  const std::string version = text_or_empty(root, "version");
  if (version != "1.0" && version != "1.1" && version != "2.0")
    return Result<Done>::failure("cityjson.version", where, {{"version", version}});
  if (!root.contains("transform") && version != "1.0")
    return Result<Done>::failure("cityjson.no_transform", where);
  if (!root.contains("CityObjects") || !root.at("CityObjects").is_object() || root.at("CityObjects").empty())
    return Result<Done>::failure("cityjson.empty", where);
  return Done{};
}

Vertices read_vertices(const json& root) {
  double scale[3] = {1, 1, 1};
  double translate[3] = {0, 0, 0};
  if (const auto transform = root.find("transform"); transform != root.end())
    for (std::size_t k = 0; k < 3; ++k) {
      scale[k] = transform->at("scale").at(k).get<double>();
      translate[k] = transform->at("translate").at(k).get<double>();
    }
  Vertices out;
  const json& vertices = root.at("vertices");
  out.points.reserve(vertices.size());
  for (const json& v : vertices)
    out.points.push_back({v.at(0).get<double>() * scale[0] + translate[0],
                          v.at(1).get<double>() * scale[1] + translate[1],
                          v.at(2).get<double>() * scale[2] + translate[2]});
  return out;
}

Result<NamedCrs> read_crs(const json& root, const BuildingSource& source, const Where& where) {
  std::string name;
  if (const auto metadata = root.find("metadata"); metadata != root.end() && metadata->is_object()) {
    name = text_or_empty(*metadata, "referenceSystem");
    if (name.empty()) name = text_or_empty(*metadata, "crs");
  }
  if (name.empty()) name = source.crs;
  if (name.empty()) return Result<NamedCrs>::failure("cityjson.no_crs", where);
  return crs_from_srs_name(name, where);
}

std::map<std::string, std::string> attributes_of(const json& object) {
  std::map<std::string, std::string> out;
  const auto attributes = object.find("attributes");
  if (attributes == object.end() || !attributes->is_object()) return out;
  for (const auto& [key, value] : attributes->items()) {
    if (value.is_string()) out[key] = value.get<std::string>();
    if (value.is_number()) out[key] = value.dump();
  }
  return out;
}

class CityObjects {
 public:
  CityObjects(const json& root, const BuildingSource& source, const Vertices& vertices,
              double metres_per_unit)
      : objects_(root.at("CityObjects")),
        source_(source),
        vertices_(vertices),
        buildings_(source, "Building", metres_per_unit),
        orphans_(source, "BuildingPart without building", metres_per_unit) {
    parts_.source = terrain_.source = others_.source = source.key;
    parts_.kind = "BuildingPart";
    terrain_.kind = "TINRelief";
    others_.kind = "other city objects";
  }

  void read(const RunContext& context) {
    std::size_t done = 0;
    for (const auto& [key, object] : objects_.items()) {
      if ((done++ & 0xFFU) == 0) {
        context.check_stop();
        context.progress(kStage,
                         0.3 + 0.7 * static_cast<double>(done) / static_cast<double>(objects_.size()));
      }
      const std::string type = object.at("type").get<std::string>();
      if (type == "Building") {
        building(key, object);
      } else if (type == "TINRelief") {
        relief(key, object);
      } else if (type == "BuildingPart") {
        loose_.push_back(key);
      } else {
        ++others_.read;
        others_.drop("dropped.not_a_building");
      }
    }
    for (const std::string& key : loose_)
      if (claimed_.count(key) == 0) orphan(key, objects_.at(key));
  }

  void finish(BuildingsRead& read) {
    buildings_.finish(read);
    if (parts_.read > 0) read.log.counts.push_back(parts_);
    if (has_orphans_) orphans_.finish(read);
    if (terrain_.read > 0) read.log.counts.push_back(terrain_);
    if (others_.read > 0) read.log.counts.push_back(others_);
    read.log.findings.insert(read.log.findings.end(), findings_.begin(), findings_.end());
    if (!tin_.triangles.empty()) read.terrain = std::move(tin_);
  }

 private:
  void add_geometry(const std::string& key, const json& object, SolidBuilding& out) {
    const json* geometry = cityjson::best_geometry(object);
    if (geometry == nullptr) return;
    cityjson::Surfaces read = cityjson::surfaces_of(*geometry, vertices_);
    if (read.is_template) find("dropped.geometry_template", key);
    if (read.bad > 0) find("repaired.bad_surface", key);
    if (read.surfaces.empty()) return;
    out.detailed = out.detailed || cityjson::lod_of(*geometry) >= 2;
    out.parts.push_back({std::move(read.surfaces)});
  }

  void building(const std::string& key, const json& object) {
    SolidBuilding out;
    out.key = key;
    out.attributes = attributes_of(object);
    add_geometry(key, object, out);
    if (const auto children = object.find("children"); children != object.end())
      for (const json& child : *children) {
        const auto& name = child.get_ref<const std::string&>();
        const auto part = objects_.find(name);
        if (part == objects_.end()) {
          find("repaired.missing_part", key);
          continue;
        }
        if (part->at("type") != "BuildingPart" || !claimed_.insert(name).second) continue;
        ++parts_.read;
        ++parts_.merged;
        add_geometry(name, *part, out);
      }
    buildings_.add(out);
  }

  // A part no building claims stands for itself.
  void orphan(const std::string& key, const json& object) {
    has_orphans_ = true;
    SolidBuilding out;
    out.key = key;
    out.attributes = attributes_of(object);
    add_geometry(key, object, out);
    orphans_.add(out);
  }

  void relief(const std::string& key, const json& object) {
    ++terrain_.read;
    const json* geometry = cityjson::best_geometry(object);
    const std::size_t before = tin_.triangles.size();
    if (geometry != nullptr && cityjson::add_triangles(*geometry, vertices_, tin_) > 0)
      find("repaired.bad_surface", key);
    if (tin_.triangles.size() > before)
      ++terrain_.kept;
    else
      terrain_.drop("dropped.no_geometry");
  }

  void find(const char* code, const std::string& key) {
    findings_.push_back({code, source_.key, key, {kUnknown, kUnknown}});
  }

  const json& objects_;
  const BuildingSource& source_;
  const Vertices& vertices_;
  SolidRows buildings_, orphans_;
  ImportCount parts_, terrain_, others_;
  std::vector<ImportFinding> findings_;
  std::vector<std::string> loose_;  // parts, until a building claims them
  std::set<std::string> claimed_;
  bool has_orphans_ = false;
  Tin tin_;
};

Result<BuildingsRead> read_root(const json& root, const BuildingSource& source, const Where& where,
                                const RunContext& context) {
  if (Result<Done> header = check_header(root, where); !header.ok())
    return Result<BuildingsRead>(header.diagnostics());
  const Result<NamedCrs> named = read_crs(root, source, where);
  if (!named.ok()) return Result<BuildingsRead>(named.diagnostics());
  Vertices vertices = read_vertices(root);
  for (const Point3& p : vertices.points)
    if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.z))
      return Result<BuildingsRead>::failure("cityjson.bad_vertices", where);
  if (!vertices.points.empty() && north_first(named->crs, {vertices.points[0].x, vertices.points[0].y}))
    for (Point3& p : vertices.points) std::swap(p.x, p.y);
  BuildingsRead read;
  read.crs = named->crs.code();
  read.vertical_datum = source.vertical_datum.empty() ? named->vertical_datum : source.vertical_datum;
  CityObjects objects(root, source, vertices, named->crs.metres_per_unit());
  objects.read(context);
  objects.finish(read);
  if (read.rows.empty() && !read.terrain) return Result<BuildingsRead>::failure("cityjson.empty", where);
  return read;
}

}  // namespace

Result<BuildingsRead> read_cityjson(const BuildingSource& source, const RunContext& context) {
  const Where where{.file = source.file.string()};
  context.progress(kStage, 0.0);
  Result<std::string> text = read_json_text(source.file, context);
  if (!text.ok()) return Result<BuildingsRead>(text.diagnostics());
  try {
    const json root = json::parse(*text);
    text->clear();
    text->shrink_to_fit();
    context.progress(kStage, 0.3);
    return read_root(root, source, where, context);
  } catch (const json::parse_error& error) {
    Where place = where;
    const auto at = text->begin() + static_cast<std::ptrdiff_t>(std::min(error.byte, text->size()));
    place.line = 1 + std::count(text->begin(), at, '\n');
    return Result<BuildingsRead>::failure("cityjson.broken", place, {{"reason", error.what()}});
  } catch (const json::exception& error) {
    return Result<BuildingsRead>::failure("cityjson.broken", where, {{"reason", error.what()}});
  }
}

}  // namespace citytwin::gis
