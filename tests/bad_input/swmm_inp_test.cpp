// Sewer projects (.inp) that cannot be used: each is refused with its code, its line and its id.
#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

#include "engine/base/random.hpp"
#include "gis/readers/swmm_inp.hpp"
#include "scenarios/core/text.hpp"
#include "tests/bad_input/files.hpp"
#include "tests/bad_input/program.hpp"

namespace citytwin::bad_input {
namespace {

namespace fs = std::filesystem;

const std::string kGood = R"([TITLE]
A small town
[OPTIONS]
FLOW_UNITS CMS
FLOW_ROUTING DYNWAVE
START_DATE 07/28/2024
END_DATE 07/29/2024
ROUTING_STEP 10
WET_STEP 0:05:00
[EVAPORATION]
CONSTANT 2
[RAINGAGES]
G1 INTENSITY 0:05 1 TIMESERIES STORM
[SUBCATCHMENTS]
S1 G1 J1 2.5 60 100 1.5 0
S2 G1 S1 1.5 20 80 1 0
[SUBAREAS]
S1 0.015 0.15 1 3 25 OUTLET
S2 0.015 0.15 1 3 25 OUTLET
[INFILTRATION]
S1 75 5 4 7 0
S2 75 5 4 7 0
[JUNCTIONS]
J1 10 3 0 0 0
J2 9.5 3 0 0 0
[OUTFALLS]
O1 8 FREE NO
[STORAGE]
T1 9 4 0 TABULAR AREA 0 0
[DIVIDERS]
D1 9.2 W1 CUTOFF 0.1 3 0 0 0
[CONDUITS]
C1 J1 J2 80 0.013 0 0 0 0
C2 J2 D1 60 0.013 0 0 0 0
C3 D1 T1 40 0.013 0 0 0 0
[PUMPS]
P1 T1 J1 LIFT ON 0.5 0.2
[ORIFICES]
R1 T1 J2 SIDE 0.5 0.65 NO 0
[WEIRS]
W1 D1 T1 TRANSVERSE 1 1.84 NO 0 0 YES
[OUTLETS]
U1 T1 O1 0 TABULAR/DEPTH RATE NO
[XSECTIONS]
C1 CIRCULAR 0.6 0 0 0 1
C2 IRREGULAR DITCH
C3 CUSTOM 1.2 WIDTHS 0 0 1
R1 RECT_CLOSED 0.3 0.3 0 0
W1 RECT_OPEN 1 2 0 0
[TRANSECTS]
NC 0.05 0.05 0.03
X1 DITCH 4 2 6 0 0 0 0 0
GR 2 0 0 2 0 6 2 8
[LOSSES]
C1 0.2 0.4 0 NO 0
[CONTROLS]
RULE R
IF NODE T1 DEPTH > 2
THEN ORIFICE R1 SETTING = 0.5
PRIORITY 1
[INFLOWS]
J1 FLOW HYDRO FLOW 1 1 0.01 DAY
[DWF]
J2 FLOW 0.002 DAY
[PATTERNS]
DAY HOURLY 1 1 1 1 1 1 2 2 1 1 1 1 1 1 1 1 1 2 2 1 1 1 1 1
[CURVES]
AREA STORAGE 0 20 4 40
LIFT PUMP4 0 0.01 2 0.02
RATE RATING 0 0 3 0.2
WIDTHS SHAPE 0 1 1 1
[TIMESERIES]
STORM 0:00 12
STORM 0:05 40
HYDRO 0:00 0.1 1:00 0
[COORDINATES]
J1 100 200
)";

// What to write instead of something in the good project, and what must be said of it.
struct Damage {
  std::string name, from, to, code;
  std::string place;  // a piece of the place that must be named: the section and the id
};

std::string damaged(const Damage& damage) {
  std::string text = kGood;
  const auto at = text.find(damage.from);
  REQUIRE_MESSAGE(at != std::string::npos, damage.name);
  return text.replace(at, damage.from.size(), damage.to);
}

// The line on which the two texts first differ, counted from 1.
long line_of(const std::string& text) {
  const auto differs = std::mismatch(kGood.begin(), kGood.end(), text.begin(), text.end()).first;
  return 1 + std::count(kGood.begin(), differs, '\n');
}

void check_said(const Damage& damage, bool same_line) {
  const std::string text = damaged(damage);
  const auto read = gis::parse_swmm_inp(text, "town.inp");
  CHECK_MESSAGE(!read.ok(), damage.name);
  const auto& items = read.diagnostics().items();
  const auto at =
      std::find_if(items.begin(), items.end(), [&](const Diagnostic& d) { return d.code == damage.code; });
  std::string all;
  for (const auto& item : items) all += item.code + " ";
  REQUIRE_MESSAGE(at != items.end(), damage.name, ": ", all);
  CHECK_MESSAGE(at->severity == Severity::error, damage.name);
  CHECK_MESSAGE(at->where.file == "town.inp", damage.name);
  const std::string place = at->where.layer + " " + at->where.feature;
  CHECK_MESSAGE(place == damage.place, damage.name, ": ", place);
  if (same_line)
    CHECK_MESSAGE(at->where.line == line_of(text), damage.name);
  else
    CHECK_MESSAGE(at->where.line > 0, damage.name);
  const std::string sentence = scenarios::text(at->code, at->args);
  CHECK_MESSAGE(sentence.find('{') == std::string::npos, damage.name, ": ", sentence);
  CHECK_MESSAGE(scenarios::has_text(at->code + ".remedy"), damage.name);
  MESSAGE(damage.name, ": town.inp:", at->where.line, " ", place, ": ", sentence);
}

}  // namespace

