#include "gis/generate/land_use.hpp"

#include <cmath>

#include "engine/base/parallel.hpp"
#include "gis/generate/noise.hpp"

namespace citytwin::gis::generate {

namespace {

constexpr double kLargestBuilt = 130'000;  // a larger block is fields with houses at its edge at most [m2]

class UsePlan {
 public:
  UsePlan(std::uint64_t seed, const Landscape& land, const Settlement& plan)
      : random_(seed, kUseStream), land_(land), plan_(plan), green_(random_, 40, land.extent, 1000, 3),
        works_(random_, 41, land.extent, 1300, 2) {}

  [[nodiscard]] BlockUse use_of(const Block& block) const {
    const Point2 p = centroid(block.land);
    const double size = area(block.land);
    const double draw = random_.uniform(block.face, 0, 1);
    if (block.intensity < -0.06 || size > kLargestBuilt) return BlockUse::open_land;
    if (length(land_.gradient_at(p)) > 0.18) return BlockUse::park;
    if (industrial(p, block.intensity)) return BlockUse::industry;
    const bool riverside = land_.water_distance_at(p) < 90;
    if (size > 2500 && green_(p) > (riverside ? 0.28 : 0.52)) return BlockUse::park;
    if (draw < 0.025 && size > 2000) return BlockUse::park;
    if (draw > 0.955 && size > 4500 && block.intensity > 0.01) return BlockUse::campus;
    if (block.intensity > 0.62 || (block.intensity > 0.42 && draw > 0.7)) return BlockUse::centre;
    if (block.intensity > 0.24 + 0.1 * (draw - 0.5)) return BlockUse::perimeter;
    if (block.intensity > 0.10 + 0.06 * (draw - 0.5)) return BlockUse::rows;
    return BlockUse::houses;
  }

 private:
  [[nodiscard]] bool industrial(Point2 p, double intensity) const {
    const Point2 from = p - plan_.centres[0].position;
    const Point2 heading{std::cos(plan_.industry_heading), std::sin(plan_.industry_heading)};
    const double bearing = dot(from, heading) / std::max(length(from), 1.0);
    return intensity < 0.3 && length(from) > 0.9 * plan_.falloff && length(land_.gradient_at(p)) < 0.05 &&
           bearing + 0.5 * works_(p) > 0.8;
  }
  Random random_;
  const Landscape& land_;
  const Settlement& plan_;
  FractalNoise green_, works_;
};

}  // namespace

std::vector<Block> make_blocks(std::uint64_t seed, const StreetGraph& graph, const std::vector<StreetFace>& faces,
                               const Landscape& land, const Settlement& plan) {
  const UsePlan uses(seed, land, plan);
  std::vector<std::vector<Block>> of_face(faces.size());
  for_chunks(faces.size(), 64, [&](std::size_t begin, std::size_t end) {
    AreaCutter cutter(graph, land);
    for (std::size_t f = begin; f < end; ++f)
      for (Polygon& piece : cutter.land_of(faces[f])) {
        Block block;
        block.face = static_cast<std::uint32_t>(f);
        block.land = std::move(piece);
        const Point2 middle = centroid(block.land);
        block.density = plan.density_at(middle);
        block.intensity = plan.intensity_at(middle);
        block.use = uses.use_of(block);
        of_face[f].push_back(std::move(block));
      }
  });
  std::vector<Block> blocks;
  for (auto& list : of_face)
    for (Block& block : list) blocks.push_back(std::move(block));
  return blocks;
}

}  // namespace citytwin::gis::generate
