// The log: lines to the standard error stream, as text or as JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace synthetics::server {

enum class LogLevel { kDebug, kInfo, kWarning, kError, kOff };
enum class LogFormat { kText, kJson };

std::optional<LogLevel> ParseLogLevel(std::string_view name);    // debug, info, warning, error, off
std::optional<LogFormat> ParseLogFormat(std::string_view name);  // text, json

// Until this is called, text from `info` on.
void SetUpLog(LogLevel level, LogFormat format);

// A value that stands by itself in a JSON line, and as `name=value` in a text line.
struct LogField {
  std::string_view name;
  std::variant<std::string, std::int64_t> value;
};

// Whether a line of this level is written at all.
bool Logs(LogLevel level);

void Log(LogLevel level, std::string_view message, const std::vector<LogField>& fields = {});

}  // namespace synthetics::server
