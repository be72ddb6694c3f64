// Controls change the state of one domain or asset during a run. Live controls are appended to the recorded
// list, so a live run replays.
#pragma once

#include <string>

#include "engine/base/sim_time.hpp"

namespace citytwin {

struct Control {
  enum class Verb { set, restore, fail, repair };
  SimTime time;
  std::string target;  // domain name, facility key, or "grid" (the outside power supply)
  Verb verb = Verb::set;
  std::string column;  // for set: which quantity
  double value = 0;
};

}  // namespace citytwin
