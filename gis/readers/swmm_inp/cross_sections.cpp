// XSECTIONS.
#include <algorithm>
#include <array>

#include "gis/readers/swmm_inp/fields.hpp"
#include "gis/readers/swmm_inp/pipe_sizes.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

using drainage::CrossSection;
using drainage::Link;
using drainage::LinkKind;
using drainage::Shape;

struct ShapeWord {
  std::string_view word;
  Shape shape;
};
constexpr std::array kShapes{ShapeWord{"DUMMY", Shape::dummy},
                             ShapeWord{"CIRCULAR", Shape::circular},
                             ShapeWord{"FILLED_CIRCULAR", Shape::filled_circular},
                             ShapeWord{"RECT_CLOSED", Shape::rect_closed},
                             ShapeWord{"RECT_OPEN", Shape::rect_open},
                             ShapeWord{"TRAPEZOIDAL", Shape::trapezoidal},
                             ShapeWord{"TRIANGULAR", Shape::triangular},
                             ShapeWord{"PARABOLIC", Shape::parabolic},
                             ShapeWord{"POWER", Shape::power},
                             ShapeWord{"RECT_TRIANGULAR", Shape::rect_triangular},
                             ShapeWord{"RECT_ROUND", Shape::rect_round},
                             ShapeWord{"MODBASKETHANDLE", Shape::modified_basket},
                             ShapeWord{"EGG", Shape::egg},
                             ShapeWord{"HORSESHOE", Shape::horseshoe},
                             ShapeWord{"GOTHIC", Shape::gothic},
                             ShapeWord{"CATENARY", Shape::catenary},
                             ShapeWord{"SEMIELLIPTICAL", Shape::semi_elliptical},
                             ShapeWord{"BASKETHANDLE", Shape::basket_handle},
                             ShapeWord{"SEMICIRCULAR", Shape::semi_circular},
                             ShapeWord{"HORIZ_ELLIPSE", Shape::horiz_ellipse},
                             ShapeWord{"VERT_ELLIPSE", Shape::vert_ellipse},
                             ShapeWord{"ARCH", Shape::arch},
                             ShapeWord{"CUSTOM", Shape::custom},
                             ShapeWord{"IRREGULAR", Shape::irregular},
                             ShapeWord{"STREET", Shape::street},
                             ShapeWord{"FORCE_MAIN", Shape::force_main}};

class SectionReader {
 public:
  SectionReader(Project& project, Fields& f, Link& link)
      : project_(project), f_(f), link_(link), s_(link.section), unit_(project.units.length) {}

  void read() {
    if (!f_.need(3)) return;
    for (const ShapeWord& known : kShapes)
      if (f_.is(1, known.word)) s_.shape = known.shape;
    if (s_.shape == Shape::none) {
      std::string all;
      for (const ShapeWord& known : kShapes) all += (all.empty() ? "" : ", ") + std::string(known.word);
      project_.error("swmm.unknown_word", f_.row(),
                     {{"field", "Shape"}, {"value", shown(f_.text(1))}, {"words", all}}, "Shape");
      return;
    }
    geometry();
    if (link_.kind == LinkKind::conduit) {
      link_.conduit.barrels = f_.whole_or(6, "Barrels", 1, 1, 1000);
      link_.conduit.culvert_code = f_.whole_or(7, "Culvert", 0, 0, 57);
    }
    check_size();
  }

 private:
  double length(std::size_t i, const char* name, Range range = kPositive) {
    return f_.number(i, name, range) * unit_;
  }

  void geometry() {
    switch (s_.shape) {
      case Shape::dummy:
        return;
      case Shape::irregular:
        return irregular(project_.transects.find(f_.text(2)));
      case Shape::street: {
        const Index street = project_.streets.find(f_.text(2));
        if (street == kNone)
          project_.error("swmm.no_such_street", f_.row(), {{"id", shown(f_.text(2))}});
        else
          surveyed(at(project_.street_transects, street));
        return;
      }
      case Shape::custom:
        return custom();
      default:
        break;
    }
    if (!f_.need(3)) return;
    s_.full_depth = length(2, "Geom1");
    switch (s_.shape) {
      case Shape::circular:
        s_.width = s_.full_depth;
        break;
      case Shape::filled_circular:
        filled();
        break;
      case Shape::force_main:
        force_main();
        break;
      case Shape::trapezoidal:
        trapezoidal();
        break;
      case Shape::horiz_ellipse:
      case Shape::vert_ellipse:
      case Shape::arch:
        sized();
        break;
      case Shape::rect_closed:
      case Shape::rect_open:
      case Shape::triangular:
      case Shape::parabolic:
      case Shape::power:
      case Shape::rect_triangular:
      case Shape::rect_round:
      case Shape::modified_basket:
        wide();
        break;
      default:
        break;  // the depth says all
    }
  }

  void irregular(Index transect) {
    if (transect == kNone)
      project_.error("swmm.no_such_transect", f_.row(), {{"id", shown(f_.text(2))}});
    else
      surveyed(transect);
  }

  void surveyed(Index transect) {
    s_.transect = transect;
    if (transect == kNone) return;  // a street that was reported
    const drainage::Transect& t = at(project_.network.transects, transect);
    if (t.station.size() < 2) return;
    const auto [low, high] = std::minmax_element(t.elevation.begin(), t.elevation.end());
    s_.full_depth = *high - *low;
    s_.width = t.station.back() - t.station.front();
    link_.conduit.roughness = t.channel_n;
  }