TEST_CASE("the good sewer project is read without a word") {
  const auto read = gis::parse_swmm_inp(kGood, "town.inp");
  std::string all;
  for (const auto& item : read.diagnostics().items())
    all += item.code + ":" + std::to_string(item.where.line) + " ";
  CHECK_MESSAGE(read.ok(), all);
  CHECK_MESSAGE(read.diagnostics().empty(), all);
}

TEST_CASE("rows of sewer projects that are wrong are refused with their line and id") {
  const std::vector<Damage> damages{
      {"unknown section", "[LOSSES]", "[LOSES]", "swmm.unknown_section", " "},
      {"data before sections", "[TITLE]\nA small", "A small\n[TITLE]\n", "swmm.outside_sections", " "},
      {"missing node", "C1 J1 J2", "C1 J1 J9", "swmm.no_such_node", "CONDUITS C1"},
      {"zero length", "J1 J2 80", "J1 J2 0", "swmm.zero_length", "CONDUITS C1"},
      {"negative length", "J1 J2 80", "J1 J2 -80", "swmm.zero_length", "CONDUITS C1"},
      {"curve not monotone", "RATE RATING 0 0 3 0.2", "RATE RATING 3 0 3 0.2", "swmm.not_increasing",
       "CURVES RATE"},
      {"series not monotone", "STORM 0:05", "STORM 0:00", "swmm.not_increasing", "TIMESERIES STORM"},
      {"units mixed", "FLOW_ROUTING", "FLOW_UNITS GPM\nFLOW_ROUTING", "swmm.units_mixed",
       "OPTIONS FLOW_UNITS"},
      {"size in millimetres", "CIRCULAR 0.6", "CIRCULAR 600", "swmm.size_in_other_unit", "XSECTIONS C1"},
      {"unknown flow unit", "FLOW_UNITS CMS", "FLOW_UNITS M3S", "swmm.unknown_word", "OPTIONS FLOW_UNITS"},
      {"misspelt option", "WET_STEP", "WETT_STEP", "swmm.misspelt_option", "OPTIONS WETT_STEP"},
      {"duplicate node", "J2 9.5", "J1 9.5", "swmm.duplicate", "JUNCTIONS J1"},
      {"duplicate in other case", "J2 9.5", "j1 9.5", "swmm.duplicate", "JUNCTIONS j1"},
      {"node of two kinds", "O1 8 FREE", "J2 8 FREE", "swmm.duplicate", "OUTFALLS J2"},
      {"duplicate link", "P1 T1 J1", "C1 T1 J1", "swmm.duplicate", "PUMPS C1"},
      {"duplicate section", "W1 RECT_OPEN", "R1 RECT_OPEN", "swmm.duplicate", "XSECTIONS R1"},
      {"duplicate inflow", "[DWF]", "J1 FLOW HYDRO\n[DWF]", "swmm.duplicate", "INFLOWS J1"},
      {"negative depth", "J1 10 3 0", "J1 10 -3 0", "swmm.out_of_range", "JUNCTIONS J1"},
      {"negative start depth", "J1 10 3 0", "J1 10 3 -1", "swmm.out_of_range", "JUNCTIONS J1"},
      {"not a number", "J1 10 3", "J1 nan 3", "swmm.not_a_number", "JUNCTIONS J1"},
      {"a number of 1e400", "J1 10 3", "J1 1e400 3", "swmm.not_a_number", "JUNCTIONS J1"},
      {"an elevation of 1e9", "J1 10 3", "J1 1e9 3", "swmm.out_of_range", "JUNCTIONS J1"},
      {"words for a number", "J1 10 3", "J1 ten 3", "swmm.not_a_number", "JUNCTIONS J1"},
      {"a decimal comma", "J1 10 3", "J1 10,5 3", "swmm.not_a_number", "JUNCTIONS J1"},
      {"too few fields", "C1 J1 J2 80 0.013 0 0 0 0", "C1 J1 J2 80", "swmm.too_few_fields", "CONDUITS C1"},
      {"link to itself", "C1 J1 J2", "C1 J1 J1", "swmm.link_to_itself", "CONDUITS C1"},
      {"unknown shape", "C1 CIRCULAR", "C1 SQUARE", "swmm.unknown_word", "XSECTIONS C1"},
      {"pipe without diameter", "CIRCULAR 0.6", "CIRCULAR 0", "swmm.out_of_range", "XSECTIONS C1"},
      {"2000 barrels", "CIRCULAR 0.6 0 0 0 1", "CIRCULAR 0.6 0 0 0 2000", "swmm.out_of_range",
       "XSECTIONS C1"},
      {"half a barrel", "CIRCULAR 0.6 0 0 0 1", "CIRCULAR 0.6 0 0 0 1.5", "swmm.out_of_range",
       "XSECTIONS C1"},
      {"arch of no standard", "C1 CIRCULAR 0.6", "C1 ARCH 400", "swmm.no_such_size", "XSECTIONS C1"},
      {"missing transect", "IRREGULAR DITCH", "IRREGULAR BROOK", "swmm.no_such_transect", "XSECTIONS C2"},
      {"missing street", "C1 CIRCULAR 0.6", "C1 STREET HIGH", "swmm.no_such_street", "XSECTIONS C1"},
      {"missing curve", "TABULAR AREA", "TABULAR ARIA", "swmm.no_such_curve", "STORAGE T1"},
      {"curve of another type", "TABULAR AREA", "TABULAR LIFT", "swmm.wrong_curve", "STORAGE T1"},
      {"curve without type", "RATE RATING 0 0", "RATE 0 0", "swmm.unknown_word", "CURVES RATE"},
      {"half a pair", "RATE RATING 0 0 3 0.2", "RATE RATING 0 0 3", "swmm.odd_pairs", "CURVES RATE"},
      {"missing series", "FLOW HYDRO", "FLOW HYDRA", "swmm.no_such_series", "INFLOWS J1"},
      {"missing pattern", "0.002 DAY", "0.002 NIGHT", "swmm.no_such_pattern", "DWF J2"},
      {"missing gauge", "S1 G1 J1", "S1 G2 J1", "swmm.no_such_gauge", "SUBCATCHMENTS S1"},
      {"missing outlet", "S1 G1 J1", "S1 G1 J9", "swmm.no_such_outlet", "SUBCATCHMENTS S1"},
      {"missing catchment", "[INFILTRATION]\nS1", "[INFILTRATION]\nS9", "swmm.no_such_subcatchment",
       "INFILTRATION S9"},
      {"infiltration rates", "S1 75 5", "S1 75 85", "swmm.horton_rates", "INFILTRATION S1"},
      {"pattern too long", "DAY HOURLY 1", "DAY HOURLY 1 1", "swmm.pattern_length", "PATTERNS DAY"},
      {"a date of February 30", "07/28/2024", "02/30/2024", "swmm.bad_date", "OPTIONS START_DATE"},
      {"a time of 99 minutes", "WET_STEP 0:05:00", "WET_STEP 0:99:00", "swmm.bad_time", "OPTIONS WET_STEP"},
      {"end before start", "END_DATE 07/29/2024", "END_DATE 07/01/2024", "swmm.ends_before_start",
       "OPTIONS END_DATE"},
      {"nothing to report", "START_DATE 07/28/2024", "START_DATE 07/28/2024\nREPORT_START_DATE 07/30/2024",
       "swmm.report_after_end", "OPTIONS END_DATE"},
      {"report within a step", "ROUTING_STEP 10", "ROUTING_STEP 1000", "swmm.report_step",
       "OPTIONS END_DATE"},
      {"pump limits", "ON 0.5 0.2", "ON 0.2 0.5", "swmm.pump_limits", "PUMPS P1"},
      {"gauge interval", "G1 INTENSITY 0:05", "G1 INTENSITY 0:15", "swmm.gauge_interval", "RAINGAGES G1"},
      {"rain file absent", "TIMESERIES STORM", "FILE rain.dat A MM", "swmm.no_file", "RAINGAGES G1"},
      {"transect with a step back", "GR 2 0 0 2 0 6 2 8", "GR 2 0 0 2 0 1 2 8", "swmm.transect_order",
       "TRANSECTS X1"},
      {"rule of an unknown node", "IF NODE T1", "IF NODE T9", "swmm.no_such_node", "CONTROLS IF"},
      {"rule without relation", "DEPTH > 2", "DEPTH 2", "swmm.unknown_word", "CONTROLS IF"},
      {"rule for a pump that is none", "THEN ORIFICE R1", "THEN PUMP R1", "swmm.wrong_link_kind",
       "CONTROLS THEN"},
      {"rule that sets a depth", "R1 SETTING", "R1 DEPTH", "swmm.rule_attribute", "CONTROLS THEN"},
      {"rule in the wrong order", "IF NODE T1 DEPTH > 2", "ELSE PUMP P1 STATUS = ON", "swmm.rule_order",
       "CONTROLS ELSE"},
      {"expression of unknown variables", "RULE R\n", "EXPRESSION e = a + b\nRULE R\n",
       "swmm.rule_expression", "CONTROLS EXPRESSION"},
      {"setting of 5", "SETTING = 0.5", "SETTING = 5", "swmm.out_of_range", "CONTROLS THEN"},
      {"coordinates in words", "J1 100 200", "J1 here there", "swmm.not_a_number", "COORDINATES J1"},
  };
  for (const Damage& damage : damages)
    check_said(damage, !damage.code.starts_with("swmm.report_") && damage.code != "swmm.transect_order" &&
                           damage.code != "swmm.outside_sections");
}

