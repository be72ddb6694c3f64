// What is known while a .inp file is being read: names, tables, units, and everything noticed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/base/diagnostics.hpp"
#include "engine/model/drainage/network.hpp"
#include "gis/readers/swmm_inp/text.hpp"
#include "gis/readers/swmm_inp/units.hpp"

namespace citytwin::gis::swmm {

using drainage::Index;
using drainage::kNone;

// Ids of one kind of object; upper and lower case are the same.
class Names {
 public:
  // Its index; an id that is there already keeps the first.
  Index add(std::string_view id, long line);
  [[nodiscard]] Index find(std::string_view id) const;
  [[nodiscard]] long line(Index index) const { return lines_[static_cast<std::size_t>(index)]; }
  [[nodiscard]] std::size_t size() const { return lines_.size(); }

 private:
  struct Hash {
    std::size_t operator()(std::string_view id) const;
  };
  struct Equal {
    bool operator()(std::string_view a, std::string_view b) const { return same_word(a, b); }
  };
  std::unordered_map<std::string_view, Index, Hash, Equal> index_;
  std::vector<long> lines_;
};

enum class CurveKind : std::uint8_t {
  none,
  storage,
  diversion,
  tidal,
  rating,
  control,
  shape,
  weir,
  pump1,
  pump2,
  pump3,
  pump4,
  pump5
};

// In the units of the file: what they are depends on who uses it.
struct RawCurve {
  std::string_view key;
  CurveKind kind = CurveKind::none;
  Curve points;
  Row row;                // the first one
  bool reported = false;  // as not increasing
  Index shape = kNone;    // of network.shapes, once a section uses it
};

struct RawSeries {
  std::string_view key;
  std::vector<double> time;   // [s] since the start of the simulation
  std::vector<double> value;  // in the unit of the file
  Row row;
  double date = 0;  // the last one named, days since 1899-12-30
  bool dated = false;
  bool reported = false;  // as not increasing
};

struct Project {
  Project(const InpText& inp, std::string file_name, std::filesystem::path base)
      : text(inp), file(std::move(file_name)), folder(std::move(base)) {}

  const InpText& text;
  std::string file;
  std::filesystem::path folder;  // of files that this one names; empty = none may be read
  Units units;
  drainage::Network network;
  InfiltrationModel infiltration = InfiltrationModel::horton;  // of catchments that name none
  long start_day = 0;                                          // days since 1899-12-30
  double start_second = 0;                                     // of that day
  Names nodes, links, subcatchments, gauges, patterns, transects, streets, curves, series;
  std::vector<RawCurve> raw_curves;
  std::vector<RawSeries> raw_series;
  std::vector<Index> street_transects;  // row of network.transects
  std::size_t water_quality_rows = 0;
  std::size_t samples = 0;  // of series copied into the network
  Diagnostics diagnostics;

  using Arguments = std::vector<std::pair<std::string, std::string>>;
  // Reported up to a number, counted beyond it.
  void error(const char* code, const Row& row, Arguments arguments = {}, std::string_view field = {});
  void warning(const char* code, const Row& row, Arguments arguments = {}, std::string_view field = {});
  [[nodiscard]] std::size_t errors() const { return errors_; }
  [[nodiscard]] bool is_full() const { return errors_ > kMostErrors; }

  static constexpr std::size_t kMostErrors = 100;
  static constexpr std::size_t kMostSamples = 64U << 20U;  // 1 GB
  static constexpr std::size_t kMostWarnings = 100;

 private:
  [[nodiscard]] Where where(const Row& row, std::string_view field) const;
  std::size_t errors_ = 0, warnings_ = 0;
};

}  // namespace citytwin::gis::swmm
