// Reader of the text catalogue's files: the part of gettext's .po syntax we use (comments, msgid, msgstr,
// continuation lines, \n \t \" \\ escapes).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace citytwin::scenarios {

struct PoEntry {
  std::string id, text;
  long line = 0;
};

// Entries in file order; `bad_line` is 0 or the first line that is not understood.
struct PoFile {
  std::vector<PoEntry> entries;
  long bad_line = 0;
};

[[nodiscard]] PoFile parse_po(std::string_view content);

// All entries of data/text/<language>/*.po, files in name order; the first of a repeated code stays.
[[nodiscard]] std::map<std::string, std::string, std::less<>> read_catalogue(const std::string& language);

}  // namespace citytwin::scenarios
