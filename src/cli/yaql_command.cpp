#include <cstdio>

#include "cli/commands.h"
#include "cli/report.h"
#include "text/write.h"
#include "yaql/yaql.h"

namespace heat::cli {

namespace {

constexpr std::size_t kMost = 64 * 1024 * 1024;  // bytes of data

Value data_from_input() {
  std::string text;
  char part[65536];
  while (const std::size_t size = std::fread(part, 1, sizeof part, stdin)) {
    text.append(part, size);
    if (text.size() > kMost)
      throw Error(ErrorKind::HTTPBadRequest, "The data is larger than 64 MiB.");
  }
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) return {};
  try {
    return from_json(text);
  } catch (Error& error) {
    if (const auto position = error.position())
      error.at(
          {"standard input", position->line, position->column, position->text, position->caret});
    throw;
  }
}

}  // namespace

int run_yaql(const Options& options) {
  const std::string& text_of_expression = options.arguments[0];
  std::optional<yaql::Expression> expression;
  try {
    expression.emplace(text_of_expression);
  } catch (const yaql::Failure& failure) {
    if (!failure.at()) throw;
    tell("error", {{failure.kind(),
                    failure.message(),
                    {},
                    position_in(text_of_expression, *failure.at(), "expression")}});
    return Failed;
  }
  const Value result = to_value(expression->evaluate(Map{{"data", data_from_input()}}));
  std::string text = options.format == Format::Value && result.is_string() ? result.as_string()
                     : options.format == Format::Value                     ? to_json(result)
                                                                           : to_pretty_json(result);
  text += '\n';
  std::fwrite(text.data(), 1, text.size(), stdout);
  return Done;
}

}  // namespace heat::cli
