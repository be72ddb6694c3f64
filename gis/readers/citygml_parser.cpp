#include "gis/readers/citygml_parser.hpp"

#include <expat.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <memory>
#include <optional>
#include <string_view>

namespace citytwin::gis::citygml {

namespace {

constexpr std::size_t kDeepest = 200;
constexpr char kSeparator = '|';  // between namespace and local name
constexpr std::string_view kCityGml = "http://www.opengis.net/citygml/";

struct Name {
  std::string_view space, local;
};

Name split(const char* name) {
  const std::string_view whole(name);
  const std::size_t at = whole.rfind(kSeparator);
  if (at == std::string_view::npos) return {{}, whole};
  return {whole.substr(0, at), whole.substr(at + 1)};
}

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// Attribute of that local name, any namespace.
std::string_view attribute(const char** attributes, std::string_view local) {
  for (; *attributes != nullptr; attributes += 2)
    if (split(attributes[0]).local == local) return attributes[1];
  return {};
}

// Numbers parted by white space (or, in gml:coordinates, commas). False if anything is not a finite number.
bool numbers_of(std::string_view text, std::vector<double>& out) {
  const char* p = text.data();
  const char* end = p + text.size();
  for (;;) {
    while (p != end && (*p == ' ' || *p == '\n' || *p == '\r' || *p == '\t' || *p == ',')) ++p;
    if (p == end) return true;
    if (*p == '+') ++p;
    double value = 0;
    const auto [next, error] = std::from_chars(p, end, value);
    if (error != std::errc{} || !std::isfinite(value)) return false;
    out.push_back(value);
    p = next;
  }
}

// "lod2Solid" → 2; nullopt if the element is not a geometry property of a level.
std::optional<double> lod_of(std::string_view local) {
  if (!starts_with(local, "lod") || local.size() < 5 || local[3] < '0' || local[3] > '4') return std::nullopt;
  const std::string_view what = local.substr(4);
  if (what == "Solid" || what == "MultiSurface" || what == "FootPrint" || what == "RoofEdge" ||
      what == "Geometry")
    return local[3] - '0';
  return std::nullopt;
}

std::optional<SurfaceKind> boundary_kind(std::string_view local) {
  if (local == "WallSurface") return SurfaceKind::wall;
  if (local == "RoofSurface") return SurfaceKind::roof;
  if (local == "GroundSurface") return SurfaceKind::ground;
  if (local == "ClosureSurface") return SurfaceKind::closure;
  if (local == "OuterCeilingSurface" || local == "OuterFloorSurface") return SurfaceKind::other;
  return std::nullopt;
}

// Parts of a building whose polygons are not the building's own, and what has no geometry for us.
bool skipped(std::string_view local) {
  constexpr std::array kSkipped = {"interiorRoom",
                                   "outerBuildingInstallation",
                                   "interiorBuildingInstallation",
                                   "opening",
                                   "address",
                                   "appearance",
                                   "appearanceMember",
                                   "appearanceMembers",
                                   "lod1TerrainIntersection",
                                   "lod2TerrainIntersection",
                                   "lod3TerrainIntersection",
                                   "lod2MultiCurve",
                                   "lod3MultiCurve",
                                   "externalReference"};
  return std::find(kSkipped.begin(), kSkipped.end(), local) != kSkipped.end();
}

class Parser {
 public:
  Parser(const BuildingSource& source, const GmlEvents& events) : source_(source), events_(events) {}

