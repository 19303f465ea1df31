// The one source of chance. Its whole state is one number, kept in the database, so that a restart
// does not change the future and the same seed repeats the past.
#pragma once

#include <cstdint>
#include <string>

namespace synthetics::state {

// SplitMix64. The standard library's distributions differ between implementations; these do not.
class Random {
 public:
  explicit Random(std::uint64_t state = 0) : state_(state) {}

  bool operator==(const Random&) const = default;

  std::uint64_t Next();

  // Evenly distributed over `low` to `high`, both included.
  std::int64_t Between(std::int64_t low, std::int64_t high);

  // True with this probability, 0 to 1; nothing is drawn where it is certain.
  bool Happens(double probability);

  // A version 4 UUID in lower case.
  std::string Uuid();

  // `count` lower-case letters and digits.
  std::string LettersAndDigits(std::size_t count);

  // `count` lower-case hexadecimal digits.
  std::string HexDigits(std::size_t count);

  std::uint64_t state() const { return state_; }

 private:
  std::uint64_t state_;
};

}  // namespace synthetics::state
