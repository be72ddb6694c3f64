#include "gis/readers/swmm_inp/fields.hpp"

#include <algorithm>
#include <cmath>

#include "gis/readers/swmm_inp/dates.hpp"

namespace citytwin::gis::swmm {

bool Fields::need(std::size_t count) {
  if (size() >= count) return true;
  project_.error("swmm.too_few_fields", row_,
                 {{"need", std::to_string(count)}, {"found", std::to_string(size())}});
  return ok_ = false;
}

double Fields::number(std::size_t i, const char* name, Range range) {
  if (i >= size()) {
    need(i + 1);
    return std::max(range.least, 0.0);
  }
  const auto value = number_of(text(i));
  if (!value) {
    project_.error("swmm.not_a_number", row_, {{"field", name}, {"value", shown(text(i))}}, name);
  } else if (*value < range.least || *value > range.most || (range.open && *value == range.least)) {
    project_.error("swmm.out_of_range", row_,
                   {{"field", name}, {"value", shown(text(i))}, {"range", range.text}}, name);
  } else {
    return *value;
  }
  ok_ = false;
  return std::max(range.least, 0.0);
}

double Fields::number_or(std::size_t i, const char* name, double otherwise, Range range) {
  return has(i) && text(i) != "*" ? number(i, name, range) : otherwise;
}

int Fields::whole_or(std::size_t i, const char* name, int otherwise, int least, int most) {
  if (!has(i)) return otherwise;
  const std::string range = std::to_string(least) + " ... " + std::to_string(most);
  const double value =
      number(i, name, {static_cast<double>(least), static_cast<double>(most), range.c_str()});
  if (value == std::floor(value)) return static_cast<int>(value);
  project_.error("swmm.out_of_range", row_, {{"field", name}, {"value", shown(text(i))}, {"range", range}},
                 name);
  ok_ = false;
  return otherwise;
}

bool Fields::yes_or(std::size_t i, const char* name, bool otherwise) {
  if (!has(i) || text(i) == "*") return otherwise;
  return word<bool>(i, name, {{"NO", false}, {"YES", true}});
}

void Fields::refuse_word(std::size_t i, const char* name, const std::string& words) {
  project_.error("swmm.unknown_word", row_, {{"field", name}, {"value", shown(text(i))}, {"words", words}},
                 name);
  ok_ = false;
}

Index Fields::node(std::size_t i) {
  const Index found = project_.nodes.find(text(i));
  if (found == kNone) project_.error("swmm.no_such_node", row_, {{"id", shown(text(i))}});
  ok_ = ok_ && found != kNone;
  return found;
}

Index Fields::link(std::size_t i) {
  const Index found = project_.links.find(text(i));
  if (found == kNone) project_.error("swmm.no_such_link", row_, {{"id", shown(text(i))}});
  ok_ = ok_ && found != kNone;
  return found;
}

Index Fields::subcatchment(std::size_t i) {
  const Index found = project_.subcatchments.find(text(i));
  if (found == kNone) project_.error("swmm.no_such_subcatchment", row_, {{"id", shown(text(i))}});
  ok_ = ok_ && found != kNone;
  return found;
}

Index Fields::gauge(std::size_t i) {
  const Index found = project_.gauges.find(text(i));
  if (found == kNone) project_.error("swmm.no_such_gauge", row_, {{"id", shown(text(i))}});
  ok_ = ok_ && found != kNone;
  return found;
}

Index Fields::pattern(std::size_t i) {
  const Index found = project_.patterns.find(text(i));
  if (found == kNone) project_.error("swmm.no_such_pattern", row_, {{"id", shown(text(i))}});
  ok_ = ok_ && found != kNone;
  return found;
}

Index Fields::series(std::size_t i) {
  const Index found = project_.series.find(text(i));
  if (found == kNone) project_.error("swmm.no_such_series", row_, {{"id", shown(text(i))}});
  ok_ = ok_ && found != kNone;
  return found;
}

Index Fields::curve(std::size_t i, std::initializer_list<CurveKind> kinds) {
  const Index found = project_.curves.find(text(i));
  if (found == kNone) {
    project_.error("swmm.no_such_curve", row_, {{"id", shown(text(i))}});
    ok_ = false;
    return kNone;
  }
  const CurveKind kind = project_.raw_curves[static_cast<std::size_t>(found)].kind;
  if (kind == CurveKind::none) return found;  // reported where the curve is
  if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) return found;
  std::string wanted;
  for (const CurveKind k : kinds) wanted += (wanted.empty() ? "" : ", ") + std::string(name_of(k));
  project_.error("swmm.wrong_curve", row_,
                 {{"id", shown(text(i))}, {"kind", name_of(kind)}, {"wanted", wanted}});
  ok_ = false;
  return kNone;
}

const char* name_of(CurveKind kind) {
  switch (kind) {
    case CurveKind::storage:
      return "STORAGE";
    case CurveKind::diversion:
      return "DIVERSION";
    case CurveKind::tidal:
      return "TIDAL";
    case CurveKind::rating:
      return "RATING";
    case CurveKind::control:
      return "CONTROL";
    case CurveKind::shape:
      return "SHAPE";
    case CurveKind::weir:
      return "WEIR";
    case CurveKind::pump1:
      return "PUMP1";
    case CurveKind::pump2:
      return "PUMP2";
    case CurveKind::pump3:
      return "PUMP3";
    case CurveKind::pump4:
      return "PUMP4";
    case CurveKind::pump5:
      return "PUMP5";
    case CurveKind::none:
      break;
  }
  return "";
}

}  // namespace citytwin::gis::swmm
