#include <algorithm>
#include <map>
#include <string>

#include "engine/domains/surface_water/sources.hpp"
#include "engine/geo/rasterise.hpp"

namespace citytwin::surface_water {

namespace {
constexpr std::size_t kCovers = kCountOf<LandCoverClass>;
constexpr auto kRoof = static_cast<std::uint8_t>(LandCoverClass::building);

// The raster's cell at a point; a cell of the run's grid may reach past the raster by less than a cell.
std::uint32_t cell_at(const GridSpec& raster, Point2 p) {
  const int i = std::clamp(raster.column(p.x), -1, raster.nx);
  const int j = std::clamp(raster.row(p.y), -1, raster.ny);
  return static_cast<std::uint32_t>(
      raster.index(std::clamp(i, 0, raster.nx - 1), std::clamp(j, 0, raster.ny - 1)));
}

}  // namespace

Result<Done> Rain::read_series(const Forcing& forcing, const GridSpec& spec, std::vector<Zone>& zone_of) {
  for (const ForcingSeries* rain : forcing.of("rain")) {
    const Where where{{}, {}, rain->key, {}, 0};
    if (rain->place.kind == Place::Kind::raster && rain->raster) {
      if (raster_.raster) return Result<Done>::failure("surface_water.two_rain_rasters", where);
      raster_ = *rain;
      for (int j = 0; j < spec.ny; ++j)
        for (int i = 0; i < spec.nx; ++i)
          zone_of[spec.index(i, j)].raster_cell = cell_at(rain->raster->spec, spec.centre(i, j));
      continue;
    }
    if (series_.size() == 64) return Result<Done>::failure("surface_water.too_many_rain_series");
    const std::uint64_t bit = std::uint64_t{1} << series_.size();
    if (rain->place.kind == Place::Kind::everywhere) {
      for (Zone& zone : zone_of) zone.series |= bit;
    } else if (rain->place.kind == Place::Kind::polygon) {
      bool any = false;
      cells_with_centre_in(spec, Polygon{rain->place.points, {}}, [&](int i, int j) {
        zone_of[spec.index(i, j)].series |= bit;
        any = true;
      });
      if (!any) return Result<Done>::failure("surface_water.rain_outside", where);
    } else {
      return Result<Done>::failure("surface_water.bad_place", where, {{"field", "rain"}});
    }
    series_.push_back(rain->series);
  }
  return Done{};
}

// Codes in the order of zone and cover, green roofs after the covers; the last one, of cells without rain,
// has no zone.
Result<Done> Rain::number_codes(const std::vector<Zone>& zone_of, const Surface& surface,
                                const std::vector<CellKind>& kind) {
  zones_ = zone_of;
  std::sort(zones_.begin(), zones_.end());
  zones_.erase(std::unique(zones_.begin(), zones_.end()), zones_.end());
  constexpr std::uint32_t kDry = 0xFFFFFFFF;
  const std::size_t covers = kCovers + greens_;
  std::vector<std::uint32_t> pair_of(zone_of.size(), kDry);
  std::vector<std::uint8_t> present(zones_.size() * covers, 0);
  for (std::size_t z = 0; z < zones_.size(); ++z) {
    present[z * covers + kRoof] = 1;
    for (std::size_t g = 0; g < greens_; ++g) present[z * covers + kCovers + g] = 1;
  }
  for (std::size_t k = 0; k < zone_of.size(); ++k) {
    if (kind[k] != CellKind::free && kind[k] != CellKind::blocked) continue;
    const auto zone =
        static_cast<std::size_t>(std::lower_bound(zones_.begin(), zones_.end(), zone_of[k]) - zones_.begin());
    const std::size_t cover =
        kind[k] == CellKind::blocked ? kRoof : std::min<std::size_t>(surface.cover[k], kCovers - 1);
    pair_of[k] = static_cast<std::uint32_t>(zone * covers + cover);
    present[pair_of[k]] = 1;
  }
  std::vector<std::uint16_t> code_of_pair(present.size(), 0);
  for (std::size_t pair = 0; pair < present.size(); ++pair) {
    if (present[pair] == 0) continue;
    if (zone_.size() >= 0xFFFF) return Result<Done>::failure("surface_water.too_many_rain_series");
    code_of_pair[pair] = static_cast<std::uint16_t>(zone_.size());
    zone_.push_back(static_cast<std::uint32_t>(pair / covers));
    cover_.push_back(static_cast<std::uint8_t>(pair % covers));
  }
  for (const std::uint32_t zone : zone_) roof_.push_back(code_of_pair[zone * covers + kRoof]);
  for (std::size_t z = 0; z < zones_.size(); ++z)
    for (std::size_t g = 0; g < greens_; ++g) green_.push_back(code_of_pair[z * covers + kCovers + g]);
  const auto dry = static_cast<std::uint16_t>(zone_.size());
  roof_.push_back(dry);
  code_.assign(zone_of.size(), dry);
  for (std::size_t k = 0; k < zone_of.size(); ++k)
    if (pair_of[k] != kDry) code_[k] = code_of_pair[pair_of[k]];
  return Done{};
}

Result<Done> Rain::build(const Forcing& forcing, const Surface& surface, const std::vector<CellKind>& kind,
                         const Params& params, const std::vector<double>& green) {
  greens_ = green.size();
  std::vector<Zone> zone_of(surface.spec.size());
  if (auto r = read_series(forcing, surface.spec, zone_of); !r) return r;
  if (auto r = number_codes(zone_of, surface, kind); !r) return r;
  const std::size_t codes = zone_.size() + 1;
  initial_left_.assign(codes, 0);
  constant_loss_.assign(codes, 0);
  area_.assign(codes, 0);
  net_.assign(codes, 0);
  zone_rain_.assign(zones_.size(), 0);
  for (std::size_t c = 0; c < zone_.size(); ++c) {
    const CoverProperties& cover = params.cover[cover_[c] < kCovers ? cover_[c] : kRoof];
    initial_left_[c] = cover.initial_loss;
    if (cover_[c] >= kCovers) initial_left_[c] = std::max(cover.initial_loss, green[cover_[c] - kCovers]);
    constant_loss_[c] = cover.constant_loss;
  }
  return Done{};
}

std::uint16_t Rain::roof_code(std::uint16_t code) const { return roof_[code]; }

std::uint16_t Rain::green_code(std::uint16_t roof, std::size_t n) const {
  return roof < zone_.size() ? green_[zone_[roof] * greens_ + n] : roof;
}

void Rain::add_area(std::uint16_t code, double area) {
  area_[code] += area;
  total_area_ += area;
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
        if (kind[spec.index(i0 + i, j0 + j)] == CellKind::free) area[code].add(share * cell_area);
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

// Rain of every zone from t0 to t1 [m].
void Rain::fill_rain(double t0, double t1, std::vector<double>& rain) const {
  std::vector<double> of_series(series_.size());
  for (std::size_t s = 0; s < series_.size(); ++s) of_series[s] = series_[s].integral(t0, t1);
  std::vector<std::pair<const float*, double>> frames;  // and how long each acts [s]
  const std::vector<double>& time = raster_.series.time;
  for (std::size_t f = 0; raster_.raster && f < time.size(); ++f) {
    const double until = f + 1 < time.size() ? time[f + 1] : t1;
    const double acts = std::min(t1, until) - std::max(t0, time[f]);
    if (acts > 0 && !raster_.raster->frame[f].empty())
      frames.emplace_back(raster_.raster->frame[f].data(), acts);
  }
  for (std::size_t z = 0; z < zones_.size(); ++z) {
    double sum = 0;
    for (std::size_t s = 0; s < series_.size(); ++s)
      if ((zones_[z].series >> s & 1U) != 0) sum += of_series[s];
    for (const auto& [values, acts] : frames)
      sum += static_cast<double>(values[zones_[z].raster_cell]) * acts;
    rain[z] = sum;
  }
}

double Rain::intensity(double t0, double t1) const {
  std::vector<double> rain(zones_.size(), 0.0);
  fill_rain(t0, t1, rain);
  return zones_.empty() ? 0 : *std::max_element(rain.begin(), rain.end()) / (t1 - t0);
}

double Rain::mean(double t0, double t1) const {
  std::vector<double> rain(zones_.size(), 0.0);
  fill_rain(t0, t1, rain);
  double volume = 0;
  for (std::size_t c = 0; c < zone_.size(); ++c) volume += rain[zone_[c]] * area_[c];
  return total_area_ > 0 ? volume / total_area_ / (t1 - t0) : 0;
}

std::vector<std::uint8_t> Rain::may_run(double t0, double t1) const {
  std::vector<std::uint8_t> runs(net_.size(), 0);
  std::vector<double> rain(zones_.size(), 0.0);
  fill_rain(t0, t1, rain);
  for (std::size_t c = 0; c < zone_.size(); ++c) runs[c] = rain[zone_[c]] > initial_left_[c] ? 1 : 0;
  return runs;
}

void Rain::step(double t0, double t1) {
  falling_ = false;
  double fell = 0;
  fill_rain(t0, t1, zone_rain_);
  for (std::size_t c = 0; c < zone_.size(); ++c) {
    const double rain = zone_rain_[zone_[c]];
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
    if (cover_[c] >= kCovers) volume_on_green_.add((rain - net_[c]) * area_[c]);
  }
  mean_rate_ = total_area_ > 0 ? fell / total_area_ / (t1 - t0) : 0;
}

void Rain::save(SaveArchive& archive) const {
  archive.fields(initial_left_, volume_in_, volume_lost_, volume_on_green_, mean_rate_);
}

void Rain::load(LoadArchive& archive) {
  archive.fields(initial_left_, volume_in_, volume_lost_, volume_on_green_, mean_rate_);
}

}  // namespace citytwin::surface_water
