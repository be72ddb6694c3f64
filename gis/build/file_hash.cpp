#include "gis/build/file_hash.hpp"

#include <fstream>
#include <vector>

#include "engine/base/hash.hpp"

namespace citytwin::gis {

std::string hash_of_file(const std::filesystem::path& file, const RunContext& context) {
  Hasher hasher;
  std::ifstream in(file, std::ios::binary);
  std::vector<char> block(1U << 20U);
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
    hasher.bytes(block.data(), static_cast<std::size_t>(in.gcount()));
    context.check_stop();
  }
  return hasher.finish().hex();
}

}  // namespace citytwin::gis
