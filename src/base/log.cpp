#include "base/log.h"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <vector>

#include "base/error.h"
#include "base/json_string.h"
#include "base/log_scope.h"

namespace heat::log {

namespace {

std::shared_ptr<spdlog::logger> make_logger(spdlog::sink_ptr sink, Level level, Format format) {
  constexpr spdlog::level::level_enum kLevels[] = {spdlog::level::debug, spdlog::level::info,
                                                   spdlog::level::warn, spdlog::level::err};
  auto made = std::make_shared<spdlog::logger>("heat", std::move(sink));
  const std::string time = "%Y-%m-%dT%H:%M:%S.%fZ";
  made->set_pattern(
      format == Format::Json ? R"({"time":")" + time + R"(","level":"%l",%v})" : time + " %-7l %v",
      spdlog::pattern_time_type::utc);
  made->set_level(kLevels[static_cast<int>(level)]);
  made->flush_on(spdlog::level::debug);
  return made;
}

/// Where lines go, and how. Replaced as a whole, while other threads write.
struct Out {
  Level level = Level::Warning;
  Format format = Format::Text;
  std::string file = {};
  std::shared_ptr<spdlog::logger> logger =
      make_logger(std::make_shared<spdlog::sinks::stderr_sink_mt>(), level, format);
};

std::atomic<std::shared_ptr<const Out>>& out() {
  static std::atomic<std::shared_ptr<const Out>> current = std::make_shared<const Out>();
  return current;
}

/// Calls `append` for the message's own fields, then for those of the scopes around it, of which
/// the nearest counts.
template <class Append>
void for_each_field(Fields fields, Append append) {
  std::vector<std::string_view> seen;
  const auto once = [&](std::string_view key, std::string_view value) {
    if (std::ranges::find(seen, key) != seen.end()) return;
    seen.push_back(key);
    append(key, value);
  };
  for (const auto& [key, value] : fields) once(key, value);
  for (const Common* scope = context.get(); scope != nullptr; scope = scope->outer.get())
    for (const auto& [key, value] : scope->fields) once(key, value);
}

std::string json_members(std::string_view message, Fields fields) {
  std::string text = R"("message":)";
  append_json_string(text, message);
  for_each_field(fields, [&text](std::string_view key, std::string_view value) {
    text += ',';
    append_json_string(text, key);
    text += ':';
    append_json_string(text, value);
  });
  return text;
}

/// A record stays one line and its fields stay apart, whatever a user wrote into them.
void append_text(std::string& out, std::string_view text, std::string_view special) {
  const bool plain = std::none_of(text.begin(), text.end(), [&](char c) {
    return static_cast<unsigned char>(c) < 0x20 || special.find(c) != std::string_view::npos;
  });
  if (plain)
    out += text;
  else
    append_json_string(out, text);
}

std::string text_line(std::string_view message, Fields fields) {
  std::string text;
  append_text(text, message, "");
  for_each_field(fields, [&text](std::string_view key, std::string_view value) {
    text += ' ';
    text += key;
    text += '=';
    append_text(text, value, " =\"");
  });
  return text;
}

void write(spdlog::level::level_enum level, std::string_view message, Fields fields) {
  const auto to = out().load();
  if (!to->logger->should_log(level)) return;
  to->logger->log(level, to->format == Format::Json ? json_members(message, fields)
                                                    : text_line(message, fields));
}

}  // namespace

void configure(Level level, Format format, const std::string& file) {
  spdlog::sink_ptr sink;
  try {
    if (file.empty())
      sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    else
      sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(file);
  } catch (const spdlog::spdlog_ex& problem) {
    throw heat::Error(ErrorKind::ValueError, "The log file '" + file +
                                                 "' can't be written: " + problem.what() +
                                                 ". Name another in log_file, or make its folder.");
  }
  out() = std::make_shared<const Out>(
      Out{level, format, file, make_logger(std::move(sink), level, format)});
}

void reopen() {
  const auto now = out().load();
  configure(now->level, now->format, now->file);
}

void debug(std::string_view message, Fields fields) {
  write(spdlog::level::debug, message, fields);
}
void info(std::string_view message, Fields fields) { write(spdlog::level::info, message, fields); }
void warning(std::string_view message, Fields fields) {
  write(spdlog::level::warn, message, fields);
}
void error(std::string_view message, Fields fields) { write(spdlog::level::err, message, fields); }

}  // namespace heat::log
