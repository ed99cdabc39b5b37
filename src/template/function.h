#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "template/compile.h"
#include "template/node.h"
#include "template/version.h"

namespace heat {

class Evaluation;

/// What a function is to those who look through a snippet without evaluating it.
enum class FunctionRole {
  Plain,
  Choice,     ///< takes one of its branches
  Parameter,  ///< names a parameter
  Reference,  ///< names a resource
  Attribute,  ///< names a resource and an attribute of it
};

/// How a function gets its result.
struct Computation {
  /// Of known arguments. Parts of the argument may be Omitted on the first level, see `part` and
  /// `present`; parts may be Unknown only where the function `takes_unknown`.
  using Apply = Value (*)(const Value& argument);
  /// For functions that ask the scope or don't need every argument.
  using Evaluate = Value (*)(const Expression::Node& argument, Evaluation& evaluation);
  /// What is wrong with a known argument, asked before the function is applied; empty where
  /// nothing. For what often fails while parameters have no values: exceptions take their time.
  using Fault = std::string (*)(const Value& argument);

  constexpr Computation(Apply f, Fault g = nullptr) : apply(f), fault(g) {}
  constexpr Computation(Evaluate f) : evaluate(f) {}

  Apply apply = nullptr;
  Fault fault = nullptr;
  Evaluate evaluate = nullptr;
};

/// A function of the template language, as data. Functions throw Error without a path; the call
/// adds its own.
struct Function {
  std::string_view name;
  Versions values;      ///< the versions that have it in values
  Versions conditions;  ///< and in conditions
  /// What is wrong with the argument as it is written, told of the function by its name; empty
  /// where nothing can be said.
  std::string (*check)(const Expression::Node& argument, std::string_view name);
  Computation result;
  FunctionRole role = FunctionRole::Plain;
  bool takes_unknown = false;
  bool checked_late = false;  ///< the original looks at its argument only when it checks contents
  /// What it is instead, in a value, where its argument names a resource of the template.
  const Function* of_resource = nullptr;
};

/// All functions, in one list.
std::span<const Function> functions();

/// What a name means in a template of `version`.
struct FunctionLookup {
  const Function* function = nullptr;
  std::string refusal;  ///< it is a function, but not one that may be used here: why
};
FunctionLookup find_function(std::string_view name, const Version& version, Place place);
/// What the function of that name gives, in one line for people.
std::string_view summary_of(std::string_view function);
/// Names of the functions of a version, sorted.
std::vector<std::string> function_names(const Version& version, Place place);

/// Evaluates nodes in a scope.
class Evaluation {
 public:
  /// With `problems`, what fails is told there, and is Unknown; else it throws.
  Evaluation(const Scope& where, Missing& what, Diagnostics* problems = nullptr)
      : scope(where), missing(what), problems_(problems) {}

  /// May be Omitted.
  Value evaluate(const Expression::Node& node);
  /// As evaluate, with null for Omitted.
  Value value(const Expression::Node& node);
  /// A call's argument: as `value`, but Omitted items of it stay.
  Value argument(const Expression::Node& node);
  /// The truth of a condition: a boolean or the name of one.
  bool condition(const Expression::Node& node);
  bool condition(const Value& value);
  /// The branch that an `if` takes; null where it is the missing else, or the condition fails.
  const Expression::Node* branch(const Expression::Node& call);

  const Scope& scope;
  Missing& missing;

 private:
  enum class OmittedItems { Stay, GoAway };
  /// The list or map of a node's parts.
  Value built(const Expression::Node& node, OmittedItems omitted);
  Value call(const Expression::Node& call);
  /// Applies the function of a call to its argument.
  Value applied(const Expression::Node& call);
  /// Throws where the functions of one snippet give too much in all, so that no template can fill
  /// the memory: a unit for each part of a result, and for each 16 bytes of text. The same for what
  /// is nested too deep, which it can become from one resource's value to the next.
  void count(const Value& result, int depth = 0);

  /// Tells the error of a call, or throws it.
  void fail(const Error& error, const Expression::Node& call);

  std::size_t given_ = 0;
  Diagnostics* problems_;
};

/// Item `index` of a list, null where it is Omitted or not there.
Value part(const Value& argument, std::size_t index);
Value part(const Value& argument, std::string_view key);
/// The argument without its Omitted items.
Value present(const Value& argument);

}  // namespace heat
