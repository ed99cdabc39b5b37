#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.h"
#include "base/value.h"
#include "yaql/budget.h"

namespace heat {

/// What an expression may ask of the stack around it. Implementations: run (values fetched so far),
/// plan (what is to change is Unknown), validation and outputs (what a resource gives before it
/// exists).
class Scope {
 public:
  virtual ~Scope() = default;
  /// Throws Error{UserParameterMissing} where there is none.
  virtual const Value& parameter(const std::string& name) const = 0;
  /// Throws Error{ValueError} where there is none, Error{StackValidationFailed} where it is defined
  /// by itself, or is neither true nor false.
  virtual bool condition(const std::string& name) const = 0;
  /// Throws Error{ValueError} where there is none.
  virtual std::string file(const std::string& name) const = 0;
  /// get_resource. Nothing: not known yet. Throws Error{InvalidTemplateReference} where there is
  /// no such resource.
  virtual std::optional<Value> reference(const std::string& resource) const = 0;
  /// get_attr without the path inside the value; the attribute "*" is all of them, as a map.
  /// Nothing: not known yet. Throws Error{InvalidTemplateReference} where there is no such
  /// resource, Error{InvalidTemplateAttribute} where there is no such attribute.
  virtual std::optional<Value> attribute(const std::string& resource,
                                         const std::string& attribute) const = 0;
  /// resource_facade of the resource that this stack is the template of: "metadata",
  /// "deletion_policy", "update_policy".
  virtual Value facade(const std::string& what) const = 0;
  /// One of the template's mappings. Throws Error{ValueError} where there is none.
  virtual const Value& mapping(const std::string& name) const = 0;
  /// The names of the cloud's availability zones. Nothing: not asked for yet.
  virtual std::optional<Value> availability_zones() const = 0;
  /// Bounds of the yaql function.
  virtual const yaql::Limits& query_limits() const;
};

/// What could not be evaluated because the scope did not know it yet.
struct Missing {
  std::set<std::string> references;                          ///< resources
  std::set<std::pair<std::string, std::string>> attributes;  ///< resource, attribute
  bool availability_zones = false;
  bool empty() const { return references.empty() && attributes.empty() && !availability_zones; }
};

/// How much of a snippet is checked, and as what the original reports it.
enum class CheckFor {
  Calls,       ///< functions, their arguments, conditions
  Output,      ///< and attributes: as StackValidationFailed; get_resource is judged by evaluation
  Resource,    ///< and references: as InvalidTemplateReference
  Attributes,  ///< no more than attributes that there are not: as StackValidationFailed
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
  /// The same for validation: what fails is added to `problems`, each with its path, and the part
  /// of the result that depends on it is Unknown.
  Value evaluate(const Scope& scope, Missing& missing, Diagnostics& problems) const;

  /// The same of one member of the map that the snippet gives: no more is evaluated than that
  /// takes. Nothing where the map has no such member.
  std::optional<Value> evaluate_member(const std::string& key, const Scope& scope, Missing& missing,
                                       Diagnostics& problems) const;

  /// Resources that the snippet names, literally and as far as they can be known without
  /// evaluating; these are its implicit dependencies. Of an `if`, both branches count.
  std::set<std::string> resources() const;
  /// The same with what `scope` knows: of an `if` only the branch that is taken, and names that are
  /// computed from parameters. This is what the original takes for the dependencies.
  std::set<std::string> resources(const Scope& scope) const;
  /// Attributes that the snippet reads as (resource, attribute); "*" where it reads all.
  std::set<std::pair<std::string, std::string>> attributes(const Scope& scope) const;
  /// Finds calls that can't be right and, in branches that are taken, what they name in vain.
  void check(const Scope& scope, CheckFor what, Diagnostics& problems) const;

  const Node& node() const { return *node_; }
  /// The snippet as it was written.
  Value source() const;

 private:
  std::shared_ptr<const Node> node_;
};

}  // namespace heat
