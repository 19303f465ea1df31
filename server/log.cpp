#include "server/log.hpp"

#include <array>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "api/json_writer.hpp"
#include "state/names.hpp"

namespace synthetics::server {
namespace {

constexpr state::NameTable<LogLevel, 5> kLevels{{
    {LogLevel::kDebug, "debug"},
    {LogLevel::kInfo, "info"},
    {LogLevel::kWarning, "warning"},
    {LogLevel::kError, "error"},
    {LogLevel::kOff, "off"},
}};

constexpr state::NameTable<LogFormat, 2> kFormats{{
    {LogFormat::kText, "text"},
    {LogFormat::kJson, "json"},
}};

spdlog::level::level_enum SpdlogLevel(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
    case LogLevel::kOff:
      return spdlog::level::off;
  }
  return spdlog::level::off;
}

std::string Printable(std::string_view text) {
  std::string printable(text);
  for (char& byte : printable) {
    if (static_cast<unsigned char>(byte) < ' ' || byte == '\x7f') byte = '?';
  }
  return printable;
}

class Logger {
 public:
  static Logger& Get() {
    static Logger logger;
    return logger;
  }

  void SetUp(LogLevel level, LogFormat format) {
    format_ = format;
    logger_.set_level(SpdlogLevel(level));
    logger_.set_pattern(format == LogFormat::kText
                            ? "%Y-%m-%dT%H:%M:%S.%eZ %l %v"
                            : R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})",
                        spdlog::pattern_time_type::utc);
  }

  bool Writes(LogLevel level) const { return logger_.should_log(SpdlogLevel(level)); }

  void Write(LogLevel level, std::string_view message, const std::vector<LogField>& fields) {
    if (!Writes(level)) return;
    const std::string line =
        format_ == LogFormat::kText ? TextLine(message, fields) : JsonLine(message, fields);
    logger_.log(SpdlogLevel(level), spdlog::string_view_t(line));
  }

 private:
  Logger() : logger_("synthetics-local", std::make_shared<spdlog::sinks::stderr_sink_st>()) {
    SetUp(LogLevel::kInfo, LogFormat::kText);
  }

  static std::string TextLine(std::string_view message, const std::vector<LogField>& fields) {
    std::string line = Printable(message);
    for (const LogField& field : fields) {
      line.append(" ").append(field.name).append("=");
      if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
        line += std::to_string(*number);
      } else {
        AppendValue(line, std::get<std::string>(field.value));
      }
    }
    return line;
  }

  // What a client sends must not look like a field, or begin a line, of its own.
  static void AppendValue(std::string& line, const std::string& text) {
    constexpr std::string_view kPlain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/%+,@";
    if (text.find_first_not_of(kPlain) == std::string::npos) {
      line += text;
      return;
    }
    api::JsonWriter quoted;
    quoted.String(text);
    line += quoted.Take();
  }

  // The members of the line's object, without its braces.
  static std::string JsonLine(std::string_view message, const std::vector<LogField>& fields) {
    api::JsonWriter writer;
    writer.BeginObject();
    writer.Key("message");
    writer.String(message);
    for (const LogField& field : fields) {
      writer.Key(field.name);
      if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
        writer.Integer(*number);
      } else {
        writer.String(std::get<std::string>(field.value));
      }
    }
    writer.EndObject();
    const std::string object = writer.Take();
    return object.substr(1, object.size() - 2);
  }

  spdlog::logger logger_;
  LogFormat format_ = LogFormat::kText;
};

}  // namespace

std::optional<LogLevel> ParseLogLevel(std::string_view name) {
  return state::ValueIn(kLevels, name);
}

std::optional<LogFormat> ParseLogFormat(std::string_view name) {
  return state::ValueIn(kFormats, name);
}

void SetUpLog(LogLevel level, LogFormat format) { Logger::Get().SetUp(level, format); }

bool Logs(LogLevel level) { return Logger::Get().Writes(level); }

void Log(LogLevel level, std::string_view message, const std::vector<LogField>& fields) {
  Logger::Get().Write(level, message, fields);
}

}  // namespace synthetics::server
