// The sections of a report, in the order they are read. Each gives HTML, or nothing when it has no matter.
#pragma once

#include <string>
#include <vector>

#include "scenarios/report/view.hpp"

namespace citytwin::scenarios::report {

[[nodiscard]] std::string opening_section(const View& view);  // title, question, answer, key figures
[[nodiscard]] std::string hazard_section(const View& view);   // depth, difference, arrival
[[nodiscard]] std::string sewers_section(
    const View& view);  // what they took and gave back, where they were full
[[nodiscard]] std::string damage_section(const View& view);  // by management cell, by use
[[nodiscard]] std::string streets_section(const View& view);
[[nodiscard]] std::string facilities_section(const View& view);  // what stopped, when and why
[[nodiscard]] std::string series_section(const View& view);
[[nodiscard]] std::string assumptions_section(const View& view);
[[nodiscard]] std::string data_section(const View& view);  // sources, provenance, import books, terrain
[[nodiscard]] std::string limits_section(const View& view);
[[nodiscard]] std::string run_section(const View& view);  // status, hash, balance, manifest

// What the amounts of a coarse run are good for; nothing for a run that is fine enough.
[[nodiscard]] std::string screening(const View& view);
// What people and damage are good for where most buildings are missing; nothing where they are not.
[[nodiscard]] std::string buildings_missing(const View& view);
// Large level ground that may be water without an outline; empty if there is none.
[[nodiscard]] std::string level_areas(const View& view);
// A sentence where the run's grid is finer than the terrain's true resolution, else nothing.
[[nodiscard]] std::string finer_than_terrain(const View& view);
// For print: says on every page that a run is not sound. Nothing when both are.
[[nodiscard]] std::string status_mark(const View& view);
// Opens every section: a heading, and the banner when a run is not sound.
[[nodiscard]] std::string heading(const View& view, const std::string& title);

}  // namespace citytwin::scenarios::report
