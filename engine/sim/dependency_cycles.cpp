// Rings of facilities that need each other: strongly connected components (Tarjan 1972, SIAM J. Comput. 1:
// 146-160), with an explicit stack.
#include <algorithm>

#include "engine/sim/dependencies.hpp"

namespace citytwin {

namespace {

class Components {
 public:
  explicit Components(const std::vector<std::vector<std::uint32_t>>& next)
      : next_(next), index_(next.size(), kUnseen), low_(next.size(), 0), on_stack_(next.size(), 0) {}

  std::vector<std::vector<std::uint32_t>> find() {
    for (std::uint32_t v = 0; v < next_.size(); ++v)
      if (index_[v] == kUnseen) visit(v);
    return std::move(found_);
  }

 private:
  static constexpr std::uint32_t kUnseen = 0xFFFFFFFFU;
  struct Step {
    std::uint32_t node;
    std::size_t child;
  };

  void open(std::uint32_t v) {
    index_[v] = low_[v] = count_++;
    stack_.push_back(v);
    on_stack_[v] = 1;
    path_.push_back({v, 0});
  }

  void visit(std::uint32_t root) {
    open(root);
    while (!path_.empty()) {
      const std::uint32_t v = path_.back().node;
      if (path_.back().child < next_[v].size()) {
        const std::uint32_t w = next_[v][path_.back().child++];
        if (index_[w] == kUnseen)
          open(w);
        else if (on_stack_[w] != 0)
          low_[v] = std::min(low_[v], index_[w]);
        continue;
      }
      path_.pop_back();
      if (!path_.empty()) low_[path_.back().node] = std::min(low_[path_.back().node], low_[v]);
      if (low_[v] == index_[v]) close(v);
    }
  }

  void close(std::uint32_t v) {
    std::vector<std::uint32_t> ring;
    std::uint32_t w = kUnseen;
    do {
      w = stack_.back();
      stack_.pop_back();
      on_stack_[w] = 0;
      ring.push_back(w);
    } while (w != v);
    if (ring.size() < 2) return;
    std::sort(ring.begin(), ring.end());
    found_.push_back(std::move(ring));
  }

  const std::vector<std::vector<std::uint32_t>>& next_;
  std::vector<std::uint32_t> index_, low_;
  std::vector<std::uint8_t> on_stack_;
  std::vector<std::uint32_t> stack_;
  std::vector<Step> path_;
  std::uint32_t count_ = 0;
  std::vector<std::vector<std::uint32_t>> found_;
};

}  // namespace

std::vector<std::vector<std::string>> Dependencies::cycles() const {
  std::vector<std::vector<std::string>> rings;
  for (const auto& ring : Components(dependants_).find()) {
    rings.emplace_back();
    for (const std::uint32_t f : ring) rings.back().push_back(facility_key_[f]);
  }
  std::sort(rings.begin(), rings.end());
  return rings;
}

}  // namespace citytwin
