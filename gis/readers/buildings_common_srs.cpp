#include "gis/readers/buildings_common_srs.hpp"

#include <array>
#include <cctype>
#include <string_view>
#include <vector>

#include "gis/crs/crs_gdal.hpp"
#include "gis/io/session_gdal.hpp"

namespace citytwin::gis {

namespace {

struct AdvName {
  std::string_view name, epsg;
};

// GeoInfoDok names of the German cadastre (AdV).
constexpr auto kAdvNames = std::to_array<AdvName>({
    {"ETRS89_UTM31", "25831"},
    {"ETRS89_UTM32", "25832"},
    {"ETRS89_UTM33", "25833"},
    {"ETRS89_Lat-Lon", "4258"},
    {"DE_DHDN_3GK2", "31466"},
    {"DE_DHDN_3GK3", "31467"},
    {"DE_DHDN_3GK4", "31468"},
    {"DE_DHDN_3GK5", "31469"},
    {"DE_DHHN92_NH", "5783"},
    {"DE_DHHN2016_NH", "7837"},
    {"DE_DHHN85_NOH", "5784"},
    {"DE_DHHN12_NOH", "7699"},
});

bool digits(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text)
    if (std::isdigit(static_cast<unsigned char>(c)) == 0) return false;
  return true;
}

// Codes in order: after each "EPSG" the last all-digit field of the run of fields that ':' and '/' part.
std::vector<std::string> epsg_codes(const std::string& name) {
  std::vector<std::string> codes;
  constexpr std::string_view kEpsg = "EPSG";
  for (std::size_t at = name.find(kEpsg); at != std::string::npos; at = name.find(kEpsg, at)) {
    at += kEpsg.size();
    std::string code;
    while (at < name.size() && (name[at] == ':' || name[at] == '/')) {
      const std::size_t begin = ++at;
      while (at < name.size() && (std::isdigit(static_cast<unsigned char>(name[at])) != 0 || name[at] == '.'))
        ++at;
      if (const std::string field = name.substr(begin, at - begin); digits(field)) code = field;
    }
    if (!code.empty()) codes.push_back(code);
    // "EPSG:25833*5783" and "EPSG:25833+5783": the vertical part follows without its authority.
    if (!code.empty() && at < name.size() && (name[at] == '*' || name[at] == '+')) {
      const std::size_t begin = at + 1;
      std::size_t end = begin;
      while (end < name.size() && std::isdigit(static_cast<unsigned char>(name[end])) != 0) ++end;
      if (end > begin) codes.push_back(name.substr(begin, end - begin));
    }
  }
  return codes;
}

std::vector<std::string> adv_codes(const std::string& name) {
  std::vector<std::string> codes;
  std::size_t begin = name.rfind(':') == std::string::npos ? 0 : name.rfind(':') + 1;
  while (begin <= name.size()) {
    const std::size_t end = std::min(name.find('*', begin), name.size());
    for (const AdvName& known : kAdvNames)
      if (name.substr(begin, end - begin) == known.name) codes.emplace_back(known.epsg);
    begin = end + 1;
  }
  return codes;
}

bool in_area_of_use(const Crs& crs, Point2 p) {
  double west = 0;
  double south = 0;
  double east = 0;
  double north = 0;
  if (!ogr_of(crs)->GetAreaOfUse(&west, &south, &east, &north, nullptr)) return false;
  CityFrame lonlat;
  lonlat.crs = "EPSG:4326";
  const Result<FrameTransform> transform = FrameTransform::make(crs, lonlat);
  if (!transform.ok()) return false;
  const Point2 q = transform->to_frame(p);
  return q.x >= west && q.x <= east && q.y >= south && q.y <= north;
}

}  // namespace

Result<NamedCrs> crs_from_srs_name(const std::string& name, const Where& where) {
  if (name == "local") return NamedCrs{};
  std::vector<std::string> codes = name.find("urn:adv:") == 0 ? adv_codes(name) : epsg_codes(name);
  if (name.find("CRS84") != std::string::npos) codes = {"4326"};
  if (codes.empty())
    return Result<NamedCrs>::failure("crs.not_understood", where, {{"crs", name.substr(0, 80)}});
  Result<Crs> crs = Crs::parse("EPSG:" + codes[0], where);
  if (!crs.ok()) return Result<NamedCrs>(crs.diagnostics());
  NamedCrs out{*crs, crs->vertical_datum()};
  if (codes.size() > 1) {
    std::string vertical = "EPSG:";
    vertical += codes[1];
    out.vertical_datum = vertical_datum_name(vertical);
  }
  return out;
}

bool north_first(const Crs& crs, Point2 sample) {
  if (crs.is_local()) return false;
  const GdalErrors quiet;
  const OGRSpatialReference& reference = *ogr_of(crs);
  if (crs.is_geographic()) return reference.EPSGTreatsAsLatLong() != 0;
  if (reference.EPSGTreatsAsNorthingEasting() == 0) return false;
  const bool as_written = in_area_of_use(crs, sample);
  const bool turned = in_area_of_use(crs, {sample.y, sample.x});
  return as_written == turned || turned;
}

}  // namespace citytwin::gis
