// What rules look at: "NODE J1 DEPTH", "SIMULATION CLOCKTIME", and the values that it is compared with.
#pragma once

#include <optional>

#include "engine/model/drainage/rules.hpp"
#include "gis/readers/swmm_inp/fields.hpp"

namespace citytwin::gis::swmm {

// The kind of link that a rule's word names; none for LINK or for no link at all.
std::optional<drainage::LinkKind> link_kind_of(std::string_view word);
bool is_link_word(std::string_view word);
// The link of field i + 1, of the kind that field i names; reported and kNone if there is none.
Index read_rule_link(Project& project, Fields& f, std::size_t i);

// Does an operand begin at field i?
bool is_operand(Fields& f, std::size_t i);
// Reads it and moves i behind it; none: reported.
std::optional<drainage::Operand> read_operand(Project& project, Fields& f, std::size_t& i);

// What one unit of the file is in the unit of the operand.
double unit_of(const Units& units, const drainage::Operand& operand);
// What the argument of a modulation curve is in the unit of the operand, per unit of the file.
double curve_unit_of(const Units& units, const drainage::Operand& operand);
// The value in field i, for comparison with the operand; none: reported.
std::optional<double> read_rule_value(Project& project, Fields& f, std::size_t i,
                                      const drainage::Operand& operand);

}  // namespace citytwin::gis::swmm
