#include "engine/model/edit.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/model/columns.hpp"
#include "engine/model/sewer_invariants.hpp"

namespace citytwin {

namespace {

bool outside(const CityModel& model, std::span<const Point2> points) {
  return !model.info().frame.extent.overlaps(bounds(points));
}

struct Check {
  const CityModel& model;
  RowIndex& rows;
  Diagnostics& out;

  void column(const std::string& table, const std::string& name) const {
    if (!has_column(table, name)) out.error("edit.unknown_column", {.layer = table, .key = name});
  }
  void geometry(std::span<const Point2> points, std::size_t at_least, const std::string& key) const {
    if (points.size() < at_least)
      out.error("edit.too_few_points", {.feature = key}, {{"needed", std::to_string(at_least)}});
    else if (at_least > 1 && length(points) == 0)
      out.error("edit.no_extent", {.feature = key});
    else if (outside(model, points))
      out.error("edit.outside_city", {.feature = key});
  }

  void sewer_end(const std::string& key) const {
    const auto row = rows.find(model, "sewer_nodes", key);
    if (!row) {
      out.error("edit.unknown_row", {.layer = "sewer_nodes", .feature = key});
      return;
    }
    const Sewers& sewers = model.sewers();
    if (sewers.nodes.kind[*row] != SewerNodeKind::outfall) return;
    const SewerNodeId id(*row);
    for (const auto* ends : {&sewers.links.from, &sewers.links.to})
      if (std::find(ends->begin(), ends->end(), id) != ends->end())
        out.error("edit.outfall_taken", {.layer = "sewer_nodes", .feature = key});
  }

  void operator()(const SetColumn& e) const {
    column(e.table, e.column);
    if (!out.has_errors() && !rows.find(model, e.table, e.key))
      out.error("edit.unknown_row", {.layer = e.table, .feature = e.key});
    if (!std::isfinite(e.value) || (e.table.starts_with("sewer_") && !good_sewer_value(e.column, e.value)))
      out.error("edit.bad_value", {.layer = e.table, .feature = e.key, .key = e.column});
  }
  void operator()(const ScaleColumn& e) const {
    column(e.table, e.column);
    if (!(e.factor >= 0) || !std::isfinite(e.factor))
      out.error("edit.bad_value", {.layer = e.table, .key = e.column});
  }
  void operator()(const ChangeTerrain& e) const {
    geometry(e.polygon, 3, "terrain");
    if (!std::isfinite(e.value)) out.error("edit.bad_value", {.layer = "terrain"});
  }
  void operator()(const ChangeLandCover& e) const { geometry(e.polygon, 3, e.key); }
  void operator()(const AddRetention& e) const {
    const RetentionArea& a = e.area;
    geometry(a.polygon, 3, a.key);
    if (!(a.share >= 0 && a.share <= 1 && a.storage >= 0 && a.intake >= 0 && a.sinks >= 0) ||
        !std::isfinite(a.storage + a.intake + a.sinks))
      out.error("edit.bad_value", {.layer = "land_cover", .feature = a.key});
  }
  void operator()(const SetBarrier& e) const {
    geometry(e.line, 2, e.key);
    if (std::isnan(e.crest_level) && !(e.height >= 0))
      out.error("edit.bad_value", {.layer = "barriers", .feature = e.key});
  }
  void operator()(const AddFacility& e) const {
    geometry(std::span(&e.position, 1), 1, e.key);
    if (rows.find(model, "facilities", e.key))
      out.error("model.duplicate_key", {.layer = "facilities", .feature = e.key});
  }
  void operator()(const AddSewerNode& e) const {
    geometry(std::span(&e.node.position, 1), 1, e.key);
    if (e.key.empty() || rows.find(model, "sewer_nodes", e.key))
      out.error("model.duplicate_key", {.layer = "sewer_nodes", .feature = e.key});
    if (const char* column = first_bad_column(e.node))
      out.error("edit.bad_value", {.layer = "sewer_nodes", .feature = e.key, .key = column});
  }
  void operator()(const AddSewerLink& e) const {
    if (e.key.empty() || rows.find(model, "sewer_links", e.key))
      out.error("model.duplicate_key", {.layer = "sewer_links", .feature = e.key});
    for (const std::string& end : {e.from, e.to}) sewer_end(end);
    if (e.from == e.to) out.error("edit.no_extent", {.feature = e.key});
    SewerLink link = e.link;
    if (link.length == 0) link.length = 1;  // apply() takes that of its line
    if (const char* column = first_bad_column(link))
      out.error("edit.bad_value", {.layer = "sewer_links", .feature = e.key, .key = column});
  }
  void operator()(const RetireBuilding& e) const {
    if (!rows.find(model, "buildings", e.key))
      out.error("edit.unknown_row", {.layer = "buildings", .feature = e.key});
  }
};

}  // namespace

// Copies a table the first time an edit touches it; untouched tables stay shared with the base.
class ModelEditor {
 public:
  explicit ModelEditor(const CityModel& base) : model_(base) {}

