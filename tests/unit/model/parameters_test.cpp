#include "engine/model/parameters.hpp"

#include <doctest/doctest.h>

using namespace citytwin;

TEST_CASE("a parameter is idle while another one has a value of its list") {
  Parameter p;
  ParameterValues values;
  values.set("infiltration", std::string("horton"));
  CHECK_FALSE(is_idle(p, values));
  p.idle_when = "infiltration=none|horton";
  CHECK(is_idle(p, values));
  p.idle_when = "infiltration=none|hort";
  CHECK_FALSE(is_idle(p, values));
  p.idle_when = "other=horton";
  CHECK_FALSE(is_idle(p, values));
}
