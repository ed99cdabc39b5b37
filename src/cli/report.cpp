#include "cli/report.h"

#include <algorithm>
#include <cstdio>
#include <sstream>

#include "base/utf8.h"
#include "cli/commands.h"
#include "cli/table.h"
#include "net/http.h"

namespace heat::cli {

namespace {

/// "  --> app.yaml:7:11" and the line with a caret.
std::string shown_at(const Position& position, std::string_view line) {
  std::string text = "  --> " + position.str() + "\n";
  if (line.empty()) return text;
  const std::string number = std::to_string(position.line);
  const std::string margin(number.size() + 1, ' ');
  std::size_t before = 0;  // bytes
  for (int i = 1; i < position.column && before < line.size(); ++i) next_point(line, before);
  const std::size_t indent = display_width(line.substr(0, before));
  text += " " + margin + "|\n";
  text += " " + number + " | " + std::string(line) + "\n";
  text += " " + margin + "| " + std::string(indent, ' ') + "^\n";
  return text;
}

int exit_code(const Error& error) {
  switch (error.http_status()) {
    case 404:
      return NotThere;
    case 503:
    case 504:
      return NoAnswer;
    default:
      return Failed;
  }
}

}  // namespace

std::pair<Path, std::string> split_path(const std::string& message) {
  const std::size_t colon = message.find(": ");
  if (colon == message.npos || message.substr(0, colon).find(' ') != message.npos)
    return {{}, message};
  Path path;
  std::string step;
  for (const char c : message.substr(0, colon)) {
    if (c == '.' || c == '[' || c == ']') {
      if (!step.empty()) path.push_back(std::exchange(step, ""));
    } else {
      step += c;
    }
  }
  if (!step.empty()) path.push_back(step);
  return {std::move(path), message.substr(colon + 2)};
}

std::string told(const Diagnostic& problem, const Document* document) {
  std::string text = "error: " + problem.message + "\n";
  if (problem.position)
    return text + shown_at(*problem.position,
                           document ? document->line(problem.position->line) : std::string_view());
  if (!problem.path.empty()) text += "  --> " + to_string(problem.path) + "\n";
  return text;
}

std::string told(const std::string& message, std::string_view text, std::size_t at) {
  const std::string_view before = text.substr(0, at);
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  const int line = 1 + static_cast<int>(std::ranges::count(before, '\n'));
  const int column = 1 + static_cast<int>(count_points(before.substr(line_begin)));
  return "error: " + message + "\n" + shown_at({"expression", line, column}, line_of(text, line));
}

std::string told(const std::string& message, const Document& document) {
  std::istringstream in(message);
  std::string text;
  for (std::string line; std::getline(in, line);) {
    line.erase(0, line.find_first_not_of(' '));
    auto [path, rest] = split_path(line);
    const auto position = path.empty() ? std::nullopt : document.position(path);
    text += position ? "error: " + rest + "\n" + shown_at(*position, document.line(position->line))
                     : (text.empty() ? "error: " : "") + line + "\n";
  }
  return text;
}

int reporting(const std::function<int()>& run) {
  try {
    return run();
  } catch (const Error& error) {
    const Diagnostic problem{error.kind(), error.message(), error.path(), error.position()};
    std::fputs(told(problem, nullptr).c_str(), stderr);
    return exit_code(error);
  } catch (const HttpNoAnswer& problem) {
    std::fprintf(stderr, "error: No answer: %s\n", problem.reason.c_str());
    return NoAnswer;
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "error: %s\n", problem.what());
    return Failed;
  }
}

}  // namespace heat::cli
