// Files that a .inp file names: rain records and time series.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gis/readers/swmm_inp/project.hpp"

namespace citytwin::gis::swmm {

// Its text; none if it cannot be read, which is then reported.
std::optional<std::string> external_file(Project& project, const Row& row, std::string_view name);

// While it lives, messages name this file.
class ExternalPlace {
 public:
  ExternalPlace(Project& project, std::string file) : project_(project), before_(std::move(file)) {
    project_.file.swap(before_);
  }
  ~ExternalPlace() { project_.file.swap(before_); }
  ExternalPlace(const ExternalPlace&) = delete;
  ExternalPlace& operator=(const ExternalPlace&) = delete;

 private:
  Project& project_;
  std::string before_;
};

}  // namespace citytwin::gis::swmm
