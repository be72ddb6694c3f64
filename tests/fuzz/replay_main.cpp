// Runs a fuzz target over kept inputs without a fuzzer, so that every build (and every compiler) replays the
// corpus and each input that once broke something. Arguments: folders.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv) {
  int inputs = 0;
  for (int i = 1; i < argc; ++i) {
    if (!std::filesystem::is_directory(argv[i])) continue;
    for (const auto& entry : std::filesystem::directory_iterator(argv[i])) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
      // Whole, and cut at every eighth: what a broken download looks like.
      for (int eighths = 8; eighths >= 0; --eighths) {
        const std::vector<std::uint8_t> part(
            bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(
                                               bytes.size() * static_cast<std::size_t>(eighths) / 8));
        LLVMFuzzerTestOneInput(part.data(), part.size());
      }
      ++inputs;
    }
  }
  std::printf("%d inputs replayed\n", inputs);
  return inputs > 0 ? 0 : 1;
}
