#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/value.h"
#include "template/compile.h"
#include "template/node.h"

namespace heat {

class Evaluation;

/// A function of the template language, as data. Functions throw Error without a path; the call
/// adds its own.
struct Function {
  std::string_view name;
  std::string_view since;             ///< the first version that has it in values; empty: none
  std::string_view until;             ///< the first that has it no more; empty: it stayed
  std::string_view conditions_since;  ///< the same for conditions
  /// What is wrong with the argument as it is written; empty where nothing can be said.
  std::string (*check)(const Expression::Node& argument);
  /// The result for known arguments. Parts of the argument may be Omitted on the first level, see
  /// `part` and `present`. Parts may be Unknown only where `takes_unknown`.
  Value (*apply)(const Value& argument) = nullptr;
  /// Instead of `apply`: for functions that ask the scope or don't need every argument.
  Value (*evaluate)(const Expression::Node& argument, Evaluation& evaluation) = nullptr;
  bool takes_unknown = false;
};

/// All functions, in one list.
std::span<const Function> functions();

/// What a name means in a template of `version`.
struct FunctionLookup {
  const Function* function = nullptr;
  std::string refusal;  ///< it is a function, but not one that may be used here: why
};
FunctionLookup find_function(std::string_view name, std::string_view version, Place place);
/// Names of the functions of a version, sorted.
std::vector<std::string> function_names(std::string_view version, Place place);

/// Evaluates nodes in a scope.
class Evaluation {
 public:
  Evaluation(const Scope& where, Missing& what) : scope(where), missing(what) {}

  /// May be Omitted.
  Value evaluate(const Expression::Node& node);
  /// As evaluate, with null for Omitted.
  Value value(const Expression::Node& node);
  /// A call's argument: as `value`, but Omitted items of it stay.
  Value argument(const Expression::Node& node);
  /// The truth of a condition: a boolean or the name of one.
  bool condition(const Expression::Node& node);
  bool condition(const Value& value);
  /// The branch that an `if` takes; null where it is the missing else.
  const Expression::Node* branch(const Call& call);

  const Scope& scope;
  Missing& missing;

 private:
  Value call(const Call& call);
  Value result_of(const Call& call);
  /// Throws where the functions of one snippet give too much in all, so that no template can fill
  /// the memory: a unit for each part of a result, and for each 16 bytes of text. The same for what
  /// is nested too deep, which it can become from one resource's value to the next.
  void count(const Value& result, int depth = 0);

  std::size_t given_ = 0;
};

/// Item `index` of a list, null where it is Omitted or not there.
Value part(const Value& argument, std::size_t index);
Value part(const Value& argument, std::string_view key);
/// The argument without its Omitted items.
Value present(const Value& argument);

/// Whether `call` is of the function of that name.
bool calls(const Call& call, std::string_view name);

}  // namespace heat
