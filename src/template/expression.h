#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/value.h"

namespace heat {

/// What an expression may ask of the stack around it. Implementations: run (values fetched so far),
/// plan (what is to change is Unknown), validation and outputs (what a resource gives before it exists).
class Scope {
 public:
  virtual ~Scope() = default;
  virtual Value parameter(const std::string& name) const = 0;
  virtual bool condition(const std::string& name) const = 0;
  virtual std::string file(const std::string& name) const = 0;
  /// get_resource. Nothing: not known yet.
  virtual std::optional<Value> reference(const std::string& resource) const = 0;
  /// get_attr without the path inside the value. Nothing: not known yet. Throws Error
  /// InvalidTemplateAttribute where there is no such attribute.
  virtual std::optional<Value> attribute(const std::string& resource,
                                         const std::string& attribute) const = 0;
  /// resource_facade of the resource that this stack is the template of: "metadata",
  /// "deletion_policy", "update_policy".
  virtual Value facade(const std::string& what) const = 0;
};

/// What could not be evaluated because the scope did not know it yet.
struct Missing {
  std::set<std::string> references;                              ///< resources
  std::set<std::pair<std::string, std::string>> attributes;      ///< resource, attribute
  bool empty() const { return references.empty() && attributes.empty(); }
};

/// A parsed template snippet: literals and function calls. Immutable and shared.
class Expression {
 public:
  struct Node;

  Expression();  ///< the literal null
  explicit Expression(std::shared_ptr<const Node> node) : node_(std::move(node)) {}
  static Expression literal(Value value);

  /// The value in `scope`. What is not known is added to `missing`, and the part of the result that
  /// depends on it is Unknown. Throws Error with the path of the snippet.
  Value evaluate(const Scope& scope, Missing& missing) const;

  /// Resources that the snippet names, literally and as far as they can be known without evaluating;
  /// these are its implicit dependencies.
  std::set<std::string> resources() const;
  /// Attributes of `resource` that the snippet reads, as (attribute) names where literal.
  std::set<std::string> attributes_of(const std::string& resource) const;

  const Node& node() const { return *node_; }
  /// The snippet as it was written.
  Value source() const;

 private:
  std::shared_ptr<const Node> node_;
};

}  // namespace heat
