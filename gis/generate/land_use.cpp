#include "gis/generate/land_use.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/parallel.hpp"
#include "gis/generate/noise.hpp"

namespace citytwin::gis::generate {

namespace {

constexpr double kLargestBuilt = 130'000;  // a larger block is fields with houses at its edge at most [m2]

class UsePlan {
 public:
  UsePlan(std::uint64_t seed, const Landscape& land, const Settlement& plan)
      : random_(seed, kUseStream),
        land_(land),
        plan_(plan),
        green_(random_, 40, land.extent, 1000, 3),
        works_(random_, 41, land.extent, 1300, 2) {}

  [[nodiscard]] bool is_park(Point2 p, double intensity) const {
    const bool riverside = land_.water_distance_at(p) < 120;
    return intensity > 0 && green_(p) > (riverside ? 0.28 : 0.52);
  }

  [[nodiscard]] BlockUse use_of(const Block& block) const {
    const Point2 p = centroid(block.land);
    const double size = area(block.land);
    const double draw = random_.uniform(block.face, 0, 1);
    if (block.intensity < -0.06) return BlockUse::open_land;
    if (is_park(p, block.intensity) && size > 2500) return BlockUse::park;
    if (size > 45'000 && block.intensity > 0.06)
      return BlockUse::park;  // larger than any built block in town
    if (size > kLargestBuilt) return BlockUse::open_land;
    if (length(land_.gradient_at(p)) > 0.18) return BlockUse::park;
    if (draw < 0.025 && size > 2000) return BlockUse::park;
    if (draw > 0.955 && size > 4500 && block.intensity > 0.01) return BlockUse::campus;
    if (block.intensity > 0.62 || (block.intensity > 0.42 && draw > 0.7)) return BlockUse::centre;
    if (block.intensity > 0.24 + 0.1 * (draw - 0.5)) return BlockUse::perimeter;
    if (block.intensity > 0.10 + 0.06 * (draw - 0.5)) return BlockUse::rows;
    return BlockUse::houses;
  }

  // How much a block suits industry: flat, off the centre, on the industrial side of town. Below 0: not at
  // all.
  [[nodiscard]] double industry_score(const Block& block) const {
    if (block.use != BlockUse::houses && block.use != BlockUse::rows) return -1;
    const Point2 p = centroid(block.land);
    const Point2 from = p - plan_.centres[0].position;
    const Point2 heading{std::cos(plan_.industry_heading), std::sin(plan_.industry_heading)};
    if (length(land_.gradient_at(p)) > 0.05 || length(from) < 1.1 * plan_.falloff) return -1;
    return 1 + dot(from, heading) / length(from) + 0.5 * works_(p) - 3 * std::max(block.intensity, 0.0);
  }

 private:
  Random random_;
  const Landscape& land_;
  const Settlement& plan_;
  FractalNoise green_, works_;
};

// The best suited blocks, until they hold their share of the built land.
void zone_industry(const UsePlan& uses, std::vector<Block>& blocks) {
  constexpr double kShare = 0.085;
  double built = 0;
  std::vector<std::pair<double, std::size_t>> ranked;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    if (blocks[b].use == BlockUse::open_land || blocks[b].use == BlockUse::park) continue;
    built += area(blocks[b].land);
    const double score = uses.industry_score(blocks[b]);
    if (score > 0) ranked.emplace_back(-score, b);
  }
  std::sort(ranked.begin(), ranked.end());
  double zoned = 0;
  for (const auto& [rank, b] : ranked) {
    if (zoned > kShare * built) return;
    zoned += area(blocks[b].land);
    blocks[b].use = BlockUse::industry;
  }
}

}  // namespace

void open_parks(std::uint64_t seed, StreetGraph& graph, const Landscape& land, const Settlement& plan,
                const RunContext& context) {
  const UsePlan uses(seed, land, plan);
  for (bool changed = true; changed;) {  // what is left of a street in a park goes in the next round
    std::vector<int> parks_beside(graph.edges.size(), 0);
    for (const StreetFace& face : find_faces(graph, context)) {
      const Point2 middle = centroid(face.polygon);
      if (!uses.is_park(middle, plan.intensity_at(middle))) continue;
      for (std::uint32_t e : face.edges) ++parks_beside[e];
      for (std::uint32_t e : face.dead_ends) parks_beside[e] = 2;
    }
    std::size_t kept = 0;
    for (std::size_t e = 0; e < graph.edges.size(); ++e) {
      if (parks_beside[e] == 2 && graph.edges[e].road_class == RoadClass::residential) continue;
      if (kept != e) graph.edges[kept] = std::move(graph.edges[e]);
      ++kept;
    }
    changed = kept != graph.edges.size();
    graph.edges.resize(kept);
    if (changed) tidy(graph, land.extent, context);
  }
}

std::vector<Block> make_blocks(std::uint64_t seed, const StreetGraph& graph,
                               const std::vector<StreetFace>& faces, const Landscape& land,
                               const Settlement& plan, const RunContext& context) {
  const UsePlan uses(seed, land, plan);
  std::vector<std::vector<Block>> of_face(faces.size());
  for_chunks(faces.size(), 64, [&](std::size_t begin, std::size_t end) {
    AreaCutter cutter(graph, land);
    for (std::size_t f = begin; f < end; ++f) {
      context.check_stop();
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
    }
  });
  std::vector<Block> blocks;
  for (auto& list : of_face)
    for (Block& block : list) blocks.push_back(std::move(block));
  zone_industry(uses, blocks);
  return blocks;
}

}  // namespace citytwin::gis::generate
