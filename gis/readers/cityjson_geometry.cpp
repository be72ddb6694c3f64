#include "gis/readers/cityjson_geometry.hpp"

#include <charconv>
#include <nlohmann/json.hpp>
#include <string>

namespace citytwin::gis::cityjson {

namespace {

using nlohmann::json;

SurfaceKind kind_of(const std::string& type) {
  if (type == "WallSurface") return SurfaceKind::wall;
  if (type == "RoofSurface") return SurfaceKind::roof;
  if (type == "GroundSurface") return SurfaceKind::ground;
  if (type == "ClosureSurface") return SurfaceKind::closure;
  return SurfaceKind::other;
}

// One surface: an array of rings of vertex numbers. False if any number or ring is unusable.
bool read_surface(const json& rings, const Vertices& vertices, FragmentSurface& out) {
  for (const json& ring : rings) {
    std::vector<Point3> points;
    points.reserve(ring.size());
    for (const json& number : ring) {
      const auto v = number.get<std::int64_t>();
      if (v < 0 || static_cast<std::size_t>(v) >= vertices.points.size()) return false;
      points.push_back(vertices.points[static_cast<std::size_t>(v)]);
    }
    if (points.size() < 3) return false;
    out.rings.push_back(std::move(points));
  }
  return !out.rings.empty();
}

class SurfaceReader {
 public:
  SurfaceReader(const json& geometry, const Vertices& vertices, Surfaces& out)
      : vertices_(vertices), out_(out) {
    if (const auto semantics = geometry.find("semantics");
        semantics != geometry.end() && semantics->is_object()) {
      for (const json& surface : semantics->at("surfaces"))
        kinds_.push_back(kind_of(surface.at("type").get<std::string>()));
      values_ = &semantics->at("values");
    }
  }

  void surfaces(const json& boundaries, const json* values) {
    std::size_t k = 0;
    for (const json& rings : boundaries) {
      FragmentSurface surface;
      surface.kind =
          kind(values != nullptr && values->is_array() && k < values->size() ? (*values)[k] : json{});
      ++k;
      if (read_surface(rings, vertices_, surface))
        out_.surfaces.push_back(std::move(surface));
      else
        ++out_.bad;
    }
  }

  // Only the outer shell: inner ones bound hollows.
  void solid(const json& boundaries, const json* values) {
    if (boundaries.empty()) return;
    surfaces(boundaries.at(0),
             values != nullptr && values->is_array() && !values->empty() ? &(*values)[0] : nullptr);
  }

  [[nodiscard]] const json* values() const { return values_; }

 private:
  [[nodiscard]] SurfaceKind kind(const json& value) const {
    if (!value.is_number_integer()) return SurfaceKind::other;
    const auto k = value.get<std::int64_t>();
    return k >= 0 && static_cast<std::size_t>(k) < kinds_.size() ? kinds_[static_cast<std::size_t>(k)]
                                                                 : SurfaceKind::other;
  }

  const Vertices& vertices_;
  Surfaces& out_;
  std::vector<SurfaceKind> kinds_;
  const json* values_ = nullptr;
};

}  // namespace

double lod_of(const json& geometry) {
  const auto lod = geometry.find("lod");
  if (lod == geometry.end()) return 0;
  if (lod->is_number()) return lod->get<double>();
  if (!lod->is_string()) return 0;
  const auto& text = lod->get_ref<const std::string&>();
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

const json* best_geometry(const json& object) {
  const auto list = object.find("geometry");
  if (list == object.end()) return nullptr;
  const json* best = nullptr;
  double best_lod = -1;
  for (const json& geometry : *list) {
    const double lod = lod_of(geometry);
    const bool better =
        best == nullptr || (lod < 3 ? lod > best_lod || best_lod >= 3 : best_lod >= 3 && lod < best_lod);
    if (!better) continue;
    best = &geometry;
    best_lod = lod;
  }
  return best;
}

Surfaces surfaces_of(const json& geometry, const Vertices& vertices) {
  Surfaces out;
  const std::string type = geometry.at("type").get<std::string>();
  if (type == "GeometryInstance") {
    out.is_template = true;
    return out;
  }
  const json& boundaries = geometry.at("boundaries");
  SurfaceReader reader(geometry, vertices, out);
  if (type == "MultiSurface" || type == "CompositeSurface") {
    reader.surfaces(boundaries, reader.values());
  } else if (type == "Solid") {
    reader.solid(boundaries, reader.values());
  } else if (type == "MultiSolid" || type == "CompositeSolid") {
    std::size_t k = 0;
    for (const json& solid : boundaries) {
      const json* values = reader.values();
      reader.solid(solid,
                   values != nullptr && values->is_array() && k < values->size() ? &(*values)[k] : nullptr);
      ++k;
    }
  }
  return out;
}

std::uint64_t add_triangles(const json& geometry, const Vertices& vertices, Tin& tin) {
  const Surfaces read = surfaces_of(geometry, vertices);
  for (const FragmentSurface& surface : read.surfaces) {
    const auto& ring = surface.rings.front();
    const auto base = static_cast<std::uint32_t>(tin.points.size());
    tin.points.insert(tin.points.end(), ring.begin(), ring.end());
    for (std::uint32_t k = 1; k + 1 < ring.size(); ++k)
      tin.triangles.push_back({base, base + k, base + k + 1});
  }
  return read.bad;
}

}  // namespace citytwin::gis::cityjson
