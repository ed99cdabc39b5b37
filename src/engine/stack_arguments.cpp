#include "engine/stack_arguments.h"

#include <algorithm>

#include "base/error.h"

namespace heat {

namespace {

constexpr std::size_t kLongestTag = 80, kLongestName = 255;

Value checked_tags(const Value& tags) {
  if (tags.is_null()) return {};
  if (!tags.is_list()) throw Error(ErrorKind::ValueError, "Invalid tags, not a list.");
  for (const Value& tag : tags.as_list()) {
    if (!tag.is_string()) throw Error(ErrorKind::ValueError, "Invalid tag: each must be a string.");
    const std::string& text = tag.as_string();
    if (text.size() > kLongestTag)
      throw Error(ErrorKind::ValueError,
                  "Invalid tag, \"" + text + "\" is longer than 80 characters.");
    if (text.find(',') != std::string::npos)
      throw Error(ErrorKind::ValueError, "Invalid tag, \"" + text + "\" contains a comma.");
  }
  return tags;
}

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool name_character(char c) {
  return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
}

}  // namespace

StackArguments StackArguments::read(const Value& args) { return read(args, StackRow()); }

StackArguments StackArguments::read(const Value& args, const StackRow& before) {
  StackArguments read;
  read.disable_rollback = before.disable_rollback;
  read.timeout_minutes = before.timeout_minutes;
  if (const Value* flag = args.find("disable_rollback"); flag != nullptr && !flag->is_null())
    read.disable_rollback = flag->truthy();
  if (const Value& minutes = args["timeout_mins"]; minutes.is_int() && minutes.as_int() != 0) {
    if (minutes.as_int() < 0 || minutes.as_int() > 1'000'000)
      throw Error(
          ErrorKind::ValueError,
          "Invalid timeout value " + std::to_string(minutes.as_int()) + ": give minutes above 0.");
    read.timeout_minutes = static_cast<int>(minutes.as_int());
  }
  const Value* tags = args.find("tags");
  const bool keep = tags == nullptr && args["existing"].truthy();
  read.tags = keep ? before.tags : checked_tags(args["tags"]);
  if (!args["adopt_stack_data"].is_null())
    throw Error(ErrorKind::NotSupported, "Stack Adopt is not supported.");
  return read;
}

void StackArguments::apply(StackRow& row) const {
  row.disable_rollback = disable_rollback;
  row.timeout_minutes = timeout_minutes;
  row.tags = tags;
}

Duration StackArguments::timeout(Duration otherwise) const {
  return timeout_minutes > 0 ? Duration(std::chrono::minutes(timeout_minutes)) : otherwise;
}

Value StackArguments::to_value() const {
  return Map{
      {"disable_rollback", disable_rollback}, {"timeout_mins", timeout_minutes}, {"tags", tags}};
}

void check_stack_name(const std::string& name) {
  if (!name.empty() && name.size() <= kLongestName && letter(name.front()) &&
      std::ranges::all_of(name, name_character))
    return;
  throw Error(ErrorKind::StackValidationFailed,
              "Invalid stack name " + name +
                  ": it must begin with a letter, hold only letters, digits and _-. and be at most "
                  "255 characters long.");
}

std::string_view preview_list(Decision::Kind kind) {
  switch (kind) {
    case Decision::Kind::Keep:
      return "unchanged";
    case Decision::Kind::Create:
      return "added";
    case Decision::Kind::Replace:
      return "replaced";
    case Decision::Kind::Delete:
      return "deleted";
    case Decision::Kind::Update:
    case Decision::Kind::Mend:
    case Decision::Kind::Later:
      return "updated";
  }
  check_failed("a decision without a list", std::source_location::current());
}

}  // namespace heat
