#include <algorithm>
#include <string>

#include "engine/domains/surface_water/sources.hpp"
#include "engine/geo/rasterise.hpp"

namespace citytwin::surface_water {

namespace {
constexpr std::size_t kCovers = kCountOf<LandCoverClass>;
constexpr auto kRoof = static_cast<std::size_t>(LandCoverClass::building);
}  // namespace

Result<Done> Rain::build(const Forcing& forcing, const Surface& surface, const std::vector<CellKind>& kind,
                         const Params& params) {
  const GridSpec& spec = surface.spec;
  std::vector<std::uint64_t> falls(spec.size(), 0);
  for (const ForcingSeries* rain : forcing.of("rain")) {
    if (series_.size() == 64) return Result<Done>::failure("surface_water.too_many_rain_series");
    const std::uint64_t bit = std::uint64_t{1} << series_.size();
    if (rain->place.kind == Place::Kind::everywhere) {
      for (auto& f : falls) f |= bit;
    } else if (rain->place.kind == Place::Kind::polygon) {
      cells_with_centre_in(spec, Polygon{rain->place.points, {}},
                           [&](int i, int j) { falls[spec.index(i, j)] |= bit; });
    } else {
      return Result<Done>::failure("surface_water.bad_place", {{}, {}, rain->key, {}, 0},
                                   {{"field", "rain"}});
    }
    series_.push_back(rain->series);
  }
  zones_ = falls;
  std::sort(zones_.begin(), zones_.end());
  zones_.erase(std::unique(zones_.begin(), zones_.end()), zones_.end());
  if (zones_.size() * kCovers >= 0xFFFF) return Result<Done>::failure("surface_water.too_many_rain_series");
  const auto dry_code = static_cast<std::uint16_t>(zones_.size() * kCovers);
  code_.assign(spec.size(), dry_code);
  for (std::size_t k = 0; k < code_.size(); ++k) {
    if (kind[k] != CellKind::free && kind[k] != CellKind::blocked) continue;
    const auto zone =
        static_cast<std::size_t>(std::lower_bound(zones_.begin(), zones_.end(), falls[k]) - zones_.begin());
    const std::size_t cover =
        kind[k] == CellKind::blocked ? kRoof : std::min<std::size_t>(surface.cover[k], kCovers - 1);
    code_[k] = static_cast<std::uint16_t>(zone * kCovers + cover);
  }
  const std::size_t codes = std::size_t{dry_code} + 1;
  initial_left_.assign(codes, 0);
  constant_loss_.assign(codes, 0);
  area_.assign(codes, 0);
  net_.assign(codes, 0);
  for (std::size_t c = 0; c < dry_code; ++c) {
    initial_left_[c] = params.cover[c % kCovers].initial_loss;
    constant_loss_[c] = params.cover[c % kCovers].constant_loss;
  }
  return Done{};
}

std::uint16_t Rain::roof_code(std::uint16_t code) const {
  if (code + std::size_t{1} == net_.size()) return code;
  return static_cast<std::uint16_t>(code / kCovers * kCovers + kRoof);
}

void Rain::count_areas(const TileGrid& tiles, const std::vector<CellKind>& kind) {
  const GridSpec& spec = tiles.spec();
  const double cell_area = spec.cell_m * spec.cell_m;
  std::vector<Book> area(area_.size());
  for (std::size_t t = 0; t < tiles.tiles().size(); ++t) {
    const Tile& tile = tiles.tiles()[t];
    const auto [i0, j0] = tiles.corner(t);
    for (int j = 0; j < tile.height; ++j)
      for (int i = 0; i < tile.width; ++i) {
        const std::size_t c = local(i, j);
        const double share = tile.obstacles ? 1.0 / tile.obstacles->inverse_share[c] : 1.0;
        const std::uint16_t code = tile.rain_code[c];
        if (kind[spec.index(i0 + i, j0 + j)] == CellKind::free) {
          area[code].add(share * cell_area);
          area[roof_code(code)].add((1 - share) * cell_area);
        }
      }
    for (const RoofShare& roof : tile.roofs) {
      const double share = tile.obstacles ? 1.0 / tile.obstacles->inverse_share[roof.cell] : 1.0;
      area[roof.code].add(roof.ratio * share * cell_area);
    }
  }
  total_area_ = 0;
  for (std::size_t c = 0; c + 1 < area.size(); ++c) {
    area_[c] = area[c].total();
    total_area_ += area_[c];
  }
}

double Rain::zone_rain(std::size_t zone, double t0, double t1) const {
  double rain = 0;
  for (std::size_t s = 0; s < series_.size(); ++s)
    if ((zones_[zone] >> s & 1U) != 0) rain += series_[s].integral(t0, t1);
  return rain;
}

double Rain::intensity(double t0, double t1) const {
  double highest = 0;
  for (std::size_t z = 0; z < zones_.size(); ++z)
    highest = std::max(highest, zone_rain(z, t0, t1) / (t1 - t0));
  return highest;
}

void Rain::step(double t0, double t1) {
  falling_ = false;
  double fell = 0;
  for (std::size_t zone = 0; zone < zones_.size(); ++zone) {
    const double rain = series_.empty() ? 0 : zone_rain(zone, t0, t1);
    for (std::size_t c = zone * kCovers; c < (zone + 1) * kCovers; ++c) {
      if (rain <= 0) {
        net_[c] = 0;
        continue;
      }
      const double kept = std::min(rain, initial_left_[c]);
      initial_left_[c] -= kept;
      const double lost = std::min(rain - kept, constant_loss_[c] * (t1 - t0));
      net_[c] = (rain - kept) - lost;
      falling_ = falling_ || net_[c] > 0;
      fell += rain * area_[c];
      volume_in_.add(rain * area_[c]);
      volume_lost_.add((rain - net_[c]) * area_[c]);
    }
  }
  mean_rate_ = total_area_ > 0 ? fell / total_area_ / (t1 - t0) : 0;
}

void Rain::save(SaveArchive& archive) const {
  archive.fields(initial_left_, volume_in_, volume_lost_, mean_rate_);
}

void Rain::load(LoadArchive& archive) { archive.fields(initial_left_, volume_in_, volume_lost_, mean_rate_); }

}  // namespace citytwin::surface_water
