// The tables of a drainage run: values at report times, written as they come.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "engine/base/hash.hpp"
#include "engine/base/result.hpp"
#include "engine/drainage/dynamic_wave.hpp"

namespace citytwin::scenarios {

// What one unit of a project is in SI.
struct ReportUnits {
  double length = 1, flow = 1;  // [m], [m3/s]
  std::string length_name = "m", flow_name = "m3/s";
};
[[nodiscard]] ReportUnits report_units(drainage::FlowUnits units);

class DrainageTables {
 public:
  // Opens <name>_node_depth.csv and so on in `folder`.
  DrainageTables(const drainage::Network& network, const std::filesystem::path& folder,
                 const std::string& name);

  // Adds a row to each. False if a value is no sensible number; bad() is then the key of its node or link.
  bool add(const drainage::DynamicWave& wave, double t);
  [[nodiscard]] const std::string& bad() const { return bad_; }
  [[nodiscard]] Result<Done> close();
  [[nodiscard]] std::string hash() const { return hasher_.finish().hex(); }

  // Bytes that a run of so many rows writes, about.
  [[nodiscard]] static double estimated_bytes(const drainage::Network& network, double rows);

 private:
  struct Table {
    std::filesystem::path path;
    std::ofstream out;
    std::string row;
    void begin(double t);
    void add(double value);
    void end();
  };
  [[nodiscard]] bool is_sensible(double value, const std::string& key);
  const drainage::Network& network_;
  ReportUnits units_;
  Table depth_, head_, flooding_, flow_;
  Hasher hasher_;
  std::string bad_;
};

}  // namespace citytwin::scenarios
