#include "cli/report.h"

#include <cstdio>

#include "cli/bundle.h"
#include "cli/commands.h"
#include "cli/progress.h"
#include "net/http.h"

namespace heat::cli {

namespace {

constexpr std::string_view kRed = "\x1b[1;31m", kYellow = "\x1b[1;33m", kBlue = "\x1b[34m",
                           kBold = "\x1b[1m", kPlain = "\x1b[0m";

std::string painted(std::string_view text, std::string_view colour) {
  return std::string(colour) + std::string(text) + std::string(kPlain);
}

/// The picture of a place: what frames the line in blue, the caret in the colour of `what`.
std::string painted_picture(const std::string& picture, std::string_view caret) {
  std::string result;
  std::size_t begin = 0;
  for (int row = 0; begin < picture.size(); ++row) {
    const std::size_t end = std::min(picture.find('\n', begin), picture.size());
    const std::string_view line = std::string_view(picture).substr(begin, end - begin);
    const std::size_t bar = row == 0 ? line.size() : std::min(line.find('|') + 1, line.size());
    result += painted(line.substr(0, bar), kBlue);
    result += row == 3 ? painted(line.substr(bar), caret) : std::string(line.substr(bar));
    result += '\n';
    begin = end + 1;
  }
  return result;
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
  if (colon == message.npos || message.substr(0, colon).find_first_of(" \n'\"") != message.npos)
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

Path path_of(const Value& steps) {
  Path path;
  if (steps.is_list())
    for (const Value& step : steps.as_list()) path.push_back(step.string_or(""));
  return path;
}

Error refusal(const Value& body, int status) {
  const Value& error = body["error"];
  const ErrorKind otherwise = status == 404 ? ErrorKind::EntityNotFound : ErrorKind::HTTPBadRequest;
  const auto kind_of = [otherwise](const Value& told) {
    return error_kind_named(told["type"].string_or("")).value_or(otherwise);
  };
  const std::string nothing = "The server answered " + std::to_string(status) + ".";
  Error refusal(kind_of(error), error["message"].string_or(nothing));
  if (!error["problems"].is_list()) return refusal;
  std::vector<Error> parts;
  for (const Value& problem : error["problems"].as_list()) {
    parts.emplace_back(kind_of(problem), problem["message"].string_or(""),
                       path_of(problem["path"]));
    if (problem["file"].is_string()) parts.back().at({problem["file"].as_string()});
  }
  return refusal.telling(std::move(parts));
}

std::vector<Diagnostic> problems_of(const Error& error, const Bundle* bundle) {
  std::vector<Diagnostic> problems;
  for (const Error& part : error.parts()) {
    Diagnostic problem{part.kind(), part.message(), part.path(), part.position()};
    if (problem.path.empty()) {
      auto [path, rest] = split_path(problem.message);
      if (bundle && bundle->position(path)) {
        problem.path = std::move(path);
        problem.message = std::move(rest);
      }
    }
    if (bundle) bundle->place(problem);
    problems.push_back(std::move(problem));
  }
  return problems;
}

std::string told(std::string_view what, const Diagnostic& problem, bool colour) {
  const std::string_view paint = what == "error" ? kRed : kYellow;
  std::string text = colour ? painted(what, paint) + painted(": " + problem.message, kBold)
                            : std::string(what) + ": " + problem.message;
  if (!text.ends_with('\n')) text += '\n';
  std::string picture;
  if (problem.position)
    picture = problem.position->picture();
  else if (!problem.path.empty())
    picture = "  --> " + to_string(problem.path) + "\n";
  return text + (colour ? painted_picture(picture, paint) : picture);
}

void tell(std::string_view what, const std::vector<Diagnostic>& problems) {
  const bool colour = Progress::Screen::of(stderr).colour;
  for (const Diagnostic& problem : problems)
    std::fputs(told(what, problem, colour).c_str(), stderr);
}

int reporting(const std::function<int()>& run) {
  try {
    return run();
  } catch (const Error& error) {
    tell("error", problems_of(error, nullptr));
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
