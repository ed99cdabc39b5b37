#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace heat::log {

enum class Level { Debug, Info, Warning, Error };
enum class Format { Text, Json };

/// Key and value; values are text, already free of secrets.
using Fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// Before the first message; until then messages of Warning and above go to stderr as text.
/// An empty `file` is stderr.
void configure(Level level, Format format, const std::string& file);

void debug(std::string_view message, Fields fields = {});
void info(std::string_view message, Fields fields = {});
void warning(std::string_view message, Fields fields = {});
void error(std::string_view message, Fields fields = {});

}  // namespace heat::log
