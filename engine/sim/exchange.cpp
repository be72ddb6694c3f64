#include "engine/sim/exchange.hpp"

#include <algorithm>
#include <cassert>
#include <stdexcept>

namespace citytwin {

Result<Done> Exchange::declare(const FieldInfo& field, std::size_t size) {
  if (const auto it = by_name_.find(field.name); it != by_name_.end())
    return Result<Done>::failure("exchange.second_writer", {.key = field.name},
                                 {{"first", infos_[it->second].writer}, {"second", field.writer}});
  if (field.shape == FieldShape::amount && (field.taker.empty() || field.taker == field.writer))
    return Result<Done>::failure("exchange.no_taker", {.key = field.name}, {{"writer", field.writer}});
  by_name_.emplace(field.name, fields_.size());
  infos_.push_back(field);
  Field f;
  f.info = field;
  f.value.assign(size, 0.0);
  if (field.shape == FieldShape::amount) f.taken.assign(size, 0.0);
  fields_.push_back(std::move(f));
  return Done{};
}

Exchange::Field& Exchange::find(std::string_view name) {
  const auto it = by_name_.find(name);
  if (it == by_name_.end()) throw std::logic_error("exchange: no field " + std::string(name));
  return fields_[it->second];
}

const Exchange::Field* Exchange::find_or_null(std::string_view name) const {
  const auto it = by_name_.find(name);
  return it == by_name_.end() ? nullptr : &fields_[it->second];
}

void Exchange::bind_grid(std::string_view name, const GridView* view) { find(name).view = view; }

bool Exchange::has(std::string_view name) const { return find_or_null(name) != nullptr; }

std::span<const double> Exchange::values(std::string_view name) const {
  const Field* field = find_or_null(name);
  return field == nullptr ? std::span<const double>{} : std::span<const double>(field->value);
}

const GridView* Exchange::grid(std::string_view name) const {
  const Field* field = find_or_null(name);
  return field == nullptr ? nullptr : field->view;
}

std::span<const std::uint32_t> Exchange::changed(std::string_view name) const {
  const Field* field = find_or_null(name);
  return field == nullptr ? std::span<const std::uint32_t>{} : std::span<const std::uint32_t>(field->changed);
}

void Exchange::begin_beat() {
  for (Field& field : fields_) field.changed.clear();
}

void Exchange::set(std::string_view name, std::size_t row, double value, std::string_view writer) {
  Field& field = find(name);
  if (field.info.writer != writer)
    throw std::logic_error("exchange: " + std::string(writer) + " may not write " + field.info.name);
  if (field.value[row] == value) return;
  field.value[row] = value;
  const auto id = static_cast<std::uint32_t>(row);
  const auto place = std::lower_bound(field.changed.begin(), field.changed.end(), id);
  if (place == field.changed.end() || *place != id) field.changed.insert(place, id);
}

void Exchange::offer(std::string_view name, std::size_t row, double volume, std::string_view writer) {
  Field& field = find(name);
  if (field.info.writer != writer || field.info.shape != FieldShape::amount)
    throw std::logic_error("exchange: " + std::string(writer) + " may not offer " + field.info.name);
  if (!(volume >= 0)) throw std::logic_error("exchange: negative offer of " + field.info.name);
  if (field.value[row] != 0)
    throw std::logic_error("exchange: " + field.info.name + " was offered before it was collected");
  field.value[row] = volume;
}

double Exchange::offered(std::string_view name, std::size_t row) const {
  const Field* field = find_or_null(name);
  return field == nullptr ? 0.0 : field->value[row];
}

void Exchange::take(std::string_view name, std::size_t row, double volume, std::string_view taker) {
  Field& field = find(name);
  if (field.info.taker != taker)
    throw std::logic_error("exchange: " + std::string(taker) + " may not take " + field.info.name);
  if (!(volume >= 0) || volume > field.value[row])
    throw std::logic_error("exchange: more taken than offered of " + field.info.name);
  field.taken[row] = volume;
}

double Exchange::collect_returned(std::string_view name, std::size_t row, std::string_view writer) {
  Field& field = find(name);
  if (field.info.writer != writer)
    throw std::logic_error("exchange: " + std::string(writer) + " may not collect " + field.info.name);
  const double back = field.value[row] - field.taken[row];
  field.value[row] = field.taken[row] = 0;
  return back;
}

double Exchange::in_flight(std::string_view name) const {
  const Field* field = find_or_null(name);
  if (field == nullptr) return 0;
  double total = 0;
  for (std::size_t r = 0; r < field->value.size(); ++r)
    total += field->value[r] - (field->taken.empty() ? 0.0 : field->taken[r]);
  return total;
}

void Exchange::save(SaveArchive& archive) const {
  archive.list(fields_, [&](const Field& field) {
    archive.fields(field.info.name, field.value, field.taken, field.changed);
  });
}

// The fields are declared before a checkpoint is read: it fills them, and must have the same.
void Exchange::load(LoadArchive& archive) {
  std::size_t count = 0;
  archive.fields(count);
  if (count != fields_.size()) throw std::runtime_error("archive: other fields");
  for (Field& field : fields_) {
    std::string name;
    archive.fields(name, field.value, field.taken, field.changed);
    if (name != field.info.name) throw std::runtime_error("archive: other fields");
  }
}

}  // namespace citytwin
