#include "template/environment.h"

#include <fnmatch.h>

#include <algorithm>
#include <array>

#include "template/environment_merge.h"
#include "template/resource_registry.h"
#include "text/write.h"

namespace heat {

namespace {

constexpr std::array kHooks = {"pre-create",  "pre-update",  "pre-delete",
                               "post-create", "post-update", "post-delete"};
constexpr std::array kRestrictedActions = {"update", "replace"};

const std::vector<std::string>& sections() {
  static const std::vector<std::string> names = {"parameters",        "parameter_defaults",
                                                 "resource_registry", "encrypted_param_names",
                                                 "event_sinks",       "parameter_merge_strategies"};
  return names;
}

[[noreturn]] void fail(std::string message) {
  throw Error(ErrorKind::ValueError, std::move(message));
}

/// Finds what is wrong with an environment.
class EnvironmentCheck {
 public:
  explicit EnvironmentCheck(Diagnostics& problems) : problems_(problems) {}

  void run(const Value& root) {
    if (!root.is_map())
      return problem(
          "An environment must be a map of sections, not a " + std::string(root.kind_name()) + ".",
          {}, ErrorKind::HTTPBadRequest);
    for (const auto& [name, section, kind] : root.as_map()) check_section(name, section, kind);
    check_registry(root["resource_registry"], {"resource_registry"});
    check_event_sinks(root["event_sinks"]);
  }

 private:
  void problem(std::string message, Path path, ErrorKind kind = ErrorKind::ValueError) {
    problems_.add(kind, std::move(message), std::move(path));
  }

  void check_section(const std::string& name, const Value& section, Value::Kind kind) {
    if (kind != Value::Kind::String || std::ranges::find(sections(), name) == sections().end())
      return problem(
          "'" + name + "' is no section of an environment." + did_you_mean(name, sections()),
          {name}, ErrorKind::HTTPBadRequest);
    if (section.is_null())
      return problem("The section '" + name + "' of the environment is empty.", {name});
    if (name == "encrypted_param_names" || name == "parameter_merge_strategies")
      return;  // only looked at where they are used
    const bool list = name == "event_sinks";
    const bool always = name == "parameters" || name == "resource_registry";
    if ((section.truthy() || always) && !(list ? section.is_list() : section.is_map()))
      problem("The section '" + name + "' of the environment must be a " + (list ? "list" : "map") +
                  ", not a " + std::string(section.kind_name()) + ".",
              {name});
  }

  template <std::size_t N>
  void check_words(const Value& value, const std::array<const char*, N>& known, ErrorKind kind,
                   const Path& path) {
    const List words = value.is_list() ? value.as_list() : List{value};
    const std::vector<std::string> names(known.begin(), known.end());
    for (const Value& word : words)
      if (std::ranges::find(names, word.string_or("")) == names.end())
        problem(to_json(word) + " is not allowed as '" + path.back() + "'." +
                    did_you_mean(word.string_or(""), names),
                path, kind);
  }

  void check_registry(const Value& registry, Path path) {
    if (!registry.is_map()) return;
    for (const auto& [name, entry, kind] : registry.as_map()) {
      path.push_back(name);
      if (!entry.is_null() && name == "hooks")
        check_words(entry, kHooks, ErrorKind::InvalidBreakPointHook, path);
      else if (!entry.is_null() && name == "restricted_actions")
        check_words(entry, kRestrictedActions, ErrorKind::InvalidRestrictedAction, path);
      else if (entry.is_map())
        check_registry(entry, path);
      else if (!entry.is_null() && (!entry.is_string() || path[path.size() - 2] == "resources"))
        problem("The registry maps names of types to names of types; this is a " +
                    std::string(entry.kind_name()) + ".",
                path);
      path.pop_back();
    }
  }

  /// There is one kind of sink: {type: zaqar-queue, target: name of the queue, ttl: seconds}.
  void check_event_sinks(const Value& sinks) {
    if (!sinks.is_list()) return;
    for (std::size_t i = 0; i < sinks.as_list().size(); ++i)
      check_event_sink(sinks[i], {"event_sinks", std::to_string(i)});
  }

  void check_event_sink(const Value& sink, const Path& path) {
    const std::string type = sink["type"].string_or("");
    if (type.empty()) return problem("An event sink needs a 'type'.", path);
    if (type != "zaqar-queue")
      return problem("There is no event sink '" + type + "'; there is zaqar-queue." +
                         did_you_mean(type, {"zaqar-queue"}),
                     path);
    if (!sink["target"].truthy()) problem("An event sink needs a 'target', a queue.", path);
    for (const auto& [key, value, kind] : sink.as_map())
      if (key != "type" && key != "target" && key != "ttl")
        problem("'" + key + "' is no part of an event sink." +
                    did_you_mean(key, {"type", "target", "ttl"}),
                path);
  }