TEST_CASE("what only the whole sewer project can tell is refused with the id") {
  const std::vector<Damage> damages{
      {"two links at an outfall", "C3 D1 T1", "C3 D1 O1", "swmm.outfall_links", "OUTFALLS O1"},
      {"no cross-section", "C1 CIRCULAR 0.6 0 0 0 1\n", "", "swmm.no_cross_section", "CONDUITS C1"},
      {"no roughness", "80 0.013", "80 0", "swmm.zero_roughness", "CONDUITS C1"},
      {"weir with a round opening", "W1 RECT_OPEN 1 2", "W1 CIRCULAR 1 0", "swmm.wrong_shape", "WEIRS W1"},
      {"start depth above the top", "J1 10 3 0", "J1 10 3 5", "swmm.initial_depth", "JUNCTIONS J1"},
      {"divider of another's link", "D1 9.2 W1", "D1 9.2 C1", "swmm.divider_link", "DIVIDERS D1"},
      {"catchments in a circle", "S1 G1 J1", "S1 G1 S2", "swmm.catchment_loop", "SUBCATCHMENTS S1"},
      {"no sub-areas", "S2 0.015 0.15 1 3 25 OUTLET\n", "", "swmm.no_subareas", "SUBCATCHMENTS S2"},
      {"negative area", "AREA STORAGE 0 20 4 40", "AREA STORAGE 0 -20 4 40", "swmm.negative_area",
       "STORAGE T1"},
      {"rule without action", "THEN ORIFICE R1 SETTING = 0.5\nPRIORITY 1\n", "", "swmm.rule_without_action",
       "CONTROLS RULE"},
      {"transect at one elevation", "GR 2 0 0 2 0 6 2 8", "GR 2 0 2 8", "swmm.transect_flat", "TRANSECTS X1"},
  };
  for (const Damage& damage : damages) check_said(damage, false);
}

