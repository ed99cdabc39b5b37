#include "engine/definition_request.h"

#include <algorithm>
#include <utility>

#include "resource/behaviour.h"
#include "resource/properties.h"
#include "stack/dependencies.h"
#include "stack/scope.h"
#include "template/check.h"
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

Environment environment_of(const StackRequest& request, const Value& files, const Template& tmpl,
                           const DefinitionRow* before) {
  Environment environment =
      Environment::parse(Document::of(before == nullptr ? Value(Map()) : before->environment));
  if (before != nullptr) {
    Map kept;
    const Value& cleared = request.args["clear_parameters"];
    const auto is_cleared = [&cleared](const std::string& name) {
      return cleared.is_list() && std::ranges::any_of(cleared.as_list(), [&](const Value& each) {
               return each == Value(name);
             });
    };
    if (before->parameters.is_map())
      for (const auto& [name, value, kind] : before->parameters.as_map())
        if (!is_cleared(name)) kept.set(name, value, kind);
    environment.parameters = std::move(kept);
  }
  environment.merge_files(request.environment_files, files, tmpl);
  if (!request.environment.is_null())
    environment.merge(Environment::parse(document_of(request.environment, "environment")));
  environment.parameters = merged(environment.parameters, request.parameters);
  return environment;
}

/// Parameters that an earlier template had are no longer meant by anybody.
Value declared_only(const Value& parameters, const Template& tmpl) {
  Map kept;
  for (const auto& [name, schema] : tmpl.parameters())
    if (const Value* value = parameters.find(name)) kept.set(name, *value);
  return kept;
}

/// Most of what is wrong in a definition has one name for clients.
bool has_name_of_its_own(const Diagnostic& problem) {
  switch (problem.kind) {
    case ErrorKind::UserParameterMissing:
      return problem.path.size() == 2 && problem.path[0] == "parameters";
    case ErrorKind::InvalidTemplateSection:
    case ErrorKind::InvalidTemplateAttribute:
    case ErrorKind::ValueError:
      return false;
    default:
      return true;
  }
}

/// One definition under examination.
class Examination {
 public:
  Examination(const Registry& registry, const Members& members, Session* session, Loop& loop,
              const EngineSettings& settings)
      : registry_(registry),
        members_(members),
        session_(session),
        loop_(loop),
        settings_(settings) {}

  Task<std::shared_ptr<const StackDefinition>> run(DefinitionRow row, Parameters::Pseudo pseudo,
                                                   Parameters::Values values) {
    auto definition = StackDefinition::load(row, pseudo, registry_, problems_, questions_, values);
    raise(*definition);
    check_count(definition->tmpl().resources().size());
    check_template(definition->scope(), problems_);
    raise(*definition);
    dependencies(*definition, members_, problems_);
    // What resources have now says nothing of what they will have when it is read.
    PlanScope scope(*definition, members_);
    for (const auto& member : definition->members())
      scope.will_change(member.definition->name, true);
    for (const auto& member : definition->members()) examine(*definition, member, scope);
    for (const OutputDefinition* output : definition->outputs()) {
      collect([&] {
        Missing missing;
        output->value.evaluate(scope, missing);
      });
    }
    if (session_ != nullptr && problems_.empty() && !questions_.empty())
      co_await ask(std::move(questions_), registry_, *session_, loop_, problems_);
    raise(*definition);
    // A template that is judged by itself need not find them here.
    if (values == Parameters::Values::Optional) externals_.clear();
    if (session_ != nullptr) co_await consult();
    raise(*definition);
    co_return definition;
  }

 private:
  void check_count(std::size_t resources) const {
    const int most = settings_.max_resources_per_stack;
    if (most < 0 || resources <= static_cast<std::size_t>(most)) return;
    throw Error(ErrorKind::RequestLimitExceeded,
                "Maximum resources per stack exceeded: the template has " +
                    std::to_string(resources) + ", at most " + std::to_string(most) +
                    " are allowed (max_resources_per_stack).");
  }

  template <class Work>
  void collect(Work work) {
    try {
      work();
    } catch (const Error& error) {
      problems_.add(error);
    }
  }

  void examine(const StackDefinition& target, const StackDefinition::Member& member,
               const Scope& scope) {
    const auto& [definition, type] = member;
    const Path path{"resources", definition->name};
    if (definition->external_id) {
      externals_.push_back({type.get(), target.scope().external_id(*definition), path});
      return;
    }
    if (target.scope().deletion_policy(*definition) == DeletionPolicy::Snapshot &&
        !type->can.contains("snapshot_on_delete"))
      problems_.add(
          ErrorKind::StackValidationFailed,
          "\"Snapshot\" deletion policy not supported by " + type->name + "; use Delete or Retain.",
          path);
    try {
      Missing missing;
      const Value written = definition->properties.evaluate(scope, missing);
      definition->metadata.evaluate(scope, missing);
      Path at = path;
      at.push_back("properties");
      shaped_.push_back({type.get(), shape(*type, written, at, problems_, questions_), at});
    } catch (const Error& error) {
      // Of whatever kind: here it is the template that is wrong.
      problems_.add(ErrorKind::StackValidationFailed, error.message(),
                    error.path().empty() ? path : error.path());
    }
  }

  /// One after the other: most ask the same of the cloud, and the session remembers.
  Task<> consult() {
    for (const External& one : externals_)
      if (!one.id.empty() && !co_await one.type->behaviour->exists(one.id, *session_))
        problems_.add(ErrorKind::StackValidationFailed,
                      "Invalid external resource: Resource " + one.id + " (" + one.type->name +
                          ") can not be found.",
                      one.path);
    for (const Shaped& one : shaped_)
      co_await one.type->behaviour->consult(one.properties, one.path, *session_, problems_);
  }

  void raise(const StackDefinition& definition) {
    for (Diagnostic& problem : problems_.all())
      if (!has_name_of_its_own(problem)) problem.kind = ErrorKind::StackValidationFailed;
    locate(problems_, definition.tmpl());
    problems_.raise();
  }

  struct External {
    const ResourceType* type;
    std::string id;
    Path path;
  };
  struct Shaped {
    const ResourceType* type;
    Value properties;
    Path path;
  };

  const Registry& registry_;
  const Members& members_;
  Session* session_;
  Loop& loop_;
  const EngineSettings& settings_;
  Diagnostics problems_;
  Questions questions_;
  std::vector<Shaped> shaped_;
  std::vector<External> externals_;
};

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
  Diagnostics problems;  // reported when the definition is examined
  const auto tmpl = Template::parse(document_of(row.template_source, "template"), problems);
  Environment environment = environment_of(request, row.files, *tmpl, before);
  row.parameters = std::exchange(environment.parameters, Value(Map()));
  if (row.parameters.is_null()) row.parameters = Map();
  if (before != nullptr) row.parameters = declared_only(row.parameters, *tmpl);
  row.environment = environment.to_value();
  return row;
}

Task<std::shared_ptr<const StackDefinition>> accept(DefinitionRow row, Parameters::Pseudo pseudo,
                                                    const Registry& registry,
                                                    const Members& members, Session* session,
                                                    Loop& loop, const EngineSettings& settings,
                                                    Parameters::Values values) {
  Examination examination(registry, members, session, loop, settings);
  co_return co_await examination.run(std::move(row), std::move(pseudo), values);
}

}  // namespace heat
