#include "gis/io/session_gdal.hpp"

#include <cpl_conv.h>
#include <cpl_string.h>
#include <gdal_frmts.h>
#include <ogr_srs_api.h>
#include <ogrsf_frmts.h>
#include <unistd.h>

#include <array>
#include <mutex>

namespace citytwin::gis {
namespace {

constexpr std::size_t kMaxErrorsKept = 8;

// GDAL's scratch files, should a driver want any: our own folder, gone when the program ends.
class Scratch {
 public:
  Scratch() {
    std::error_code ignored;
    auto pattern = (std::filesystem::temp_directory_path(ignored) / "citytwin-XXXXXX").string();
    if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void configure(const std::string& scratch) {
  const auto set = [](const char* key, const char* value) { CPLSetConfigOption(key, value); };
  set("GDAL_DRIVER_PATH", "disable");  // no plug-ins
  set("GDAL_VRT_ENABLE_PYTHON", "NO");
  set("GDAL_PAM_ENABLED", "NO");  // no .aux.xml, neither read nor written
  set("GDAL_DISABLE_READDIR_ON_OPEN", "TRUE");
  set("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", ".none");
  set("GDAL_HTTP_TIMEOUT", "1");
  set("GDAL_NUM_THREADS", "1");
  set("GDAL_CACHEMAX", "256");  // MB
  set("GDAL_MAX_DATASET_POOL_SIZE", "50");
  set("OGR_GEOJSON_MAX_OBJ_SIZE", "200");  // MB
  set("OGR_SQLITE_LOAD_EXTENSIONS", nullptr);
  set("OGR_SQLITE_JOURNAL", "MEMORY");  // no journal beside a file
  set("OGR_CT_FORCE_TRADITIONAL_GIS_ORDER", nullptr);
  if (!scratch.empty()) set("CPL_TMPDIR", scratch.c_str());
  OSRSetPROJEnableNetwork(0);
}

void register_drivers() {
  GDALRegister_GTiff();
  GDALRegister_COG();
  GDALRegister_AAIGrid();
  GDALRegister_SRTMHGT();
  GDALRegister_MEM();
  RegisterOGRGeoPackage();
  RegisterOGRGeoJSON();
  RegisterOGRShape();
  RegisterOGRFlatGeobuf();
  RegisterOGRCSV();
}

// Names such as MEM:::DATAPOINTER= never get here (safe_input), yet MEM is left out: it reads no file.
constexpr std::array kRasterDrivers = {"GTiff", "AAIGrid", "SRTMHGT", "GPKG"};
constexpr std::array kVectorDrivers = {"GPKG", "GeoJSON", "ESRI Shapefile", "FlatGeobuf", "CSV"};

// Columns of a CSV file that hold its places.
void add_csv_options(CPLStringList& options) {
  options.SetNameValue("X_POSSIBLE_NAMES", "x,lon,longitude,lng,easting");
  options.SetNameValue("Y_POSSIBLE_NAMES", "y,lat,latitude,northing");
  options.SetNameValue("GEOM_POSSIBLE_NAMES", "wkt,geom,geometry");
  options.SetNameValue("KEEP_GEOM_COLUMNS", "NO");
}

template <std::size_t N>
Result<DatasetPtr> open(const std::filesystem::path& path, unsigned flags,
                        const std::array<const char*, N>& drivers, const char* const* options) {
  start_gdal();
  CPLStringList allowed;
  for (const char* driver : drivers) allowed.AddString(driver);
  CPLStringList all_options(CSLDuplicate(const_cast<char**>(options)));
  // SQLite would otherwise make -wal and -shm files beside a source that was left in WAL mode.
  if (path.extension() == ".gpkg") all_options.SetNameValue("IMMUTABLE", "YES");
  if (path.extension() == ".csv" || path.extension() == ".CSV") add_csv_options(all_options);
  const GdalErrors errors;
  DatasetPtr dataset(
      GDALDataset::Open(path.c_str(), flags | GDAL_OF_READONLY, allowed.List(), all_options.List()));
  const Where where{.file = path.string()};
  if (dataset == nullptr) {
    if (!errors.failed()) return Result<DatasetPtr>::failure("file.not_recognised", where);
    return Result<DatasetPtr>::failure("file.broken", where, {{"reason", errors.reason()}});
  }
  if (errors.failed())
    return Result<DatasetPtr>::failure("file.broken", where, {{"reason", errors.reason()}});
  return Result<DatasetPtr>(std::move(dataset));
}

}  // namespace

void start_gdal() {
  static std::once_flag once;
  std::call_once(once, [] {
    static const Scratch scratch;
    configure(scratch.path());
    register_drivers();
  });
}

GdalErrors::GdalErrors() { CPLPushErrorHandlerEx(&GdalErrors::handle, this); }

GdalErrors::~GdalErrors() { CPLPopErrorHandler(); }

namespace {

// What a person can use of GDAL's message: without the SQL statement that failed, and not endless.
std::string readable(std::string_view message) {
  constexpr std::string_view kFailed = ") failed: ";
  constexpr std::size_t kLongest = 200;
  if (const auto at = message.rfind(kFailed); at != std::string_view::npos)
    message.remove_prefix(at + kFailed.size());
  std::string text(message.substr(0, kLongest));
  if (message.size() > kLongest) text += " ...";
  return text;
}

}  // namespace

void GdalErrors::handle(CPLErr severity, CPLErrorNum /*number*/, const char* message) {
  auto* self = static_cast<GdalErrors*>(CPLGetErrorHandlerUserData());
  if (severity < CE_Failure || self->failures_.size() >= kMaxErrorsKept) return;
  self->failures_.push_back(readable(message));
}

bool GdalErrors::report(Diagnostics& diagnostics, std::string_view code, Where where) const {
  if (!failed()) return false;
  diagnostics.error(std::string(code), std::move(where), {{"reason", reason()}});
  return true;
}

bool close_checked(DatasetPtr dataset, const GdalErrors& errors) {
  dataset.reset();
  return !errors.failed();
}

Result<DatasetPtr> open_raster(const std::filesystem::path& path) {
  return open(path, GDAL_OF_RASTER, kRasterDrivers, nullptr);
}

Result<DatasetPtr> open_vector(const std::filesystem::path& path, const char* const* options) {
  return open(path, GDAL_OF_VECTOR, kVectorDrivers, options);
}

}  // namespace citytwin::gis
