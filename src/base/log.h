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

/// Until it is called, messages of Warning and above go to stderr as text. An empty `file` is
/// stderr. Throws Error{ValueError} where the file can't be written.
void configure(Level level, Format format, const std::string& file);
/// Opens the file anew, for who moved the one before away. Throws as above; then it goes on in the
/// old one.
void reopen();

void debug(std::string_view message, Fields fields = {});
void info(std::string_view message, Fields fields = {});
void warning(std::string_view message, Fields fields = {});
void error(std::string_view message, Fields fields = {});

}  // namespace heat::log
