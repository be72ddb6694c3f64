#include "gis/crs/crs.hpp"

#include <cpl_conv.h>

#include <charconv>
#include <cmath>

#include "gis/crs/crs_gdal.hpp"
#include "gis/io/session_gdal.hpp"

namespace citytwin::gis {
namespace {

constexpr int kWebMercator = 3857;
constexpr double kEarthRadius = 6'371'008.8;  // mean, IUGG [m]
constexpr std::size_t kMaxWkt = 100'000;

// The one maker of spatial references.
OGRSpatialReference new_reference() {
  start_gdal();
  OGRSpatialReference reference;
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return reference;
}

std::string authority_code(const OGRSpatialReference& reference) {
  const char* authority = reference.GetAuthorityName(nullptr);
  const char* code = reference.GetAuthorityCode(nullptr);
  if (authority == nullptr || code == nullptr) return {};
  return std::string(authority) + ":" + code;
}

// Files often hold a CRS without its number; PROJ finds it if the match is certain enough.
std::string found_code(const OGRSpatialReference& reference) {
  std::string code = authority_code(reference);
  if (!code.empty()) return code;
  int matches = 0;
  int* confidence = nullptr;
  OGRSpatialReferenceH* found = reference.FindMatches(nullptr, &matches, &confidence);
  for (int i = 0; i < matches && code.empty(); ++i)
    if (confidence[i] >= 90) code = authority_code(*OGRSpatialReference::FromHandle(found[i]));
  OSRFreeSRSArray(found);
  CPLFree(confidence);
  return code;
}

std::string vertical_of(const OGRSpatialReference& reference) {
  if (!reference.IsCompound() && !reference.IsVertical()) return "unknown";
  const char* name = reference.GetAttrValue("COMPD_CS|VERT_CS");
  if (name == nullptr) name = reference.GetAttrValue("VERT_CS");
  return name == nullptr || *name == '\0' ? "unknown" : name;
}

std::shared_ptr<const Crs::Impl> make_impl(const OGRSpatialReference& reference) {
  const GdalErrors quiet;  // asking a CRS for what it does not have is no error
  auto impl = std::make_shared<Crs::Impl>();
  impl->vertical_datum = vertical_of(reference);
  impl->horizontal = reference;
  impl->horizontal.StripVertical();
  impl->horizontal.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  const char* name = impl->horizontal.GetName();
  impl->name = name == nullptr ? "unnamed" : name;
  impl->code = found_code(impl->horizontal);
  if (impl->code.empty()) impl->code = impl->name;
  return impl;
}

bool usable(const OGRSpatialReference& reference) {
  return reference.IsProjected() || reference.IsGeographic();
}

// "EPSG:n" with digits only; 0 if it is not that.
int epsg_number(const std::string& text) {
  constexpr std::string_view kPrefix = "EPSG:";
  if (text.size() <= kPrefix.size()) return 0;
  for (std::size_t i = 0; i < kPrefix.size(); ++i)
    if (std::toupper(static_cast<unsigned char>(text[i])) != kPrefix[i]) return 0;
  int number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + kPrefix.size(), end, number);
  return error == std::errc{} && stop == end && number > 0 ? number : 0;
}

bool looks_like_wkt(const std::string& text) {
  return text.size() < kMaxWkt && text.find('[') != std::string::npos && text.back() == ']';
}

}  // namespace

Crs crs_from_ogr(const OGRSpatialReference* reference) {
  if (reference == nullptr || reference->IsEmpty() || reference->IsLocal() || !usable(*reference)) return {};
  return Crs(make_impl(*reference));
}

Result<Crs> Crs::parse(const std::string& text, const Where& where) {
  if (text == "local") return Crs{};
  OGRSpatialReference reference = new_reference();
  const GdalErrors errors;
  OGRErr result = OGRERR_CORRUPT_DATA;
  if (const int number = epsg_number(text); number > 0) {
    result = reference.importFromEPSG(number);
  } else if (!text.empty() && looks_like_wkt(text)) {
    result = reference.importFromWkt(text.c_str());
  }
  if (result != OGRERR_NONE || !usable(reference))
    return Result<Crs>::failure("crs.not_understood", where, {{"crs", text.substr(0, 80)}});
  return Crs(make_impl(reference));
}

Crs Crs::wgs84() {
  static const Crs kWgs84 = *parse("EPSG:4326");
  return kWgs84;
}

bool Crs::is_geographic() const { return !is_local() && impl_->horizontal.IsGeographic() != 0; }
bool Crs::is_projected() const { return !is_local() && impl_->horizontal.IsProjected() != 0; }
std::string Crs::code() const { return is_local() ? "local" : impl_->code; }
std::string Crs::name() const { return is_local() ? "local" : impl_->name; }
std::string Crs::vertical_datum() const { return is_local() ? "unknown" : impl_->vertical_datum; }

std::string Crs::wkt() const {
  if (is_local()) return {};
  char* text = nullptr;
  impl_->horizontal.exportToWkt(&text);
  std::string wkt = text == nullptr ? "" : text;
  CPLFree(text);
  return wkt;
}

double Crs::metres_per_unit() const {
  if (is_local()) return 1;
  if (is_geographic()) return kEarthRadius * impl_->horizontal.GetAngularUnits();
  return impl_->horizontal.GetLinearUnits();
}

std::string vertical_datum_name(const std::string& code) {
  const int number = epsg_number(code);
  OGRSpatialReference reference = new_reference();
  const GdalErrors quiet;
  if (number == 0 || reference.importFromEPSG(number) != OGRERR_NONE) return "unknown";
  return vertical_of(reference);
}

Result<Crs> utm_of(double longitude, double latitude) {
  if (!(longitude >= -180 && longitude <= 180 && latitude >= -80 && latitude <= 84))
    return Result<Crs>::failure("crs.no_utm");
  int zone = std::min(static_cast<int>(std::floor((longitude + 180) / 6)) + 1, 60);
  if (latitude >= 56 && latitude < 64 && longitude >= 3 && longitude < 12) zone = 32;  // south-west Norway
  return Crs::parse("EPSG:" + std::to_string((latitude >= 0 ? 32600 : 32700) + zone));
}

Diagnostics check_frame(const Crs& crs, const Where& where) {
  Diagnostics out;
  if (crs.is_local()) return out;
  if (!crs.is_projected()) {
    out.error("crs.frame_geographic", where, {{"crs", crs.code()}});
  } else if (crs.code() == "EPSG:" + std::to_string(kWebMercator)) {
    out.error("crs.frame_web_mercator", where, {{"crs", crs.code()}});
  } else if (std::abs(crs.metres_per_unit() - 1) > 1e-12) {
    out.error("crs.frame_not_metres", where, {{"crs", crs.code()}});
  } else if (crs.code().rfind("EPSG:", 0) != 0) {
    out.error("crs.frame_without_code", where, {{"crs", crs.code()}});
  }
  return out;
}

CityFrame make_frame(const Crs& crs, const Box2& projected, std::string vertical_datum) {
  constexpr double kKilometre = 1000;
  CityFrame frame;
  frame.crs = crs.code();
  if (!crs.is_local()) {
    frame.origin_x = std::floor(projected.min.x / kKilometre) * kKilometre;
    frame.origin_y = std::floor(projected.min.y / kKilometre) * kKilometre;
  }
  frame.vertical_datum = vertical_datum.empty() ? crs.vertical_datum() : std::move(vertical_datum);
  const Point2 origin{frame.origin_x, frame.origin_y};
  frame.extent = {snap(projected.min - origin), snap(projected.max - origin)};
  return frame;
}

}  // namespace citytwin::gis
