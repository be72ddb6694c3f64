#include <algorithm>
#include <cmath>
#include <string_view>

#include "gis/readers/raster_gdal.hpp"

namespace citytwin::gis {
namespace {

constexpr std::size_t kCellsPerPiece = 1U << 22U;

int clamp_cell(double cell, int n) { return static_cast<int>(std::clamp(cell, 0.0, static_cast<double>(n))); }

// One value of the source: counted, and NaN unless it can be used.
class ValueFilter {
 public:
  ValueFilter(const RasterSource::Impl& impl, GDALRasterBand& band, const ValueRange& range,
              RasterCounts& counts)
      : scale_(impl.scale), offset_(impl.offset), range_(range), counts_(counts) {
    int has = 0;
    const double value = band.GetNoDataValue(&has);
    if (has == 0) return;
    no_data_ = static_cast<float>(value);
    nan_is_no_data_ = std::isnan(value);
  }

  float operator()(float stored) {
    ++counts_.read;
    if (stored == no_data_) return miss(counts_.no_data);
    if (std::isnan(stored)) return miss(nan_is_no_data_ ? counts_.no_data : counts_.not_a_number);
    if (stored == 255.0F) ++counts_.at_255;
    const double value = stored * scale_ + offset_;
    if (!(value >= range_.lowest && value <= range_.highest)) return miss(counts_.out_of_range);
    ++counts_.valid;
    return static_cast<float>(value);
  }

 private:
  static float miss(std::uint64_t& counter) {
    ++counter;
    return kNoData;
  }
  double scale_, offset_;
  float no_data_ = kNoData;
  bool nan_is_no_data_ = false;
  const ValueRange& range_;
  RasterCounts& counts_;
};

// GDAL's ASCII grid driver seeks a row by reading all rows before it, and when one of them fails it tries all
// of those again for each further row: a cut file with the window at row n costs 2^n reads (seen: 24 s at row
// 24). Reading from the top, row by row, ends at the first failure.
bool walk_to_row(GDALDataset& dataset, int row) {
  if (std::string_view(dataset.GetDriverName()) != "AAIGrid") return true;
  GDALRasterBand& band = *dataset.GetRasterBand(1);
  float value = 0;
  for (int r = 0; r < row; ++r)
    if (band.RasterIO(GF_Read, 0, r, 1, 1, &value, 1, 1, GDT_Float32, 0, 0) != CE_None) return false;
  return true;
}

}  // namespace

RasterWindow window_of(const RasterInfo& info, const Box2& box, int margin) {
  if (box.empty()) return {};
  const auto& t = info.transform;
  const int left = clamp_cell(std::floor((box.min.x - t[0]) / t[1]) - margin, info.width);
  const int right = clamp_cell(std::ceil((box.max.x - t[0]) / t[1]) + margin, info.width);
  const int top = clamp_cell(std::floor((box.max.y - t[3]) / t[5]) - margin, info.height);
  const int bottom = clamp_cell(std::ceil((box.min.y - t[3]) / t[5]) + margin, info.height);
  return {left, top, right - left, bottom - top};
}

Result<std::vector<float>> read_window(const RasterSource& source, const RasterWindow& window,
                                       const ValueRange& range, RasterCounts& counts,
                                       const RunContext& context) {
  const Where where{.file = source.info().file};
  const double need = static_cast<double>(window.size()) * sizeof(float);
  if (context.memory_limit_bytes > 0 && need > context.memory_limit_bytes)
    return Result<std::vector<float>>::failure("memory.too_large", where,
                                               {{"need_mb", std::to_string(std::llround(need / 1e6))}});
  const GdalErrors errors;
  GDALRasterBand& band = *source.impl().dataset->GetRasterBand(1);
  ValueFilter filter(source.impl(), band, range, counts);
  if (!walk_to_row(*source.impl().dataset, window.row))
    return Result<std::vector<float>>::failure("file.broken", where, {{"reason", errors.reason()}});
  std::vector<float> values(window.size());
  const auto width = static_cast<std::size_t>(window.width);
  const int piece = static_cast<int>(std::max<std::size_t>(1, kCellsPerPiece / width));
  for (int first = 0; first < window.height; first += piece) {
    context.check_stop();
    const int rows = std::min(piece, window.height - first);
    float* out = values.data() + static_cast<std::size_t>(first) * width;
    const CPLErr result = band.RasterIO(GF_Read, window.column, window.row + first, window.width, rows, out,
                                        window.width, rows, GDT_Float32, 0, 0);
    if (result != CE_None || errors.failed())
      return Result<std::vector<float>>::failure("file.broken", where, {{"reason", errors.reason()}});
    std::for_each(out, out + static_cast<std::size_t>(rows) * width, [&](float& v) { v = filter(v); });
  }
  return values;
}

}  // namespace citytwin::gis
