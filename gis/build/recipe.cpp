// A recipe: one TOML file that names the sources of a city and what the user knows about them.
#include <algorithm>
#include <cassert>
#include <cmath>
#include <locale>
#include <sstream>

#include <toml++/toml.h>

#include "engine/base/nearest_word.hpp"
#include "gis/build/import.hpp"
#include "gis/build/recipe_tables.hpp"
#include "gis/generate/sewers/sewer_design.hpp"
#include "gis/io/atomic_file.hpp"

namespace citytwin::gis {

namespace {

// One TOML table, read key by key against its declared keys; any other key is an error that names the
// nearest.
class TableReader {
 public:
  TableReader(const toml::table& table, const ParameterTable& declared, std::string file, std::string path,
              Diagnostics& out)
      : table_(table), declared_(declared), file_(std::move(file)), path_(std::move(path)), out_(out) {
    for (const Parameter& parameter : declared) known_.push_back(parameter.key);
  }
  void text(const char* key, std::string& to) {
    if (const toml::node* node = find(key)) {
      if (const auto* value = node->as_string())
        to = value->get();
      else
        wrong_type(*node, key, "text");
    }
  }
  void choice(const char* key, std::string& to) {
    text(key, to);
    const auto& choices = find_parameter(declared_, key)->choices;
    if (std::find(choices.begin(), choices.end(), to) != choices.end()) return;
    std::string all;
    for (const std::string& candidate : choices) all += (all.empty() ? "" : ", ") + candidate;
    out_.error("toml.bad_choice", where(*table_.get(key), key),
               {{"value", to}, {"nearest", nearest_word(to, choices)}, {"choices", all}});
  }
  void boolean(const char* key, bool& to) {
    if (const toml::node* node = find(key)) {
      if (const auto* value = node->as_boolean())
        to = value->get();
      else
        wrong_type(*node, key, "boolean");
    }
  }
  void number(const char* key, double& to) {
    const toml::node* node = find(key);
    if (node == nullptr) return;
    const Parameter& parameter = *find_parameter(declared_, key);
    const bool whole = parameter.kind == ParameterKind::integer;
    const auto value = node->value<double>();
    if (!(whole ? node->is_integer() : node->is_number()) || !value) {
      wrong_type(*node, key, whole ? "integer" : "number");
    } else if (!(std::isfinite(*value) && *value >= parameter.min && *value <= parameter.max)) {
      out_.error("toml.out_of_range", where(*node, key),
                 {{"value", plain(*value)},
                  {"min", plain(parameter.min)},
                  {"max", plain(parameter.max)},
                  {"unit", ""}});
    } else {
      to = *value;
    }
  }
  // Of a declared key.
  const toml::node* find(const char* key) {
    assert(find_parameter(declared_, key) != nullptr);
    return table_.get(key);
  }
  // Of a table within this one.
  const toml::node* find_table(const char* key) {
    known_.emplace_back(key);
    return table_.get(key);
  }
  void no_other_keys() {
    for (const auto& [key, node] : table_) {
      const std::string name(key.str());
      if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
      std::string nearest = nearest_word(name, known_);
      if (!looks_like(name, nearest)) nearest.clear();
      std::string all;
      for (const std::string& candidate : known_) all += (all.empty() ? "" : ", ") + candidate;
      out_.error(nearest.empty() ? "toml.unknown_key_list" : "toml.unknown_key", where(node, name),
                 {{"key", name}, {"nearest", nearest}, {"known", all}});
    }
  }
  [[nodiscard]] Where where(const toml::node& node, const std::string& key) const {
    return {.file = file_,
            .key = path_.empty() ? key : path_ + "." + key,
            .line = static_cast<long>(node.source().begin.line)};
  }
  void wrong_type(const toml::node& node, const std::string& key, const std::string& expected) {
    out_.error("toml.wrong_type", where(node, key),
               {{"expected", expected}, {"found", kind_of(node)}, {"unit", ""}});
  }

