// STREETS (5.2): half or whole street sections, turned into transects.
//
//   backing         curb gutter   road            crown
//      \____________                                .
//                   |            __________________/
//                   |_______----'
//
// Heights count from the bottom of the gutter.
#include "gis/readers/swmm_inp/fields.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

struct Street {
  double crown = 0, curb = 0, slope = 0, roughness = 0;  // [m], [m], [-], Manning's n
  double depression = 0, gutter = 0;                     // [m]
  int sides = 2;
  double back = 0, back_slope = 0, back_roughness = 0;  // [m], [-], Manning's n
};

Street read_street(Project& project, Fields& f) {
  const double unit = project.units.length;
  Street s;
  s.crown = f.number(1, "Tcrown", kPositive) * unit;
  s.curb = f.number(2, "Hcurb", kPositive) * unit;
  s.slope = f.number(3, "Sx", kPositive) / 100;
  s.roughness = f.number(4, "nRoad", kPositive);
  s.depression = f.number_or(5, "a", 0, kNotNegative) * unit;
  s.gutter = f.number_or(6, "W", 0, kNotNegative) * unit;
  s.sides = f.whole_or(7, "Sides", 2, 1, 2);
  s.back = f.number_or(8, "Tback", 0, kNotNegative) * unit;
  if (s.back > 0 && f.need(11)) {
    s.back_slope = f.number(9, "Sback", kPositive) / 100;
    s.back_roughness = f.number(10, "nBack", kPositive);
  }
  return s;
}

// The left half, from the outer end of the backing to the crown.
void add_half(const Street& s, drainage::Transect& out) {
  const double top_of_curb = s.depression + s.curb;
  if (s.back > 0) {
    out.station.push_back(0);
    out.elevation.push_back(top_of_curb + s.back * s.back_slope);
  }
  out.station.insert(out.station.end(), {s.back, s.back});
  out.elevation.insert(out.elevation.end(), {top_of_curb, 0});
  if (s.gutter > 0 && s.gutter < s.crown) {
    out.station.push_back(s.back + s.gutter);
    out.elevation.push_back(s.depression + s.gutter * s.slope);
  }
  out.station.push_back(s.back + s.crown);
  out.elevation.push_back(s.depression + s.crown * s.slope);
}

drainage::Transect transect_of(const Street& s, std::string key) {
  drainage::Transect out;
  out.key = std::move(key);
  add_half(s, out);
  out.left_bank = s.back;
  const double middle = s.back + s.crown;
  out.right_bank = middle;
  if (s.sides == 2) {
    for (std::size_t k = out.station.size() - 1; k-- > 0;) {
      out.station.push_back(2 * middle - out.station[k]);
      out.elevation.push_back(out.elevation[k]);
    }
    out.right_bank = 2 * middle - s.back;
  }
  out.channel_n = s.roughness;
  out.left_n = out.right_n = s.back > 0 ? s.back_roughness : s.roughness;
  return out;
}

}  // namespace

void read_streets(Project& project) {
  project.street_transects.assign(project.streets.size(), kNone);
  for (const Row& row : project.text.rows(Section::streets)) {
    Fields f(project, row);
    const Index index = project.streets.find(row.fields[0]);
    if (index == kNone || project.streets.line(index) != row.line || !f.need(5)) continue;
    const Street street = read_street(project, f);
    at(project.street_transects, index) = static_cast<Index>(project.network.transects.size());
    project.network.transects.push_back(transect_of(street, std::string(row.fields[0])));
  }
}

}  // namespace citytwin::gis::swmm
