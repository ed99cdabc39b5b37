#include "resource/properties.h"

#include <algorithm>
#include <span>

#include "async/task_group.h"
#include "base/error.h"
#include "resource/behaviour.h"

namespace heat {

namespace {

using Names = std::vector<std::string>;

Path below(const Path& path, const std::string& key) {
  Path longer = path;
  longer.push_back(key);
  return longer;
}

bool given(const Map& map, const std::string& key) {
  const Value* value = map.find(key);
  return value != nullptr && !value->is_null();
}

/// Moves the value of `from` to `to` in one map. A list takes a single value as its only item.
Value moved(const Value& written, const std::string& from, const std::string& to, bool to_list,
            const Path& path, Diagnostics& problems) {
  if (!given(written.as_map(), from)) return written;
  Map map = written.as_map();
  if (given(map, to)) {
    problems.add(ErrorKind::ResourcePropertyConflict,
                 "Cannot define " + to + " and " + from +
                     " at the same time: they are one "
                     "property, and " +
                     to + " is its name today.",
                 path);
    return written;
  }
  Value value = *map.find(from);
  if (to_list && !value.is_list()) value = List{value};
  map.erase(from);
  map.set(to, std::move(value));
  return map;
}

/// Whether one of the maps that `parents` leads to has a member of that name.
bool leads_to(const Value& value, std::span<const std::string> parents, const std::string& name) {
  if (value.is_list())
    return std::ranges::any_of(value.as_list(),
                               [&](const Value& item) { return leads_to(item, parents, name); });
  if (parents.empty()) return value.find(name) != nullptr;
  const Value* inner = value.find(parents.front());
  return inner && leads_to(*inner, parents.subspan(1), name);
}

/// Applies a renaming to each map that `parents` leads to.
Value renamed(const Value& value, std::span<const std::string> parents, const std::string& from,
              const std::string& to, const Path& path, Diagnostics& problems) {
  if (value.is_list()) {
    List items;
    for (std::size_t i = 0; i < value.as_list().size(); ++i)
      items.push_back(
          renamed(value.as_list()[i], parents, from, to, below(path, std::to_string(i)), problems));
    return items;
  }
  if (!value.is_map()) return value;
  if (parents.empty()) return moved(value, from, to, false, path, problems);
  const Value* inner = value.find(parents.front());
  if (inner == nullptr) return value;
  Map map = value.as_map();
  map.set(parents.front(),
          renamed(*inner, parents.subspan(1), from, to, below(path, parents.front()), problems));
  return map;
}

Value with_new_names(const ResourceType& type, Value raw, const Path& path, Diagnostics& problems) {
  for (const Translation& rule : type.translations) {
    if (rule.rule != Translation::Rule::Replace) continue;
    if (!rule.value_path.empty()) {
      const Schema* target = type.property(rule.path.front());
      raw = moved(raw, rule.value_path.front(), rule.path.front(),
                  target != nullptr && target->type == Type::List, path, problems);
    } else {
      const std::span parents(rule.path.data(), rule.path.size() - 1);
      if (leads_to(raw, parents, rule.value_name))
        raw = renamed(raw, parents, rule.value_name, rule.path.back(), path, problems);
    }
  }
  return raw;
}

/// Gives the properties that were meant by unknown names.
std::set<std::string> complain_of_unknown(const ResourceType& type, const Map& raw,
                                          const Path& path, Diagnostics& problems) {
  std::set<std::string> meant;
  for (const auto& entry : raw) {
    if (type.property(entry.key) != nullptr) continue;
    Names known;
    for (const auto& [name, schema] : type.properties.members)
      if (schema.support_status != "HIDDEN") known.push_back(name);
    problems.add(ErrorKind::StackValidationFailed,
                 "Unknown Property " + entry.key + "." + did_you_mean(entry.key, known),
                 below(path, entry.key));
    meant.insert(nearest(entry.key, known));
  }
  return meant;
}

/// The value with every name that `path` leads to replaced by its id.
Task<Value> with_ids(Value value, std::span<const std::string> path, const Finder& finder,
                     Session& session) {
  if (value.is_list()) {
    List items;
    for (const Value& item : value.as_list())
      items.push_back(co_await with_ids(item, path, finder, session));
    co_return items;
  }
  if (path.empty()) {
    if (!value.is_string() || value.as_string().empty()) co_return value;
    co_return co_await session.find_id(finder, value.as_string());
  }
  const Value* inner = value.find(path.front());
  if (inner == nullptr) co_return value;
  Map map = value.as_map();
  map.set(path.front(), co_await with_ids(*inner, path.subspan(1), finder, session));
  co_return map;
}

/// The constraint that asks for a service's extension: this and the service.
constexpr std::string_view kExtension = "extension of ";

Task<> ask_for_extension(const Question& question, Session& session, Diagnostics& problems) {
  CloudRequest request;
  request.service = question.constraint.substr(kExtension.size());
  request.path = "/v2.0/extensions/" + question.value.as_string();
  if (!co_await session.find(request))
    problems.add(ErrorKind::ResourceTypeUnavailable,
                 "The " + request.service + " service here lacks the extension '" +
                     question.value.as_string() + "' that this resource type needs.",
                 question.path);
}

Task<> ask_one(const Question& question, const Finder& finder, Session& session,
               Diagnostics& problems) {
  try {
    (void)co_await session.find_id(finder, question.value.as_string());
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::EntityNotFound &&
        error.kind() != ErrorKind::PhysicalResourceNameAmbiguity)
      throw;
    problems.add(ErrorKind::StackValidationFailed,
                 "Error validating value '" + question.value.as_string() + "': " + error.message(),
                 question.path);
  }
}

/// What `named` says of a property; null where nothing.
const Value* written_in(const Value& named, const std::string& property) {
  const Value* value = named.find(property);
  return value == nullptr || value->is(Value::Kind::Omitted) ? nullptr : value;
}

/// What a property is where nothing is written.
Value unwritten(const Schema& property) {
  Diagnostics none;
  return property.default_value ? convert(property, *property.default_value, {}, none) : Value();
}

}  // namespace

