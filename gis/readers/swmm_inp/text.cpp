#include "gis/readers/swmm_inp/text.hpp"

#include <algorithm>

namespace citytwin::gis::swmm {

namespace {

struct Heading {
  std::string_view begin;  // SWMM takes every heading that begins so
  std::string_view name;
};

// In the order of Section; where one begins like another, the longer stands first.
constexpr std::array<Heading, kSections - 1> kHeadings{{
    {"TITLE", "TITLE"},
    {"OPTION", "OPTIONS"},
    {"FILE", "FILES"},
    {"RAINGAGE", "RAINGAGES"},
    {"TEMP", "TEMPERATURE"},
    {"EVAP", "EVAPORATION"},
    {"SUBCATCH", "SUBCATCHMENTS"},
    {"SUBAREA", "SUBAREAS"},
    {"INFIL", "INFILTRATION"},
    {"AQUIFER", "AQUIFERS"},
    {"GROUNDWATER", "GROUNDWATER"},
    {"SNOWPACK", "SNOWPACKS"},
    {"JUNC", "JUNCTIONS"},
    {"OUTFALL", "OUTFALLS"},
    {"STORAGE", "STORAGE"},
    {"DIVIDER", "DIVIDERS"},
    {"CONDUIT", "CONDUITS"},
    {"PUMP", "PUMPS"},
    {"ORIFICE", "ORIFICES"},
    {"WEIR", "WEIRS"},
    {"OUTLET", "OUTLETS"},
    {"XSECT", "XSECTIONS"},
    {"TRANSECT", "TRANSECTS"},
    {"LOSS", "LOSSES"},
    {"CONTROL", "CONTROLS"},
    {"POLLUT", "POLLUTANTS"},
    {"LANDUSE", "LANDUSES"},
    {"BUILDUP", "BUILDUP"},
    {"WASHOFF", "WASHOFF"},
    {"COVERAGE", "COVERAGES"},
    {"INFLOW", "INFLOWS"},
    {"DWF", "DWF"},
    {"PATTERN", "PATTERNS"},
    {"RDII", "RDII"},
    {"HYDROGRAPH", "HYDROGRAPHS"},
    {"LOADING", "LOADINGS"},
    {"TREATMENT", "TREATMENT"},
    {"CURVE", "CURVES"},
    {"TIMESERIES", "TIMESERIES"},
    {"REPORT", "REPORT"},
    {"COORDINATE", "COORDINATES"},
    {"VERTICES", "VERTICES"},
    {"POLYGON", "POLYGONS"},
    {"LABEL", "LABELS"},
    {"SYMBOL", "SYMBOLS"},
    {"BACKDROP", "BACKDROP"},
    {"TAG", "TAGS"},
    {"PROFILE", "PROFILES"},
    {"MAP", "MAP"},
    {"LID_CONTROL", "LID_CONTROLS"},
    {"LID_USAGE", "LID_USAGE"},
    {"GWF", "GWF"},
    {"ADJUST", "ADJUSTMENTS"},
    {"EVENT", "EVENTS"},
    {"STREET", "STREETS"},
    {"INLET_USAGE", "INLET_USAGE"},
    {"INLET", "INLETS"},
}};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool blank(char c) { return static_cast<unsigned char>(c) <= ' '; }

Section section_of(std::string_view heading) {
  heading.remove_prefix(1);  // [
  for (std::size_t k = 0; k < kHeadings.size(); ++k)
    if (begins_with_word(heading, kHeadings[k].begin)) return static_cast<Section>(k);
  return Section::none;
}

// The length of the UTF-8 sequence at `at`; 0 = there is none.
std::size_t sequence_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80U) return 1;
  const std::size_t length = first >= 0xC2U && first < 0xE0U   ? 2
                             : first >= 0xE0U && first < 0xF0U ? 3
                             : first >= 0xF0U && first < 0xF5U ? 4
                                                               : 0;
  if (length == 0 || at + length > text.size()) return 0;
  for (std::size_t k = 1; k < length; ++k)
    if ((static_cast<unsigned char>(text[at + k]) & 0xC0U) != 0x80U) return 0;
  return length;
}

}  // namespace

std::string_view name_of(Section section) {
  return section == Section::none ? std::string_view() : kHeadings[static_cast<std::size_t>(section)].name;
}

bool same_word(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool begins_with_word(std::string_view text, std::string_view begin) {
  return text.size() >= begin.size() && same_word(text.substr(0, begin.size()), begin);
}

void split_fields(std::string_view line, std::vector<std::string_view>& out) {
  line = line.substr(0, line.find(';'));
  std::size_t at = 0;
  while (at < line.size()) {
    if (blank(line[at])) {
      ++at;
      continue;
    }
    std::size_t begin = at, end = at;
    if (line[at] == '"') {
      ++begin;
      end = std::min(line.find('"', begin), line.size());
      at = end + 1;
    } else {
      while (end < line.size() && !blank(line[end])) ++end;
      at = end;
    }
    out.push_back(line.substr(begin, end - begin));
  }
}

InpText::InpText(std::string_view text) {
  struct Span {
    long line;
    Section section;
    std::size_t first, count;
  };
  std::vector<Span> spans;
  Section section = Section::none;
  bool in_unknown = false;
  long number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    const std::size_t first = fields_.size();
    split_fields(line, fields_);
    if (fields_.size() == first) continue;
    if (fields_[first].starts_with('[')) {
      section = section_of(fields_[first]);
      in_unknown = section == Section::none;
      if (in_unknown)
        strays_.push_back({number, fields_[first], true});
      else if (std::find(order_.begin(), order_.end(), section) == order_.end())
        order_.push_back(section);
      fields_.resize(first);
    } else if (section == Section::none) {
      if (!in_unknown) strays_.push_back({number, fields_[first], false});
      fields_.resize(first);
    } else {
      spans.push_back({number, section, first, fields_.size() - first});
    }
  }
  const std::span<const std::string_view> all(fields_);
  for (const Span& s : spans)
    rows_[static_cast<std::size_t>(s.section)].push_back({s.line, s.section, all.subspan(s.first, s.count)});
}

std::string as_utf8(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  bool valid = true;
  for (std::size_t at = 0; at < text.size() && valid;) {
    const std::size_t length = sequence_at(text, at);
    valid = length > 0;
    at += length;
  }
  if (valid) return std::string(text);
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80U) {
      out += c;
    } else {
      out += static_cast<char>(0xC0U | (byte >> 6U));
      out += static_cast<char>(0x80U | (byte & 0x3FU));
    }
  }
  return out;
}

std::string shown(std::string_view text) {
  constexpr std::size_t kMost = 60;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::max<std::size_t>(sequence_at(text, at), 1);
    if (out.size() + length > kMost) return out + "...";
    if (!blank(text[at]) || text[at] == ' ') out += text.substr(at, length);
    at += length;
  }
  return out;
}

}  // namespace citytwin::gis::swmm
