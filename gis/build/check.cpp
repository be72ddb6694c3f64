#include "gis/build/check.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "engine/base/percent.hpp"
#include "engine/geo/csr_graph.hpp"
#include "engine/model/names.hpp"
#include "gis/build/building_density.hpp"
#include "gis/build/homes.hpp"
#include "gis/build/level_areas.hpp"

namespace citytwin::gis {

namespace {

constexpr double kCoarseTerrain =
    30;  // [m] above this, streets and small streams are below the terrain's grain

std::string number(std::uint64_t n) { return std::to_string(n); }

CheckReport::Share share_of(std::string table, const std::vector<Provenance>& column) {
  CheckReport::Share share{std::move(table), column.size(), 0, 0, 0, 0};
  for (const Provenance p : column) {
    if (p == Provenance::given) ++share.given;
    if (p == Provenance::derived) ++share.derived;
    if (p == Provenance::estimated) ++share.estimated;
    if (p == Provenance::synthesised) ++share.synthesised;
  }
  return share;
}

// The table a kind of feature ends in; empty: none, row by row (nodes, cells of rasters, coastlines).
std::string table_of(const std::string& kind) {
  if (kind.starts_with("building ") || kind == "buildings" || kind.starts_with("Building"))
    return "buildings";
  if (kind == "highway ways") return "links";
  if (kind.starts_with("land cover")) return "landcover";
  if (kind == "waterway ways") return "waterways";
  if (kind.starts_with("water ")) return "water_bodies";
  if (kind.starts_with("facility ") || kind == "entries of the street network") return "facilities";
  if (kind == "sewer nodes") return "sewer_nodes";
  if (kind == "sewer links") return "sewer_links";
  if (kind == "turn restrictions") return "turn_restrictions";
  return {};
}

// How the keys of a kind's features begin, as far as its name tells.
std::string key_start(const std::string& kind) {
  if (kind.ends_with("nodes")) return "node/";
  if (kind.ends_with(" ways") || kind.starts_with("ways ")) return "way/";
  if (kind.ends_with(" relations") || kind.starts_with("relations ") || kind == "turn restrictions")
    return "relation/";
  return {};
}

// Drops of one reason in one source. Findings name no kind, so kinds whose features are listed under keys of
// one form share a group; those that are only counted have one each.
struct Drops {
  std::string source, reason, kinds, keys;
  std::uint64_t count = 0;
  const ImportFinding* first = nullptr;
};

std::vector<Drops> drops_of(const ImportLog& log) {
  std::map<std::tuple<std::string, std::string, std::string>, const ImportFinding*> firsts;
  for (const ImportFinding& f : log.findings) {
    if (!f.code.starts_with("dropped.")) continue;
    const auto slash = f.feature.find('/');
    firsts.emplace(std::tuple(f.source, f.code, f.feature.substr(0, slash + 1)), &f);  // npos + 1: ""
    firsts.emplace(std::tuple(f.source, f.code, ""), &f);
  }
  std::vector<Drops> all;
  for (const ImportCount& count : log.counts)
    for (const auto& d : count.dropped) {
      const std::string keys = key_start(count.kind);
      const auto listed = firsts.find({count.source, d.reason, keys});
      const ImportFinding* first = listed == firsts.end() ? nullptr : listed->second;
      const auto same = std::find_if(all.begin(), all.end(), [&](const Drops& o) {
        return first != nullptr && o.first == first && o.keys == keys;
      });
      if (same == all.end()) {
        all.push_back({count.source, d.reason, count.kind, keys, d.count, first});
      } else {
        same->kinds += ", " + count.kind;
        same->count += d.count;
      }
    }
  return all;
}

class Checker {
 public:
  explicit Checker(const CityModel& model) : model_(model) {}

  CheckReport run() {
    provenance();
    books();
    rows();
    dirt();
    frame();
    terrain();
    streets();
    sewers();
    estimates();
    needs();
    sources();
    return std::move(report_);
  }

