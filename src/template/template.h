#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "schema/schema.h"
#include "template/expression.h"
#include "template/version.h"
#include "text/document.h"

namespace heat {

/// A parameter as the template declares it.
struct ParameterSchema {
  Schema schema;
  std::string label;
  bool hidden = false;
  bool immutable = false;
  std::vector<std::string> tags;
};

enum class DeletionPolicy { Delete, Retain, Snapshot };

/// One entry of the resources section.
struct ResourceDefinition {
  std::string name;
  std::string type;
  std::string description;
  Expression properties;  ///< a map, or null where there are none
  Expression metadata;
  Expression update_policy;
  DeletionPolicy deletion_policy = DeletionPolicy::Delete;  ///< where it is written as such
  std::optional<Expression> computed_deletion_policy;       ///< where it is not
  std::vector<std::string> depends_on;
  std::optional<Expression> condition;  ///< the resource exists only where it is true
  std::optional<Expression> external_id;
};

struct OutputDefinition {
  std::string name;
  std::string description;
  Expression value;
  std::optional<Expression> condition;
};

/// A parsed template of any version of HOT or of CloudFormation's language. Who uses it need not
/// know which it was: paths have HOT's words ("resources", "web", "properties") until they are
/// shown. Pure; knows nothing of the cloud.
class Template {
 public:
  /// Finds version, sections, parameters, resources, outputs, conditions. All problems of the
  /// document are collected, in HOT's words and without places (see `locate`); throws the Error
  /// where it can't be understood at all (version).
  static std::shared_ptr<const Template> parse(Document document, Diagnostics& problems);
  /// Reads and parses text; a text longer than `size_limit` characters is refused with
  /// Error{RequestLimitExceeded}.
  static std::shared_ptr<const Template> parse(std::string_view text, std::string file,
                                               std::size_t size_limit, Diagnostics& problems);

  const Document& document() const;
  const Version& version() const;
  const std::string& description() const;
  const std::vector<std::pair<std::string, ParameterSchema>>& parameters() const;
  const Value& parameter_groups() const;
  const Value& mappings() const;  ///< what Fn::FindInMap finds; as written, perhaps no map
  const std::vector<std::pair<std::string, Expression>>& conditions() const;
  const std::vector<ResourceDefinition>& resources() const;
  const std::vector<OutputDefinition>& outputs() const;
  const ParameterSchema* parameter(std::string_view name) const;
  const ResourceDefinition* resource(std::string_view name) const;
  /// Where the resource of that name is among all; nothing where there is none.
  std::optional<std::size_t> index_of(std::string_view resource) const;
  /// Whether a part ({"resources", "web"}) was written, but not understood: nothing can be said of
  /// it, and nothing is wrong with naming it.
  bool unread(std::initializer_list<std::string_view> part) const;

  /// A path as this template spells it.
  Path spelled(Path path) const;
  /// Where it is; nothing where there was no text.
  std::optional<Position> position(const Path& path) const;

  struct Content;
  explicit Template(std::shared_ptr<const Content> content) : content_(std::move(content)) {}

 private:
  std::shared_ptr<const Content> content_;
};

/// The policy that a word stands for in a template of `version`; nothing where it is none.
std::optional<DeletionPolicy> deletion_policy_named(const Value& word, const Version& version);

/// Gives every problem its path as the template spells it, and its position.
void locate(Diagnostics& problems, const Template& tmpl);
/// The same, and puts them in the order of the template.
void arrange(Diagnostics& problems, const Template& tmpl);

}  // namespace heat
