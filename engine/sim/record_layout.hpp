// The binary layout of what checkpoints and record files both hold (engine/base/archive.hpp: one description
// for saving and loading).
#pragma once

#include "engine/base/archive.hpp"
#include "engine/sim/run_record.hpp"

namespace citytwin {

template <class Archive, class O>
void occurrence_layout(Archive& archive, O& o) {
  archive.fields(o.time, o.asset, o.asset_kind, o.from, o.to, o.reason, o.value, o.because);
}

template <class Archive, class C>
void control_layout(Archive& archive, C& c) {
  archive.fields(c.time, c.target, c.verb, c.column, c.value);
}

template <class Archive, class S>
void series_layout(Archive& archive, S& s) {
  archive.fields(s.name, s.unit, s.key, s.time, s.value);
}

template <class Archive, class D>
void diagnostics_layout(Archive& archive, D& all) {
  std::vector<Diagnostic> items = all.items();
  archive.list(items, [&](auto& d) {
    archive.fields(d.severity, d.code);
    archive.list(d.args, [&](auto& arg) { archive.fields(arg.first, arg.second); });
    archive.fields(d.where.file, d.where.layer, d.where.feature, d.where.key, d.where.line);
  });
  if constexpr (Archive::kLoading) {
    all = {};
    for (Diagnostic& d : items) all.add(std::move(d));
  }
}

}  // namespace citytwin