  Diagnostics& problems_;
};

}  // namespace

Environment Environment::parse(const Document& document) {
  const Value root = document.root().is_null() ? Value(Map{}) : document.root();
  Diagnostics problems;
  EnvironmentCheck(problems).run(root);
  for (Diagnostic& problem : problems.all()) problem.position = document.position(problem.path);
  problems.raise();
  Environment environment;
  const auto take = [&](const char* name, Value& into) {
    if (const Value* section = root.find(name)) into = *section;
  };
  take("parameters", environment.parameters);
  take("parameter_defaults", environment.parameter_defaults);
  take("resource_registry", environment.resource_registry);
  take("encrypted_param_names", environment.encrypted_param_names);
  take("event_sinks", environment.event_sinks);
  take("parameter_merge_strategies", environment.parameter_merge_strategies);
  return environment;
}

void Environment::merge(const Environment& other) {
  parameters = merged(parameters, other.parameters, Depth::Shallow);
  parameter_defaults = merged(parameter_defaults, other.parameter_defaults, Depth::Shallow);
  resource_registry = merged(resource_registry, other.resource_registry, Depth::Shallow);
  encrypted_param_names = appended(encrypted_param_names, other.encrypted_param_names);
  event_sinks = appended(event_sinks, other.event_sinks);
  if (!other.parameter_merge_strategies.is_null())
    parameter_merge_strategies = other.parameter_merge_strategies;
}

void Environment::merge_files(const std::vector<std::string>& names, const Value& files,
                              const Template& tmpl) {
  if (names.empty()) return;
  ParameterMerge merge(tmpl, files);
  for (const std::string& name : names) {
    const Value* text = files.find(name);
    if (!text || !text->is_string())
      fail("The environment file '" + name + "' is not among the files given.");
    Environment file = parse(Document::read(text->as_string(), name));
    merge.begin(name, std::exchange(file.parameter_merge_strategies, Value()));
    file.parameters = merge.over(parameters, file.parameters);
    file.parameter_defaults = merge.over(parameter_defaults, file.parameter_defaults);
    parameters = Map{};
    parameter_defaults = Map{};
    this->merge(file);
  }
}

Value Environment::to_value() const {
  Map map{{"resource_registry", resource_registry},
          {"parameters", parameters},
          {"parameter_defaults", parameter_defaults},
          {"event_sinks", event_sinks},
          {"encrypted_param_names", encrypted_param_names}};
  if (!parameter_merge_strategies.is_null())
    map.set("parameter_merge_strategies", parameter_merge_strategies);
  return map;
}

MappedType Environment::resolve_type(const std::string& type, const std::string& resource_name,
                                     const std::function<bool(const std::string&)>& exists,
                                     const Value& operators) const {
  return TypeMappings(resource_registry, operators, resource_name, exists).resolve(type);
}

Environment Environment::below(const std::string& resource_name, const Path& mapping,
                               Value own_parameters) const {
  Environment environment;
  environment.parameters = std::move(own_parameters);
  environment.parameter_defaults = parameter_defaults;
  environment.event_sinks = event_sinks;
  environment.resource_registry = registry_below(resource_registry, resource_name, mapping);
  return environment;
}

namespace {

/// The words under `key` of all entries whose pattern fits the resource's name.
std::set<std::string> words_for(const Value& registry, const std::string& resource_name,
                                std::string_view key) {
  std::set<std::string> words;
  const Value& patterns = registry["resources"];
  if (!patterns.is_map()) return words;
  for (const auto& [pattern, entry, kind] : patterns.as_map()) {
    if (fnmatch(pattern.c_str(), resource_name.c_str(), FNM_NOESCAPE) != 0) continue;
    const Value& written = entry[key];
    if (written.is_string()) words.insert(written.as_string());
    if (written.is_list())
      for (const Value& word : written.as_list()) words.insert(word.string_or(""));
  }
  return words;
}

}  // namespace

std::set<std::string> Environment::hooks(const std::string& resource_name) const {
  return words_for(resource_registry, resource_name, "hooks");
}

std::set<std::string> Environment::restricted_actions(const std::string& resource_name) const {
  return words_for(resource_registry, resource_name, "restricted_actions");
}

}  // namespace heat