 private:
  void find(Severity severity, std::string code, std::vector<std::pair<std::string, std::string>> args = {}) {
    report_.findings.push_back({severity, std::move(code), std::move(args)});
  }

  void provenance() {
    const auto add = [&](const char* table, const std::vector<Provenance>& column) {
      if (!column.empty()) report_.provenance.push_back(share_of(table, column));
    };
    add("junctions", model_.streets().junctions.origin.provenance);
    add("links", model_.streets().links.origin.provenance);
    add("buildings", model_.buildings().origin.provenance);
    add("buildings.height", model_.buildings().height_provenance);
    add("landcover", model_.land_cover().origin.provenance);
    add("water_bodies", model_.water_bodies().origin.provenance);
    add("water_bodies.level", model_.water_bodies().level_provenance);
    add("waterways", model_.waterways().origin.provenance);
    add("facilities", model_.facilities().origin.provenance);
    add("needs", model_.needs().provenance);
    add("management_cells", model_.management_cells().origin.provenance);
    add("barriers", model_.barriers().origin.provenance);
    add("sewer_nodes", model_.sewers().nodes.origin.provenance);
    add("sewer_links", model_.sewers().links.origin.provenance);
  }

  // Per source and kind: read = kept + merged + dropped.
  void books() {
    for (const ImportCount& count : model_.import_log().counts) {
      std::uint64_t dropped = 0;
      for (const auto& d : count.dropped) dropped += d.count;
      if (!count.closes()) {
        report_.books_close = false;
        find(Severity::error, "check.books_open",
             {{"source", count.source},
              {"kind", count.kind},
              {"read", number(count.read)},
              {"kept", number(count.kept)},
              {"merged", number(count.merged)},
              {"dropped", number(dropped)}});
      }
    }
  }

  // Per table: rows = what its kinds kept + what splitting added.
  void rows() {
    std::map<std::string, std::uint64_t> expected;
    for (const ImportCount& count : model_.import_log().counts)
      if (const std::string table = table_of(count.kind); !table.empty())
        expected[table] += count.kept + count.added_by_splitting;
    const auto& water = model_.water_bodies().origin.key;
    const auto seas = static_cast<std::size_t>(std::count_if(
        water.begin(), water.end(), [](const std::string& key) { return key.starts_with("sea/"); }));
    const std::map<std::string, std::size_t> rows{
        {"buildings", model_.buildings().size()},
        {"links", model_.streets().links.size()},
        {"landcover", model_.land_cover().size()},
        {"waterways", model_.waterways().size()},
        {"water_bodies", water.size() - seas},
        {"facilities", model_.facilities().size()},
        {"sewer_nodes", model_.sewers().nodes.size()},
        {"sewer_links", model_.sewers().links.size()},
        {"turn_restrictions", model_.streets().turn_restrictions.size()}};
    for (const auto& [table, want] : expected) {
      if (rows.at(table) == want) continue;
      report_.books_close = false;
      find(Severity::error, "check.rows_differ",
           {{"table", table}, {"rows", number(rows.at(table))}, {"expected", number(want)}});
    }
  }

  // What was dropped or repaired, by reason, each with its own sentence and remedy.
  void dirt() {
    for (const Drops& drops : drops_of(model_.import_log())) {
      find(Severity::note, drops.reason,
           {{"count", number(drops.count)}, {"source", drops.source}, {"kind", drops.kinds}});
      if (drops.first != nullptr) say_first(*drops.first);
    }
    struct Group {
      std::size_t count = 0;
      const ImportFinding* first = nullptr;
    };
    std::map<std::pair<std::string, std::string>, Group> groups;
    for (const ImportFinding& f : model_.import_log().findings) {
      if (f.code.starts_with("dropped.")) continue;  // told above
      Group& group = groups[{f.source, f.code}];
      if (group.count++ == 0) group.first = &f;
    }
    for (const auto& [key, group] : groups) {
      find(key.second.starts_with("repaired.") ? Severity::note : Severity::warning, key.second,
           {{"count", number(group.count)}, {"source", key.first}});
      say_first(*group.first);
    }
  }

