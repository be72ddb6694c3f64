// OPTIONS: units, dates, steps, methods.
#include <algorithm>
#include <map>

#include "engine/base/nearest_word.hpp"
#include "gis/readers/swmm_inp/dates.hpp"
#include "gis/readers/swmm_inp/fields.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

using drainage::Options;

struct Dates {
  double start = 0, report = 0, end = 0;                 // days
  double start_time = 0, report_time = 0, end_time = 0;  // [s]
  bool has_end = false, has_report = false;
};

class OptionsReader {
 public:
  explicit OptionsReader(Project& project) : project_(project), o_(project.network.options) {}

  void read() {
    set_defaults();
    for (const Row& row : project_.text.rows(Section::options)) {
      if (row.fields.size() < 2) {
        project_.error("swmm.too_few_fields", row,
                       {{"need", "2"}, {"found", std::to_string(row.fields.size())}});
        continue;
      }
      const auto known = readers().find(upper(row.fields[0]));
      if (known == readers().end()) {
        unknown(row);
      } else if (known->second != nullptr) {
        Fields fields(project_, row);
        (this->*known->second)(fields);
      }
    }
    finish();
  }

 private:
  using Read = void (OptionsReader::*)(Fields&);

  static std::string upper(std::string_view word) {
    std::string out(word);
    for (char& c : out)
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return out;
  }

  // Null: known and without meaning here.
  static const std::map<std::string, Read, std::less<>>& readers() {
    static const std::map<std::string, Read, std::less<>> all{
        {"FLOW_UNITS", &OptionsReader::flow_units},
        {"INFILTRATION", &OptionsReader::infiltration},
        {"FLOW_ROUTING", &OptionsReader::routing},
        {"LINK_OFFSETS", &OptionsReader::offsets},
        {"START_DATE", &OptionsReader::start_date},
        {"START_TIME", &OptionsReader::start_time},
        {"REPORT_START_DATE", &OptionsReader::report_date},
        {"REPORT_START_TIME", &OptionsReader::report_time},
        {"END_DATE", &OptionsReader::end_date},
        {"END_TIME", &OptionsReader::end_time},
        {"SWEEP_START", &OptionsReader::sweep_start},
        {"SWEEP_END", &OptionsReader::sweep_end},
        {"DRY_DAYS", &OptionsReader::dry_days},
        {"WET_STEP", &OptionsReader::wet_step},
        {"DRY_STEP", &OptionsReader::dry_step},
        {"REPORT_STEP", &OptionsReader::report_step},
        {"RULE_STEP", &OptionsReader::rule_step},
        {"ROUTING_STEP", &OptionsReader::routing_step},
        {"LENGTHENING_STEP", &OptionsReader::lengthening_step},
        {"MINIMUM_STEP", &OptionsReader::minimum_step},
        {"VARIABLE_STEP", &OptionsReader::variable_step},
        {"ALLOW_PONDING", &OptionsReader::ponding},
        {"SKIP_STEADY_STATE", &OptionsReader::steady_state},
        {"IGNORE_RAINFALL", &OptionsReader::ignore_rainfall},
        {"IGNORE_ROUTING", &OptionsReader::ignore_routing},
        {"INERTIAL_DAMPING", &OptionsReader::damping},
        {"NORMAL_FLOW_LIMITED", &OptionsReader::normal_flow},
        {"FORCE_MAIN_EQUATION", &OptionsReader::force_main},
        {"SURCHARGE_METHOD", &OptionsReader::surcharge},
        {"MIN_SURFAREA", &OptionsReader::min_area},
        {"MIN_SLOPE", &OptionsReader::min_slope},
        {"MAX_TRIALS", &OptionsReader::max_trials},
        {"HEAD_TOLERANCE", &OptionsReader::head_tolerance},
        {"SYS_FLOW_TOL", &OptionsReader::system_tolerance},
        {"LAT_FLOW_TOL", &OptionsReader::lateral_tolerance},
        {"THREADS", nullptr},
        {"COMPATIBILITY", nullptr},
        {"SLOPE_WEIGHTING", nullptr},
        {"TEMPDIR", nullptr},
        {"IGNORE_SNOWMELT", nullptr},
        {"IGNORE_GROUNDWATER", nullptr},
        {"IGNORE_RDII", nullptr},
        {"IGNORE_QUALITY", nullptr},
    };
    return all;
  }

  // What SWMM takes where a file says nothing (manual, appendix D.2).
  void set_defaults() {
    o_.flow_units = drainage::FlowUnits::cfs;
    o_.routing = drainage::Routing::kinematic_wave;
    o_.routing_step = 300;
    o_.variable_step = 0;
    o_.sweep_end = 365;
    dates_.start = static_cast<double>(days_of(2004, 1, 1));
  }

  void unknown(const Row& row) {
    std::vector<std::string> names;
    for (const auto& [name, read] : readers()) names.push_back(name);
    const std::string word = upper(row.fields[0]);
    const std::string nearest = nearest_word(word, names);
    if (edit_distance(word, nearest) <= 2)
      project_.error("swmm.misspelt_option", row, {{"option", shown(word)}, {"nearest", nearest}});
    else
      project_.warning("swmm.unknown_option", row, {{"option", shown(word)}});
  }

