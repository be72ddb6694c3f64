// Reading a scenario file: what can be checked without the city.
#include "scenarios/core/scenario.hpp"
#include "engine/base/nearest_word.hpp"

#include <algorithm>

#include "engine/domains/registry.hpp"
#include "scenarios/core/sections.hpp"
#include "scenarios/core/text.hpp"

namespace citytwin::scenarios {
namespace {

std::vector<std::string> table_names() {
  std::vector<std::string> names;
  for (const FileSection& section : scenario_sections())
    if (!section.name.empty() && section.type.empty()) names.push_back(section.name);
  return names;
}

std::vector<std::string> keys_of(const ParameterTable& table) {
  std::vector<std::string> keys;
  keys.reserve(table.size());
  for (const Parameter& parameter : table) keys.push_back(parameter.key);
  return keys;
}

// The types that items of [[name]] may have.
std::vector<std::string> types_of(const std::string& name) {
  std::vector<std::string> types;
  for (const FileSection& section : scenario_sections())
    if (section.name == name && !section.type.empty()) types.push_back(section.type);
  return types;
}

struct Checker {
  const Node& root;
  Diagnostics& diagnostics;

  void section(const std::string& name, const ParameterTable& table) const {
    if (const Node* node = root.find(name))
      static_cast<void>(read_parameters(*node, table, name, {}, nullptr, diagnostics));
  }

  // Calls check(item, path) for each item of an array of tables.
  template <class Check>
  void each(const std::string& name, Check&& check) const {
    const Node* list = root.find(name);
    if (list == nullptr) return;
    if (list->kind != Node::Kind::array) {
      diagnostics.error("scenario.not_a_list", where_of(*list, name), {{"key", name}});
      return;
    }
    for (std::size_t i = 0; i < list->items.size(); ++i)
      check(list->items[i], name + "." + std::to_string(i + 1));
  }

  // An event or measure against the keys of its type, or an error that names the nearest type.
  void typed(const FileSection& common) const {
    const std::string& name = common.name;
    each(name, [&](const Node& item, const std::string& path) {
      const Node* given = item.find("type");
      if (given == nullptr || given->kind != Node::Kind::text) {
        diagnostics.error("scenario.no_type", where_of(item, path), {{"key", name}});
        return;
      }
      const auto& all = scenario_sections();
      const auto section = std::find_if(all.begin(), all.end(), [&](const FileSection& s) {
        return s.name == name && !s.type.empty() && s.type == given->text;
      });
      if (section == all.end())
        diagnostics.error(
            "scenario.unknown_type", where_of(*given, path + ".type"),
            {{"type", given->text}, {"nearest", nearest_word(given->text, types_of(name))}, {"key", name}});
      else
        static_cast<void>(read_parameters(item, section->parameters, path, keys_of(common.parameters),
                                          nullptr, diagnostics));
      if (const Node* label = item.find("name"); label != nullptr && label->kind != Node::Kind::text)
        diagnostics.error("toml.wrong_type", where_of(*label, path + ".name"),
                          {{"expected", text("kind.text")}, {"found", text("kind.other")}, {"unit", ""}});
    });
  }

  void domains() const {
    const Node* run = root.find("run");
    const Node* list = run == nullptr ? nullptr : run->find("domains");
    if (list == nullptr || list->kind != Node::Kind::text) return;
    std::vector<std::string> known;
    for (const DomainInfo& domain : all_domains()) known.push_back(domain.name);
    std::vector<std::string> named = split_list(list->text);
    for (const std::string& name : named)
      if (std::find(known.begin(), known.end(), name) == known.end())
        diagnostics.error("scenario.unknown_domain", where_of(*list, "run.domains"),
                          {{"domain", name}, {"nearest", nearest_word(name, known)}});
    std::sort(named.begin(), named.end());
    if (named.empty() || std::adjacent_find(named.begin(), named.end()) != named.end())
      diagnostics.error("scenario.domains_once", where_of(*list, "run.domains"));
  }

  void all() const {
    std::vector<std::string> tables = table_names();
    ParameterValues own = read_parameters(root, scenario_section(), "", tables, nullptr, diagnostics);
    if (own.has("format_version") && own.integer("format_version") > kScenarioFormatVersion)
      diagnostics.error("scenario.newer", where_of(root, "format_version"));
    for (const FileSection& s : scenario_sections()) {
      if (s.name.empty() || !s.type.empty()) continue;
      if (!s.list)
        section(s.name, s.parameters);
      else if (!types_of(s.name).empty())
        typed(s);
      else
        each(s.name, [&](const Node& item, const std::string& path) {
          static_cast<void>(read_parameters(item, s.parameters, path, {}, nullptr, diagnostics));
        });
    }
    domains();
  }
};

std::string text_member(const Node& root, const char* key, const std::string& otherwise) {
  const Node* node = root.find(key);
  return node != nullptr && node->kind == Node::Kind::text ? node->text : otherwise;
}

std::filesystem::path found_scenario(const std::filesystem::path& given) {
  std::error_code error;
  if (std::filesystem::exists(given, error) || given.has_parent_path()) return given;
  auto shipped = library_folder() / given;
  if (!shipped.has_extension()) shipped += ".toml";
  return std::filesystem::exists(shipped, error) ? shipped : given;
}

}  // namespace

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + ",") {
    if (c == ',') {
      if (!word.empty()) words.push_back(word);
      word.clear();
    } else if (c != ' ') {
      word += c;
    }
  }
  return words;
}

std::filesystem::path library_folder() {
  std::error_code error;
  const std::filesystem::path installed = std::filesystem::path(data_folder()) / "scenarios";
  if (std::filesystem::is_directory(installed, error)) return installed;
  return std::filesystem::path(data_folder()).parent_path() / "scenarios" / "library";
}

Result<ScenarioFile> check_scenario(Node root, const std::filesystem::path& path) {
  Diagnostics diagnostics;
  Checker{root, diagnostics}.all();
  if (diagnostics.has_errors()) return Result<ScenarioFile>(std::move(diagnostics));
  ScenarioFile file;
  file.path = path;
  file.name = text_member(root, "name", path.stem().string());
  file.title = text_member(root, "title", title_of(file.name));
  file.question = text_member(root, "question", "");
  file.city = text_member(root, "city", "");
  file.root = std::move(root);
  return file;
}

Result<ScenarioFile> read_scenario(const std::filesystem::path& name_or_path,
                                   const std::vector<std::string>& set) {
  const std::filesystem::path path = found_scenario(name_or_path);
  auto root = read_toml(path);
  if (!root) return Result<ScenarioFile>(root.diagnostics());
  Diagnostics diagnostics;
  for (const std::string& assignment : set) diagnostics.append(set_value(*root, assignment));
  if (diagnostics.has_errors()) return Result<ScenarioFile>(std::move(diagnostics));
  return check_scenario(std::move(*root), path);
}

RunInput Plan::strategy_input() const {
  RunInput with = input;
  with.model = strategy;
  with.controls.insert(with.controls.end(), measure_controls.begin(), measure_controls.end());
  with.forcing.series.insert(with.forcing.series.end(), measure_forcing.begin(), measure_forcing.end());
  if (measure_structures.empty()) return with;
  auto all = std::make_shared<HydraulicStructures>();
  if (input.forcing.structures) *all = *input.forcing.structures;
  add_structures(measure_structures, *all);
  with.forcing.structures = std::move(all);
  return with;
}

}  // namespace citytwin::scenarios
