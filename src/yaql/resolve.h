#pragma once

#include "yaql/function.h"

namespace heat::yaql {

/// An argument as it stands at a call: an expression that may still be evaluated, or an item.
struct Input {
  const Node* node = nullptr;
  Item item;
  bool skipped() const { return node && node->kind == Node::Kind::Skipped; }
};

struct Inputs {
  std::vector<Input> positional;
  std::vector<std::pair<std::string, Input>> named;
};

/// Chooses the overload that the arguments fit, as the original does: by their number and names,
/// then, once they are evaluated, by their kinds, where a narrower kind wins. Evaluates the
/// arguments, calls the function and bounds its result.
Item resolve(const Overloads& overloads, bool method, Inputs& inputs, Interpreter& interpreter,
             const std::shared_ptr<Context>& context);

}  // namespace heat::yaql
