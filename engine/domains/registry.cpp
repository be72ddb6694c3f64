#include "engine/domains/registry.hpp"

#include "engine/domains/surface_water/domain.hpp"

namespace citytwin {

namespace {

struct Entry {
  const DomainInfo& (*info)();
  DomainFactory make;
};

template <class D>
constexpr Entry entry() {
  return {&D::static_info, [] { return std::unique_ptr<Domain>(std::make_unique<D>()); }};
}

// One line per domain.
constexpr Entry kDomains[] = {
    entry<surface_water::SurfaceWater>(),
};

}  // namespace

const std::vector<DomainInfo>& all_domains() {
  static const std::vector<DomainInfo> kAll = [] {
    std::vector<DomainInfo> all;
    for (const Entry& e : kDomains) all.push_back(e.info());
    return all;
  }();
  return kAll;
}

std::unique_ptr<Domain> make_domain(std::string_view name) {
  for (const Entry& e : kDomains)
    if (e.info().name == name) return e.make();
  return nullptr;
}

}  // namespace citytwin