 private:
  // In the words that a scenario's errors use too.
  static const char* kind_of(const toml::node& node) {
    if (node.is_string()) return "text";
    if (node.is_integer()) return "integer";
    if (node.is_floating_point()) return "number";
    if (node.is_boolean()) return "boolean";
    if (node.is_array()) return "array";
    return node.is_table() ? "table" : "date_time";
  }
  static std::string plain(double value) {
    std::ostringstream out;
    out.imbue(std::locale::classic());
    out << value;
    return out.str();
  }
  const toml::table& table_;
  const ParameterTable& declared_;
  std::string file_, path_;
  Diagnostics& out_;
  std::vector<std::string> known_;
};

std::string text_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  std::ostringstream out;
  out.imbue(std::locale::classic());
  if (const auto* integer = node.as_integer())
    out << integer->get();
  else if (const auto* number = node.as_floating_point())
    out << number->get();
  else if (const auto* boolean = node.as_boolean())
    out << (boolean->get() ? "true" : "false");
  return out.str();
}

void read_source(const toml::table& table, const std::string& file, std::size_t number, ImportRecipe& recipe,
                 Diagnostics& out) {
  TableReader reader(table, recipe_source_table(), file, "source." + std::to_string(number), out);
  RecipeSource source;
  source.line = static_cast<long>(table.source().begin.line);
  std::string name;
  reader.text("kind", source.kind);
  reader.text("file", name);
  reader.text("key", source.key);
  reader.text("layer", source.layer);
  reader.text("crs", source.crs);
  reader.text("vertical_datum", source.vertical_datum);
  reader.text("licence", source.licence);
  reader.text("attribution", source.attribution);
  reader.text("date", source.date);
  if (const toml::node* columns = reader.find_table("columns")) {
    if (const auto* entries = columns->as_table())
      for (const auto& [ours, theirs] : *entries)
        source.columns.emplace_back(std::string(ours.str()), text_of(theirs));
    else
      reader.wrong_type(*columns, "columns", "table");
  }
  reader.no_other_keys();
  source.file = name;
  const auto require = [&](const char* key, const std::string& value) {
    if (value.empty()) out.error("recipe.missing_key", reader.where(table, key), {{"key", key}});
  };
  require("kind", source.kind);
  require("file", name);
  recipe.sources.push_back(std::move(source));
}

// [needs] hospital.power.backup_h = 48, or "way/12.power" = "none": flattened to dotted keys.
void flatten(const toml::table& table, const std::string& prefix,
             std::vector<std::pair<std::string, std::string>>& out) {
  for (const auto& [key, node] : table) {
    const std::string path = prefix.empty() ? std::string(key.str()) : prefix + "." + std::string(key.str());
    if (const auto* inner = node.as_table())
      flatten(*inner, path, out);
    else
      out.emplace_back(path, text_of(node));
  }
}

// Each key of the declared table that the file gives.
void read_sewer_design(const toml::table& table, const std::string& file, ParameterValues& values,
                       Diagnostics& out) {
  TableReader reader(table, sewer_design_table(), file, "sewer_design", out);
  for (const Parameter& parameter : sewer_design_table()) {
    if (table.get(parameter.key) == nullptr) continue;
    double value = std::get<double>(parameter.default_value);
    reader.number(parameter.key.c_str(), value);
    values.set(parameter.key, value);
  }
  reader.no_other_keys();
}

bool is_offset(const std::string& text) {  // "+01:00"
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  return text.size() == 6 && (text[0] == '+' || text[0] == '-') && digit(1) && digit(2) && text[3] == ':' &&
         digit(4) && digit(5) && text.substr(1, 2) <= "14" && text.substr(4, 2) <= "59";
}

ImportRecipe read_table(const toml::table& table, const std::string& file, Diagnostics& out) {
  ImportRecipe recipe;
  TableReader reader(table, recipe_table(), file, "", out);
  reader.text("name", recipe.name);
  reader.text("crs", recipe.crs);
  reader.text("area", recipe.area);
  reader.boolean("conditioning", recipe.conditioning);
  reader.number("management_cell_m", recipe.management_cell_m);
  reader.choice("sewers", recipe.sewers);
  reader.text("currency", recipe.currency);
  double year = recipe.price_year;
  reader.number("price_year", year);
  recipe.price_year = static_cast<int>(year);
  reader.text("utc_offset", recipe.utc_offset);
  if (!is_offset(recipe.utc_offset))
    out.error("recipe.bad_utc_offset", reader.where(table, "utc_offset"), {{"value", recipe.utc_offset}});
  if (const toml::node* sources = reader.find_table("source")) {
    const auto* list = sources->as_array();
    const bool tables = list != nullptr &&
                        std::all_of(list->begin(), list->end(), [](const auto& n) { return n.is_table(); });
    if (!tables)
      reader.wrong_type(*sources, "source", "[[source]]");
    else
      for (std::size_t i = 0; i < list->size(); ++i)
        read_source(*list->get(i)->as_table(), file, i + 1, recipe, out);
  }
  if (const toml::node* design = reader.find_table("sewer_design")) {
    if (const auto* entries = design->as_table())
      read_sewer_design(*entries, file, recipe.sewer_design, out);
    else
      reader.wrong_type(*design, "sewer_design", "table");
  }
  if (const toml::node* needs = reader.find_table("needs")) {
    if (const auto* entries = needs->as_table())
      flatten(*entries, "", recipe.needs);
    else
      reader.wrong_type(*needs, "needs", "table");
  }
  reader.no_other_keys();
  return recipe;
}

}  // namespace

Result<ImportRecipe> read_recipe(const std::filesystem::path& path) {
  const auto content = read_file(path, 16U << 20U);
  if (!content) return Result<ImportRecipe>(content.diagnostics());
  const std::string file = path.filename().string();
  Diagnostics out;
  ImportRecipe recipe;
  try {
    recipe = read_table(toml::parse(*content, file), file, out);
  } catch (const toml::parse_error& error) {
    return Result<ImportRecipe>::failure("toml.syntax",
                                         {.file = file, .line = static_cast<long>(error.source().begin.line)},
                                         {{"detail", std::string(error.description())}});
  }
  recipe.base_folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  recipe.file_name = file;
  if (recipe.name.empty()) recipe.name = path.stem().string();
  if (recipe.sources.empty() && !out.has_errors()) out.error("recipe.no_sources", {.file = file});
  if (out.has_errors()) return Result<ImportRecipe>(std::move(out));
  return Result<ImportRecipe>(std::move(recipe), std::move(out));
}

}  // namespace citytwin::gis
