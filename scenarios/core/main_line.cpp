#include "scenarios/core/main_line.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace citytwin::scenarios {
namespace {

// The longest run of consecutive points for which keep() holds.
template <class Keep>
std::vector<Point2> longest_run(const std::vector<Point2>& line, Keep&& keep) {
  std::vector<Point2> best, run;
  const auto close = [&] {
    if (run.size() >= 2 && length(std::span<const Point2>(run)) > length(std::span<const Point2>(best)))
      best = run;
    run.clear();
  };
  for (const Point2 p : line)
    if (keep(p))
      run.push_back(p);
    else
      close();
  close();
  return best;
}

// Where the way from a point inside a box to one outside crosses its edge.
Point2 edge_point(Point2 inside, Point2 outside, const Box2& box) {
  double t = 1;
  const auto reach = [&](double from, double to, double low, double high) {
    if (to > high) t = std::min(t, (high - from) / (to - from));
    if (to < low) t = std::min(t, (low - from) / (to - from));
  };
  reach(inside.x, outside.x, box.min.x, box.max.x);
  reach(inside.y, outside.y, box.min.y, box.max.y);
  const Point2 p = inside + (outside - inside) * t;
  return {std::clamp(p.x, box.min.x, box.max.x), std::clamp(p.y, box.min.y, box.max.y)};
}

// The point `by` beyond `end`, coming from `before`.
Point2 beyond(Point2 before, Point2 end, double by) {
  const double along = distance(before, end);
  return along == 0 ? end : end + (end - before) * (by / along);
}

// Rows of waterways that follow each other, upstream first.
std::vector<std::size_t> chain_from(const Waterways& ways, std::size_t first,
                                    const std::multimap<std::pair<double, double>, std::size_t>& starts,
                                    std::vector<char>& used) {
  std::vector<std::size_t> chain;
  for (std::size_t at = first;;) {
    chain.push_back(at);
    used[at] = 1;
    const Point2 end = ways.line[at].back();
    const auto [begin, stop] = starts.equal_range({end.x, end.y});
    const auto next = std::find_if(begin, stop, [&](const auto& entry) {
      return used[entry.second] == 0 && ways.kind[entry.second] == ways.kind[first] &&
             ways.name[entry.second] == ways.name[first];
    });
    if (next == stop) return chain;
    at = next->second;
  }
}

}  // namespace

MainRiver main_river(const CityModel& model) {
  const Waterways& ways = model.waterways();
  std::multimap<std::pair<double, double>, std::size_t> starts;
  std::map<std::pair<double, double>, std::vector<std::size_t>> ends;
  for (std::size_t row = 0; row < ways.size(); ++row) {
    if (ways.line[row].size() < 2) continue;
    starts.emplace(std::pair{ways.line[row].front().x, ways.line[row].front().y}, row);
    ends[{ways.line[row].back().x, ways.line[row].back().y}].push_back(row);
  }
  const auto has_upstream = [&](std::size_t row) {
    const auto it = ends.find({ways.line[row].front().x, ways.line[row].front().y});
    return it != ends.end() && std::any_of(it->second.begin(), it->second.end(), [&](std::size_t other) {
             return other != row && ways.kind[other] == ways.kind[row] && ways.name[other] == ways.name[row];
           });
  };
  MainRiver best;
  std::tuple<bool, double> best_score{false, 0};
  for (std::size_t row = 0; row < ways.size(); ++row) {
    if (ways.line[row].size() < 2 || has_upstream(row)) continue;
    std::vector<char> used(ways.size(), 0);
    MainRiver river;
    double weighted = 0, total = 0;
    for (const std::size_t part : chain_from(ways, row, starts, used)) {
      const auto line = ways.line[part];
      river.line.insert(river.line.end(), line.begin() + (river.line.empty() ? 0 : 1), line.end());
      weighted += ways.width[part] * length(line);
      total += length(line);
    }
    river.width = total > 0 ? weighted / total : 0;
    const Box2 extent = model.info().frame.extent;
    river.line = stretch_inside(river.line, extent);
    const std::tuple score{ways.kind[row] == WaterwayKind::river,
                           length(std::span<const Point2>(river.line))};
    if (river.line.size() >= 2 && score > best_score) {
      best_score = score;
      best = std::move(river);
    }
  }
  return best;
}

std::vector<Point2> main_coast(const CityModel& model) {
  const WaterBodies& water = model.water_bodies();
  const Box2 inner = model.info().frame.extent.grown(-1.0);
  std::vector<Point2> best;
  for (std::size_t row = 0; row < water.size(); ++row) {
    if (water.kind[row] != WaterKind::sea) continue;
    const auto ring = water.area.outer(row);
    // Twice around, so that a run across the ring's first point is not cut.
    std::vector<Point2> twice(ring.begin(), ring.end());
    twice.insert(twice.end(), ring.begin(), ring.end());
    auto run = longest_run(twice, [&](Point2 p) { return inner.contains(p); });
    if (run.size() > ring.size()) run.resize(ring.size());  // an island sea: the whole ring once
    if (length(std::span<const Point2>(run)) > length(std::span<const Point2>(best))) best = std::move(run);
  }
  return best;
}

std::vector<Point2> stretch_inside(const std::vector<Point2>& line, const Box2& box) {
  std::vector<Point2> best = longest_run(line, [&](Point2 p) { return box.contains(p); });
  if (best.size() < 2) return {};
  const auto first = std::search(line.begin(), line.end(), best.begin(), best.end());
  const auto last = first + static_cast<std::ptrdiff_t>(best.size()) - 1;
  if (last + 1 != line.end()) best.push_back(edge_point(*last, *(last + 1), box));
  if (first != line.begin()) best.insert(best.begin(), edge_point(*first, *(first - 1), box));
  return best;
}

std::vector<Point2> extended_to_edge(std::vector<Point2> line, const Box2& box, double reach) {
  const Box2 inner = box.grown(-reach);
  if (line.size() < 2) return line;
  if (!inner.contains(line.front())) line.insert(line.begin(), beyond(line[1], line.front(), 3 * reach));
  if (!inner.contains(line.back())) line.push_back(beyond(line[line.size() - 2], line.back(), 3 * reach));
  return line;
}

std::vector<Point2> parallel_line(const std::vector<Point2>& line, double left) {
  std::vector<Point2> out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const Point2 a = line[i == 0 ? 0 : i - 1], b = line[i + 1 == line.size() ? i : i + 1];
    const double along = distance(a, b);
    if (along == 0) continue;
    out.push_back({line[i].x - (b.y - a.y) / along * left, line[i].y + (b.x - a.x) / along * left});
  }
  return out;
}

}  // namespace citytwin::scenarios
