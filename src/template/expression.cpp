#include "template/expression.h"

#include "template/function.h"

namespace heat {

namespace {

using Node = Expression::Node;

/// Goes through all calls of a snippet, inner ones first; where `scope` is given, of an `if` only
/// through the branch that is taken.
template <class Visit>
class Walk {
 public:
  Walk(const Scope* scope, Missing& missing, Visit visit)
      : scope_(scope), missing_(missing), visit_(std::move(visit)) {}

  void operator()(const Node& node) {
    if (node.constant) return;
    if (!node.is_call()) {
      for (const Node& item : node.items) (*this)(item);
      return;
    }
    if (node.problem) return;
    if (node.function->role == FunctionRole::Choice && scope_) {
      Diagnostics unsaid;
      if (const Node* taken = Evaluation(*scope_, missing_, &unsaid).branch(node)) (*this)(*taken);
      return;
    }
    (*this)(node.argument());
    visit_(node);
  }

 private:
  const Scope* scope_;
  Missing& missing_;
  Visit visit_;
};

/// The text of a part, evaluated where there is a scope; empty where it is not known or no text.
/// What is wrong with it is said where it is evaluated for its own sake.
std::string text_of(const Node& node, const Scope* scope, Missing& missing) {
  if (node.constant) return node.source().string_or("");
  Diagnostics unsaid;
  return scope ? Evaluation(*scope, missing, &unsaid).value(node).string_or("") : std::string();
}

/// The node that holds the resource's name in a call that refers to one or reads an attribute, or
/// null.
const Node* name_of(const Node& call) {
  const Node& argument = call.argument();
  if (call.function->role == FunctionRole::Reference) return &argument;
  if (call.function->role != FunctionRole::Attribute) return nullptr;
  return argument.kind == Node::Kind::List ? &argument.items.front() : &argument;
}

std::set<std::string> resources_of(const Node& node, const Scope* scope) {
  std::set<std::string> names;
  Missing missing;
  Walk(scope, missing, [&](const Node& call) {
    const Node* name = name_of(call);
    if (!name) return;
    std::string text = text_of(*name, scope, missing);
    if (!text.empty()) names.insert(std::move(text));
  })(node);
  return names;
}

std::set<std::pair<std::string, std::string>> attributes_read(const Node& node,
                                                              const Scope* scope) {
  std::set<std::pair<std::string, std::string>> read;
  Missing missing;
  Walk(scope, missing, [&](const Node& call) {
    if (call.function->role != FunctionRole::Attribute) return;
    const Node& argument = call.argument();
    const bool all = argument.kind != Node::Kind::List || argument.items.size() < 2;
    std::string resource = text_of(*name_of(call), scope, missing);
    std::string name = all ? "*" : text_of(argument.items[1], scope, missing);
    if (!resource.empty() && !name.empty()) read.emplace(std::move(resource), std::move(name));
  })(node);
  return read;
}

}  // namespace

const yaql::Limits& Scope::query_limits() const {
  static const yaql::Limits usual;
  return usual;
}

Expression::Expression() {
  static const Expression null = literal(Value());
  node_ = null.node_;
}

Expression Expression::literal(Value value) {
  const auto snippet = std::make_shared<const Snippet>(std::move(value), Path());
  return Expression({snippet, &snippet->whole});
}

Value Expression::evaluate(const Scope& scope, Missing& missing) const {
  return Evaluation(scope, missing).value(*node_);
}

Value Expression::evaluate(const Scope& scope, Missing& missing, Diagnostics& problems) const {
  return Evaluation(scope, missing, &problems).value(*node_);
}

std::optional<Value> Expression::evaluate_member(const std::string& key, const Scope& scope,
                                                 Missing& missing, Diagnostics& problems) const {
  Evaluation evaluation(scope, missing, &problems);
  if (node_->kind != Node::Kind::Map) {
    const Value all = evaluation.value(*node_);
    const Value* member = all.find(key);
    return member ? std::optional(*member) : std::nullopt;
  }
  const Node* member = node_->member(key);
  Value value = member ? evaluation.evaluate(*member) : Value::omitted();
  return value.is(Value::Kind::Omitted) ? std::nullopt : std::optional(std::move(value));
}

std::set<std::string> Expression::resources() const { return resources_of(*node_, nullptr); }

std::set<std::string> Expression::resources(const Scope& scope) const {
  return resources_of(*node_, &scope);
}

std::set<std::pair<std::string, std::string>> Expression::attributes(const Scope& scope) const {
  return attributes_read(*node_, &scope);
}

Value Expression::source() const { return node_->source(); }

}  // namespace heat