namespace {

BadCase project_case(
    const std::string& name, const std::string& code, const std::string& text,
    const std::function<void(const Path&)>& more = [](const Path&) {}) {
  return {"sewers: " + name,
          [=](const Path& folder) {
            put(folder / "town.inp", text);
            more(folder);
            return Arguments{"drainage", "town.inp", "-o", "result"};
          },
          code};
}

}  // namespace

TEST_CASE("the program runs the good sewer project and refuses broken ones with a place and a remedy") {
  check_accepted(project_case("good", "", kGood));
  const auto with = [](const std::string& from, const std::string& to) {
    return damaged({"", from, to, "", ""});
  };
  check_refused({
      project_case("absent", "path.not_found", kGood,
                   [](const Path& folder) { fs::remove(folder / "town.inp"); }),
      project_case("empty", "path.empty_file", ""),
      project_case("a folder", "path.not_a_file", kGood,
                   [](const Path& folder) {
                     fs::remove(folder / "town.inp");
                     fs::create_directory(folder / "town.inp");
                   }),
      project_case("binary", "swmm.not_text", std::string("[TITLE]\0\1\2", 10)),
      project_case("a picture of another kind", "swmm.outside_sections", "P3 2 2 255\n"),
      project_case("missing node", "swmm.no_such_node", with("C1 J1 J2", "C1 J1 J9")),
      project_case("zero length", "swmm.zero_length", with("J1 J2 80", "J1 J2 0")),
      project_case("rain file outside", "path.parent", with("TIMESERIES STORM", "FILE ../rain.dat A MM")),
      project_case("rain file of rubbish", "swmm.bad_rain_line",
                   with("TIMESERIES STORM", "FILE rain.dat A MM"),
                   [](const Path& folder) { put(folder / "rain.dat", "a\nb\nc\nd\ne\nf g h\n"); }),
      project_case("rain of another station", "swmm.no_station",
                   with("TIMESERIES STORM", "FILE rain.dat A MM"),
                   [](const Path& folder) { put(folder / "rain.dat", "B 2024 7 28 0 0 1\n"); }),
  });
}