  void flow_units(Fields& f) {
    using drainage::FlowUnits;
    const FlowUnits units = f.word<FlowUnits>(1, "FLOW_UNITS",
                                              {{"CFS", FlowUnits::cfs},
                                               {"GPM", FlowUnits::gpm},
                                               {"MGD", FlowUnits::mgd},
                                               {"CMS", FlowUnits::cms},
                                               {"LPS", FlowUnits::lps},
                                               {"MLD", FlowUnits::mld}});
    if (!f.ok()) return;
    if (units_line_ > 0 && units != o_.flow_units)
      project_.error("swmm.units_mixed", f.row(), {{"line", std::to_string(units_line_)}});
    units_line_ = f.row().line;
    o_.flow_units = units;
  }

  void infiltration(Fields& f) {
    project_.infiltration =
        f.word<InfiltrationModel>(1, "INFILTRATION",
                                  {{"HORTON", InfiltrationModel::horton},
                                   {"MODIFIED_HORTON", InfiltrationModel::modified_horton},
                                   {"GREEN_AMPT", InfiltrationModel::green_ampt},
                                   {"MODIFIED_GREEN_AMPT", InfiltrationModel::modified_green_ampt},
                                   {"CURVE_NUMBER", InfiltrationModel::curve_number},
                                   {"NONE", InfiltrationModel::none}});
  }

  void routing(Fields& f) {
    using drainage::Routing;
    if (f.is(1, "NONE")) {
      o_.ignore_routing = true;
      return;
    }
    o_.routing = f.word<Routing>(1, "FLOW_ROUTING",
                                 {{"STEADY", Routing::steady},
                                  {"KINWAVE", Routing::kinematic_wave},
                                  {"DYNWAVE", Routing::dynamic_wave},
                                  {"NF", Routing::steady},
                                  {"KW", Routing::kinematic_wave},
                                  {"EKW", Routing::kinematic_wave},
                                  {"XKINWAVE", Routing::kinematic_wave},
                                  {"DW", Routing::dynamic_wave}});
  }

  void offsets(Fields& f) {
    o_.offsets_are_elevations = f.word<bool>(1, "LINK_OFFSETS", {{"DEPTH", false}, {"ELEVATION", true}});
  }

  void date(Fields& f, double& out) {
    const auto value = date_of(f.text(1));
    if (!value)
      project_.error("swmm.bad_date", f.row(), {{"value", shown(f.text(1))}});
    else
      out = *value;
  }
  double time(Fields& f, double otherwise) {
    const auto value = time_of(f.text(1));
    if (!value) project_.error("swmm.bad_time", f.row(), {{"value", shown(f.text(1))}});
    return value.value_or(otherwise);
  }
  void start_date(Fields& f) { date(f, dates_.start); }
  void start_time(Fields& f) { dates_.start_time = time(f, 0); }
  void report_date(Fields& f) {
    dates_.has_report = true;
    date(f, dates_.report);
  }
  void report_time(Fields& f) { dates_.report_time = time(f, 0); }
  void end_date(Fields& f) {
    dates_.has_end = true;
    end_row_ = &f.row();
    date(f, dates_.end);
  }
  void end_time(Fields& f) { dates_.end_time = time(f, 0); }
  void sweep(Fields& f, int& out) {
    const auto day = day_of_year(f.text(1));
    if (!day)
      project_.error("swmm.bad_date", f.row(), {{"value", shown(f.text(1))}});
    else
      out = *day;
  }
  void sweep_start(Fields& f) { sweep(f, o_.sweep_start); }
  void sweep_end(Fields& f) { sweep(f, o_.sweep_end); }
  void dry_days(Fields& f) { o_.dry_days = f.number(1, "DRY_DAYS", kNotNegative); }

  void step(Fields& f, double& out, bool may_be_zero = false) {
    const double value = time(f, out);
    if (value > 0 || (may_be_zero && value == 0)) {
      out = value;
    } else {
      project_.error("swmm.out_of_range", f.row(),
                     {{"field", std::string(f.text(0))}, {"value", shown(f.text(1))}, {"range", "> 0"}});
    }
  }
  // Decimal seconds, or h:mm:ss.
  double seconds(Fields& f, double otherwise) {
    if (number_of(f.text(1))) return f.number(1, "STEP", {0, 1e7, "0 ... 1e7"});
    return time(f, otherwise);
  }
  void wet_step(Fields& f) { step(f, o_.wet_step); }
  void dry_step(Fields& f) { step(f, o_.dry_step); }
  void report_step(Fields& f) { step(f, o_.report_step); }
  void rule_step(Fields& f) { step(f, o_.rule_step, true); }
  void routing_step(Fields& f) {
    const double value = seconds(f, o_.routing_step);
    if (value > 0)
      o_.routing_step = value;
    else
      project_.error("swmm.out_of_range", f.row(),
                     {{"field", "ROUTING_STEP"}, {"value", shown(f.text(1))}, {"range", "> 0"}});
  }
  void lengthening_step(Fields& f) { o_.lengthening_step = seconds(f, 0); }
  void minimum_step(Fields& f) { o_.min_step = f.number(1, "MINIMUM_STEP", kNotNegative); }
  void variable_step(Fields& f) { o_.variable_step = f.number(1, "VARIABLE_STEP", {0, 2, "0 ... 2"}); }

