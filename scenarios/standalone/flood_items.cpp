#include "scenarios/standalone/flood_items.hpp"

namespace citytwin::scenarios {

Where FloodItem::of(const std::string& name) const {
  const Node* found = node->find(name);
  return where_of(found == nullptr ? *node : *found, where.key + "." + name);
}

void FloodItems::each(const std::string& table, const ParameterTable& declared,
                      const std::function<void(const FloodItem&)>& use) const {
  const Node* list = root.find(table);
  if (list == nullptr) return;
  if (list->kind != Node::Kind::array) {
    problems.error("scenario.not_a_list", where_of(*list, table), {{"key", table}});
    return;
  }
  for (std::size_t n = 0; n < list->items.size(); ++n) {
    const Node& node = list->items[n];
    const std::string number = std::to_string(n + 1), path = table + "." + number;
    Diagnostics here;
    FloodItem item{read_parameters(node, declared, path, {}, &places, here), table + number,
                   where_of(node, path), &node};
    problems.append(here);
    if (!here.has_errors()) use(item);
  }
}

std::string FloodItems::one_of(const FloodItem& item, const std::vector<std::string>& keys) const {
  std::string found;
  std::string all;
  int count = 0;
  for (const std::string& key : keys) {
    all += (all.empty() ? "" : ", ") + key;
    if (!item.values.has(key)) continue;
    found = key;
    ++count;
  }
  if (count == 1) return found;
  problems.error("flood.needs_one_of", item.where, {{"keys", all}});
  return {};
}

}  // namespace citytwin::scenarios
