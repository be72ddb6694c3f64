#include "scenarios/core/toml.hpp"

#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>

#include <toml++/toml.h>

namespace citytwin::scenarios {
namespace {

constexpr std::uintmax_t kMaxFileBytes = 16U << 20U;  // a scenario is text written by people

Node convert(const toml::node& from, const std::string& file) {
  Node node;
  node.file = file;
  node.line = static_cast<long>(from.source().begin.line);
  if (const auto* table = from.as_table()) {
    for (const auto& [key, value] : *table)
      node.members.emplace_back(std::string(key.str()), convert(value, file));
  } else if (const auto* array = from.as_array()) {
    node.kind = Node::Kind::array;
    for (const auto& value : *array) node.items.push_back(convert(value, file));
  } else if (const auto* text = from.as_string()) {
    node.kind = Node::Kind::text;
    node.text = text->get();
  } else if (const auto* integer = from.as_integer()) {
    node.kind = Node::Kind::integer;
    node.integer = integer->get();
  } else if (const auto* number = from.as_floating_point()) {
    node.kind = Node::Kind::number;
    node.number = number->get();
  } else if (const auto* boolean = from.as_boolean()) {
    node.kind = Node::Kind::boolean;
    node.boolean = boolean->get();
  } else {
    node.kind = Node::Kind::date_time;
    std::ostringstream out;
    if (const auto* date_time = from.as_date_time()) out << date_time->get();
    if (const auto* date = from.as_date()) out << date->get();
    if (const auto* time = from.as_time()) out << time->get();
    node.text = out.str();
  }
  return node;
}

// The item of an array of tables that a part of a --set key names, or nullptr.
Node* item_named(Node& array, const std::string& part) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
  if (error == std::errc{} && end == part.data() + part.size())
    return number >= 1 && number <= array.items.size() ? &array.items[number - 1] : nullptr;
  for (const char* key : {"name", "type"})
    for (Node& item : array.items)
      if (const Node* member = item.find(key); member != nullptr && member->text == part) return &item;
  return nullptr;
}

std::vector<std::string> split_key(const std::string& key) {
  std::vector<std::string> parts{""};
  for (const char c : key)
    if (c == '.')
      parts.emplace_back();
    else
      parts.back() += c;
  return parts;
}

// A bare word that is no TOML value is taken as text, so that shells need no second pair of quotes.
Node value_of(const std::string& text) {
  try {
    const toml::table table = toml::parse("v = " + text);
    if (table.size() == 1 && table.get("v") != nullptr) {
      Node node = convert(*table.get("v"), "--set");
      node.line = 0;
      return node;
    }
  } catch (const toml::parse_error&) {
  }
  Node node;
  node.kind = Node::Kind::text;
  node.text = text;
  node.file = "--set";
  return node;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (const auto& [name, member] : members)
    if (name == key) return &member;
  return nullptr;
}

Node* Node::find(std::string_view key) {
  for (auto& [name, member] : members)
    if (name == key) return &member;
  return nullptr;
}

Where where_of(const Node& node, const std::string& key) { return {node.file, "", "", key, node.line}; }

Result<Node> parse_toml(const std::string& content, const std::string& file) {
  try {
    const toml::table table = toml::parse(content, file);
    return convert(table, file);
  } catch (const toml::parse_error& error) {
    return Result<Node>::failure("toml.syntax",
                                 {file, "", "", "", static_cast<long>(error.source().begin.line)},
                                 {{"detail", std::string(error.description())}});
  }
}

Result<Node> read_toml(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error))
    return Result<Node>::failure("toml.no_file", {path.string(), "", "", "", 0});
  if (const auto size = std::filesystem::file_size(path, error); error || size > kMaxFileBytes)
    return Result<Node>::failure("toml.too_large", {path.string(), "", "", "", 0});
  std::ifstream in(path, std::ios::binary);
  if (!in) return Result<Node>::failure("toml.no_file", {path.string(), "", "", "", 0});
  return parse_toml({std::istreambuf_iterator<char>(in), {}}, path.string());
}

Diagnostics set_value(Node& root, const std::string& assignment) {
  Diagnostics diagnostics;
  const auto equals = assignment.find('=');
  if (equals == std::string::npos || equals == 0) {
    diagnostics.error("toml.bad_set", {"--set", "", "", assignment, 0});
    return diagnostics;
  }
  const std::string key = assignment.substr(0, equals);
  const auto parts = split_key(key);
  Node* at = &root;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (at->kind == Node::Kind::array) {
      Node* item = item_named(*at, parts[i]);
      if (item == nullptr && at->items.size() == 1) {
        item = at->items.data();
        --i;  // the number was left out: the part is a key of the only item
      }
      if (item == nullptr || i + 1 == parts.size()) {
        diagnostics.error("toml.set_no_item", {"--set", "", "", key, 0},
                          {{"part", parts[i]}, {"count", std::to_string(at->items.size())}});
        return diagnostics;
      }
      at = item;
      continue;
    }
    if (at->kind != Node::Kind::table || parts[i].empty()) {
      diagnostics.error("toml.bad_set", {"--set", "", "", assignment, 0});
      return diagnostics;
    }
    Node* member = at->find(parts[i]);
    if (member == nullptr) {
      at->members.emplace_back(parts[i], Node{});
      member = &at->members.back().second;
      member->file = "--set";
    }
    at = member;
  }
  *at = value_of(assignment.substr(equals + 1));
  return diagnostics;
}

}  // namespace citytwin::scenarios
