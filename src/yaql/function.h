#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "yaql/context.h"

namespace heat::yaql {

/// What an argument must be. As in the original, integers (Int) include booleans.
enum class Type {
  Any,
  Null,
  Bool,
  Int,
  Integer,
  Number,
  String,
  Iterable,
  Sequence,  ///< a list
  Iterator,  ///< lazy
  NoSet,     ///< iterable, but no set
  Map,
  Set,
  DateTime,
  TimeSpan,
  Regex,
  Ordering,
  Context,
  Rule,
  Lambda,    ///< not evaluated before
  LazyRule,  ///< a rule whose sides are not evaluated before
};

/// Of a parameter.
enum Flags : unsigned {
  Required = 0,
  Optional = 1,
  Nullable = 2,
  NotNull = 4,
  Rest = 8,
  Named = 16
};

struct Parameter {
  std::string_view name;
  Type type = Type::Any;
  unsigned flags = Required;
};

class Call;

/// An overload of a function, as data.
struct Function {
  enum class Form { Function, Method, Either };
  std::string_view name;
  Form form;
  std::vector<Parameter> parameters;
  Item (*apply)(Call& call);
  bool takes_rules = false;  ///< a => b is an argument, not a named one
};

/// All overloads of one name.
struct Overloads {
  std::string name;
  std::vector<const Function*> functions, methods;
  bool functions_take_rules = false, methods_take_rules = false;
};

/// Null where the library has none of that name.
const Overloads* find_overloads(std::string_view name);

/// The arguments of a call, one for each parameter, then the rest.
class Call {
 public:
  struct Argument {
    Item item;
    const Node* body = nullptr;  ///< of a lambda
  };

  Call(Interpreter& in, std::shared_ptr<Context> at) : interpreter(in), context(std::move(at)) {}

  const Item& operator[](std::size_t i) const { return arguments[i].item; }
  bool has(std::size_t i) const { return i < arguments.size() && !arguments[i].item.is_absent(); }
  bool given(std::size_t i) const { return has(i) && !arguments[i].item.is_null(); }
  std::int64_t integer(std::size_t i, std::int64_t otherwise) const;
  const std::string& text(std::size_t i) const { return arguments[i].item.text(); }
  bool flag(std::size_t i, bool otherwise) const {
    return has(i) ? arguments[i].item.truthy() : otherwise;
  }
  Lambda lambda(std::size_t i) const;
  Items rest(std::size_t from) const;
  Budget& budget() const { return interpreter.budget; }
  /// How deep a sequence made of the arguments nests.
  int depth() const;

  Interpreter& interpreter;
  std::shared_ptr<Context> context;  ///< the caller's
  std::vector<Argument> arguments;
  std::vector<std::pair<std::string, Item>> named;
};

using Form = Function::Form;
using FunctionTable = std::vector<Function>;

// The library, one table a file.
const FunctionTable& system_functions();
const FunctionTable& branching_functions();
const FunctionTable& comparison_functions();
const FunctionTable& math_functions();
const FunctionTable& string_functions();
const FunctionTable& regex_functions();
const FunctionTable& collection_functions();
const FunctionTable& map_functions();
const FunctionTable& set_functions();
const FunctionTable& query_functions();
const FunctionTable& search_functions();
const FunctionTable& aggregate_functions();
const FunctionTable& generator_functions();
const FunctionTable& date_functions();

}  // namespace heat::yaql