TEST_CASE("all problems of a sewer project are told, up to a number") {
  std::string text = kGood;
  for (int k = 0; k < 1000; ++k) text.append("N").append(std::to_string(k)).append(" x y\n");
  const auto read = gis::parse_swmm_inp(text, "town.inp");
  CHECK(read.diagnostics().has("swmm.more_errors"));
  CHECK(read.diagnostics().items().size() <= 102);
}

TEST_CASE("binary files, cut projects and projects with flipped bytes are read or refused") {
  CHECK(gis::parse_swmm_inp(std::string("\xFF\xFE[\0T\0", 6), "t").diagnostics().has("swmm.not_text"));
  CHECK(gis::parse_swmm_inp("", "t").diagnostics().has("swmm.nothing"));
  const auto start = std::chrono::steady_clock::now();
  const Random random(11, 1);
  for (std::uint32_t trial = 0; trial < 3000; ++trial) {
    std::string text =
        kGood.substr(0, trial % 3 == 0 ? random.below(4096, trial, 0, 2) % kGood.size() : kGood.size());
    for (std::uint32_t flip = 0; flip < 1 + trial % 6 && !text.empty(); ++flip) {
      const auto at = random.below(static_cast<std::uint32_t>(text.size()), trial, flip, 0);
      text[at] = static_cast<char>(1 + random.below(255, trial, flip, 1));
    }
    const auto read = gis::parse_swmm_inp(text, "t");
    if (!read.ok()) CHECK(read.diagnostics().has_errors());
  }
  CHECK(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() < 30);
}

}  // namespace citytwin::bad_input
