// The file as text: headings, comments, quotes, line ends, other alphabets, the map.
#include <cmath>

#include "gis/readers/swmm_inp/dates.hpp"
#include "gis/readers/swmm_inp/text.hpp"
#include "tests/unit/gis/readers_swmm/model.hpp"

using namespace citytwin;
using namespace citytwin::gis::test;
using doctest::Approx;

TEST_CASE("case, comments, blank lines, tabs and line ends do not matter") {
  std::string text = project("CMS", "[Coordinates] ;; headings in any case\n;comment\n\n  j\t1.5 ; here\t\n");
  const auto broken = gis::parse_swmm_inp(text, "t");  // y is missing
  CHECK(broken.diagnostics().has("swmm.too_few_fields"));
  text = project("CMS", "[Coordinates]\n;comment\n\n  j\t1.5 2.5;here\t\n");
  std::string crlf;
  for (const char c : text) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const auto n = network_of(crlf);
  CHECK(n.nodes[0].key == "J");
  CHECK(n.nodes[0].position.x == 1.5);
  CHECK(std::isnan(n.nodes[1].position.x));
}

TEST_CASE("ids may hold any sign, and blanks between quotes") {
  const auto n = network_of(
      "[OPTIONS]\nFLOW_UNITS CMS\nEND_DATE 1/2/2004\n[JUNCTIONS]\n0.10_RM@a-b 1\n\"two words\" "
      "2\n[OUTFALLS]\nO 0 FREE\n"
      "[CONDUITS]\nC1:C2 0.10_rm@A-B \"two words\" 5 0.01 0 0\nC3 \"two words\" O 5 0.01 0 0\n"
      "[XSECTIONS]\nC1:C2 CIRCULAR 1\nC3 CIRCULAR 1\n");
  CHECK(n.nodes[1].key == "two words");
  CHECK(n.links[0].from == 0);
  CHECK(n.links[0].to == 1);
}

TEST_CASE("Latin-1 becomes UTF-8; a byte order mark is skipped; UTF-8 stays") {
  const auto latin = network_of(
      "[OPTIONS]\nEND_DATE 1/2/2004\n[TITLE]\nM\xFCller\n[JUNCTIONS]\nStra\xDF"
      "e 1\n");
  CHECK(latin.nodes[0].key ==
        "Stra\xC3\x9F"
        "e");
  const auto marked = network_of("\xEF\xBB\xBF[OPTIONS]\nEND_DATE 1/2/2004\n[JUNCTIONS]\n\xE4\xBA\x95 1\n");
  CHECK(marked.nodes[0].key == "\xE4\xBA\x95");
}

TEST_CASE("coordinates in feet become metres; degrees and unknown units stay") {
  const auto feet = network_of(project("CMS",
                                       "[MAP]\nDIMENSIONS 0 0 1 1\nUNITS Feet\n[COORDINATES]\nJ 10 20\n"
                                       "[VERTICES]\nC 1 2\nC 3 4\n"));
  CHECK(feet.map_units == drainage::MapUnits::metres);
  CHECK(feet.nodes[0].position.y == Approx(20 * kFoot));
  CHECK(feet.links[0].vertices.size() == 2);
  CHECK(network_of(project("CMS", "[MAP]\nUNITS Degrees\n")).map_units == drainage::MapUnits::degrees);
  CHECK(network_of(project("CMS", "[MAP]\nUNITS None\n")).map_units == drainage::MapUnits::unknown);
}

TEST_CASE("of a file that is no project one error is told") {
  const auto read = gis::parse_swmm_inp("P3 2 2 255\n", "t");
  REQUIRE(read.diagnostics().items().size() == 1);
  CHECK(read.diagnostics().items()[0].code == "swmm.outside_sections");
}

TEST_CASE("points of the map that belong to nothing are skipped with one warning") {
  const auto read = gis::parse_swmm_inp(
      project("CMS", "[COORDINATES]\nJ 1 2\nGONE 3 4\nGONE2 5 6\n[POLYGONS]\nO 1 1\n"), "t");
  REQUIRE(read.ok());
  REQUIRE(read.diagnostics().items().size() == 1);
  CHECK(read.diagnostics().items()[0].code == "swmm.unknown_on_map");
  CHECK(read.diagnostics().items()[0].args[0].second == "2");
}

