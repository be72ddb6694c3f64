// What domains tell each other, once per beat: named fields with a unit and exactly one writer.
//
// A *value* field holds numbers per grid cell, link, building, facility or one. An *amount* (a volume, an
// energy) is moved by a pair of fields: the giver writes an offer that it has already set aside, the taker
// answers in the next beat with a take <= offer, and one beat later the giver puts offer - take back. Both
// sides book in double; what is in flight counts as storage. Rates of conserved things are never exchanged.
//
// Nothing is copied that did not change: a grid field is a const view of the domain's published tiles with
// the list of tiles that changed in the last beat.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/archive.hpp"
#include "engine/base/result.hpp"
#include "engine/geo/grid.hpp"

namespace citytwin {

enum class FieldShape { scalar, per_link, per_building, per_facility, grid, amount };

struct FieldInfo {
  std::string name;  // "<writer>.<quantity>", e.g. "surface_water.depth"
  std::string unit;  // SI
  FieldShape shape = FieldShape::scalar;
  std::string writer;  // domain name, or "sim"
  std::string taker;   // amounts only: the one domain that may take
};

// A published grid field: tiles of kTile x kTile cells, row-major inside a tile, tile t = tj * tiles_x + ti.
class GridView {
 public:
  static constexpr int kTile = 64;
  virtual ~GridView() = default;
  [[nodiscard]] virtual const GridSpec& spec() const = 0;
  // kTile * kTile values of tile t, or nullptr when every cell of it is 0.
  [[nodiscard]] virtual const double* tile(std::size_t t) const = 0;
  // Tiles whose values changed in the last published beat, ascending.
  [[nodiscard]] virtual std::span<const std::uint32_t> changed_tiles() const = 0;

  [[nodiscard]] std::size_t tiles_x() const {
    return static_cast<std::size_t>((spec().nx + kTile - 1) / kTile);
  }
  [[nodiscard]] std::size_t tiles_y() const {
    return static_cast<std::size_t>((spec().ny + kTile - 1) / kTile);
  }
  [[nodiscard]] std::size_t tile_of(int i, int j) const {
    return static_cast<std::size_t>(j / kTile) * tiles_x() + static_cast<std::size_t>(i / kTile);
  }
  [[nodiscard]] double at(int i, int j) const {
    const double* values = tile(tile_of(i, j));
    return values == nullptr ? 0.0 : values[(j % kTile) * kTile + i % kTile];
  }
};

class Exchange {
 public:
  // --- set-up: refused (error diagnostic) are a second writer of a name and a taker that differs ----------
  Result<Done> declare(const FieldInfo& field, std::size_t size);
  // The writer of a grid field hands over its published view once; it outlives the exchange.
  void bind_grid(std::string_view name, const GridView* view);

  // --- reading ---------------------------------------------------------------------------------------------
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] std::span<const double> values(std::string_view name) const;  // empty if absent
  [[nodiscard]] const GridView* grid(std::string_view name) const;            // nullptr if absent
  [[nodiscard]] const std::vector<FieldInfo>& fields() const { return infos_; }
  // Rows of a value field that changed in the last beat, ascending.
  [[nodiscard]] std::span<const std::uint32_t> changed(std::string_view name) const;

  // --- writing, in publish() only
  // ---------------------------------------------------------------------------
  void begin_beat();  // forgets what changed
  void set(std::string_view name, std::size_t row, double value, std::string_view writer);

  // --- amounts
  // ---------------------------------------------------------------------------------------------- Giver, in
  // publish: `volume` has left its free storage.
  void offer(std::string_view name, std::size_t row, double volume, std::string_view writer);
  // Taker, in advance: what is offered to it now; it answers once per beat with what it took.
  [[nodiscard]] double offered(std::string_view name, std::size_t row) const;
  void take(std::string_view name, std::size_t row, double volume, std::string_view taker);
  // Giver, in publish of the next beat, before offering again: what comes back to its storage.
  [[nodiscard]] double collect_returned(std::string_view name, std::size_t row, std::string_view writer);
  [[nodiscard]] double in_flight(std::string_view name) const;  // sum over rows, counts as storage

  void save(SaveArchive& archive) const;
  void load(LoadArchive& archive);

 private:
  struct Field {
    FieldInfo info;
    std::vector<double> value;  // value fields; amounts: the offer
    std::vector<double> taken;  // amounts
    std::vector<std::uint32_t> changed;
    const GridView* view = nullptr;
  };
  Field& find(std::string_view name);
  [[nodiscard]] const Field* find_or_null(std::string_view name) const;

  std::vector<FieldInfo> infos_;
  std::vector<Field> fields_;
  std::map<std::string, std::size_t, std::less<>> by_name_;
};

}  // namespace citytwin