  // The last finding's first feature, and that it has no place if it has none (places are in the JSON).
  void say_first(const ImportFinding& first) {
    auto& args = report_.findings.back().args;
    args.emplace_back("first", first.feature);
    if (!std::isfinite(first.place.x)) args.emplace_back("first_place", "none");
  }

  void frame() {
    const CityFrame& frame = model_.info().frame;
    if (frame.crs == "local") find(Severity::note, "check.local_frame");
    if (frame.vertical_datum == "unknown" && !model_.terrain().empty())
      find(Severity::warning, "check.vertical_datum_unknown");
    std::set<std::string> datums;
    for (const std::string& datum : model_.sources().vertical_datum)
      if (datum != "unknown") datums.insert(datum);
    if (datums.size() > 1) {
      std::string all;
      for (const std::string& datum : datums) all += (all.empty() ? "" : ", ") + datum;
      find(Severity::warning, "check.several_datums", {{"datums", all}});
    }
  }

  void terrain() {
    const Terrain& t = model_.terrain();
    const Buildings& b = model_.buildings();
    if (t.empty()) {
      find(Severity::warning, "check.no_terrain");
      return;
    }
    std::uint64_t cells = 0, voids = 0;
    const GridSpec& s = t.elevation.spec;
    for (int j = 0; j < s.ny; ++j)
      for (int i = 0; i < s.nx; ++i) {
        if (!model_.info().frame.extent.contains(s.centre(i, j))) continue;
        ++cells;
        if (std::isnan(t.elevation.at(i, j))) ++voids;
      }
    if (voids > 0)
      find(Severity::warning, "check.voids",
           {{"cells", number(voids)},
            {"percent", percent_text(static_cast<double>(voids) / static_cast<double>(cells))}});
    if (const auto level = level_areas(model_); !level.empty())
      find(Severity::warning, "check.level_areas", words_of(level, model_.info().frame));
    std::uint64_t floating = 0;
    std::string first;
    for (std::size_t r = 0; r < b.size(); ++r) {
      if (std::isfinite(sample_nearest(t.elevation, centroid(b.footprint[r])))) continue;
      if (floating++ == 0) first = b.origin.key[r];
    }
    if (floating > 0)
      find(Severity::warning, "check.buildings_without_ground",
           {{"count", number(floating)}, {"of", number(b.size())}, {"first", first}});
    if (t.true_resolution_m > kCoarseTerrain)
      find(Severity::note, "check.coarse_terrain",
           {{"resolution_m", number(static_cast<std::uint64_t>(std::lround(t.true_resolution_m)))}});
  }

  void streets() {
    const Streets& s = model_.streets();
    if (s.links.size() == 0) {
      find(Severity::note, "check.no_streets");
      return;
    }
    std::vector<Arc> arcs;
    for (std::size_t l = 0; l < s.links.size(); ++l)
      arcs.push_back({s.links.from[l].value, s.links.to[l].value, static_cast<std::uint32_t>(l)});
    const auto component = weak_components(s.junctions.size(), arcs);
    std::map<std::uint32_t, std::size_t> links;
    for (const Arc& arc : arcs) ++links[component[arc.tail]];
    std::size_t largest = 0;
    for (const auto& [c, n] : links) largest = std::max(largest, n);
    report_.street_components = links.size();
    report_.largest_component_share = static_cast<double>(largest) / static_cast<double>(s.links.size());
    if (links.size() > 1)
      find(Severity::warning, "check.street_components",
           {{"components", number(links.size())},
            {"percent", percent_text(report_.largest_component_share)},
            {"links", number(s.links.size() - largest)}});
    const auto& kinds = model_.facilities().kind;
    if (std::find(kinds.begin(), kinds.end(), FacilityKind::entry) == kinds.end())
      find(Severity::warning, "check.no_entries");
  }

  void sewers() {
    const auto& links = model_.sewers().links.origin.provenance;
    if (model_.sewers().empty()) find(Severity::note, "check.no_sewers");
    const auto made = std::count(links.begin(), links.end(), Provenance::synthesised);
    if (made > 0)
      find(Severity::note, "check.sewers_synthesised",
           {{"percent", percent_text(static_cast<double>(made) / static_cast<double>(links.size()))},
            {"links", number(links.size())}});
  }

