// Internal to gis: the one place that starts GDAL, opens data sets and catches what GDAL complains about.
// Only the drivers CityTwin has a use for are registered, the network is off, nothing is written beside a
// source. Included by .cpp files of gis only, never by a header other rooms see.
#pragma once

#include <gdal_priv.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostics.hpp"
#include "engine/base/result.hpp"

namespace citytwin::gis {

// Registers the allow list and sets the configuration; safe to call from any thread, any number of times.
void start_gdal();

// Catches every CPLError of this thread while it lives.
class GdalErrors {
 public:
  GdalErrors();
  ~GdalErrors();
  GdalErrors(const GdalErrors&) = delete;
  GdalErrors& operator=(const GdalErrors&) = delete;

  // A CE_Failure or worse was raised: the operation failed even where GDAL returned 0 (a cut file does that).
  [[nodiscard]] bool failed() const { return !failures_.empty(); }
  [[nodiscard]] std::string reason() const { return failures_.empty() ? std::string{} : failures_.front(); }
  // Adds one error with argument {reason} if anything failed; returns whether it did.
  bool report(Diagnostics& diagnostics, std::string_view code, Where where) const;
  void clear() { failures_.clear(); }

 private:
  static void CPL_STDCALL handle(CPLErr severity, CPLErrorNum number, const char* message);
  std::vector<std::string> failures_;
};

struct DatasetCloser {
  void operator()(GDALDataset* dataset) const { GDALClose(dataset); }
};
using DatasetPtr = std::unique_ptr<GDALDataset, DatasetCloser>;

// Closes, so that errors of the last flush are raised now; false if GDAL raised any.
bool close_checked(DatasetPtr dataset, const GdalErrors& errors);

// Opens a file that passed safe_input(), read-only, with the drivers of the allow list for that purpose.
// Failure code "file.not_recognised" or "file.broken", argument {reason}.
Result<DatasetPtr> open_raster(const std::filesystem::path& path);
Result<DatasetPtr> open_vector(const std::filesystem::path& path, const char* const* options = nullptr);

}  // namespace citytwin::gis
