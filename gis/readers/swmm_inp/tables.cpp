// PATTERNS, CURVES: tables that go over several rows of one id.
#include <array>
#include <cmath>

#include "gis/readers/swmm_inp/dates.hpp"
#include "gis/readers/swmm_inp/fields.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

using drainage::PatternKind;

std::size_t length_of(PatternKind kind) {
  switch (kind) {
    case PatternKind::monthly:
      return 12;
    case PatternKind::daily:
      return 7;
    default:
      return 24;
  }
}

// The first row of a curve names its kind; false if it names none.
bool read_kind(Project& project, RawCurve& curve, Fields& f) {
  constexpr std::array kKinds{CurveKind::storage, CurveKind::diversion, CurveKind::tidal, CurveKind::rating,
                              CurveKind::control, CurveKind::shape,     CurveKind::weir,  CurveKind::pump1,
                              CurveKind::pump2,   CurveKind::pump3,     CurveKind::pump4, CurveKind::pump5};
  std::string all;
  for (const CurveKind kind : kKinds) {
    if (f.is(1, name_of(kind))) curve.kind = kind;
    all += (all.empty() ? "" : ", ") + std::string(name_of(kind));
  }
  if (curve.kind != CurveKind::none) return true;
  project.error("swmm.unknown_word", f.row(),
                {{"field", "Type"}, {"value", shown(f.text(1))}, {"words", all}}, "Type");
  return false;
}

// One report for each curve, at the first row that breaks the order.
void add_point(Project& project, RawCurve& curve, const Row& row, double x, double y) {
  auto& points = curve.points;
  if (!points.x.empty() && !(x > points.x.back()) && !curve.reported) {
    curve.reported = true;
    project.error("swmm.not_increasing", row,
                  {{"id", shown(curve.key)}, {"number", std::to_string(points.x.size() + 1)}});
  }
  points.x.push_back(x);
  points.y.push_back(y);
}

}  // namespace

void read_patterns(Project& project) {
  std::vector<bool> begun(project.patterns.size());
  for (const Row& row : project.text.rows(Section::patterns)) {
    Fields f(project, row);
    const Index index = project.patterns.find(row.fields[0]);
    drainage::Pattern& pattern = at(project.network.patterns, index);
    std::size_t next = 1;
    if (!begun[static_cast<std::size_t>(index)]) {
      begun[static_cast<std::size_t>(index)] = true;
      // Files of 5.0 leave the kind out where it is monthly.
      if (f.has(1) && !number_of(f.text(1))) {
        pattern.kind = f.word<PatternKind>(1, "Type",
                                           {{"MONTHLY", PatternKind::monthly},
                                            {"DAILY", PatternKind::daily},
                                            {"HOURLY", PatternKind::hourly},
                                            {"WEEKEND", PatternKind::weekend}});
        next = 2;
      } else {
        pattern.kind = PatternKind::monthly;
      }
    }
    for (; next < f.size(); ++next) pattern.factor.push_back(f.number(next, "Factor"));
    if (pattern.factor.size() > length_of(pattern.kind)) {
      project.error("swmm.pattern_length", row,
                    {{"found", std::to_string(pattern.factor.size())},
                     {"most", std::to_string(length_of(pattern.kind))}});
      pattern.factor.resize(length_of(pattern.kind));
    }
  }
  // Factors that are not given are 1.
  for (drainage::Pattern& pattern : project.network.patterns)
    pattern.factor.resize(length_of(pattern.kind), 1);
}

void read_curves(Project& project) {
  for (const Row& row : project.text.rows(Section::curves)) {
    Fields f(project, row);
    RawCurve& curve = at(project.raw_curves, project.curves.find(row.fields[0]));
    std::size_t next = 1;
    if (curve.row.line == row.line) {
      if (!f.need(2) || !read_kind(project, curve, f)) continue;
      next = 2;
    }
    if (curve.kind == CurveKind::none) continue;  // its first row was reported
    if ((f.size() - next) % 2 != 0) {
      project.error("swmm.odd_pairs", row);
      continue;
    }
    for (; next + 1 < f.size(); next += 2)
      add_point(project, curve, row, f.number(next, "X"), f.number(next + 1, "Y"));
  }
  for (const RawCurve& curve : project.raw_curves)
    if (curve.kind != CurveKind::none && curve.points.x.empty())
      project.error("swmm.empty_table", curve.row, {{"id", shown(curve.key)}});
}

Curve si_curve(const Project& project, Index which, double x_unit, double y_unit) {
  if (which == kNone) return {};
  Curve out = project.raw_curves[static_cast<std::size_t>(which)].points;
  for (double& x : out.x) x *= x_unit;
  for (double& y : out.y) y *= y_unit;
  return out;
}

}  // namespace citytwin::gis::swmm