  [[nodiscard]] double population() const {
    double people = 0;
    for (const double here : model_.management_cells().population) people += here;
    return people;
  }

  // How many people the estimate would give with that much dwelling floor for each; three figures at most.
  [[nodiscard]] std::string people_at(double floor) const {
    const double people = population() * kDwellingFloorPerPerson / floor;
    double step = 1;
    while (people / step >= 1000) step *= 10;
    return number(static_cast<std::uint64_t>(std::llround(people / step) * std::llround(step)));
  }

  void estimates() {
    for (const auto& share : report_.provenance)
      if (share.table == "buildings.height" && 2 * share.estimated > share.rows)
        find(Severity::warning, "check.heights_estimated",
             {{"percent",
               percent_text(static_cast<double>(share.estimated) / static_cast<double>(share.rows))}});
      else if (share.table == "management_cells" && share.estimated > 0 && population() > 0)
        find(Severity::warning, "check.people_estimated",
             {{"floor_m2", number(static_cast<std::uint64_t>(std::lround(kFloorPerPerson)))},
              {"dwelling_m2", number(static_cast<std::uint64_t>(kDwellingFloorPerPerson))},
              {"least_m2", number(static_cast<std::uint64_t>(kLeastDwellingFloor))},
              {"most_m2", number(static_cast<std::uint64_t>(kMostDwellingFloor))},
              {"fewest", people_at(kMostDwellingFloor)},
              {"most", people_at(kLeastDwellingFloor)}});
    people_in_unknown_use();
    if (model_.buildings().size() == 0) find(Severity::warning, "check.no_buildings");
    if (const auto density = building_density(model_); density.most_missing())
      find(Severity::warning, "check.buildings_missing", density.words());
  }

  // Of all people: where a population source meets few buildings, most people are in none.
  void people_in_unknown_use() {
    const Buildings& b = model_.buildings();
    const double people = population();
    double in_unknown = 0;
    for (std::size_t r = 0; r < b.size(); ++r)
      if (b.use[r] == BuildingUse::unknown) in_unknown += b.people[r];
    const auto& kinds = model_.sources().kind;
    const bool given = std::find(kinds.begin(), kinds.end(), "population") != kinds.end();
    if (2 * in_unknown > people)
      find(Severity::warning, given ? "check.people_in_unknown_use_given" : "check.people_in_unknown_use",
           {{"percent", percent_text(in_unknown / people)}});
  }

  // Providers that are nowhere in the model: such a need counts as met.
  void needs() {
    const Facilities& f = model_.facilities();
    const Needs& n = model_.needs();
    const std::set<std::string> keys(f.origin.key.begin(), f.origin.key.end());
    std::set<std::string> kinds;
    for (const FacilityKind kind : f.kind) kinds.emplace(name_of(kind));
    std::map<std::pair<std::string, std::string>, std::size_t> absent;
    for (std::size_t r = 0; r < n.size(); ++r) {
      const std::string& provider = n.provider[r];
      if (n.kind[r] == NeedKind::dry || provider == "grid" || keys.contains(provider) ||
          kinds.contains(provider))
        continue;
      ++absent[{std::string(name_of(n.kind[r])), provider}];
    }
    for (const auto& [what, count] : absent)
      find(Severity::note, "check.absent_provider",
           {{"need", what.first}, {"provider", what.second}, {"count", number(count)}});
  }

  void sources() {
    const Sources& s = model_.sources();
    for (std::size_t r = 0; r < s.size(); ++r)
      if (s.licence[r].empty())
        find(Severity::note, "check.no_licence", {{"source", s.key[r]}, {"file", s.file_name[r]}});
  }

  const CityModel& model_;
  CheckReport report_;
};

}  // namespace

CheckReport check_city(const CityModel& model) { return Checker(model).run(); }

}  // namespace citytwin::gis
