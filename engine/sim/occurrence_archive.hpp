// Occurrences, controls and diagnostics in a binary archive: checkpoints and record files share it.
#pragma once

#include "engine/base/archive.hpp"
#include "engine/sim/run_record.hpp"

namespace citytwin {

inline void save_occurrence(SaveArchive& archive, const Occurrence& o) {
  archive.value(o.time);
  for (const std::string* s : {&o.asset, &o.asset_kind, &o.from, &o.to, &o.reason}) archive.text(*s);
  archive.value(o.value);
  archive.vector(o.because);
}

inline Occurrence load_occurrence(LoadArchive& archive) {
  Occurrence o;
  archive.value(o.time);
  for (std::string* s : {&o.asset, &o.asset_kind, &o.from, &o.to, &o.reason}) archive.text(*s);
  archive.value(o.value);
  archive.vector(o.because);
  return o;
}

inline void save_diagnostic(SaveArchive& archive, const Diagnostic& d) {
  archive.value(d.severity);
  archive.text(d.code);
  archive.value(d.args.size());
  for (const auto& [name, value] : d.args) {
    archive.text(name);
    archive.text(value);
  }
}

inline Diagnostic load_diagnostic(LoadArchive& archive) {
  Diagnostic d;
  archive.value(d.severity);
  archive.text(d.code);
  std::size_t count = 0;
  archive.value(count);
  for (std::size_t a = 0; a < count; ++a) {
    d.args.emplace_back();
    archive.text(d.args.back().first);
    archive.text(d.args.back().second);
  }
  return d;
}

inline void save_control(SaveArchive& archive, const Control& c) {
  archive.value(c.time);
  archive.text(c.target);
  archive.value(c.verb);
  archive.text(c.column);
  archive.value(c.value);
}

inline Control load_control(LoadArchive& archive) {
  Control c;
  archive.value(c.time);
  archive.text(c.target);
  archive.value(c.verb);
  archive.text(c.column);
  archive.value(c.value);
  return c;
}

}  // namespace citytwin
