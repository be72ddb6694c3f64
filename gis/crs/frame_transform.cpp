#include <array>
#include <cmath>
#include <vector>

#include "gis/crs/crs_gdal.hpp"
#include "gis/io/session_gdal.hpp"

namespace citytwin::gis {
namespace {

struct DestroyTransformation {
  void operator()(OGRCoordinateTransformation* t) const { OGRCoordinateTransformation::DestroyCT(t); }
};
using TransformationPtr = std::unique_ptr<OGRCoordinateTransformation, DestroyTransformation>;

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kBatch = 1024;

// Null transformation = the identity (same CRS on both sides, or both local).
std::size_t transform(OGRCoordinateTransformation* transformation, std::span<Point2> points) {
  if (transformation == nullptr) return 0;
  const GdalErrors quiet;  // failures are counted point by point
  std::size_t failed = 0;
  std::array<double, kBatch> x{};
  std::array<double, kBatch> y{};
  std::array<int, kBatch> good{};
  for (std::size_t begin = 0; begin < points.size(); begin += kBatch) {
    const std::size_t n = std::min(kBatch, points.size() - begin);
    for (std::size_t i = 0; i < n; ++i) {
      x[i] = points[begin + i].x;
      y[i] = points[begin + i].y;
      good[i] = 0;
    }
    transformation->Transform(static_cast<int>(n), x.data(), y.data(), nullptr, good.data());
    for (std::size_t i = 0; i < n; ++i) {
      const bool ok = good[i] != 0 && std::isfinite(x[i]) && std::isfinite(y[i]);
      points[begin + i] = ok ? Point2{x[i], y[i]} : Point2{kNaN, kNaN};
      if (!ok) ++failed;
    }
  }
  return failed;
}

// Points along the four edges of a box.
std::vector<Point2> edge_points(const Box2& box) {
  constexpr int kPieces = 32;
  std::vector<Point2> points;
  for (int i = 0; i <= kPieces; ++i) {
    const double t = static_cast<double>(i) / kPieces;
    const double x = box.min.x + t * box.width();
    const double y = box.min.y + t * box.height();
    points.insert(points.end(), {{x, box.min.y}, {x, box.max.y}, {box.min.x, y}, {box.max.x, y}});
  }
  return points;
}

Box2 finite_bounds(const std::vector<Point2>& points) {
  Box2 box;
  for (Point2 p : points)
    if (std::isfinite(p.x) && std::isfinite(p.y)) box.add(p);
  return box;
}

}  // namespace

struct FrameTransform::Impl {
  TransformationPtr forward, backward;
  Point2 origin;
};

FrameTransform::FrameTransform(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
FrameTransform::FrameTransform(FrameTransform&&) noexcept = default;
FrameTransform& FrameTransform::operator=(FrameTransform&&) noexcept = default;
FrameTransform::~FrameTransform() = default;

Result<FrameTransform> FrameTransform::make(const Crs& source, const CityFrame& frame) {
  const Result<Crs> target = Crs::parse(frame.crs);
  if (!target.ok()) return Result<FrameTransform>(target.diagnostics());
  auto impl = std::make_unique<Impl>();
  impl->origin = {frame.origin_x, frame.origin_y};
  if (source.is_local() != target->is_local())
    return Result<FrameTransform>::failure("crs.local_mixed", {},
                                           {{"source", source.code()}, {"frame", frame.crs}});
  if (source.is_local() || source.code() == target->code()) return FrameTransform(std::move(impl));

  const GdalErrors errors;
  impl->forward.reset(OGRCreateCoordinateTransformation(ogr_of(source), ogr_of(*target)));
  impl->backward.reset(OGRCreateCoordinateTransformation(ogr_of(*target), ogr_of(source)));
  if (impl->forward == nullptr || impl->backward == nullptr)
    return Result<FrameTransform>::failure("crs.no_transform", {},
                                           {{"source", source.code()}, {"frame", frame.crs}});
  return FrameTransform(std::move(impl));
}

std::size_t FrameTransform::to_frame(std::span<Point2> points) const {
  const std::size_t failed = transform(impl_->forward.get(), points);
  for (Point2& p : points) p = p - impl_->origin;
  return failed;
}

std::size_t FrameTransform::from_frame(std::span<Point2> points) const {
  for (Point2& p : points) p = p + impl_->origin;
  return transform(impl_->backward.get(), points);
}

Point2 FrameTransform::to_frame(Point2 p) const {
  to_frame(std::span<Point2>(&p, 1));
  return p;
}

Point2 FrameTransform::from_frame(Point2 p) const {
  from_frame(std::span<Point2>(&p, 1));
  return p;
}

Box2 FrameTransform::to_frame(const Box2& box) const {
  auto points = edge_points(box);
  to_frame(std::span<Point2>(points));
  return finite_bounds(points);
}

Box2 FrameTransform::from_frame(const Box2& box) const {
  auto points = edge_points(box);
  from_frame(std::span<Point2>(points));
  return finite_bounds(points);
}

}  // namespace citytwin::gis
