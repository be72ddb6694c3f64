// Four manholes, an outfall and the pipes between them under the sample town's first street.
#include <doctest/doctest.h>

#include "sample_run.hpp"

using namespace citytwin;

namespace sample {

void add_sewers(CityTables& town, Provenance origin) {
  Sewers& sewers = town.sewers;
  for (int k = 0; k < 5; ++k) {
    SewerNode node{.position = {120.0 * k, 23}, .ground_level = 12, .invert_level = 9 - 0.5 * k};
    if (k == 4) node.kind = SewerNodeKind::outfall;
    sewers.nodes.push_back("manhole/" + std::to_string(k), origin, SourceId(0), node);
  }
  for (std::size_t k = 0; k < 4; ++k)
    sewers.links.push_back("pipe/" + std::to_string(k), origin, SourceId(0),
                           {.from = SewerNodeId(k),
                            .to = SewerNodeId(k + 1),
                            .line = {sewers.nodes.position[k], sewers.nodes.position[k + 1]},
                            .full_depth = 0.4,
                            .length = 120,
                            .roughness = 0.013});
}

void record_sewers(scenarios::FinishedRun& run) {
  const Sewers& sewers = run.model->sewers();
  run.record.tables.push_back({"sewer_nodes",
                               sewers.nodes.origin.key,
                               {{"max_depth", "m", {1, 2.5F, 3, 1, 0}},
                                {"surcharged_h", "h", {0, 0.5F, 1, 0, 0}},
                                {"captured", "m3", {100, 90, 80, 70, 0}},
                                {"returned", "m3", {0, 12, 34, 0, 0}}}});
  run.record.tables.push_back({"sewer_tanks",
                               {"manhole/3"},
                               {{"capacity", "m3", {400}},
                                {"most", "m3", {300}},
                                {"full_h", "h", {0}},
                                {"taken", "m3", {350}},
                                {"at_end", "m3", {25}}}});
  run.record.tables.push_back({"sewer_links",
                               sewers.links.origin.key,
                               {{"max_flow", "m3/s", {0.2F, 0.2F, 0.3F, 0.3F}},
                                {"capacity", "m3/s", {0.2F, 0.2F, 0.2F, 0.2F}},
                                {"max_filled", "1", {1, 0.9F, 0.8F, 0.7F}},
                                {"full_h", "h", {1, 0, 0, 0}}}});
}

namespace {

scenarios::RunFolder folder_of(CityTables tables) {
  auto built = build_city(std::move(tables));
  REQUIRE_MESSAGE(built.ok(), built.diagnostics().items().front().code);
  scenarios::RunFolder f = folder(false);
  f.run = run(std::make_shared<const CityModel>(*std::move(built)), 1.6, "River flood");
  record_sewers(f.run);
  return f;
}

}  // namespace

scenarios::RunFolder folder_with_sewers(Provenance origin) {
  CityTables tables = town();
  add_sewers(tables, origin);
  return folder_of(std::move(tables));
}

scenarios::RunFolder folder_with_tank(double share) {
  CityTables tables = town();
  add_sewers(tables, Provenance::given);
  SewerNodes& nodes = tables.sewers.nodes;
  SewerNode tank{.position = {4, 27}, .kind = SewerNodeKind::storage, .ground_level = 12, .invert_level = 8};
  tank.storage_area = 100;
  nodes.push_back("tank/a", Provenance::given, SourceId{}, tank);
  scenarios::RunFolder f = folder_of(std::move(tables));
  for (ObservedTable& table : f.run.record.tables) {
    if (table.name == "sewer_nodes")
      for (auto& column : table.columns) column.value.push_back(0);
    if (table.name != "sewer_tanks") continue;
    table.key = {"tank/a"};
    table.columns[1].value = {static_cast<float>(400 * share)};
  }
  return f;
}

}  // namespace sample
