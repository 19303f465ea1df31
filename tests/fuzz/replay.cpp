// Stands in for libFuzzer: feeds each file of the directories that it is given, and ends well if
// none of them breaks anything. A directory that is not there has nothing in it.
#include <algorithm>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> FilesIn(const fs::path& directory) {
  std::vector<fs::path> files;
  if (!fs::exists(directory)) return files;
  for (const auto& entry : fs::directory_iterator(directory)) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

void Feed(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  const std::vector<std::uint8_t> input(bytes.begin(), bytes.end());
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

}  // namespace

int main(int argc, char** argv) {
  int fed = 0;
  for (int argument = 1; argument < argc; ++argument) {
    for (const fs::path& file : FilesIn(argv[argument])) {
      // Before it is fed: it is the last one named where it breaks something.
      std::cout << file.filename().string() << std::endl;
      Feed(file);
      ++fed;
    }
  }
  std::cout << fed << " inputs\n";
  return fed > 0 ? 0 : 1;
}
