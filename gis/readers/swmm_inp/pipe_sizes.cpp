#include "gis/readers/swmm_inp/pipe_sizes.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "gis/readers/swmm_inp/units.hpp"

namespace citytwin::gis::swmm {

namespace {

struct Inches {
  double depth, width;
};

// Reinforced concrete elliptical pipe (ASTM C507), minor and major axis.
constexpr std::array<Inches, 23> kEllipses{{{14, 23},  {19, 30},  {22, 34},  {24, 38},   {27, 42},  {29, 45},
                                            {32, 49},  {34, 53},  {38, 60},  {43, 68},   {48, 76},  {53, 83},
                                            {58, 91},  {63, 98},  {68, 106}, {72, 113},  {77, 121}, {82, 128},
                                            {87, 136}, {92, 143}, {97, 151}, {106, 166}, {116, 180}}};

// Rise and span of arch pipe: concrete (ASTM C506); corrugated steel 2-2/3 x 1/2 in, 3 x 1 in; structural
// plate 6 x 2 in with corner radius 18 in and 31 in (AISI).
constexpr std::array<Inches, 102> kArches{{
    {11, 18},          {13.5, 22},  {15.5, 26},    {18, 28.5},    {22.5, 36.25},   {26.625, 43.75},
    {31.3125, 51.125}, {36, 58.5},  {40, 65},      {45, 73},      {54, 88},        {62, 102},
    {72, 115},         {77.5, 122}, {87.125, 138}, {96.875, 154}, {106.5, 168.75}, {13, 17},
    {15, 21},          {18, 24},    {20, 28},      {24, 35},      {29, 42},        {33, 49},
    {38, 57},          {43, 64},    {47, 71},      {52, 77},      {57, 83},        {31, 40},
    {36, 46},          {41, 53},    {46, 60},      {51, 66},      {55, 73},        {59, 81},
    {63, 87},          {67, 95},    {71, 103},     {75, 112},     {79, 117},       {83, 128},
    {87, 137},         {91, 142},   {55, 73},      {57, 76},      {59, 81},        {61, 84},
    {63, 87},          {65, 92},    {67, 95},      {69, 98},      {71, 103},       {73, 106},
    {75, 112},         {77, 114},   {79, 117},     {81, 123},     {83, 128},       {85, 131},
    {87, 137},         {89, 139},   {91, 142},     {93, 148},     {95, 150},       {97, 152},
    {100, 154},        {101, 161},  {103, 167},    {105, 169},    {107, 171},      {109, 178},
    {111, 184},        {113, 186},  {115, 188},    {118, 190},    {119, 197},      {121, 199},
    {112, 159},        {114, 162},  {116, 168},    {118, 170},    {120, 173},      {122, 179},
    {124, 184},        {126, 187},  {128, 190},    {130, 195},    {132, 198},      {134, 204},
    {136, 206},        {138, 209},  {140, 215},    {142, 217},    {144, 223},      {146, 225},
    {148, 231},        {150, 234},  {152, 236},    {154, 239},    {156, 245},      {158, 247},
}};

// Area [ft2] and hydraulic radius [ft] when full, as published for these pipes (American Concrete Pipe
// Association, Concrete Pipe Design Manual, and SWMM): 2 to 6 % more than an ellipse of the two axes has.
struct Full {
  double area, radius;
};
constexpr std::array<Full, 23> kFullEllipses{
    {{1.8, 0.367},  {3.3, 0.490},  {4.1, 0.546},  {5.1, 0.613},  {6.3, 0.686},  {7.4, 0.736},
     {8.8, 0.812},  {10.2, 0.875}, {12.9, 0.969}, {16.6, 1.106}, {20.5, 1.229}, {24.8, 1.352},
     {29.5, 1.475}, {34.6, 1.598}, {40.1, 1.721}, {46.1, 1.845}, {52.4, 1.967}, {59.2, 2.091},
     {66.4, 2.215}, {74.0, 2.340}, {82.0, 2.461}, {99.2, 2.707}, {118.6, 2.968}}};

}  // namespace

std::optional<PipeSize> standard_size(drainage::Shape shape, double code) {
  const bool arch = shape == drainage::Shape::arch;
  const double most = static_cast<double>(arch ? kArches.size() : kEllipses.size());
  if (!(code >= 1) || std::floor(code) > most) return {};
  const auto k = static_cast<std::size_t>(code) - 1;
  const Inches size = arch ? kArches[k] : kEllipses[k];
  PipeSize out{size.depth * kInch, size.width * kInch, 0, 0};
  if (!arch) {
    out.full_area = kFullEllipses[k].area * kFoot * kFoot;
    out.full_radius = kFullEllipses[k].radius * kFoot;
  }
  if (shape == drainage::Shape::vert_ellipse) std::swap(out.depth, out.width);
  return out;
}

}  // namespace citytwin::gis::swmm
