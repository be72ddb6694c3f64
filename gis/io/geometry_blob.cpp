#include "gis/io/geometry_blob.hpp"

#include <bit>
#include <cmath>
#include <cstring>
#include <optional>

#include "engine/model/city_model.hpp"

namespace citytwin::gis {

static_assert(std::endian::native == std::endian::little);

void GeometryWriter::header(Box2 box, bool with_envelope) {
  box = {box.min + origin_, box.max + origin_};
  box_.add(box);
  extent_.add(box);
  bytes_.clear();
  put('G');
  put('P');
  put(std::uint8_t{0});  // version
  put(static_cast<std::uint8_t>(with_envelope ? 0b0000'0011
                                              : 0b0000'0001));  // little endian, [xmin,xmax,ymin,ymax]
  put(srs_id_);
  if (!with_envelope) return;
  for (const double v : {box.min.x, box.max.x, box.min.y, box.max.y}) put(v);
}

std::span<const unsigned char> GeometryWriter::point(Point2 p) {
  header({p, p}, false);
  put(std::uint8_t{1});
  put(kPoint);
  put_point(p);
  return bytes_;
}

std::span<const unsigned char> GeometryWriter::line(std::span<const Point2> points) {
  header(bounds(points));
  put(std::uint8_t{1});
  put(kLine);
  put(static_cast<std::uint32_t>(points.size()));
  for (const Point2 p : points) put_point(p);
  return bytes_;
}

void GeometryWriter::closed_ring(std::span<const Point2> ring) {
  put(static_cast<std::uint32_t>(ring.size() + 1));
  for (const Point2 p : ring) put_point(p);
  put_point(ring.front());
}

std::span<const unsigned char> GeometryWriter::surface(const std::vector<std::span<const Point3>>& rings) {
  Box2 box;
  for (const Point3& p : rings.front()) box.add(Point2{p.x, p.y});
  header(box);
  put(std::uint8_t{1});
  put(kPolygonZ);
  put(static_cast<std::uint32_t>(rings.size()));
  const auto put_3d = [&](const Point3& p) {
    put_point({p.x, p.y});
    put(p.z);
  };
  for (const auto ring : rings) {
    put(static_cast<std::uint32_t>(ring.size() + 1));
    for (const Point3& p : ring) put_3d(p);
    put_3d(ring.front());
  }
  return bytes_;
}

namespace {

// Reads little-endian values front to back; a short blob makes ok() false.
class Cursor {
 public:
  explicit Cursor(std::span<const unsigned char> bytes) : bytes_(bytes) {}

  template <class T>
  T take() {
    T value{};
    if (bytes_.size() < sizeof value) {
      ok_ = false;
      return value;
    }
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_ = bytes_.subspan(sizeof value);
    return value;
  }
  double coordinate() {
    const auto value = take<double>();
    if (!std::isfinite(value)) ok_ = false;
    return value;
  }
  // A count of items of at least `bytes_each`; zero and not ok if the blob cannot hold them.
  std::uint32_t count(std::size_t bytes_each) {
    const auto n = take<std::uint32_t>();
    if (n > bytes_.size() / bytes_each) ok_ = false;
    return ok_ ? n : 0;
  }
  void skip(std::size_t n) {
    if (n > bytes_.size()) ok_ = false;
    bytes_ = bytes_.subspan(std::min(n, bytes_.size()));
  }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return ok_ && bytes_.empty(); }

 private:
  std::span<const unsigned char> bytes_;
  bool ok_ = true;
};

// Base type (1 point, 2 line, 3 polygon ...) and dimensions behind the GeoPackage header.
struct Kind {
  std::uint32_t type = 0;
  bool has_z = false, has_m = false;
};

std::optional<Kind> open_blob(Cursor& cursor) {
  if (cursor.take<unsigned char>() != 'G' || cursor.take<unsigned char>() != 'P') return std::nullopt;
  cursor.take<std::uint8_t>();  // version
  const auto flags = cursor.take<std::uint8_t>();
  cursor.take<std::int32_t>();  // srs_id
  constexpr std::size_t kEnvelopeBytes[] = {0, 32, 48, 48, 64};
  const unsigned envelope = (flags >> 1U) & 7U;
  const bool empty = (flags & 0b0001'0000U) != 0;
  if (!cursor.ok() || (flags & 1U) == 0 || envelope > 4 || empty) return std::nullopt;
  cursor.skip(kEnvelopeBytes[envelope]);
  if (cursor.take<std::uint8_t>() != 1) return std::nullopt;  // byte order
  const auto code = cursor.take<std::uint32_t>();
  if (!cursor.ok() || code >= 4000) return std::nullopt;
  const std::uint32_t dimension = code / 1000;
  return Kind{code % 1000, dimension == 1 || dimension == 3, dimension >= 2};
}

// GIS programs turn polygons into one-part multipolygons when they edit them; those are read as what they
// hold.
std::optional<Kind> open_single(Cursor& cursor, std::uint32_t wanted) {
  auto kind = open_blob(cursor);
  if (kind && kind->type == wanted + 3) {
    if (cursor.count(9) != 1 || cursor.take<std::uint8_t>() != 1) return std::nullopt;
    kind->type = cursor.take<std::uint32_t>() % 1000;
  }
  if (!cursor.ok() || !kind || kind->type != wanted) return std::nullopt;
  return kind;
}

std::size_t bytes_of_point(const Kind& kind) { return 16U + (kind.has_z ? 8U : 0U) + (kind.has_m ? 8U : 0U); }

Point3 take_point(Cursor& cursor, const Kind& kind, Point2 origin) {
  Point3 p;
  p.x = snap(cursor.coordinate() - origin.x);
  p.y = snap(cursor.coordinate() - origin.y);
  if (kind.has_z) p.z = cursor.coordinate();
  if (kind.has_m) cursor.take<double>();
  return p;
}

template <class Ring>
bool take_ring(Cursor& cursor, const Kind& kind, Point2 origin, Ring& ring) {
  const std::uint32_t n = cursor.count(bytes_of_point(kind));
  if (n < 4) return false;
  ring.reserve(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    const Point3 p = take_point(cursor, kind, origin);
    if constexpr (std::is_same_v<typename Ring::value_type, Point3>)
      ring.push_back(p);
    else
      ring.push_back({p.x, p.y});
  }
  if (!(ring.front() == ring.back())) return false;
  ring.pop_back();
  return cursor.ok();
}

}  // namespace

bool GeometryReader::point(std::span<const unsigned char> blob, Point2& out) const {
  Cursor cursor(blob);
  const auto kind = open_single(cursor, 1);
  if (!kind) return false;
  const Point3 p = take_point(cursor, *kind, origin_);
  out = {p.x, p.y};
  return cursor.at_end();
}

bool GeometryReader::line(std::span<const unsigned char> blob, std::vector<Point2>& out) const {
  Cursor cursor(blob);
  const auto kind = open_single(cursor, 2);
  if (!kind) return false;
  const std::uint32_t n = cursor.count(bytes_of_point(*kind));
  out.clear();
  out.reserve(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    const Point3 p = take_point(cursor, *kind, origin_);
    out.push_back({p.x, p.y});
  }
  return cursor.at_end() && n >= 2;
}

bool GeometryReader::polygon(std::span<const unsigned char> blob, Polygon& out) const {
  Cursor cursor(blob);
  const auto kind = open_single(cursor, 3);
  if (!kind) return false;
  const std::uint32_t rings = cursor.count(4);
  out.outer.clear();
  out.holes.clear();
  for (std::uint32_t k = 0; k < rings; ++k) {
    Ring ring;
    if (!take_ring(cursor, *kind, origin_, ring)) return false;
    if (k == 0)
      out.outer = std::move(ring);
    else
      out.holes.push_back(std::move(ring));
  }
  return cursor.at_end() && rings > 0;
}

bool GeometryReader::surface(std::span<const unsigned char> blob,
                             std::vector<std::vector<Point3>>& out) const {
  Cursor cursor(blob);
  const auto kind = open_single(cursor, 3);
  if (!kind || !kind->has_z) return false;
  const std::uint32_t rings = cursor.count(4);
  out.clear();
  for (std::uint32_t k = 0; k < rings; ++k)
    if (!take_ring(cursor, *kind, origin_, out.emplace_back())) return false;
  return cursor.at_end() && rings > 0;
}

}  // namespace citytwin::gis
