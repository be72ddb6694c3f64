// Coordinate reference systems and the road between a source's coordinates and the city frame. One function
// makes every spatial reference (x = easting or longitude first, always); codes and WKT only, never a name
// that could be a file or an address.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "engine/base/result.hpp"
#include "engine/geo/point.hpp"
#include "engine/model/city_model.hpp"

namespace citytwin::gis {

// Immutable, cheap to copy.
class Crs {
 public:
  Crs() = default;  // "local": plain metres without a place on Earth

  // "EPSG:28992", "local", or WKT (1 or 2). Failure: "crs.not_understood", argument {crs}.
  static Result<Crs> parse(const std::string& text, const Where& where = {});
  static Crs wgs84();

  [[nodiscard]] bool is_local() const { return impl_ == nullptr; }
  [[nodiscard]] bool is_geographic() const;
  [[nodiscard]] bool is_projected() const;
  // "EPSG:n" of the horizontal part where PROJ knows or finds it, "local", else the name of the CRS.
  [[nodiscard]] std::string code() const;
  [[nodiscard]] std::string name() const;
  [[nodiscard]] std::string wkt() const;             // WKT 1 of the horizontal part; "" if local
  [[nodiscard]] std::string vertical_datum() const;  // "unknown" if it states none
  [[nodiscard]] double metres_per_unit() const;      // of x and y; of a degree of latitude if geographic

  struct Impl;  // holds the OGR object; defined in crs_gdal.hpp
  explicit Crs(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  [[nodiscard]] const Impl* impl() const { return impl_.get(); }

 private:
  std::shared_ptr<const Impl> impl_;
};

// Name of a vertical CRS, "EPSG:5783" → "DHHN92 height"; "unknown" if there is none of that code.
std::string vertical_datum_name(const std::string& code);

// WGS 84 / UTM zone of a place. Failure outside 84 N .. 80 S: "crs.no_utm".
Result<Crs> utm_of(double longitude, double latitude);

// Can this be a city's frame? Projected, in metres, not EPSG:3857 (whose metres are wrong away from the
// equator), or local. Codes: crs.frame_geographic, crs.frame_web_mercator, crs.frame_not_metres.
Diagnostics check_frame(const Crs& crs, const Where& where = {});

// The frame of a city whose projected box is `projected`: origin floored to whole kilometres, extent relative
// to it. `vertical_datum` empty = that of the CRS.
[[nodiscard]] CityFrame make_frame(const Crs& crs, const Box2& projected, std::string vertical_datum = {});

// Source coordinates to the city frame and back. Not for two threads at once: each makes its own.
class FrameTransform {
 public:
  // Failure: "crs.local_mixed" (one side local, the other not), "crs.no_transform".
  static Result<FrameTransform> make(const Crs& source, const CityFrame& frame);
  FrameTransform(FrameTransform&&) noexcept;
  FrameTransform& operator=(FrameTransform&&) noexcept;
  ~FrameTransform();

  // In place. Points that cannot be transformed become NaN; returns how many.
  std::size_t to_frame(std::span<Point2> points) const;
  std::size_t from_frame(std::span<Point2> points) const;
  [[nodiscard]] Point2 to_frame(Point2 p) const;
  [[nodiscard]] Point2 from_frame(Point2 p) const;
  // Box around the image of a box, its edges cut into pieces so that curved images fit.
  [[nodiscard]] Box2 to_frame(const Box2& box) const;
  [[nodiscard]] Box2 from_frame(const Box2& box) const;

 private:
  struct Impl;
  explicit FrameTransform(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace citytwin::gis
