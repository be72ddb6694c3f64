#include "gis/io/network_json.hpp"

#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include "engine/model/drainage/describe.hpp"
#include "engine/model/drainage/names.hpp"

namespace citytwin::gis {

namespace {

using drainage::Described;
using nlohmann::json;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

template <class T>
concept Number = std::is_arithmetic_v<T>;
template <class T>
concept Word = std::is_enum_v<T>;

json to_json(double v) {
  if (std::isfinite(v)) return v;
  return std::isnan(v) ? "nan" : v > 0 ? "inf" : "-inf";
}
template <Number T>
json to_json(T v) {
  return v;
}
template <Word T>
json to_json(T v) {
  return name_of(v);
}
json to_json(const std::string& v) { return v; }
json to_json(Point2 p) { return json::array({to_json(p.x), to_json(p.y)}); }
template <Described T>
json to_json(const T& v);
template <class T>
json to_json(const std::vector<T>& v) {
  json list = json::array();
  for (const T& item : v) list.push_back(to_json(item));
  return list;
}

struct Write {
  json& out;
  template <class T>
  void operator()(const char* name, const T& member) {
    out[name] = to_json(member);
  }
};

template <class T>
json all_members(const T& v) {
  json out = json::object();
  Write write{out};
  drainage::describe(write, v);
  return out;
}

template <Described T>
json to_json(const T& v) {
  static const json defaults = all_members(T{});
  json out = all_members(v);
  for (const auto& [name, value] : defaults.items())
    if (out[name] == value) out.erase(name);
  return out;
}

// Throws what json throws, or the name of a member.
struct BadMember {
  std::string name;
};

void from_json(const json& j, double& v) {
  if (j.is_number()) {
    v = j.get<double>();
    return;
  }
  const auto& word = j.get_ref<const std::string&>();
  if (word != "nan" && word != "inf" && word != "-inf") throw BadMember{};
  v = word == "nan" ? kNaN : word == "inf" ? kInfinity : -kInfinity;
}
void from_json(const json& j, bool& v) { v = j.get<bool>(); }
template <Number T>
void from_json(const json& j, T& v) {
  const auto wide = j.get<std::int64_t>();
  v = static_cast<T>(wide);
  if (!j.is_number_integer() || static_cast<std::int64_t>(v) != wide) throw BadMember{};
}
template <Word T>
void from_json(const json& j, T& v) {
  const auto found = from_name<T>(j.get_ref<const std::string&>());
  if (!found) throw BadMember{};
  v = *found;
}
void from_json(const json& j, std::string& v) { v = j.get<std::string>(); }
void from_json(const json& j, Point2& p) {
  if (!j.is_array() || j.size() != 2) throw BadMember{};
  from_json(j[0], p.x);
  from_json(j[1], p.y);
}
template <Described T>
void from_json(const json& j, T& v);
template <class T>
void from_json(const json& j, std::vector<T>& v) {
  if (!j.is_array()) throw BadMember{};
  v.clear();
  for (const json& item : j) {
    T value{};
    from_json(item, value);
    v.push_back(std::move(value));
  }
}

struct Read {
  const json& in;
  template <class T>
  void operator()(const char* name, T& member) {
    const auto found = in.find(name);
    if (found == in.end()) return;
    try {
      from_json(*found, member);
    } catch (const BadMember& bad) {
      throw BadMember{bad.name.empty() ? name : std::string(name) + "." + bad.name};
    } catch (const json::exception&) {
      throw BadMember{name};
    }
  }
};

template <Described T>
void from_json(const json& j, T& v) {
  if (!j.is_object()) throw BadMember{};
  Read read{j};
  drainage::describe(read, v);
}

}  // namespace

std::string network_to_json(const drainage::Network& network) { return to_json(network).dump(); }

std::string network_from_json(const std::string& text, drainage::Network& network) {
  const json parsed = json::parse(text, nullptr, false);
  if (parsed.is_discarded()) return "json";
  try {
    from_json(parsed, network);
  } catch (const BadMember& bad) {
    return bad.name.empty() ? "json" : bad.name;
  }
  return "";
}

}  // namespace citytwin::gis
