#include "template/template.h"

#include "base/utf8.h"
#include "template/content.h"
#include "template/words.h"

namespace heat {

const Document& Template::document() const { return content_->document; }
const Version& Template::version() const { return *content_->version; }
const std::string& Template::description() const { return content_->description; }
const std::vector<std::pair<std::string, ParameterSchema>>& Template::parameters() const {
  return content_->parameters;
}
const Value& Template::parameter_groups() const { return content_->parameter_groups; }
const Value& Template::mappings() const { return content_->mappings; }
const std::vector<std::pair<std::string, Expression>>& Template::conditions() const {
  return content_->conditions;
}
const std::vector<ResourceDefinition>& Template::resources() const { return content_->resources; }
const std::vector<OutputDefinition>& Template::outputs() const { return content_->outputs; }

const ParameterSchema* Template::parameter(std::string_view name) const {
  const auto found = content_->parameter_index.find(name);
  return found == content_->parameter_index.end() ? nullptr
                                                  : &content_->parameters[found->second].second;
}

const ResourceDefinition* Template::resource(std::string_view name) const {
  const auto index = index_of(name);
  return index ? &content_->resources[*index] : nullptr;
}

std::optional<std::size_t> Template::index_of(std::string_view resource) const {
  const auto found = content_->resource_index.find(resource);
  return found == content_->resource_index.end() ? std::nullopt : std::optional(found->second);
}

bool Template::unread(std::initializer_list<std::string_view> part) const {
  return !content_->unread.empty() && content_->unread.contains(Path(part.begin(), part.end()));
}

std::shared_ptr<const Template> Template::parse(Document document, Diagnostics& problems) {
  auto content = std::make_shared<const Content>(read_content(std::move(document), problems));
  return std::make_shared<const Template>(std::move(content));
}

Path Template::spelled(Path path) const {
  return heat::spelled(std::move(path), document().root(), version().language);
}

std::optional<Position> Template::position(const Path& path) const {
  return document().position(spelled(path));
}

std::shared_ptr<const Template> Template::parse(std::string_view text, std::string file,
                                                std::size_t size_limit, Diagnostics& problems) {
  const std::size_t size = count_points(text);
  if (size > size_limit)
    throw Error(ErrorKind::RequestLimitExceeded, "The template has " + std::to_string(size) +
                                                     " characters; " + std::to_string(size_limit) +
                                                     " are allowed (max_template_size).");
  return parse(Document::read(text, std::move(file)), problems);
}

std::optional<DeletionPolicy> deletion_policy_named(const Value& word, const Version& version) {
  const bool any_case = kPoliciesInLowerCase.contains(version);
  const auto is = [&](std::string_view name, std::string_view lower) {
    return word == Value(name) || (any_case && word == Value(lower));
  };
  if (is("Delete", "delete")) return DeletionPolicy::Delete;
  if (is("Retain", "retain")) return DeletionPolicy::Retain;
  if (is("Snapshot", "snapshot")) return DeletionPolicy::Snapshot;
  return std::nullopt;
}

void locate(Diagnostics& problems, const Template& tmpl) {
  constexpr std::size_t kMost = 1000;  // nobody reads more lines, and finding each takes its time
  std::size_t located = 0;
  for (Diagnostic& problem : problems.all()) {
    problem.path = tmpl.spelled(std::move(problem.path));
    if (!problem.position && located++ < kMost)
      problem.position = tmpl.document().position(problem.path);
  }
}

void arrange(Diagnostics& problems, const Template& tmpl) {
  locate(problems, tmpl);
  problems.arrange([&tmpl](const Diagnostic& a, const Diagnostic& b) {
    return tmpl.document().before(a.path, b.path);
  });
}

}  // namespace heat
