// What a report rests on: assumptions, data, limits.
#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "engine/base/percent.hpp"
#include "engine/model/names.hpp"
#include "gis/build/building_density.hpp"
#include "gis/build/level_areas.hpp"
#include "scenarios/core/flat_terrain.hpp"
#include "scenarios/core/screening.hpp"
#include "scenarios/core/sewer_results.hpp"
#include "scenarios/core/text.hpp"
#include "scenarios/report/html.hpp"
#include "scenarios/report/sections.hpp"

namespace citytwin::scenarios::report {

namespace {

std::string count(std::size_t n) { return number(static_cast<double>(n)); }

std::string text_or(const std::string& code, const std::string& otherwise) {
  return has_text(code) ? text(code) : otherwise;
}

struct Shares {
  const char* table;
  const RowOrigin& origin;
};

bool of_measure(const RowOrigin& origin, std::size_t row) { return sewer_origin(origin, row) == "measure"; }

std::size_t measure_rows(const Sewers& sewers) {
  std::size_t rows = 0;
  for (const RowOrigin* origin : {&sewers.nodes.origin, &sewers.links.origin})
    for (std::size_t row = 0; row < origin->size(); ++row) rows += of_measure(*origin, row) ? 1 : 0;
  return rows;
}

std::string provenance_table(const CityModel& city) {
  const Shares all[] = {
      {"links", city.streets().links.origin},      {"buildings", city.buildings().origin},
      {"landcover", city.land_cover().origin},     {"water_bodies", city.water_bodies().origin},
      {"facilities", city.facilities().origin},    {"management_cells", city.management_cells().origin},
      {"sewer_nodes", city.sewers().nodes.origin}, {"sewer_links", city.sewers().links.origin}};
  using Kind = Column::Kind;
  Table table{text("report.table.provenance"),
              {{text("report.col.table")}, {text("report.col.rows"), Kind::number}},
              {},
              text("report.table.provenance_note")};
  for (std::size_t p = 0; p < kCountOf<Provenance>; ++p)
    table.columns.push_back(
        {text("report.provenance." + std::string(Names<Provenance>::kAll[p])), Kind::number});
  const bool measured = measure_rows(city.sewers()) > 0;
  if (measured) table.columns.push_back({text("report.provenance.measure"), Kind::number});
  // `origin`: of sewers, whose rows of measures have no source.
  const auto add_row = [&](const std::string& name, const std::vector<Provenance>& values,
                           const RowOrigin* origin = nullptr) {
    if (values.empty()) return;
    std::array<std::size_t, kCountOf<Provenance> + 1> n{};
    for (std::size_t row = 0; row < values.size(); ++row)
      ++n[origin != nullptr && of_measure(*origin, row) ? kCountOf<Provenance>
                                                        : static_cast<std::size_t>(values[row])];
    table.rows.push_back({name, count(values.size())});
    for (std::size_t p = 0; p < kCountOf<Provenance> + (measured ? 1 : 0); ++p)
      table.rows.back().push_back(
          n[p] == 0 ? ""
                    : percent_text(static_cast<double>(n[p]) / static_cast<double>(values.size())) + " %");
  };
  for (const Shares& s : all) {
    const bool sewers = std::string_view(s.table).starts_with("sewer_");
    add_row(text(std::string("report.rows.") + s.table), s.origin.provenance, sewers ? &s.origin : nullptr);
    if (std::string(s.table) == "buildings")
      add_row(text("report.rows.building_heights"), city.buildings().height_provenance);
  }
  add_row(text("report.rows.needs"), city.needs().provenance);
  return render(table);
}

std::string sources_table(const CityModel& city) {
  const Sources& s = city.sources();
  Table table{text("report.table.sources"),
              {{text("report.col.source")},
               {text("report.col.file")},
               {text("report.col.date")},
               {text("report.col.licence")},
               {text("report.col.hash")}},
              {},
              {}};
  for (std::size_t row = 0; row < s.size(); ++row)
    table.rows.push_back({s.attribution[row].empty() ? s.key[row] : s.attribution[row], s.file_name[row],
                          s.date[row].empty() ? text("report.unknown") : s.date[row], s.licence[row],
                          bytes_hex_short(s.content_hash[row])});
  return render(table);
}

std::string kind_in_words(const std::string& kind) {
  std::string code = "check.kind." + kind;
  std::replace(code.begin(), code.end(), ' ', '_');
  return text_or(code, kind);
}

std::string books_table(const CityModel& city) {
  using Kind = Column::Kind;
  Table table{text("report.table.books"),
              {{text("report.col.source")},
               {text("report.col.kind")},
               {text("report.col.read"), Kind::number},
               {text("report.col.kept"), Kind::number},
               {text("report.col.merged"), Kind::number},
               {text("report.col.dropped"), Kind::number},
               {text("report.col.why_dropped")}},
              {},
              {}};
  for (const ImportCount& c : city.import_log().counts) {
    std::uint64_t dropped = 0;
    std::string why;
    for (const auto& d : c.dropped) {
      dropped += d.count;
      why += (why.empty() ? "" : "; ") + text_or(d.reason, d.reason) + " " + count(d.count);
    }
    table.rows.push_back({c.source, kind_in_words(c.kind), count(c.read), count(c.kept), count(c.merged),
                          count(dropped), why});
  }
  return render(table);
}

std::string findings_table(const CityModel& city) {
  std::map<std::string, std::pair<std::size_t, std::string>> by_code;  // code → count, first feature
  for (const ImportFinding& f : city.import_log().findings) {
    auto& entry = by_code[f.code];
    if (entry.first++ == 0) entry.second = f.feature;
  }
  Table table{text("report.table.findings"),
              {{text("report.col.finding")},
               {text("report.col.count"), Column::Kind::number},
               {text("report.col.example")}},
              {},
              {}};
  for (const auto& [code, entry] : by_code)
    table.rows.push_back({text_or(code, code), count(entry.first), entry.second});
  return render(table);
}

std::string terrain_words(const View& view) {
  const Terrain& terrain = view.city().terrain();
  if (terrain.empty()) return paragraph(text("report.terrain.none"));
  std::vector<std::pair<std::string, std::string>> items;
  items.emplace_back(text("report.terrain.spacing"), number(terrain.elevation.spec.cell_m, 1) + " m");
  if (terrain.true_resolution_m > 0 && !on_flat_ground(view.city()))
    items.emplace_back(text("report.terrain.true"), number(terrain.true_resolution_m, 1) + " m");
  items.emplace_back(text("report.terrain.datum"), view.city().info().frame.vertical_datum);
  std::map<std::string, std::pair<std::size_t, double>> changes;
  std::uint64_t filled = 0;  // cells that had no height which filling them could have changed
  for (const TerrainChange& c : view.city().import_log().terrain_changes) {
    if (c.kind == "void") {
      filled += c.cells;
      continue;
    }
    auto& entry = changes[c.kind];
    ++entry.first;
    if (std::abs(c.depth_m) > std::abs(entry.second)) entry.second = c.depth_m;
  }
  for (const auto& [kind, entry] : changes)
    items.emplace_back(text("report.terrain.change", {{"kind", kind}}),
                       text_of_count("report.terrain.change_value", static_cast<double>(entry.first),
                                     {{"depth", signed_number(-entry.second, 2)}}));
  if (filled > 0)
    items.emplace_back(text("report.terrain.filled"),
                       text_of_count("report.terrain.filled_value", static_cast<double>(filled)));
  return element("h3", escape(text("report.terrain.title"))) + definitions(items) + finer_than_terrain(view);
}

// "Roughness of grass 0.03 …; Roughness of sand 0.026 …" becomes "Roughness of: grass 0.03 …, sand 0.026 …".
std::string joined(const std::vector<std::pair<std::string, std::string>>& members) {
  std::vector<std::pair<std::string, std::string>> lines;  // all but the last word → "last word value, ..."
  for (const auto& [what, value] : members) {
    const auto space = what.rfind(' ');
    const std::string start = space == std::string::npos ? what : what.substr(0, space);
    const std::string item = (space == std::string::npos ? "" : what.substr(space + 1) + " ") + value;
    const auto line =
        std::find_if(lines.begin(), lines.end(), [&](const auto& l) { return l.first == start; });
    if (line == lines.end())
      lines.emplace_back(start, item);
    else
      line->second += ", " + item;
  }
  std::string out;
  for (const auto& [start, items] : lines)
    out += (out.empty() ? "" : "; ") + start + (items.find(", ") == std::string::npos ? " " : ": ") + items;
  return out;
}

// Assumptions come as "owner: what" → "value (source)". Those of one owner and source stand together, so that
// a table of roughness by land cover is one paragraph and not a page.
std::vector<std::pair<std::string, std::string>> by_source(
    const std::vector<std::pair<std::string, std::string>>& items) {
  struct Group {
    std::string owner, source;
    std::vector<std::pair<std::string, std::string>> members;  // what → value
  };
  std::vector<Group> groups;
  for (const auto& [what, value] : items) {
    const auto colon = what.find(": "), bracket = value.find(" (");
    const bool splits = colon != std::string::npos && bracket != std::string::npos && value.ends_with(')');
    const std::string owner = splits ? what.substr(0, colon) : std::string();
    const std::string source = splits ? value.substr(bracket + 2, value.size() - bracket - 3) : std::string();
    const auto same = [&](const Group& g) { return splits && g.owner == owner && g.source == source; };
    auto group = std::find_if(groups.begin(), groups.end(), same);
    if (group == groups.end()) group = groups.insert(groups.end(), {owner, source, {}});
    group->members.emplace_back(splits ? what.substr(colon + 2) : what,
                                splits ? value.substr(0, bracket) : value);
  }
  std::vector<std::pair<std::string, std::string>> out;
  for (const Group& g : groups) {
    if (g.members.size() == 1) {
      const auto& [what, value] = g.members.front();
      out.emplace_back(what, g.source.empty() ? value : value + " (" + g.source + ")");
      continue;
    }
    out.emplace_back(text("report.assumptions.group",
                          {{"owner", text_or("report.domain." + g.owner, g.owner)}, {"source", g.source}}),
                     joined(g.members));
  }
  return out;
}

// A facility's name; the key itself if the city has none of that key.
std::string name_of_key(const CityModel& city, const std::string& key) {
  const auto& keys = city.facilities().origin.key;
  const auto row = std::find(keys.begin(), keys.end(), key);
  return row == keys.end() ? key : facility_name(city, static_cast<std::size_t>(row - keys.begin()));
}

// A provider is a facility, a kind of facility or the outside supply.
std::string provider_name(const CityModel& city, const std::string& provider) {
  if (has_text("report.kind." + provider)) return text("report.kind." + provider);
  if (has_text("report.asset." + provider)) return text("report.asset." + provider);
  return name_of_key(city, provider);
}

std::string metres(double m) { return m < 10 ? figures(m) : number(m); }

// Facilities that need each other in a ring.
std::string rings(const View& view) {
  std::string items;
  for (const auto& ring : view.run.record.dependency_cycles) {
    std::string names;
    for (const std::string& key : ring)
      names += (names.empty() ? "" : text("report.list_separator")) + name_of_key(view.city(), key);
    items += element("li", escape(names));
  }
  if (items.empty()) return {};
  return element("h3", escape(text("report.rings.title"))) + paragraph(text("report.rings.intro")) +
         element("ul", items);
}

}  // namespace

std::string finer_than_terrain(const View& view) {
  const ObservedGrid* grid = view.grid(view.run, "surface_water.max_depth");
  const double true_m = view.city().terrain().true_resolution_m;
  if (grid == nullptr || on_flat_ground(view.city()) || !(true_m > 1.5 * grid->grid.spec.cell_m)) return {};
  return paragraph(
      text("report.terrain.finer", {{"grid", metres(grid->grid.spec.cell_m)}, {"true", metres(true_m)}}),
      "footnote");
}

std::string screening(const View& view) {
  const ObservedGrid* grid = view.grid(view.run, "surface_water.max_depth");
  if (grid == nullptr || !is_screening(view.city(), grid->grid.spec.cell_m)) return {};
  return text(
      on_flat_ground(view.city()) ? "report.limit.screening_flat" : "report.limit.screening",
      {{"cell", metres(grid->grid.spec.cell_m)}, {"true", metres(view.city().terrain().true_resolution_m)}});
}

std::string buildings_missing(const View& view) {
  const auto density = gis::building_density(view.city());
  return density.most_missing() ? text("report.limit.buildings_missing", density.words()) : std::string();
}

std::string level_areas(const View& view) {
  const auto areas = gis::level_areas(view.city());
  return areas.empty() ? std::string()
                       : text("report.limit.level_areas", gis::words_of(areas, view.city().info().frame));
}

std::string assumptions_section(const View& view) {
  const ScenarioText& s = view.scenario;
  std::vector<std::pair<std::string, std::string>> frame;
  const auto add = [&](const char* code, const std::string& value) {
    if (!value.empty()) frame.emplace_back(text(code), value);
  };
  add("report.frame.start", s.start);
  add("report.frame.duration", s.duration);
  add("report.frame.grid", s.grid);
  add("report.frame.beat", s.beat);
  std::string out = heading(view, text("report.assumptions.title")) + definitions(frame);
  const auto list = [&](const char* code, const std::vector<std::pair<std::string, std::string>>& items) {
    if (!items.empty()) out += element("h3", escape(text(code))) + definitions(items);
  };
  list("report.assumptions.events", s.events);
  list("report.assumptions.projections", s.projections);
  list("report.assumptions.measures", s.measures);
  list("report.assumptions.values", by_source(s.assumptions));
  std::string rules;
  for (const std::string& rule : view.run.record.rules) rules += element("li", escape(text(rule)));
  for (const char* rule :
       {"report.rule.depth_at_building", "report.rule.damage", "report.rule.people", "report.rule.roads"})
    rules += element("li", escape(text(rule)));
  out += element("h3", escape(text("report.assumptions.rules"))) + element("ul", rules);
  Table needs{text("report.table.unmodelled"),
              {{text("report.col.facility")}, {text("report.col.need")}, {text("report.col.provider")}},
              {},
              {}};
  constexpr std::size_t kMost = 20;
  const auto& unmodelled = view.run.record.unmodelled_needs;
  for (std::size_t k = 0; k < unmodelled.size() && k < kMost; ++k)
    needs.rows.push_back({name_of_key(view.city(), unmodelled[k].facility),
                          text_or("report.need." + unmodelled[k].need, unmodelled[k].need),
                          provider_name(view.city(), unmodelled[k].provider)});
  if (unmodelled.size() > kMost)
    needs.footnote = text("report.more_rows", {{"n", count(unmodelled.size() - kMost)}});
  return element("section", out + render(needs) + rings(view), "page");
}

std::string data_section(const View& view) {
  const CityModel& city = view.city();
  std::string out = heading(view, text("report.data.title"));
  out += paragraph(text("report.data.intro"), "intro");
  out += provenance_table(city) + sources_table(city) + terrain_words(view);
  out += books_table(city) + findings_table(city);
  return element("section", out);
}

std::string limits_section(const View& view) {
  std::string items;
  const std::optional<SewerTotals> sewers = sewer_totals(view.run);
  const char* of_sewers = !sewers                    ? "report.limit.sewers"
                          : sewers->origin != "file" ? "report.limit.sewers_synthesised"
                                                     : nullptr;
  for (const char* code :
       {"report.limit.factor", "report.limit.values", "report.limit.terrain", of_sewers,
        "report.limit.basements", "report.limit.people", "report.limit.needs", "report.limit.one_event"})
    if (code != nullptr) items += element("li", escape(text(code)));
  if (const std::string coarse = screening(view); !coarse.empty()) items += element("li", escape(coarse));
  if (const std::string few = buildings_missing(view); !few.empty()) items += element("li", escape(few));
  if (const std::string level = level_areas(view); !level.empty()) items += element("li", escape(level));
  if (view.city().info().frame.vertical_datum == "unknown")
    items += element("li", escape(text("report.limit.datum")));
  return element("section", heading(view, text("report.limits.title")) + element("ul", items));
}

}  // namespace citytwin::scenarios::report
