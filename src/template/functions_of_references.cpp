#include <algorithm>

#include "base/utf8.h"
#include "schema/numbers.h"
#include "schema/schema.h"
#include "template/functions.h"

namespace heat {

namespace {

using Kind = Value::Kind;

/// Whether a text that spells an integer counts as one where a list or text is looked into.
enum class TextIndex { Counts, Fails };

/// One step into a list or text, as Python's collection[key] gives it; nothing where it leads
/// nowhere.
std::optional<Value> step_into(const Value& collection, const Value& key, TextIndex text) {
  if (!collection.is_list() && !collection.is_string()) return std::nullopt;
  Value index = key.is_bool() ? Value(std::int64_t{key.as_bool()}) : key;
  if (key.is_string() && text == TextIndex::Counts)
    index = read_integer(key.as_string()).value_or(Value());
  if (!index.is_int()) return std::nullopt;
  const bool list = collection.is_list();
  const auto size = static_cast<std::int64_t>(list ? collection.as_list().size()
                                                   : count_points(collection.as_string()));
  const std::int64_t at = index.as_int() < 0 ? index.as_int() + size : index.as_int();
  if (at < 0 || at >= size) return std::nullopt;
  if (list) return collection.as_list()[static_cast<std::size_t>(at)];
  std::size_t begin = 0;
  for (std::int64_t i = 0; i < at; ++i) next_point(collection.as_string(), begin);
  std::size_t end = begin;
  next_point(collection.as_string(), end);
  return collection.as_string().substr(begin, end - begin);
}

/// Follows `path` from its item `first` on; `otherwise` where it leads nowhere.
Value follow(const Value& value, const List& path, std::size_t first, TextIndex text,
             const Value& otherwise) {
  const Value* at = &value;
  Value item;
  for (std::size_t i = first; i < path.size() && !at->is(Kind::Unknown); ++i) {
    if (at->is_map() && path[i].is_string()) {
      at = at->find(path[i].as_string());
      if (!at) return otherwise;
      continue;
    }
    auto next = step_into(*at, path[i], text);
    if (!next) return otherwise;
    item = *std::move(next);
    at = &item;
  }
  return *at;
}

}  // namespace

Value get_param(const Node& argument, Evaluation& evaluation) {
  if (argument.constant && argument.source().is_string() && argument.source().truthy())
    return evaluation.scope.parameter(argument.source().as_string());  // nearly always
  const Value args = evaluation.value(argument);
  if (contains_unknown(args)) return Value::unknown();
  if (!args.truthy()) wrong_argument("'get_param' needs the name of a parameter.");
  if (!args.is_string() && !args.is_list())
    wrong_argument("'get_param' takes a name, or a list of a name and a path into its value.");
  const Value& name = args.is_list() ? args.as_list().front() : args;
  if (!name.is_string()) wrong_argument("The name of a parameter in 'get_param' must be text.");
  const Value& value = evaluation.scope.parameter(name.as_string());
  if (!args.is_list()) return value;
  static const Value nothing("");
  return follow(value, args.as_list(), 1, TextIndex::Counts, nothing);
}

std::string check_get_resource(const Node& argument, std::string_view name) {
  const bool named = argument.is_call() || argument.kind == Node::Kind::Literal;
  return named ? std::string() : takes(name, "the name of a resource.");
}

Value get_resource(const Node& argument, Evaluation& evaluation) {
  const Value name = evaluation.value(argument);
  if (name.is(Kind::Unknown)) return name;
  if (!name.is_string())
    throw Error(
        ErrorKind::InvalidTemplateReference,
        "A resource is referred to by its name, not by a " + std::string(name.kind_name()) + ".");
  if (auto reference = evaluation.scope.reference(name.as_string())) return *std::move(reference);
  evaluation.missing.references.insert(name.as_string());
  return Value::unknown();
}

std::string check_get_attr(const Node& argument, std::string_view name) {
  if (argument.kind == Node::Kind::List && argument.items.size() >= 2) return {};
  return takes(name, "a list: a resource, an attribute, and a path into its value if need be.");
}

std::string check_get_attr_or_all(const Node& argument, std::string_view name) {
  // The original looks at the length of whatever has one: text of one character passes.
  const bool one =
      argument.source().is_string() && count_points(argument.source().as_string()) == 1;
  if (one || (argument.kind == Node::Kind::List && !argument.items.empty())) return {};
  return takes(name,
               "a list: a resource, an attribute, and a path into its value if need be; or a "
               "resource only, for all of its attributes.");
}

namespace {

/// Whether the original keeps the paths that are read, for which each step must be a key.
enum class Paths { AreKept, AreNot };

Value attribute(const Node& argument, Evaluation& evaluation, Paths paths) {
  const bool list = argument.kind == Node::Kind::List;
  const Value args = list ? evaluation.argument(argument) : Value(List{argument.source()});
  const Value resource = part(args, 0), name = part(args, 1);
  if (contains_unknown(resource) || contains_unknown(name)) return Value::unknown();
  const bool all = args.as_list().size() < 2 || (name.is_null() && argument.items.size() > 1);
  if (!resource.is_string()) wrong_argument("The resource must be named by text.");
  if (!all && !name.is_string()) wrong_argument("The attribute must be named by text.");
  const std::string read = all ? "*" : name.as_string();
  auto value = evaluation.scope.attribute(resource.as_string(), read);
  for (const Value& step : args.as_list())
    if (paths == Paths::AreKept && (step.is_list() || step.is_map()))
      wrong_argument("A path into an attribute can't lead over a " + std::string(step.kind_name()) +
                     ".");
  if (!value) {
    evaluation.missing.attributes.insert({resource.as_string(), read});
    return Value::unknown();
  }
  const Value path = present(args);
  if (contains_unknown(path)) return Value::unknown();
  return follow(*value, path.as_list(), all ? path.as_list().size() : 2, TextIndex::Fails, {});
}

}  // namespace

Value get_attr(const Node& argument, Evaluation& evaluation) {
  return attribute(argument, evaluation, Paths::AreKept);
}

Value get_attr_then_select(const Node& argument, Evaluation& evaluation) {
  return attribute(argument, evaluation, Paths::AreNot);
}

Value get_file(const Node& argument, Evaluation& evaluation) {
  const Value name = evaluation.value(argument);
  if (name.is(Kind::Unknown)) return name;
  if (!name.is_string()) wrong_argument("'get_file' takes the name of a file.");
  return evaluation.scope.file(name.as_string());
}

std::string check_resource_facade(const Node& argument, std::string_view name) {
  for (const std::string_view what : {"metadata", "deletion_policy", "update_policy"})
    if (!argument.is_call() && argument.source() == Value(what)) return {};
  return takes(name, "one of metadata, deletion_policy and update_policy.");
}

Value resource_facade(const Node& argument, Evaluation& evaluation) {
  return evaluation.scope.facade(argument.source().as_string());
}

}  // namespace heat