TEST_CASE("steps are fitted to each other and to the rain as SWMM fits them, with a warning") {
  const auto read = gis::parse_swmm_inp(
      project("CMS",
              "[OPTIONS]\nWET_STEP 0:15:00\nDRY_STEP 0:01:00\nROUTING_STEP 900\n[RAINGAGES]\n"
              "G INTENSITY 0:05 1 TIMESERIES R\n[TIMESERIES]\nR 0:00 1 0:05 2\n[SUBCATCHMENTS]\n"
              "S G J 1 0 10 1 0\n[SUBAREAS]\nS 0.1 0.1 0 0 0 OUTLET\n"),
      "t");
  REQUIRE(read.ok());
  CHECK(read->options.wet_step == 300);
  CHECK(read->options.dry_step == 300);
  CHECK(read->options.routing_step == 300);
  CHECK(read.diagnostics().items().size() == 3);
  CHECK(read.diagnostics().items()[2].args[1].second == "900");
}

TEST_CASE("a series that is used too often is refused before memory runs out") {
  std::string text = "[OPTIONS]\nFLOW_UNITS CMS\nEND_DATE 1/2/2004\n[TIMESERIES]\n";
  for (int k = 0; k < 20000; ++k) text.append("S ").append(std::to_string(k)).append(" 1\n");
  text += "[JUNCTIONS]\n";
  for (int k = 0; k < 4000; ++k) text.append("N").append(std::to_string(k)).append(" 1\n");
  text += "[INFLOWS]\n";
  for (int k = 0; k < 4000; ++k) text.append("N").append(std::to_string(k)).append(" FLOW S\n");
  const auto read = gis::parse_swmm_inp(text, "t");
  CHECK(read.diagnostics().has("swmm.too_many_samples"));
  CHECK(read.diagnostics().items().size() == 1);
}

TEST_CASE("what is not simulated is warned of once each, with the number of rows") {
  const auto read = gis::parse_swmm_inp(
      project(
          "CMS",
          "[SNOWPACKS]\nA PLOWABLE 0 0\nA REMOVAL 0\n[LID_CONTROLS]\nL BC\n[POLLUTANTS]\nTSS MG/L 0 0 0 0\n"
          "[LANDUSES]\nRes\n[TREATMENT]\nJ TSS C=1\n[INFLOWS]\nJ TSS \"\" CONCEN 1 1 5\n"
          "[REPORT]\nNODES ALL\n[TAGS]\nNode J x\n[LABELS]\n1 2 \"a ; b\"\n[PROFILES]\np C\n[SYMBOLS]\nG 1 "
          "1\n"),
      "t");
  REQUIRE(read.ok());
  REQUIRE(read.diagnostics().items().size() == 3);
  CHECK(read.diagnostics().items()[0].code == "swmm.not_simulated");
  CHECK(read.diagnostics().items()[0].args[1].second == "2");
  CHECK(read.diagnostics().items()[2].code == "swmm.water_quality");
  CHECK(read.diagnostics().items()[2].args[1].second == "4");
  CHECK(read->inflows.empty());
}

TEST_CASE("dates, times and numbers") {
  using namespace citytwin::gis::swmm;
  CHECK(date_of("12/30/1899") == 0);
  CHECK(date_of("01/01/1900") == 2);
  CHECK(date_of("2-29-2020") == 43890);
  CHECK(date_of("DEC-31-1999") == 36525);
  for (const char* wrong :
       {"", "13/1/2000", "2/30/2000", "2/29/1900", "1/1", "1/1/99", "1//2000", "a/1/2000"})
    CHECK_MESSAGE(!date_of(wrong), wrong);
  CHECK(day_of_year("12/31") == 365);
  CHECK(time_of("0:05") == 300);
  CHECK(time_of("30:00:01") == 108001);
  CHECK(time_of("1.5") == 5400);
  CHECK(time_of("12:30AM") == 1800);
  CHECK(time_of("12:30PM") == 45000);
  for (const char* wrong : {"", ":", "1:60", "-1:00", "1:2:3:4", "1.5:30", "x", "13:00PM"})
    CHECK_MESSAGE(!time_of(wrong), wrong);
  CHECK(number_of("+.50") == 0.5);
  CHECK(number_of("10000000000.") == 1e10);
  for (const char* wrong : {"", "1e400", "nan", "inf", "-inf", "0x10", "1,5", "1 ", "++1", "+-1", "1e"})
    CHECK_MESSAGE(!number_of(wrong), wrong);
}
