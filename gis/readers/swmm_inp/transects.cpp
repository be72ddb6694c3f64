// TRANSECTS: rows of HEC-2 (NC Manning's n, X1 head of a section, GR elevation and station).
#include <algorithm>

#include "gis/readers/swmm_inp/fields.hpp"
#include "gis/readers/swmm_inp/sections.hpp"

namespace citytwin::gis::swmm {

namespace {

using drainage::Transect;

class TransectReader {
 public:
  explicit TransectReader(Project& project) : project_(project), unit_(project.units.length) {}

  void read() {
    for (const Row& row : project_.text.rows(Section::transects)) {
      Fields f(project_, row);
      if (f.is(0, "NC")) {
        roughness(f);
      } else if (f.is(0, "X1")) {
        finish();
        head(f);
      } else if (f.is(0, "GR")) {
        ground(f);
      } else {
        project_.error("swmm.unknown_word", row,
                       {{"field", "Row"}, {"value", shown(f.text(0))}, {"words", "NC, X1, GR"}});
      }
    }
    finish();
  }

 private:
  // 0 keeps what an earlier row said.
  void roughness(Fields& f) {
    if (!f.need(4)) return;
    const double left = f.number(1, "Nleft", kNotNegative);
    const double right = f.number(2, "Nright", kNotNegative);
    const double channel = f.number(3, "Nchanl", kNotNegative);
    if (left > 0) left_ = left;
    if (right > 0) right_ = right;
    if (channel > 0) channel_ = channel;
    if (left_ == 0) left_ = channel_;
    if (right_ == 0) right_ = channel_;
  }

  void head(Fields& f) {
    current_ = nullptr;
    if (!f.need(10)) return;
    const Index index = project_.transects.find(f.text(1));
    if (index == kNone || project_.transects.line(index) != f.row().line) return;  // a duplicate
    current_ = &at(project_.network.transects, index);
    row_ = f.row();
    const double meander = f.number(7, "Lfactor", kNotNegative);
    const double width = f.number(8, "Wfactor", kNotNegative);
    station_unit_ = unit_ * (width > 0 ? width : 1);
    raise_ = f.number(9, "Eoffset", kElevation);
    current_->meander = meander > 0 ? meander : 1;
    current_->left_bank = f.number(3, "Xleft") * station_unit_;
    current_->right_bank = f.number(4, "Xright") * station_unit_;
    current_->left_n = left_;
    current_->right_n = right_;
    current_->channel_n = channel_;
  }

  void ground(Fields& f) {
    if (current_ == nullptr) return;
    if (f.size() % 2 == 0) {
      project_.error("swmm.odd_pairs", f.row());
      return;
    }
    for (std::size_t i = 1; i + 1 < f.size(); i += 2) {
      current_->elevation.push_back((f.number(i, "Elev", kElevation) + raise_) * unit_);
      current_->station.push_back(f.number(i + 1, "Station") * station_unit_);
    }
  }

  void finish() {
    if (current_ == nullptr) return;
    const auto id = shown(current_->key);
    const auto& station = current_->station;
    const auto& elevation = current_->elevation;
    if (station.size() < 2) {
      project_.error("swmm.transect_points", row_, {{"id", id}, {"found", std::to_string(station.size())}});
    } else if (!std::is_sorted(station.begin(), station.end())) {
      project_.error("swmm.transect_order", row_, {{"id", id}});
    } else if (*std::min_element(elevation.begin(), elevation.end()) >=
               *std::max_element(elevation.begin(), elevation.end())) {
      project_.error("swmm.transect_flat", row_, {{"id", id}});
    }
    if (current_->channel_n <= 0) project_.error("swmm.transect_roughness", row_, {{"id", id}});
    if (current_->left_bank > current_->right_bank) project_.error("swmm.transect_banks", row_, {{"id", id}});
    current_ = nullptr;
  }

  Project& project_;
  double unit_;
  double left_ = 0, right_ = 0, channel_ = 0;
  double station_unit_ = 1, raise_ = 0;
  Transect* current_ = nullptr;
  Row row_;
};

}  // namespace

void read_transects(Project& project) { TransectReader(project).read(); }

}  // namespace citytwin::gis::swmm
