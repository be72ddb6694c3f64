#include "engine/domains/surface_water/soils.hpp"

namespace citytwin::surface_water {

namespace {

constexpr double kCm = 0.01, kCmPerHour = 0.01 / 3600, kInchPerHour = 0.0254 / 3600;
constexpr double kMm = 1e-3;
using G = SoilGroup;

constexpr std::array<SoilTexture, kTextures> kSoils{{
    {"sand", 0.417, 4.95 * kCm, 11.78 * kCmPerHour, G::a},
    {"loamy_sand", 0.401, 6.13 * kCm, 2.99 * kCmPerHour, G::a},
    {"sandy_loam", 0.412, 11.01 * kCm, 1.09 * kCmPerHour, G::a},
    {"loam", 0.434, 8.89 * kCm, 0.34 * kCmPerHour, G::b},
    {"silt_loam", 0.486, 16.68 * kCm, 0.65 * kCmPerHour, G::b},
    {"sandy_clay_loam", 0.330, 21.85 * kCm, 0.15 * kCmPerHour, G::c},
    {"clay_loam", 0.309, 20.88 * kCm, 0.10 * kCmPerHour, G::d},
    {"silty_clay_loam", 0.432, 27.30 * kCm, 0.10 * kCmPerHour, G::d},
    {"sandy_clay", 0.321, 23.90 * kCm, 0.06 * kCmPerHour, G::d},
    {"silty_clay", 0.423, 29.22 * kCm, 0.05 * kCmPerHour, G::d},
    {"clay", 0.385, 31.63 * kCm, 0.03 * kCmPerHour, G::d},
}};

constexpr std::string_view kTr55 = "NRCS 1986, TR-55, table 2-2";
constexpr std::string_view kAsce =
    "ASCE 1992, Design and Construction of Urban Stormwater Management Systems";
constexpr std::string_view kEstimate = "estimated: between the values of its parts";
constexpr std::string_view kOpen = "estimated: open ground";
constexpr std::string_view kFull = "estimated: full of water";

// In the order of LandCoverClass.
constexpr std::array<CoverGround, kCountOf<LandCoverClass>> kGround{{
    {0.5, 2.5 * kMm, {61, 75, 83, 87}, kEstimate, kEstimate, kEstimate},  // unknown
    {0.0, 1.3 * kMm, {98, 98, 98, 98}, kTr55, kAsce, kTr55},              // building
    {0.0, 1.3 * kMm, {98, 98, 98, 98}, kTr55, kAsce, kTr55},              // paved
    {0.62, 2.5 * kMm, {61, 75, 83, 87}, kTr55, kEstimate, kTr55},         // residential: lots of 1/4 acre
    {0.15, 1.9 * kMm, {89, 92, 94, 95}, kTr55, kEstimate, kTr55},         // commercial
    {0.28, 1.9 * kMm, {81, 88, 91, 93}, kTr55, kEstimate, kTr55},         // industrial
    {1.0, 3.8 * kMm, {39, 61, 74, 80}, kTr55, kAsce, kTr55},              // park: open space, good
    {1.0, 3.8 * kMm, {49, 69, 79, 84}, kTr55, kAsce, kTr55},              // grass: open space, fair
    {1.0, 7.6 * kMm, {30, 55, 70, 77}, kTr55, kAsce, kTr55},              // forest: woods, good; litter
    {1.0, 5.1 * kMm, {63, 75, 83, 87}, kTr55, kAsce, kTr55},              // cropland: small grain; pasture
    {0.0, 0.0, {0, 0, 0, 0}, kFull, kFull, kFull},                        // wetland: full
    {0.0, 0.0, {0, 0, 0, 0}, kFull, kFull, kFull},                        // water
    {1.0, 2.5 * kMm, {77, 86, 91, 94}, kOpen, kOpen, kTr55},              // bare: newly graded
    {1.0, 2.5 * kMm, {63, 77, 85, 88}, kOpen, kOpen, kTr55},              // sand: natural desert
    {1.0, 2.5 * kMm, {76, 85, 89, 91}, kOpen, kOpen, kTr55},              // railway: gravel
}};

struct HortonRow {
  double highest, lowest;  // [in/h]
};
constexpr std::array<HortonRow, 4> kHorton{{{5, 0.375}, {3, 0.225}, {2, 0.10}, {1, 0.025}}};

}  // namespace

const std::array<SoilTexture, kTextures>& soil_textures() { return kSoils; }

Infiltration horton_of(SoilGroup group) {
  const HortonRow& row = kHorton[static_cast<std::size_t>(group)];
  Infiltration soil;
  soil.model = InfiltrationModel::horton;
  soil.max_rate = row.highest * kInchPerHour;
  soil.min_rate = row.lowest * kInchPerHour;
  soil.decay = 4.14 / 3600;
  soil.drying_time = 7 * 86400.0;
  return soil;
}

const CoverGround& ground_of(LandCoverClass cover) { return kGround[static_cast<std::size_t>(cover)]; }

}  // namespace citytwin::surface_water
