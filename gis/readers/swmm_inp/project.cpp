#include "gis/readers/swmm_inp/project.hpp"

namespace citytwin::gis::swmm {

std::size_t Names::Hash::operator()(std::string_view id) const {
  std::size_t hash = 14695981039346656037ULL;  // FNV-1a over the lower case
  for (const char c : id) {
    const auto byte = static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    hash = (hash ^ byte) * 1099511628211ULL;
  }
  return hash;
}

Index Names::add(std::string_view id, long line) {
  const auto [at, is_new] = index_.try_emplace(id, static_cast<Index>(lines_.size()));
  if (is_new) lines_.push_back(line);
  return at->second;
}

Index Names::find(std::string_view id) const {
  const auto at = index_.find(id);
  return at == index_.end() ? kNone : at->second;
}

Where Project::where(const Row& row, std::string_view field) const {
  Where place{.file = file, .layer = std::string(name_of(row.section)), .key = std::string(field)};
  if (!row.fields.empty()) place.feature = shown(row.fields.front());
  place.line = row.line;
  return place;
}

void Project::error(const char* code, const Row& row, Arguments arguments, std::string_view field) {
  if (++errors_ <= kMostErrors) diagnostics.error(code, where(row, field), std::move(arguments));
}

void Project::warning(const char* code, const Row& row, Arguments arguments, std::string_view field) {
  if (++warnings_ <= kMostWarnings) diagnostics.warning(code, where(row, field), std::move(arguments));
}

}  // namespace citytwin::gis::swmm
