#include "state/random.hpp"

#include <string_view>

namespace synthetics::state {

std::uint64_t Random::Next() {
  state_ += 0x9e3779b97f4a7c15;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

std::int64_t Random::Between(std::int64_t low, std::int64_t high) {
  const auto span = static_cast<std::uint64_t>(high - low) + 1;
  // The last, incomplete stretch of the 64-bit numbers would favour the low results.
  const std::uint64_t unfair = span == 0 ? 0 : (0 - span) % span;
  std::uint64_t drawn = Next();
  while (drawn < unfair) drawn = Next();
  return low + static_cast<std::int64_t>(span == 0 ? drawn : drawn % span);
}

bool Random::Happens(double probability) {
  if (probability <= 0) return false;
  if (probability >= 1) return true;
  constexpr std::int64_t kSteps = std::int64_t{1} << 53;  // all of them are exact doubles
  return static_cast<double>(Between(0, kSteps - 1)) < probability * static_cast<double>(kSteps);
}

std::string Random::LettersAndDigits(std::size_t count) {
  constexpr std::string_view kCharacters = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::string text;
  while (text.size() < count) {
    text.push_back(kCharacters[static_cast<std::size_t>(Between(0, kCharacters.size() - 1))]);
  }
  return text;
}

std::string Random::HexDigits(std::size_t count) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string digits;
  for (std::uint64_t drawn = 0; digits.size() < count; drawn >>= 4) {
    if (digits.size() % 16 == 0) drawn = Next();
    digits.push_back(kDigits[drawn & 0xf]);
  }
  return digits;
}

std::string Random::Uuid() {
  constexpr std::string_view kVariants = "89ab";
  std::string uuid = HexDigits(32);
  uuid[12] = '4';
  uuid[16] = kVariants[static_cast<unsigned char>(uuid[16]) % kVariants.size()];
  for (const std::size_t dash : {8U, 13U, 18U, 23U}) uuid.insert(dash, 1, '-');
  return uuid;
}

}  // namespace synthetics::state
