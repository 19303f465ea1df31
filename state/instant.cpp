#include "state/instant.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace synthetics::state {
namespace {

// Takes digits and signs off the front of a text; once something did not fit, everything fails.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  int Digits(std::size_t count) {
    int value = 0;
    if (rest_.size() < count) return Fail();
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + count, value);
    if (error != std::errc{} || end != rest_.data() + count || rest_.front() == '-') return Fail();
    rest_.remove_prefix(count);
    return value;
  }

  bool Take(char expected) {
    if (rest_.empty() || rest_.front() != expected) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void Expect(char expected) {
    if (!Take(expected)) Fail();
  }

  // Any number of digits after a point, as milliseconds.
  int Fraction() {
    int value = 0;
    int digits = 0;
    while (!rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9') {
      if (digits < 3) value = value * 10 + (rest_.front() - '0');
      ++digits;
      rest_.remove_prefix(1);
    }
    if (digits == 0) return Fail();
    for (; digits < 3; ++digits) value *= 10;
    return value;
  }

  bool Complete() const { return good_ && rest_.empty(); }

 private:
  int Fail() {
    good_ = false;
    return 0;
  }

  std::string_view rest_;
  bool good_ = true;
};

std::chrono::minutes Offset(Scanner& scanner) {
  if (scanner.Take('Z')) return std::chrono::minutes{0};
  const int sign = scanner.Take('-') ? -1 : 1;
  if (sign == 1) scanner.Expect('+');
  const int hours = scanner.Digits(2);
  scanner.Expect(':');
  const int minutes = scanner.Digits(2);
  return std::chrono::minutes{sign * (hours * 60 + minutes)};
}

}  // namespace

std::string ToIso(Instant instant) {
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{instant - day};
  std::array<char, 40> text{};
  int length = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
      static_cast<int>(time.seconds().count()));
  std::string iso(text.data(), static_cast<std::size_t>(length));
  if (time.subseconds().count() != 0) {
    length = std::snprintf(text.data(), text.size(), ".%03d",
                           static_cast<int>(time.subseconds().count()));
    iso.append(text.data(), static_cast<std::size_t>(length));
  }
  return iso + 'Z';
}

std::optional<Instant> ParseIso(std::string_view text) {
  Scanner scanner(text);
  const int year = scanner.Digits(4);
  scanner.Expect('-');
  const int month = scanner.Digits(2);
  scanner.Expect('-');
  const int day = scanner.Digits(2);
  scanner.Expect('T');
  const int hour = scanner.Digits(2);
  scanner.Expect(':');
  const int minute = scanner.Digits(2);
  scanner.Expect(':');
  const int second = scanner.Digits(2);
  const int millisecond = scanner.Take('.') ? scanner.Fraction() : 0;
  const std::chrono::minutes offset = Offset(scanner);

  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!scanner.Complete() || !date.ok() || hour > 23 || minute > 59 || second > 59) return {};
  const Instant instant = std::chrono::sys_days{date} + std::chrono::hours{hour} +
                          std::chrono::minutes{minute} + std::chrono::seconds{second} +
                          Duration{millisecond} - offset;
  if (instant < Instant{} || instant > kEndOfTime) return {};
  return instant;
}

}  // namespace synthetics::state