  void ponding(Fields& f) { o_.allow_ponding = f.yes_or(1, "ALLOW_PONDING", false); }
  void steady_state(Fields& f) { o_.skip_steady_state = f.yes_or(1, "SKIP_STEADY_STATE", false); }
  void ignore_rainfall(Fields& f) { o_.ignore_rainfall = f.yes_or(1, "IGNORE_RAINFALL", false); }
  void ignore_routing(Fields& f) {
    if (f.yes_or(1, "IGNORE_ROUTING", false)) o_.ignore_routing = true;
  }
  void damping(Fields& f) {
    using drainage::InertialDamping;
    o_.inertial_damping = f.word<InertialDamping>(1, "INERTIAL_DAMPING",
                                                  {{"NONE", InertialDamping::none},
                                                   {"PARTIAL", InertialDamping::partial},
                                                   {"FULL", InertialDamping::full}});
  }
  void normal_flow(Fields& f) {
    using drainage::NormalFlowLimit;
    o_.normal_flow_limit = f.word<NormalFlowLimit>(1, "NORMAL_FLOW_LIMITED",
                                                   {{"SLOPE", NormalFlowLimit::slope},
                                                    {"FROUDE", NormalFlowLimit::froude},
                                                    {"BOTH", NormalFlowLimit::both},
                                                    {"NONE", NormalFlowLimit::none}});
  }
  void force_main(Fields& f) {
    using drainage::ForceMainEquation;
    o_.force_main = f.word<ForceMainEquation>(
        1, "FORCE_MAIN_EQUATION",
        {{"H-W", ForceMainEquation::hazen_williams}, {"D-W", ForceMainEquation::darcy_weisbach}});
  }
  void surcharge(Fields& f) {
    using drainage::SurchargeMethod;
    o_.surcharge_method = f.word<SurchargeMethod>(
        1, "SURCHARGE_METHOD", {{"EXTRAN", SurchargeMethod::extran}, {"SLOT", SurchargeMethod::slot}});
  }

  void min_area(Fields& f) { min_area_ = f.number(1, "MIN_SURFAREA", kNotNegative); }
  void min_slope(Fields& f) { o_.min_slope = f.number(1, "MIN_SLOPE", {0, 99.99, "0 ... 99.99"}) / 100; }
  void max_trials(Fields& f) {
    const int trials = f.whole_or(1, "MAX_TRIALS", 0, 0, 10000);
    if (trials > 0) o_.max_trials = trials;
  }
  void head_tolerance(Fields& f) { head_tolerance_ = f.number(1, "HEAD_TOLERANCE", kNotNegative); }
  void system_tolerance(Fields& f) {
    o_.system_flow_tolerance = f.number(1, "SYS_FLOW_TOL", kNotNegative) / 100;
  }
  void lateral_tolerance(Fields& f) {
    o_.lateral_flow_tolerance = f.number(1, "LAT_FLOW_TOL", kNotNegative) / 100;
  }

  void finish() {
    project_.units = units_of(o_.flow_units);
    // 0 = SWMM's own default, which is in feet whatever the units.
    o_.min_surface_area = min_area_ > 0 ? min_area_ * project_.units.area() : 12.566 * kFoot * kFoot;
    o_.head_tolerance = head_tolerance_ > 0 ? head_tolerance_ * project_.units.length : 0.005 * kFoot;
    project_.start_day = static_cast<long>(dates_.start);
    project_.start_second = dates_.start_time;
    o_.start_date = dates_.start + dates_.start_time / kDay;
    o_.end_date = (dates_.has_end ? dates_.end : dates_.start) + dates_.end_time / kDay;
    const double report = (dates_.has_report ? dates_.report : dates_.start) + dates_.report_time / kDay;
    o_.report_start_date = std::max(report, o_.start_date);
    check_period();
    if (o_.min_step > o_.routing_step) o_.min_step = o_.routing_step;
  }

  // As SWMM refuses and mends it (project.c).
  void check_period() {
    const Row& row = end_row_ != nullptr ? *end_row_ : no_row_;
    const double duration = (o_.end_date - o_.start_date) * kDay;
    if (duration <= 0) {
      project_.error("swmm.ends_before_start", row);
      return;
    }
    if (o_.report_start_date >= o_.end_date) project_.error("swmm.report_after_end", row);
    o_.report_step = std::min(o_.report_step, duration);
    if (o_.report_step < o_.routing_step) project_.error("swmm.report_step", row);
  }

  Project& project_;
  Options& o_;
  Dates dates_;
  const Row* end_row_ = nullptr;
  const Row no_row_{0, Section::options, {}};
  long units_line_ = 0;
  double min_area_ = 0, head_tolerance_ = 0;
};

}  // namespace

void read_options(Project& project) { OptionsReader(project).read(); }

}  // namespace citytwin::gis::swmm
