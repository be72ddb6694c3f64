#include "engine/model/drainage/network_hash.hpp"

#include <cmath>

#include "engine/model/drainage/describe.hpp"

namespace citytwin {

namespace {

struct HashVisitor {
  Hasher& out;

  template <class T>
  void operator()(const char* name, const T& member) {
    out.text(name);
    value(member);
  }
  void value(double v) {
    if (std::isnan(v)) v = std::numeric_limits<double>::quiet_NaN();
    out.value(v == 0 ? 0.0 : v);  // -0.0
  }
  void value(const std::string& v) { out.text(v); }
  void value(Point2 p) {
    value(p.x);
    value(p.y);
  }
  template <class T>
  requires std::is_integral_v<T> || std::is_enum_v<T>
  void value(T v) { out.value(v); }
  template <drainage::Described T>
  void value(const T& v) {
    drainage::describe(*this, v);
  }
  template <class T>
  void value(const std::vector<T>& v) {
    out.value(v.size());
    for (const T& item : v) value(item);
  }
};

}  // namespace

Hash128 content_hash(const drainage::Network& network) {
  Hasher hasher;
  HashVisitor visit{hasher};
  drainage::describe(visit, network);
  return hasher.finish();
}

}  // namespace citytwin
