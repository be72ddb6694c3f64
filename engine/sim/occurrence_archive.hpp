// An occurrence in a binary archive: checkpoints and record files share it.
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

}  // namespace citytwin
