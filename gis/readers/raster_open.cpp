#include <algorithm>
#include <atomic>
#include <cctype>
#include <cmath>
#include <cstring>

#include "gis/crs/crs_gdal.hpp"
#include "gis/io/zip_member.hpp"
#include "gis/readers/raster_gdal.hpp"

namespace citytwin::gis {
namespace {

// Caps before anything is read: a 100-byte file can claim any size (notes/reliability.md 3.2).
constexpr double kMaxCells = 4e10;
constexpr double kMaxBlockBytes = 512e6;
constexpr std::uint64_t kMaxUnpacked = std::uint64_t{2} << 30U;
constexpr double kFoot = 0.3048;
constexpr double kUsSurveyFoot = 1200.0 / 3937.0;

std::string lower_extension(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

bool is_raster_name(std::string_view name) {
  const std::string extension = lower_extension(std::filesystem::path(name));
  return extension == ".hgt" || extension == ".tif" || extension == ".tiff" || extension == ".asc";
}

// "N43E007.hgt": GDAL takes an SRTM tile's place from its name.
bool is_tile_name(const std::string& name) {
  const std::string s = name.size() >= 7 ? name.substr(0, 7) : "";
  const auto digit = [&](std::size_t i) { return std::isdigit(static_cast<unsigned char>(s[i])) != 0; };
  return !s.empty() && std::strchr("NSns", s[0]) != nullptr && digit(1) && digit(2) &&
         std::strchr("EWew", s[3]) != nullptr && digit(4) && digit(5) && digit(6);
}

Result<Done> unpack(RasterSource::Impl& impl, const RasterGiven& given, const RunContext& context) {
  std::uint64_t limit = kMaxUnpacked;
  if (context.memory_limit_bytes > 0)
    limit = std::min(limit, static_cast<std::uint64_t>(context.memory_limit_bytes / 2));
  auto member = read_zip_member(given.file, is_raster_name, limit, context);
  if (!member.ok()) return Result<Done>(member.diagnostics());
  if (lower_extension(member->name) == ".hgt" && !is_tile_name(member->name))
    return Result<Done>::failure("zip.not_a_tile", {.file = given.file.string(), .feature = member->name});
  static std::atomic<int> counter{0};
  impl.unpacked = std::move(member->bytes);
  impl.memory_name = "/vsimem/citytwin/" + std::to_string(counter++) + "/" + member->name;
  auto* bytes = reinterpret_cast<GByte*>(impl.unpacked.data());
  VSIFCloseL(VSIFileFromMemBuffer(impl.memory_name.c_str(), bytes, impl.unpacked.size(), FALSE));
  return Done{};
}

// The stored value times scale plus offset is in metres, where the band says its unit.
bool set_scale(RasterSource::Impl& impl, GDALRasterBand& band) {
  int has = 0;
  impl.scale = band.GetScale(&has);
  if (has == 0) impl.scale = 1;
  impl.offset = band.GetOffset(&has);
  if (has == 0) impl.offset = 0;
  std::string unit = band.GetUnitType() == nullptr ? "" : band.GetUnitType();
  std::transform(unit.begin(), unit.end(), unit.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  double factor = 1;
  if (unit == "ft" || unit == "foot" || unit == "feet") factor = kFoot;
  if (unit == "us survey foot" || unit == "us-ft" || unit == "ftus") factor = kUsSurveyFoot;
  if (unit == "cm") factor = 0.01;
  impl.scale *= factor;
  impl.offset *= factor;
  return std::isfinite(impl.scale) && std::isfinite(impl.offset);
}

Diagnostics check_shape(RasterSource::Impl& impl, const Where& where) {
  Diagnostics out;
  GDALDataset& data = *impl.dataset;
  RasterInfo& info = impl.info;
  if (data.GetRasterCount() < 1 || info.width < 1 || info.height < 1) {
    out.error("raster.empty", where);
    return out;
  }
  GDALRasterBand& band = *data.GetRasterBand(1);
  int block_x = 0;
  int block_y = 0;
  band.GetBlockSize(&block_x, &block_y);
  const double bytes = GDALGetDataTypeSizeBytes(band.GetRasterDataType()) * data.GetRasterCount();
  const double cells = static_cast<double>(info.width) * info.height;
  if (cells > kMaxCells || static_cast<double>(block_x) * block_y * bytes > kMaxBlockBytes) {
    out.error("raster.too_large", where,
              {{"width", std::to_string(info.width)}, {"height", std::to_string(info.height)}});
    return out;
  }
  if (GDALDataTypeIsComplex(band.GetRasterDataType()) != 0 || !set_scale(impl, band))
    out.error("raster.no_numbers", where);
  info.saturates_at_255 = band.GetRasterDataType() == GDT_Byte && impl.scale == 1;
  return out;
}

Diagnostics check_place(RasterSource::Impl& impl, const Where& where) {
  Diagnostics out;
  RasterInfo& info = impl.info;
  auto& t = info.transform;
  if (impl.dataset->GetGeoTransform(t.data()) != CE_None) {
    out.error("raster.no_position", where);
    return out;
  }
  const bool finite = std::all_of(t.begin(), t.end(), [](double v) { return std::isfinite(v); });
  if (!finite || t[1] == 0 || t[5] == 0) {
    out.error("raster.no_position", where);
  } else if (t[2] != 0 || t[4] != 0 || t[1] < 0 || t[5] > 0) {
    out.error("raster.rotated", where);
  }
  info.bounds = {{t[0], t[3] + t[5] * info.height}, {t[0] + t[1] * info.width, t[3]}};
  return out;
}

// The file's CRS, else the user's word; neither is an error, a raster without a place is worthless.
Diagnostics find_crs(RasterSource::Impl& impl, const RasterGiven& given, const Where& where) {
  RasterInfo& info = impl.info;
  info.crs = crs_from_ogr(impl.dataset->GetSpatialRef());
  Diagnostics out;
  if (info.crs.is_local() && !given.crs.empty()) {
    const auto parsed = Crs::parse(given.crs, where);
    if (!parsed.ok()) return parsed.diagnostics();
    info.crs = *parsed;
  } else if (info.crs.is_local()) {
    out.error("raster.no_crs", where);
  }
  if (info.crs.is_geographic() &&
      (info.bounds.max.y > 91 || info.bounds.min.y < -91 || info.bounds.width() > 361))
    out.error("raster.not_on_earth", where);
  info.vertical_datum = info.crs.vertical_datum();
  // SRTM tiles: orthometric heights on EGM96 (NASA SRTM Topography documentation, section 2.1).
  if (std::string_view(impl.dataset->GetDriverName()) == "SRTMHGT") info.vertical_datum = "EGM96 height";
  if (!given.vertical_datum.empty()) info.vertical_datum = given.vertical_datum;
  info.resolution_m = -info.transform[5] * info.crs.metres_per_unit();
  return out;
}

}  // namespace

RasterSource::Impl::~Impl() {
  dataset.reset();
  if (!memory_name.empty()) VSIUnlink(memory_name.c_str());
}

const RasterInfo& RasterSource::info() const { return impl_->info; }

Result<RasterSource> open_raster_source(const RasterGiven& given, const RunContext& context) {
  start_gdal();
  const Where where{.file = given.file.string()};
  auto impl = std::make_shared<RasterSource::Impl>();
  impl->info.key = given.key;
  impl->info.file = given.file.string();
  std::filesystem::path name = given.file;
  if (lower_extension(name) == ".zip") {
    const auto unpacked = unpack(*impl, given, context);
    if (!unpacked.ok()) return Result<RasterSource>(unpacked.diagnostics());
    name = impl->memory_name;
  }
  auto dataset = open_raster(name);
  if (!dataset.ok()) {
    auto item = dataset.diagnostics().items().front();
    return Result<RasterSource>::failure(item.code, where, item.args);
  }
  impl->dataset = std::move(*dataset);
  impl->info.width = impl->dataset->GetRasterXSize();
  impl->info.height = impl->dataset->GetRasterYSize();
  const GdalErrors errors;
  Diagnostics notes;
  if (const int bands = impl->dataset->GetRasterCount(); bands > 1)
    notes.warning("raster.several_bands", where, {{"bands", std::to_string(bands)}});
  for (const auto& check : {check_shape, check_place})
    if (Diagnostics found = check(*impl, where); found.has_errors()) return Result<RasterSource>(found);
  if (Diagnostics found = find_crs(*impl, given, where); found.has_errors())
    return Result<RasterSource>(found);
  return Result<RasterSource>(RasterSource(std::move(impl)), std::move(notes));
}

Box2 lonlat_bounds(const RasterInfo& info) {
  if (info.crs.is_local()) return {};
  const auto transform = FrameTransform::make(info.crs, CityFrame{.crs = "EPSG:4326"});
  return transform.ok() ? transform->to_frame(info.bounds) : Box2{};
}

}  // namespace citytwin::gis
