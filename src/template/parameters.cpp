#include "template/parameters.h"

#include <algorithm>
#include <set>

namespace heat {

namespace {

constexpr std::string_view kHidden = "******";
/// What AWS::Region is everywhere: templates look it up in their mappings, and mean Amazon's.
constexpr std::string_view kRegion = "ap-southeast-1";

/// The given value, else the environment's default, else the template's; null where there is none.
const Value& chosen(const Environment& environment, const std::string& name, const Schema& schema) {
  static const Value none;
  if (const Value& given = environment.parameters[name]; !given.is_null()) return given;
  if (const Value& preset = environment.parameter_defaults[name]; !preset.is_null()) return preset;
  return schema.default_value ? *schema.default_value : none;
}

/// Problems with a hidden value must not show it: the rules are told instead.
void check_hidden(const std::string& name, const Schema& schema, const Value& value,
                  Diagnostics& problems, Questions& questions) {
  Diagnostics found;
  check_constraints(schema, value, {"parameters", name}, found, questions);
  if (found.empty()) return;
  std::string message = "The value of the hidden parameter '" + name + "' is not allowed.";
  for (const Constraint& constraint : schema.constraints)
    message +=
        " " + (constraint.description.empty() ? describe(constraint) : constraint.description);
  problems.add(ErrorKind::StackValidationFailed, std::move(message), {"parameters", name});
}

/// To constraints null is nothing; as a value it is what it is.
void check_null(const Schema& schema, const Path& path, Diagnostics& problems) {
  for (const Constraint& constraint : schema.constraints)
    if (std::string what = violation(constraint, schema.type, Value()); !what.empty())
      problems.add(ErrorKind::StackValidationFailed, std::move(what), path);
}

std::vector<std::pair<std::string, std::string>> pseudo_parameters(const Parameters::Pseudo& pseudo,
                                                                   Language language) {
  std::vector<std::pair<std::string, std::string>> named;
  if (language == Language::Hot) {
    named = {{"OS::stack_id", pseudo.stack_id}, {"OS::project_id", pseudo.project_id}};
    if (!pseudo.stack_name.empty()) named.emplace_back("OS::stack_name", pseudo.stack_name);
    return named;
  }
  const std::string stack = pseudo.stack_name + "/" + pseudo.stack_id;
  named = {{"AWS::StackId", "arn:openstack:heat::" + pseudo.project_id + ":stacks/" + stack}};
  if (pseudo.stack_name.empty()) return named;
  named.emplace_back("AWS::StackName", pseudo.stack_name);
  named.emplace_back("AWS::Region", kRegion);
  return named;
}

/// Gives the parameters that were meant by unknown names.
std::set<std::string> report_unknown(const Template& tmpl, const Environment& environment,
                                     Diagnostics& problems) {
  std::set<std::string> meant;
  problems.enter(Stage::Given);
  if (!environment.parameters.is_map()) return meant;
  std::vector<std::string> known;
  for (const auto& [declared, schema] : tmpl.parameters()) known.push_back(declared);
  for (const auto& [name, value, kind] : environment.parameters.as_map()) {
    if (tmpl.parameter(name) || tmpl.unread({"parameters", name})) continue;
    problems.add(ErrorKind::UnknownUserParameter,
                 "The template has no parameter '" + name + "', but a value was given for it." +
                     did_you_mean(name, known),
                 {"parameters", name});
    meant.insert(nearest(name, known));
  }
  return meant;
}

}  // namespace

Parameters Parameters::resolve(const Template& tmpl, const Environment& environment,
                               const Pseudo& pseudo, Diagnostics& problems, Questions& questions,
                               Values values) {
  Parameters result;
  const auto set = [&](const std::string& name, Value value, std::string text) {
    result.values_.set(name, std::move(value));
    result.shown_.set(name, std::move(text));
  };
  for (auto& [name, value] : pseudo_parameters(pseudo, tmpl.version().language))
    set(name, value, value);
  const auto meant = report_unknown(tmpl, environment, problems);
  problems.enter(Stage::Values);
  for (const auto& [name, parameter] : tmpl.parameters()) {
    const Schema& schema = parameter.schema;
    const Path path{"parameters", name};
    const Value& given = chosen(environment, name, schema);
    if (given.is_null()) {
      if (values == Values::Required && !meant.contains(name))
        problems.add(ErrorKind::UserParameterMissing,
                     "The parameter '" + name + "' needs a value: it has no default.", path);
      continue;
    }
    try {
      const Value value = convert_parameter(schema.type, given);
      // A text is checked as it was given: a list by its items, and a number has no length.
      const Value& checked = schema.type == Type::String ? given : value;
      if (parameter.hidden)
        check_hidden(name, schema, checked, problems, questions);
      else if (checked.is_null())  // JSON's
        check_null(schema, path, problems);
      else
        check_constraints(schema, checked, path, problems, questions);
      set(name, value,
          parameter.hidden ? std::string(kHidden) : parameter_text(schema.type, value));
    } catch (const Error& error) {
      problems.add(error.kind(),
                   parameter.hidden ? "The value of the hidden parameter '" + name +
                                          "' does not fit its type, " +
                                          std::string(parameter_type_name(schema.type)) + "."
                                    : error.message(),
                   path);
    }
  }
  return result;
}

}  // namespace heat
