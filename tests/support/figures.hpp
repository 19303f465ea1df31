// What a test has tried and survived, as numbers: for docs/reliability.md, which no hand writes
// them into.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

namespace synthetics::tests {

// Prints the figure, and keeps it as a file of that name where SYNTHETICS_LOCAL_FIGURES says.
inline void RecordFigure(const std::string& name, std::int64_t count) {
  std::cout << "figure: " << name << ' ' << count << '\n';
  const char* const directory = std::getenv("SYNTHETICS_LOCAL_FIGURES");
  if (directory == nullptr) return;
  std::filesystem::create_directories(directory);
  std::ofstream(std::filesystem::path(directory) / name) << count << '\n';
}

}  // namespace synthetics::tests