  void operator()(const SetColumn& e) {
    (*column(e.table, e.column))[*rows_.find(model_, e.table, e.key)] = e.value;
  }
  void operator()(const ScaleColumn& e) {
    for (double& v : *column(e.table, e.column)) v *= e.factor;
  }
  void operator()(const ChangeTerrain& e) {
    own(model_.terrain_).patches.push_back({e.polygon, e.verb, e.value});
  }
  void operator()(const ChangeLandCover& e) {
    LandCover& cover = own(model_.land_cover_);
    cover.origin.push_back(e.key, Provenance::given, SourceId{});
    cover.area.push_back(normalised(e.polygon));
    cover.cover.push_back(e.cover);
  }
  void operator()(const AddRetention& e) { own(model_.land_cover_).retention.push_back(e.area); }
  void operator()(const SetBarrier& e) {
    Barriers& barriers = own(model_.barriers_);
    barriers.origin.push_back(e.key, Provenance::given, SourceId{});
    barriers.line.push_back(e.line);
    barriers.crest_level.push_back(e.crest_level);
    barriers.height.push_back(e.height);
  }
  void operator()(const AddFacility& e) {
    Facilities& f = own(model_.facilities_);
    f.origin.push_back(e.key, Provenance::given, SourceId{});
    f.kind.push_back(e.kind);
    f.name.push_back(e.name);
    f.position.push_back(e.position);
    f.building.emplace_back();
    f.capacity.push_back(e.capacity);
    f.floor_height.push_back(0);
    rows_.forget();
  }
  void operator()(const AddSewerNode& e) {
    own(model_.sewers_).nodes.push_back(e.key, Provenance::given, SourceId{}, e.node);
    rows_.forget();
  }
  void operator()(const AddSewerLink& e) {
    SewerLink link = e.link;
    link.from = SewerNodeId(*rows_.find(model_, "sewer_nodes", e.from));
    link.to = SewerNodeId(*rows_.find(model_, "sewer_nodes", e.to));
    Sewers& sewers = own(model_.sewers_);
    if (link.line.size() < 2) link.line.resize(2);
    link.line.front() = sewers.nodes.position[link.from.row()];
    link.line.back() = sewers.nodes.position[link.to.row()];
    if (link.length == 0) link.length = length(link.line);
    sewers.links.push_back(e.key, Provenance::given, SourceId{}, link);
    rows_.forget();
  }
  void operator()(const RetireBuilding& e) {
    Buildings& b = own(model_.buildings_);
    const std::size_t row = *rows_.find(model_, "buildings", e.key);
    b.people[row] = b.value[row] = b.floor_area[row] = 0;
  }

  [[nodiscard]] Diagnostics check(const Edit& edit) {
    Diagnostics out;
    std::visit(Check{model_, rows_, out}, edit);
    return out;
  }
  [[nodiscard]] const CityModel& model() const { return model_; }

 private:
  template <class Table>
  Table& own(std::shared_ptr<const Table>& shared) {
    const auto mine =
        std::find_if(owned_.begin(), owned_.end(), [&](const auto& o) { return o.first == shared.get(); });
    if (mine != owned_.end()) return *static_cast<Table*>(mine->second);
    auto copy = std::make_shared<Table>(*shared);
    Table& table = *copy;
    owned_.emplace_back(copy.get(), copy.get());
    shared = std::move(copy);
    return table;
  }
  static Polygon normalised(const std::vector<Point2>& ring) {
    Polygon polygon{ring, {}};
    normalise(polygon);
    return polygon;
  }
  std::vector<double>* column(const std::string& table, const std::string& name) {
    if (table == "buildings") return column_of(own(model_.buildings_), name);
    if (table == "facilities") return column_of(own(model_.facilities_), name);
    if (table == "management_cells") return column_of(own(model_.management_cells_), name);
    if (table == "water_bodies") return column_of(own(model_.water_bodies_), name);
    if (table == "sewer_nodes") return column_of(own(model_.sewers_).nodes, name);
    if (table == "sewer_links") return column_of(own(model_.sewers_).links, name);
    return column_of(own(model_.needs_), name);
  }

  CityModel model_;
  RowIndex rows_;
  std::vector<std::pair<const void*, void*>> owned_;  // tables this editor has copied
};

Diagnostics check(const CityModel& model, const Edit& edit) {
  Diagnostics out;
  RowIndex rows;
  std::visit(Check{model, rows, out}, edit);
  return out;
}

Result<CityModel> apply(const CityModel& base, const std::vector<Edit>& edits) {
  ModelEditor editor(base);
  for (const Edit& edit : edits) {
    Diagnostics found = editor.check(edit);
    if (found.has_errors()) return Result<CityModel>(std::move(found));
    std::visit(editor, edit);
  }
  return Result<CityModel>(editor.model());
}

}  // namespace citytwin
