#include "request.h"

#include <algorithm>

#include "engine/definition_request.h"
#include "stack/examination.h"

namespace heat::oracle {

namespace {

using Kind = Verdict::Kind;

StackRequest request_of(const Case& one) {
  StackRequest request;
  request.name = "teststack";
  request.template_source = one.template_text();
  const Value& environment = one.data["env"];
  request.environment = environment.is_string() ? environment : decode(environment);
  request.files = one.data["files"];
  if (one.data["environment_files"].is_list())
    for (const Value& name : one.data["environment_files"].as_list())
      request.environment_files.push_back(name.as_string());
  if (one.data["params"].is_map()) request.parameters = decode(one.data["params"]);
  return request;
}

/// What the original refuses before anything is made; null where it begins.
const Value& refusal(const Case& one) {
  static const Value none;
  const std::string phase = one.error()["phase"].string_or("");
  return phase == "create" || phase == "outputs" ? none : one.error();
}

/// Errors of reading reach clients as HTTPBadRequest, those of the template's sections as
/// StackValidationFailed; mishaps of the original's language are only errors.
Verdict compare(const Value& wanted, const Error& got) {
  const std::string name = wanted["error_class"].string_or("");
  const std::string told = name + ": " + wanted["message"].string_or("");
  const std::string phase = wanted["phase"].string_or("");
  const bool early = phase == "parse" || phase == "environment";
  auto kind = error_kind_named(name);
  if (kind == ErrorKind::InvalidTemplateSection) kind = ErrorKind::StackValidationFailed;
  if (early || !kind || *kind == ErrorKind::ValueError || *kind == got.kind()) return {};
  return {Kind::Differs, "as a request: wanted " + told + "; got " + std::string(got.kind_name()) +
                             ": " + got.what()};
}

bool has_cloud_types(const StackDefinition& definition) {
  return std::ranges::any_of(definition.members(), [&](const auto& member) {
    return !member.type->name.starts_with("OS::Heat::") &&
           definition.nested(member.definition->name) == nullptr;
  });
}

}  // namespace

Verdict judge_request(const Case& one, const Registry& registry) {
  const Value& wanted = refusal(one);
  try {
    Examination examination(definition_of(request_of(one), nullptr, "<STACK_ID>", EngineSettings()),
                            {"teststack", "<STACK_ID>", "project-0001", "RegionOne"}, registry,
                            Members(), Parameters::Values::Required);
    if (has_cloud_types(*examination.definition())) return {};  // recorded without their rules
    examination.conclude();
    examination.problems().raise();
  } catch (const Error& error) {
    if (wanted.is_null())
      return {Kind::Differs, "as a request: got " + std::string(error.kind_name()) + ": " +
                                 error.what() + "; wanted it to be accepted"};
    return compare(wanted, error);
  }
  if (wanted.is_null()) return {};
  return {Kind::Differs, "as a request: wanted " + wanted["error_class"].string_or("") + ": " +
                             wanted["message"].string_or("") + "; it was accepted"};
}

}  // namespace heat::oracle
