#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "yaql/budget.h"
#include "yaql/item.h"
#include "yaql/syntax.h"

namespace heat::yaql {

class Interpreter;

/// Names and what they stand for, on top of an older context. What a context holds refers to older
/// ones only, so there are no cycles.
class Context {
 public:
  explicit Context(std::shared_ptr<Context> parent);

  void set(std::string_view name, Item value);
  /// Null where nobody set it.
  Item get(std::string_view name) const;
  void define(std::string name, const Node* body, Item constant);

  /// A function that the expression defines.
  struct Definition {
    std::string name;
    const Node* body;  ///< null: `constant`
    Item constant;
  };
  /// The context that defines a function, or null.
  static std::shared_ptr<Context> defining(const std::shared_ptr<Context>& from,
                                           std::string_view name);
  const Definition* definition(std::string_view name) const;

  int depth() const { return depth_; }

 private:
  std::shared_ptr<Context> parent_;
  std::vector<std::pair<std::string, Item>> data_;
  std::vector<Definition> definitions_;
  int depth_;
};

/// An argument that is evaluated by the function, as often as it wants.
struct Lambda {
  const Node* body = nullptr;
  Item constant;  ///< what it gives where there is no body
  std::shared_ptr<Context> context;
  bool given = false;

  explicit operator bool() const { return given; }
  int depth() const { return std::max(context ? context->depth() : 0, constant.depth()); }
};

/// What orderBy makes: sorted when it is gone through.
struct Ordering {
  struct Field {
    Lambda selector;
    bool ascending;
  };
  Item collection;
  std::vector<Field> fields;
  Interpreter* interpreter;
  int depth;
  mutable Item result = Absent{};
};

Item sorted(const Ordering& ordering);

/// Evaluates expressions.
class Interpreter {
 public:
  explicit Interpreter(Budget& budget) : budget(budget) {}

  Item evaluate(const Node& node, const std::shared_ptr<Context>& context);
  /// With the arguments as $1, $2 …
  Item call(const Lambda& lambda, std::span<const Item> arguments);
  Item call(const Lambda& lambda, const Item& argument) { return call(lambda, {&argument, 1}); }
  Item call(const Lambda& lambda) { return call(lambda, std::span<const Item>()); }
  Item call(const Lambda& lambda, const Item& first, const Item& second);
  /// In a context of the function's own.
  Item call_in(const Lambda& lambda, const std::shared_ptr<Context>& context);
  /// A function or, with a receiver, a method, of arguments that are known.
  Item apply(std::string_view name, std::span<const Item> arguments,
             const std::shared_ptr<Context>& context, const Item* receiver = nullptr,
             const Dict* named = nullptr);
  /// The operators < and > where an item need not be a number.
  bool less(const Item& a, const Item& b, const std::shared_ptr<Context>& context);
  bool greater(const Item& a, const Item& b, const std::shared_ptr<Context>& context);

  Budget& budget;
  bool has_definitions = false;

 private:
  Item invoke(const Node& node, const Item* receiver, const std::shared_ptr<Context>& context);
  Item dot(const Node& node, const std::shared_ptr<Context>& context);
  Item property(const Item& receiver, const std::string& name,
                const std::shared_ptr<Context>& context);
  Item call_definition(std::string_view name, std::span<const Item> arguments,
                       const std::vector<std::pair<std::string, Item>>& named,
                       const std::shared_ptr<Context>& where);
};

}  // namespace heat::yaql
