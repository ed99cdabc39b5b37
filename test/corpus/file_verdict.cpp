#include "file_verdict.h"

#include <openssl/sha.h>

#include <array>
#include <cstdio>

#include "resource/behaviour.h"
#include "template/check.h"
#include "template/environment.h"
#include "template/resource_registry.h"
#include "template/words.h"
#include "text/write.h"

namespace heat::corpus {

namespace {

constexpr std::size_t kSizeLimit = 524288;

std::string sha256(const std::string& text) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  std::string hex;
  for (const unsigned char byte : digest) {
    std::array<char, 3> two{};
    std::snprintf(two.data(), two.size(), "%02x", byte);
    hex += two.data();
  }
  return hex;
}

std::string hash_of(const Value& root) {
  return sha256(to_canonical_json(root.is_null() ? Value(Map()) : root));
}

/// What the original finds when it looks at sections and parameters, before what is in them.
bool is_static(const Diagnostic& problem, Language language) {
  const auto is = [&](const std::string& step, std::string_view word) {
    return step == word || step == spelled(word, language);
  };
  const Path& path = problem.path;
  if (path.empty() || problem.kind == ErrorKind::InvalidTemplateSection) return true;
  if (is(path[0], "parameters") || is(path[0], "parameter_groups")) return true;
  if (!is(path[0], "resources")) return false;
  if (path.size() < 3) return true;
  for (const char* part : {"type", "properties", "metadata", "depends_on", "deletion_policy",
                           "update_policy", "description", "external_id", "condition"})
    if (is(path[2], part)) return false;
  return true;
}

/// What it finds only when a stack is made of the template: names used twice, resources that are
/// referred to but not there, circles.
bool is_of_the_stack(const Diagnostic& problem) {
  const Path& path = problem.path;
  return problem.kind == ErrorKind::CircularDependencyException ||
         problem.message.find("both called") != std::string::npos ||
         (!path.empty() && (path.back() == "get_resource" || path.back() == "Ref")) ||
         (path.size() == 4 && (path[2] == "depends_on" || path[2] == "DependsOn"));
}

/// The template alone: types have the attributes they are known to have, and a type that is itself
/// a template has none, as it is not there.
class Alone final : public TemplateScope {
 public:
  Alone(std::shared_ptr<const Template> tmpl, Parameters parameters, const Registry& registry)
      : TemplateScope(std::move(tmpl), std::move(parameters), Map()), registry_(registry) {}

  std::optional<Value> attribute(const std::string& resource,
                                 const std::string& attribute) const override {
    require(resource);
    check_types();
    const auto type = registry_.find(tmpl().resource(resource)->type);
    const bool any = type != nullptr && type->behaviour->placeholder();
    if (!any && attribute != "show" && attribute != "*" &&
        (type == nullptr || type->attribute(attribute) == nullptr))
      throw Error(ErrorKind::InvalidTemplateAttribute,
                  "The resource '" + resource + "' has no attribute '" + attribute + "'.");
    return Value();
  }

 private:
  /// The first attribute read has the original look at every resource of the template.
  void check_types() const {
    for (const ResourceDefinition& definition : tmpl().resources())
      if (!is_template_file(definition.type) && registry_.find(definition.type) == nullptr &&
          enabled(definition))
        throw Error(ErrorKind::StackValidationFailed,
                    "There is no resource type '" + definition.type + "'.");
  }

  const Registry& registry_;
};

template <class Wanted>
Verdict first_of(const Diagnostics& problems, Wanted wanted) {
  for (const Diagnostic& problem : problems.all())
    if (wanted(problem))
      return {std::string(info(problem.kind).name),
              to_string(problem.path) + ": " + problem.message};
  return {"OK", ""};
}

}  // namespace

Verdict Verdict::of(const Error& error) {
  // Before a template is understood, the original has one class for everything.
  if (error.kind() == ErrorKind::HTTPBadRequest) return {"ValueError", error.what()};
  return {std::string(error.kind_name()), error.what()};
}

FileVerdict judge_template(const std::string& text, const std::string& name,
                           const Registry& registry) {
  FileVerdict verdict;
  Diagnostics problems;
  std::shared_ptr<const Template> tmpl;
  try {
    tmpl = Template::parse(text, name, kSizeLimit, problems);
  } catch (const Error& error) {
    const bool understood = error.kind() == ErrorKind::InvalidTemplateVersion;
    (understood ? verdict.fixed : verdict.parse) = Verdict::of(error);
    if (understood) verdict.parse = {"OK", ""};
  }
  if (tmpl != nullptr) verdict.parse = {"OK", ""};
  if (verdict.parse.word == "OK") verdict.sha256 = hash_of(Document::read(text, name).root());
  if (tmpl == nullptr) return verdict;
  Diagnostics of_values;  // a default that its type can't be: no part of these depths
  Questions questions;
  const Parameters parameters =
      Parameters::resolve(*tmpl, {}, {"stack", "id", "project", "region"}, of_values, questions,
                          Parameters::Values::Optional);
  check_template(Alone(tmpl, parameters, registry), problems);
  std::erase_if(problems.all(), is_of_the_stack);
  for (Diagnostic& problem : problems.all())  // has its own name in a stack only
    if (problem.kind == ErrorKind::InvalidTemplateReference)
      problem.kind = ErrorKind::StackValidationFailed;
  const Language language = tmpl->version().language;
  verdict.fixed =
      first_of(problems, [&](const Diagnostic& problem) { return is_static(problem, language); });
  if (verdict.fixed.word == "OK")
    verdict.defs = first_of(problems, [](const Diagnostic&) { return true; });
  return verdict;
}

FileVerdict judge_environment(const std::string& text, const std::string& name) {
  FileVerdict verdict;
  try {
    const Document document = Document::read_yaml(text, name);
    (void)Environment::parse(document);
    verdict.parse = {"OK", ""};
    verdict.sha256 = hash_of(document.root());
  } catch (const Error& error) {
    verdict.parse = Verdict::of(error);
  }
  return verdict;
}

}  // namespace heat::corpus
