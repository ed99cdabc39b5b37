#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/value.h"
#include "yaql/budget.h"
#include "yaql/failure.h"
#include "yaql/item.h"

namespace heat::yaql {

struct Node;

/// A parsed expression of yaql, the query language of templates. Immutable; may be shared.
class Expression {
 public:
  /// Throws Failure{Syntax}.
  explicit Expression(std::string_view text);

  /// With `data` as $. Nothing in the result is lazy. Pure, but for random() and now(). Throws
  /// Failure; what is too large or takes too long fails, too.
  Item evaluate(const Value& data, const Limits& limits = {}) const;

 private:
  std::shared_ptr<const Node> root_;
};

/// The expression of `text`, parsed once a thread and remembered while it is among the last used;
/// the reference holds until the next call. Throws Failure{Syntax}.
const Expression& parsed(const std::string& text);

/// As templates do: `data` as $.data, the result as an ordinary value.
Value evaluate(const std::string& expression, const Value& data, const Limits& limits = {});

}  // namespace heat::yaql
