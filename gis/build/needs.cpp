// What facilities need to function: defaults by kind from a table, then the recipe's word.
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <sstream>

#include "engine/model/names.hpp"
#include "gis/build/facilities.hpp"
#include "gis/build/recipe_tables.hpp"
#include "gis/io/atomic_file.hpp"

namespace citytwin::gis {

namespace {

// Comma separated, "quoted, with commas" allowed, # starts a comment line.
std::vector<std::string> split_csv(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"')
      quoted = !quoted;
    else if (c == ',' && !quoted)
      cells.emplace_back();
    else if (c != '\r')
      cells.back() += c;
  }
  return cells;
}

std::optional<double> not_negative(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) || value < 0)
    return std::nullopt;
  return value;
}

std::optional<NeedDefault> need_from(const std::vector<std::string>& cells) {
  if (cells.size() != 6) return std::nullopt;
  const auto facility = from_name<FacilityKind>(cells[0]);
  const auto need = from_name<NeedKind>(cells[1]);
  const auto depth = not_negative(cells[3]);
  const auto backup = not_negative(cells[4]);
  if (!facility || !need || !depth || !backup) return std::nullopt;
  return NeedDefault{*facility, *need, cells[2], *depth, *backup, cells[5]};
}

struct Override {
  std::string target, need, column, value;
  bool used = false;
};

// "hospital.power.backup_h" and "way/12.power.backup_h": split from the right, since keys may hold dots.
std::optional<Override> parse_override(const std::string& key, const std::string& value) {
  std::string rest = key;
  const auto cut_last = [&]() -> std::string {
    const std::size_t dot = rest.rfind('.');
    if (dot == std::string::npos) return {};
    std::string last = rest.substr(dot + 1);
    rest.resize(dot);
    return last;
  };
  Override out{.value = value};
  std::string last = cut_last();
  if (!from_name<NeedKind>(last)) {
    out.column = last;
    last = cut_last();
  }
  out.need = last;
  out.target = rest;
  const Parameter* column = find_parameter(recipe_need_table(), out.column);
  const bool column_known = out.column.empty() || column != nullptr;
  if (!from_name<NeedKind>(out.need) || out.target.empty() || !column_known) return std::nullopt;
  if (out.column.empty() && value != "none") return std::nullopt;
  if (column != nullptr && column->kind == ParameterKind::number && !not_negative(value)) return std::nullopt;
  return out;
}

// Facilities of one kind by place.
class Providers {
 public:
  explicit Providers(const Facilities& facilities) : facilities_(facilities), rows_(kCountOf<FacilityKind>) {
    for (std::size_t f = 0; f < facilities.size(); ++f)
      rows_[static_cast<std::size_t>(facilities.kind[f])].push_back(f);
  }

  // The key of the nearest facility of the kind, but the one itself; "" if there is none.
  [[nodiscard]] std::string nearest(FacilityKind kind, std::size_t row) const {
    std::size_t best = facilities_.size();
    double best_distance = std::numeric_limits<double>::infinity();
    for (const std::size_t f : rows_[static_cast<std::size_t>(kind)]) {
      const double d = distance(facilities_.position[f], facilities_.position[row]);
      if (f != row && d < best_distance) best = f, best_distance = d;
    }
    return best < facilities_.size() ? facilities_.origin.key[best] : std::string{};
  }

 private:
  const Facilities& facilities_;
  std::vector<std::vector<std::size_t>> rows_;
};

std::string provider_of(const Providers& providers, std::size_t row, const std::string& provider,
                        NeedKind need) {
  constexpr std::string_view kNearest = "nearest:";
  if (!provider.starts_with(kNearest)) return provider;
  const std::string kind_name = provider.substr(kNearest.size());
  const auto kind = from_name<FacilityKind>(kind_name);
  std::string key = kind ? providers.nearest(*kind, row) : std::string{};
  if (!key.empty()) return key;
  return need == NeedKind::power ? "grid" : kind_name;
}

void push_need(Needs& needs, std::size_t facility, const NeedDefault& need, std::string provider,
               Provenance provenance) {
  needs.facility.push_back(FacilityId(facility));
  needs.kind.push_back(need.need);
  needs.provider.push_back(std::move(provider));
  needs.threshold_depth.push_back(need.threshold_depth);
  needs.backup_h.push_back(need.backup_h);
  needs.provenance.push_back(provenance);
  needs.source.push_back(need.source);
}

}  // namespace

Result<std::vector<NeedDefault>> read_need_defaults(const std::filesystem::path& csv) {
  using Out = Result<std::vector<NeedDefault>>;
  const auto text = read_file(csv, 1U << 20U);
  if (!text) return Out(text.diagnostics());
  std::istringstream in(*text);
  std::vector<NeedDefault> rows;
  long number = 0;
  bool header = true;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    if (std::exchange(header, false)) continue;
    const auto need = need_from(split_csv(line));
    if (!need)
      return Out::failure("needs.bad_row", {.file = csv.filename().string(), .line = number},
                          {{"row", line}});
    rows.push_back(*need);
  }
  return Out(std::move(rows));
}

Result<Done> add_needs(CityTables& tables, const std::vector<NeedDefault>& defaults,
                       const std::vector<std::pair<std::string, std::string>>& overrides,
                       const Where& where) {
  Diagnostics diagnostics;
  std::vector<Override> words;
  for (const auto& [key, value] : overrides) {
    auto parsed = parse_override(key, value);
    if (parsed)
      words.push_back(std::move(*parsed));
    else
      diagnostics.error("needs.bad_override", {.file = where.file, .key = "needs." + key},
                        {{"value", value}});
  }
  const Facilities& facilities = tables.facilities;
  const Providers providers(facilities);
  for (std::size_t f = 0; f < facilities.size(); ++f) {
    const std::string kind(name_of(facilities.kind[f]));
    std::map<NeedKind, std::pair<NeedDefault, Provenance>> needs;
    for (const NeedDefault& need : defaults)
      if (need.facility == facilities.kind[f])
        needs.insert_or_assign(need.need, std::pair{need, Provenance::estimated});
    // The kind's words first, so that those for the one facility win.
    for (const bool own : {false, true})
      for (Override& word : words) {
        if (word.target != (own ? facilities.origin.key[f] : kind)) continue;
        word.used = true;
        const NeedKind need = *from_name<NeedKind>(word.need);
        if (word.column.empty()) {
          needs.erase(need);
          continue;
        }
        auto& [row, provenance] =
            needs.try_emplace(need, std::pair{NeedDefault{facilities.kind[f], need}, Provenance::given})
                .first->second;
        provenance = Provenance::given;
        row.source = where.file;
        if (word.column == "provider")
          row.provider = word.value;
        else
          (word.column == "backup_h" ? row.backup_h : row.threshold_depth) = *not_negative(word.value);
      }
    for (const auto& [need, row] : needs)
      push_need(tables.needs, f, row.first, provider_of(providers, f, row.first.provider, need), row.second);
  }
  for (const Override& word : words)
    if (!word.used && !from_name<FacilityKind>(word.target))
      diagnostics.warning("needs.unknown_target", {.file = where.file, .key = "needs." + word.target},
                          {{"target", word.target}});
  if (diagnostics.has_errors()) return Result<Done>(std::move(diagnostics));
  return Result<Done>(Done{}, std::move(diagnostics));
}

}  // namespace citytwin::gis