Value shape(const ResourceType& type, const Value& raw, const Path& path, Diagnostics& problems,
            Questions& questions) {
  if (type.behaviour && type.behaviour->placeholder()) return Map();
  const std::size_t before = problems.added();
  if (!raw.is_null() && !raw.is_map()) {
    problems.add(ErrorKind::StackValidationFailed, "Properties must be a map.", path);
    return Map();
  }
  const Value written = raw.is_null() ? Value(Map()) : raw;
  const auto meant = complain_of_unknown(type, written.as_map(), path, problems);
  const Value named = with_new_names(type, written, path, problems);
  Map all;
  all.reserve(type.properties.members.size());
  Path here = below(path, "");
  for (const auto& [name, schema] : type.properties.members) {
    if (const Value* value = written_in(named, name)) {
      here.back() = name;
      Value converted = convert(schema, *value, here, problems);
      check_constraints(schema, converted, here, problems, questions);
      all.add(name, std::move(converted));
      continue;
    }
    if (schema.required && !schema.default_value && !meant.contains(name))
      problems.add(ErrorKind::StackValidationFailed, "Property " + name + " not assigned", path);
    all.add(name, unwritten(schema));
  }
  Value result(std::move(all));
  if (!type.extension.empty())
    questions.push_back({std::string(kExtension) + type.service, type.extension, path});
  if (type.behaviour && problems.added() == before)
    type.behaviour->validate(result, path, problems);
  return result;
}

Value shape_one(const ResourceType& type, const std::string& name, const WrittenProperty& written) {
  if (type.behaviour && type.behaviour->placeholder()) return {};
  Map raw;
  const auto take = [&](const std::string& key) {
    if (raw.contains(key)) return;
    if (auto value = written(key)) raw.set(key, *std::move(value));
  };
  take(name);
  for (const Translation& rule : type.translations)
    if (rule.rule == Translation::Rule::Replace && !rule.value_path.empty() &&
        rule.path.front() == name)
      take(rule.value_path.front());
  Diagnostics untold;
  const Value named = with_new_names(type, std::move(raw), {}, untold);
  const Schema* property = type.property(name);
  if (property == nullptr) return {};
  const Value* value = written_in(named, name);
  return value ? convert(*property, *value, {}, untold) : unwritten(*property);
}

Task<Value> resolve(const ResourceType& type, Value shaped, const Registry& registry,
                    Session& session) {
  for (const Translation& rule : type.translations) {
    if (rule.rule != Translation::Rule::Resolve) continue;
    const Finder* finder = registry.finder(rule.finder);
    check(finder != nullptr, "a type names a finder that there is not");
    shaped = co_await with_ids(std::move(shaped), rule.path, *finder, session);
  }
  co_return shaped;
}

Task<Questions> ask(Questions questions, const Registry& registry, Session& session, Loop& loop,
                    Diagnostics& problems) {
  Questions unanswered;
  std::set<std::string> extensions;  // each is asked for once
  std::vector<std::pair<const Question*, const Finder*>> to_ask;
  for (const Question& question : questions) {
    const Finder* finder = registry.finder(question.constraint);
    const bool extension = question.constraint.starts_with(kExtension);
    if (extension && !extensions.insert(question.constraint + question.value.as_string()).second)
      continue;
    if (extension)
      to_ask.emplace_back(&question, nullptr);
    else if (finder == nullptr || !question.value.is_string())
      unanswered.push_back(question);
    else
      to_ask.emplace_back(&question, finder);
  }
  // Each has its own list, so that problems come in the order of the questions, not the answers.
  std::vector<Diagnostics> found(to_ask.size());
  TaskGroup group(loop);
  for (std::size_t i = 0; i < to_ask.size(); ++i) {
    const auto& [question, finder] = to_ask[i];
    group.spawn(finder == nullptr ? ask_for_extension(*question, session, found[i])
                                  : ask_one(*question, *finder, session, found[i]));
  }
  co_await group.join();
  for (const Diagnostics& some : found)
    for (const Diagnostic& problem : some.all())
      problems.add(problem.kind, problem.message, problem.path);
  co_return unanswered;
}

}  // namespace heat