  Result<GmlFile> run(const RunContext& context) {
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
        XML_ParserCreateNS(nullptr, kSeparator), &XML_ParserFree);
    xml_ = parser.get();
    XML_SetUserData(xml_, this);
    XML_SetElementHandler(xml_, &Parser::on_start, &Parser::on_end);
    XML_SetCharacterDataHandler(xml_, &Parser::on_text);
    XML_SetStartDoctypeDeclHandler(xml_, &Parser::on_doctype);
    std::error_code ignored;
    const auto size = static_cast<double>(std::filesystem::file_size(source_.file, ignored));
    std::ifstream in(source_.file, std::ios::binary);
    std::string block(std::size_t{1} << 18U, '\0');
    double done = 0;
    for (bool last = false; !last;) {
      context.check_stop();
      in.read(block.data(), static_cast<std::streamsize>(block.size()));
      const auto n = static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0));
      last = !in.good();
      done += static_cast<double>(n);
      context.progress("stage.read_citygml", size > 0 ? std::min(done / size, 1.0) : -1.0);
      const XML_Status status = XML_Parse(xml_, block.data(), static_cast<int>(n), last ? 1 : 0);
      if (!failure_.empty()) return fail(failure_, argument_);
      if (status != XML_STATUS_OK)
        return fail("citygml.broken_xml", {{"reason", XML_ErrorString(XML_GetErrorCode(xml_))}});
    }
    return GmlFile{srs_name_};
  }

 private:
  using Args = std::vector<std::pair<std::string, std::string>>;

  // One open element that matters to us or to its children.
  struct Element {
    std::string local;
    std::string_view role;  // "object", "part", "boundary", "lod", "" ...
  };

  [[nodiscard]] Where here() const {
    Where where{.file = source_.file.string()};
    where.line = static_cast<long>(XML_GetCurrentLineNumber(xml_));
    return where;
  }
  Result<GmlFile> fail(const std::string& code, Args args) const {
    return Result<GmlFile>::failure(code, here(), std::move(args));
  }
  void stop(const char* code, Args args = {}) {
    if (!failure_.empty()) return;
    failure_ = code;
    argument_ = std::move(args);
    XML_StopParser(xml_, XML_FALSE);
  }

  static void XMLCALL on_start(void* self, const XML_Char* name, const XML_Char** attributes) {
    static_cast<Parser*>(self)->start(split(name), attributes);
  }
  static void XMLCALL on_end(void* self, const XML_Char* name) {
    static_cast<Parser*>(self)->end(split(name));
  }
  static void XMLCALL on_text(void* self, const XML_Char* text, int length) {
    auto* parser = static_cast<Parser*>(self);
    if (parser->want_text_) parser->text_.append(text, static_cast<std::size_t>(length));
  }
  // CityGML has no use for entities; they are only a way to attack a parser.
  static void XMLCALL on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<Parser*>(self)->stop("citygml.doctype");
  }

  void start(const Name& name, const char** attributes) {
    if (stack_.size() >= kDeepest) return stop("citygml.too_deep");
    if (stack_.empty() && !check_root(name)) return;
    const std::string parent = stack_.empty() ? std::string{} : stack_.back();
    stack_.emplace_back(name.local);
    text_.clear();
    want_text_ = false;
    if (skip_from_ > 0) return;
    note_reference_system(attributes);
    if (skipped(name.local)) {
      skip_from_ = stack_.size();
      return;
    }
    if (name.local == "Building" || name.local == "BuildingPart") return start_object(attributes);
    if (name.local == "TINRelief" || name.local == "ReliefFeature") {
      in_relief_ = in_relief_ || name.local == "TINRelief";
    } else if (is_member(parent) && building_.parts.empty()) {
      if (starts_with(name.space, kCityGml)) events_.other(std::string(name.local));
      return;
    }
    if (in_relief_) return start_geometry(name, attributes);
    if (open_.empty()) return;
    if (const auto kind = boundary_kind(name.local)) kind_ = *kind;
    if (const auto lod = lod_of(name.local)) lod_ = *lod;
    if (parent == "Building" || parent == "BuildingPart" || name.local == "value") {
      want_text_ = true;
      unit_ = attribute(attributes, "uom");
    }
    if (ends_with_attribute(name.local)) generic_ = attribute(attributes, "name");
    start_geometry(name, attributes);
  }

  void end(const Name& name) {
    if (!failure_.empty() || stack_.empty()) return;
    const bool skipping = skip_from_ > 0;
    if (skip_from_ == stack_.size()) skip_from_ = 0;
    stack_.pop_back();
    if (!skipping) finish(name.local);
    want_text_ = false;
    text_.clear();
  }

  void finish(std::string_view local) {
    if (local == "TINRelief") {
      in_relief_ = false;
      return events_.relief();
    }
    if (in_relief_) return end_geometry(local);
    if (open_.empty()) return;
    if (local == "Building" || local == "BuildingPart") return end_object();
    const std::string& parent = stack_.back();
    if (want_text_ && local == "value") {
      if (!generic_.empty()) part().attributes.emplace(generic_, trimmed(text_));
    } else if (want_text_ && (parent == "Building" || parent == "BuildingPart")) {
      if (const std::string value = trimmed(text_); !value.empty())
        part().attributes.emplace(std::string(local), value + unit_suffix());
    }
    if (lod_of(local)) lod_ = 0;
    if (boundary_kind(local)) kind_ = SurfaceKind::other;
    end_geometry(local);
  }

  bool check_root(const Name& name) {
    if (name.local != "CityModel" || !starts_with(name.space, kCityGml)) {
      stop("citygml.not_citygml");
      return false;
    }
    const std::string_view version = name.space.substr(kCityGml.size());
    if (version != "1.0" && version != "2.0") {
      stop("citygml.version", {{"version", std::string(version)}});
      return false;
    }
    return true;
  }

  static bool is_member(const std::string& local) {
    return local == "cityObjectMember" || local == "featureMember";
  }
  static bool ends_with_attribute(std::string_view local) {
    constexpr std::string_view kEnd = "Attribute";
    return local.size() > kEnd.size() && local.substr(local.size() - kEnd.size()) == kEnd;
  }

  void note_reference_system(const char** attributes) {
    const std::string_view srs = attribute(attributes, "srsName");
    if (!srs.empty()) {
      if (srs_name_.empty()) srs_name_ = srs;
      if (srs != srs_name_) stop("citygml.mixed_crs", {{"first", srs_name_}, {"second", std::string(srs)}});
    }
    if (const std::string_view dimension = attribute(attributes, "srsDimension"); !dimension.empty())
      dimension_ = dimension == "2" ? 2 : 3;
  }

  void start_object(const char** attributes) {
    if (open_.empty()) {
      building_ = {};
      building_.line = static_cast<long>(XML_GetCurrentLineNumber(xml_));
    }
    open_.push_back(building_.parts.size());
    building_.parts.emplace_back();
    part().id = attribute(attributes, "id");
    lod_ = 0;
    kind_ = SurfaceKind::other;
  }

  void end_object() {
    open_.pop_back();
    if (!open_.empty()) return;
    events_.building(std::move(building_));
    building_ = {};
  }

  GmlPart& part() { return building_.parts[open_.back()]; }

  void start_geometry(const Name& name, const char** attributes) {
    if (name.local == "Polygon" || name.local == "Triangle" || name.local == "Rectangle") {
      polygon_ = {};
      polygon_.id = attribute(attributes, "id");
      in_polygon_ = true;
    } else if (in_polygon_ && name.local == "LinearRing") {
      ring_.clear();
    } else if (in_polygon_ &&
               (name.local == "posList" || name.local == "pos" || name.local == "coordinates")) {
      want_text_ = true;
    } else if (!in_polygon_ && !in_relief_ && lod_ > 0) {
      if (const std::string_view href = attribute(attributes, "href"); !href.empty())
        part().references.push_back({std::string(href.substr(href.rfind('#') + 1)), lod_});
    }
  }

  void end_geometry(std::string_view local) {
    if (!in_polygon_) return;
    if (local == "posList" || local == "pos" || local == "coordinates") return read_points();
    if (local == "LinearRing") {
      if (ring_.size() > 1 && ring_.front() == ring_.back()) ring_.pop_back();
      polygon_.surface.rings.push_back(std::move(ring_));
      ring_ = {};
    } else if (local == "Polygon" || local == "Triangle" || local == "Rectangle") {
      in_polygon_ = false;
      if (polygon_.surface.rings.empty() || polygon_.surface.rings.front().size() < 3) return;
      if (in_relief_) return events_.triangle(polygon_.surface.rings.front());
      polygon_.surface.kind = kind_;
      polygon_.lod = lod_;
      part().surfaces.push_back(std::move(polygon_));
    }
  }

  void read_points() {
    numbers_.clear();
    const auto d = static_cast<std::size_t>(dimension_);
    if (!numbers_of(text_, numbers_) || numbers_.size() % d != 0) return stop("citygml.bad_coordinates");
    for (std::size_t k = 0; k < numbers_.size(); k += d)
      ring_.push_back({numbers_[k], numbers_[k + 1], d == 3 ? numbers_[k + 2] : kUnknown});
  }

  static std::string trimmed(const std::string& text) {
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
  }

  // uom="ft", "#ft", "urn:ogc:def:uom:UCUM::[ft_i]" → " ft"; metres need no suffix.
  [[nodiscard]] std::string unit_suffix() const {
    return unit_.find("ft") != std::string::npos || unit_.find("foot") != std::string::npos ? " ft" : "";
  }

  const BuildingSource& source_;
  const GmlEvents& events_;
  XML_Parser xml_ = nullptr;
  std::string failure_;
  Args argument_;

  std::vector<std::string> stack_;  // local names of open elements
  std::size_t skip_from_ = 0;       // depth of the element whose inside is skipped; 0 = none
  std::string text_;
  bool want_text_ = false;
  std::string srs_name_;
  int dimension_ = 3;

  GmlBuilding building_;
  std::vector<std::size_t> open_;  // parts whose element is open, the building's own first
  double lod_ = 0;
  SurfaceKind kind_ = SurfaceKind::other;
  std::string generic_, unit_;
  bool in_relief_ = false;

  bool in_polygon_ = false;
  GmlSurface polygon_;
  std::vector<Point3> ring_;
  std::vector<double> numbers_;
};

}  // namespace

Result<GmlFile> parse(const BuildingSource& source, const GmlEvents& events, const RunContext& context) {
  return Parser(source, events).run(context);
}

}  // namespace citytwin::gis::citygml
