#include "engine/definition_request.h"

#include <algorithm>
#include <map>
#include <utility>

#include "net/url.h"
#include "resource/behaviour.h"
#include "resource/properties.h"
#include "text/write.h"

namespace heat {

namespace {

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

void check_size(const Value& source, const EngineSettings& settings) {
  const std::size_t size = characters(source.is_string() ? source.as_string() : to_json(source));
  if (size > settings.max_template_size)
    throw Error(ErrorKind::RequestLimitExceeded,
                "The template has " + std::to_string(size) + " characters; at most " +
                    std::to_string(settings.max_template_size) +
                    " are allowed (max_template_size). Split it, or raise the limit.");
}

Document document_of(const Value& given, std::string name) {
  return given.is_string() ? Document::read(given.as_string(), std::move(name))
                           : Document::of(given);
}

Value merged(const Value& below, const Value& above) {
  Map map = below.is_map() ? below.as_map() : Map();
  if (above.is_map())
    for (const auto& [key, value, kind] : above.as_map()) map.set(key, value, kind);
  return map;
}

/// What the stack had, without the parameters that the request clears.
Environment environment_before(const StackRequest& request, const DefinitionRow& before) {
  Environment environment = Environment::parse(Document::of(before.environment));
  const Value& cleared = request.args["clear_parameters"];
  const auto is_cleared = [&cleared](const std::string& name) {
    return cleared.is_list() && std::ranges::any_of(cleared.as_list(), [&](const Value& each) {
             return each == Value(name);
           });
  };
  Map kept;
  if (before.parameters.is_map())
    for (const auto& [name, value, kind] : before.parameters.as_map())
      if (!is_cleared(name)) kept.set(name, value, kind);
  environment.parameters = std::move(kept);
  return environment;
}

/// As in the original, files are put over the parameters of the request, by their strategies.
Environment environment_of(const StackRequest& request, const Value& files, const Template& tmpl,
                           const DefinitionRow* before) {
  Environment environment;
  if (!request.environment.is_null())
    environment = Environment::parse(document_of(request.environment, "environment"));
  environment.parameters = merged(environment.parameters, request.parameters);
  environment.merge_files(request.environment_files, files, tmpl);
  if (before == nullptr) return environment;
  Environment whole = environment_before(request, *before);
  // A parameter that is given as null has its default again.
  environment.parameters = merged(whole.parameters, environment.parameters);
  whole.parameters = Map();
  whole.merge(environment);
  return whole;
}

/// What is wrong with the environment, and with the template beside it.
[[noreturn]] void refuse(const Error& environment, const Diagnostics& of_template) {
  Diagnostics problems;
  problems.enter(Stage::Environments);
  for (const Error& part : environment.parts()) problems.add(part);
  for (const Diagnostic& problem : of_template.all()) problems.add(problem);
  problems.raise();
  throw environment;
}

/// Parameters that an earlier template had are no longer meant by anybody.
Value declared_only(const Value& parameters, const Template& tmpl) {
  Map kept;
  for (const auto& [name, schema] : tmpl.parameters())
    if (const Value* value = parameters.find(name)) kept.set(name, *value);
  return kept;
}

void check_count(const Template& tmpl, const EngineSettings& settings) {
  const int most = settings.max_resources_per_stack;
  if (most >= 0 && tmpl.resources().size() > static_cast<std::size_t>(most))
    throw Error(ErrorKind::RequestLimitExceeded,
                "Maximum resources per stack exceeded: the template has " +
                    std::to_string(tmpl.resources().size()) + ", at most " + std::to_string(most) +
                    " are allowed (max_resources_per_stack).");
}

/// Puts the templates that are named by URL among the files of `row`; `refused` tells, by URL, why
/// one can't be had. Whether there is anything new.
Task<bool> fetch_missing(const Examination& examination, FetchText fetch, DefinitionRow& row,
                         std::map<std::string, std::string>& refused) {
  bool found = false;
  for (const std::string& url : examination.missing_templates()) {
    if ((!split_url(url) && !is_local_file(url)) || refused.contains(url)) continue;
    try {
      Map files = row.files.is_map() ? row.files.as_map() : Map();
      files.set(url, co_await fetch(url));
      row.files = std::move(files);
      found = true;
    } catch (const Error& error) {
      refused.emplace(url, error.message());
    }
  }
  co_return found;
}

/// What only the cloud can tell. Where it can't be asked, what was found without it is told.
Task<> consult(Examination& examination, const Registry& registry, Session& session, Loop& loop) {
  Diagnostics& problems = examination.problems();
  const bool sound = problems.empty();
  try {
    co_await ask(std::move(examination.questions()), registry, session, loop, problems);
    if (!problems.empty()) co_return;
    for (const auto& [type, id, path] : examination.externals())
      if (!id.empty() && !co_await type->behaviour->exists(id, session))
        problems.add(
            ErrorKind::StackValidationFailed,
            "Invalid external resource: Resource " + id + " (" + type->name + ") can not be found.",
            path);
    // One after the other: most ask the same of the cloud, and the session remembers.
    for (const auto& [type, properties, path] : examination.sound())
      co_await type->behaviour->consult(properties, path, session, problems);
  } catch (const Error&) {
    if (sound) throw;
  }
}

}  // namespace

DefinitionRow definition_of(const StackRequest& request, const DefinitionRow* before,
                            std::string id, const EngineSettings& settings) {
  DefinitionRow row;
  row.id = std::move(id);
  row.template_source = request.template_source;
  if (row.template_source.is_null() && before != nullptr)
    row.template_source = before->template_source;
  if (row.template_source.is_null())
    throw Error(ErrorKind::HTTPBadRequest, "No template was given.");
  check_size(row.template_source, settings);
  row.files = merged(before == nullptr ? Value() : before->files, request.files);
  Diagnostics problems;  // told when the definition is examined, if it comes to that
  const auto tmpl = Template::parse(document_of(row.template_source, "template"), problems);
  check_count(*tmpl, settings);
  Environment environment;
  try {
    environment = environment_of(request, row.files, *tmpl, before);
  } catch (const Error& error) {
    locate(problems, *tmpl);
    refuse(error, problems);
  }
  row.parameters = std::exchange(environment.parameters, Value(Map()));
  if (row.parameters.is_null()) row.parameters = Map();
  if (before != nullptr) row.parameters = declared_only(row.parameters, *tmpl);
  row.environment = environment.to_value();
  return row;
}

Task<std::shared_ptr<Examination>> examine(DefinitionRow row, Parameters::Pseudo pseudo,
                                           const Registry& registry, const Members& members,
                                           Reach reach, Loop& loop, Parameters::Values values) {
  std::shared_ptr<Examination> examination;
  std::map<std::string, std::string> refused;
  for (bool complete = false; !complete;) {
    examination =
        std::make_shared<Examination>(row, pseudo, registry, members, values, reach.limits);
    complete = !reach.fetch || !co_await fetch_missing(*examination, reach.fetch, row, refused);
  }
  for (Diagnostic& problem : examination->problems().all())
    for (const auto& [url, why] : refused)
      if (problem.message == no_such_template(url)) problem.message = why;
  if (reach.session != nullptr) co_await consult(*examination, registry, *reach.session, loop);
  examination->conclude();
  co_return examination;
}

Task<std::shared_ptr<const StackDefinition>> accept(DefinitionRow row, Parameters::Pseudo pseudo,
                                                    const Registry& registry,
                                                    const Members& members, Reach reach, Loop& loop,
                                                    Parameters::Values values) {
  const auto examination = co_await examine(std::move(row), std::move(pseudo), registry, members,
                                            std::move(reach), loop, values);
  examination->problems().raise();
  co_return examination->definition();
}

}  // namespace heat
