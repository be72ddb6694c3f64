// The lines of a .inp file, cut into sections and fields.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace citytwin::gis::swmm {

enum class Section : std::uint8_t {
  title,
  options,
  files,
  raingages,
  temperature,
  evaporation,
  subcatchments,
  subareas,
  infiltration,
  aquifers,
  groundwater,
  snowpacks,
  junctions,
  outfalls,
  storage,
  dividers,
  conduits,
  pumps,
  orifices,
  weirs,
  outlets,
  xsections,
  transects,
  losses,
  controls,
  pollutants,
  landuses,
  buildup,
  washoff,
  coverages,
  inflows,
  dwf,
  patterns,
  rdii,
  hydrographs,
  loadings,
  treatment,
  curves,
  timeseries,
  report,
  coordinates,
  vertices,
  polygons,
  labels,
  symbols,
  backdrop,
  tags,
  profiles,
  map,
  lid_controls,
  lid_usage,
  gwf,
  adjustments,
  events,
  streets,
  inlet_usage,
  inlets,
  none
};
inline constexpr std::size_t kSections = static_cast<std::size_t>(Section::none) + 1;

// "JUNCTIONS".
std::string_view name_of(Section section);

// One line with something on it.
struct Row {
  long line = 0;  // 1-based
  Section section = Section::none;
  std::span<const std::string_view> fields;
};

// A heading that names no section, or data before the first heading.
struct Stray {
  long line = 0;
  std::string_view text;
  bool heading = false;
};

// Points into the text that it was cut from.
class InpText {
 public:
  explicit InpText(std::string_view text);
  InpText(const InpText&) = delete;
  InpText& operator=(const InpText&) = delete;

  [[nodiscard]] const std::vector<Row>& rows(Section section) const {
    return rows_[static_cast<std::size_t>(section)];
  }
  // Sections in the order of their first headings.
  [[nodiscard]] const std::vector<Section>& order() const { return order_; }
  [[nodiscard]] const std::vector<Stray>& strays() const { return strays_; }

 private:
  std::vector<std::string_view> fields_;
  std::array<std::vector<Row>, kSections> rows_;
  std::vector<Section> order_;
  std::vector<Stray> strays_;
};

// The fields of one line: parted by blanks, up to a ';', a field in double quotes may be empty or hold
// blanks.
void split_fields(std::string_view line, std::vector<std::string_view>& out);

// As it was, or taken for Latin-1 and made UTF-8 when it is no UTF-8; without a byte order mark.
std::string as_utf8(std::string_view text);

// Upper and lower case of ASCII letters are the same.
bool same_word(std::string_view a, std::string_view b);
bool begins_with_word(std::string_view text, std::string_view begin);

// A piece of the file for a message: at most 60 bytes, without control characters.
std::string shown(std::string_view text);

}  // namespace citytwin::gis::swmm