  void custom() {
    if (!f_.need(4)) return;
    s_.full_depth = length(2, "Geom1");
    const Index curve = f_.curve(3, {CurveKind::shape});
    if (curve == kNone) return;
    auto& shapes = project_.network.shapes;
    RawCurve& raw = at(project_.raw_curves, curve);
    if (raw.shape == kNone) {
      if (raw.points.x.empty() || raw.points.x.front() < 0 || raw.points.x.back() > 1.0001 ||
          *std::min_element(raw.points.y.begin(), raw.points.y.end()) < 0)
        project_.error("swmm.bad_shape_curve", raw.row, {{"id", shown(raw.key)}});
      raw.shape = static_cast<Index>(shapes.size());
      shapes.push_back({std::string(raw.key), raw.points});
    }
    s_.custom_shape = raw.shape;
    const auto& widths = at(shapes, raw.shape).width.y;
    if (!widths.empty()) s_.width = *std::max_element(widths.begin(), widths.end()) * s_.full_depth;
  }

  void filled() {
    s_.width = s_.full_depth;
    s_.sediment_depth = length(3, "Geom2", kNotNegative);
    if (f_.ok() && s_.sediment_depth >= s_.full_depth) project_.error("swmm.sediment_too_deep", f_.row());
  }

  // Hazen-Williams C, or Darcy-Weisbach roughness height in inches or millimetres.
  void force_main() {
    s_.width = s_.full_depth;
    s_.friction = f_.number(3, "Geom2", kPositive);
    if (project_.network.options.force_main == drainage::ForceMainEquation::darcy_weisbach)
      s_.friction *= project_.units.rain;
  }

  void trapezoidal() {
    s_.width = length(3, "Geom2", kNotNegative);
    s_.left_slope = f_.number(4, "Geom3", kNotNegative);
    s_.right_slope = f_.number(5, "Geom4", kNotNegative);
    if (f_.ok() && s_.width == 0 && s_.left_slope + s_.right_slope == 0)
      project_.error("swmm.no_area", f_.row());
  }

  void wide() {
    s_.width = length(3, "Geom2");
    switch (s_.shape) {
      case Shape::rect_open:
        if (link_.kind == LinkKind::conduit) s_.walls_without_friction = f_.whole_or(4, "Geom3", 0, 0, 2);
        break;
      case Shape::triangular:  // of a V-notch weir the flow follows from the slope of its sides
        if (link_.kind == LinkKind::weir && s_.full_depth > 0)
          s_.left_slope = s_.right_slope = s_.width / (2 * s_.full_depth);
        break;
      case Shape::power:
        s_.exponent = f_.number(4, "Geom3", {0, 100, "> 0, <= 100", true});
        break;
      case Shape::rect_triangular:
        s_.bottom_height = length(4, "Geom3");
        if (f_.ok() && s_.bottom_height > s_.full_depth) project_.error("swmm.bottom_too_high", f_.row());
        break;
      // A radius of less than half of the width is a half circle.
      case Shape::rect_round:
        s_.bottom_radius = std::max(length(4, "Geom3", kNotNegative), s_.width / 2);
        break;
      case Shape::modified_basket:
        s_.top_radius = std::max(length(4, "Geom3", kNotNegative), s_.width / 2);
        break;
      default:
        break;
    }
  }

  // Ellipses and arches: by their axes, or by the code of a standard size (Geom3, or Geom1 alone).
  void sized() {
    const double width = f_.number_or(3, "Geom2", 0, kNotNegative);
    double code = f_.number_or(4, "Geom3", 0, kNotNegative);
    if (width == 0) code = f_.number(2, "Geom1", kPositive);
    if (code <= 0) {
      s_.width = width * unit_;
      return;
    }
    const auto size = standard_size(s_.shape, code);
    if (!size) {
      project_.error("swmm.no_such_size", f_.row(),
                     {{"code", std::to_string(static_cast<int>(std::min(code, 1e9)))}});
      return;
    }
    s_.full_depth = size->depth;
    s_.width = size->width;
    s_.full_area = size->full_area;
    s_.full_radius = size->full_radius;
  }

  // No pipe is that big: its size is in another unit (mm, inches) than the project's.
  void check_size() {
    constexpr double kMostDepth = 100;
    if (f_.ok() && s_.shape != Shape::irregular && s_.full_depth > kMostDepth)
      project_.error("swmm.size_in_other_unit", f_.row(),
                     {{"value", shown(f_.text(2))}, {"unit", project_.units.metric ? "m" : "ft"}}, "Geom1");
  }

  Project& project_;
  Fields& f_;
  Link& link_;
  CrossSection& s_;
  double unit_;
};

}  // namespace

void read_cross_sections(Project& project) {
  std::vector<long> first(project.links.size(), 0);
  for (const Row& row : project.text.rows(Section::xsections)) {
    Fields f(project, row);
    const Index index = f.link(0);
    if (index == kNone) continue;
    long& line = first[static_cast<std::size_t>(index)];
    if (line > 0) {
      project.error("swmm.duplicate", row, {{"id", shown(row.fields[0])}, {"first", std::to_string(line)}});
      continue;
    }
    line = row.line;
    SectionReader(project, f, at(project.network.links, index)).read();
  }
}

}  // namespace citytwin::gis::swmm
