#include "template/function.h"

namespace heat {

namespace {

using Node = Expression::Node;

class SnippetCheck {
 public:
  SnippetCheck(const Scope& scope, CheckFor what, Diagnostics& problems)
      : scope_(scope), what_(what), problems_(problems) {}

  void operator()(const Node& node) {
    if (node.constant) return;
    if (!node.is_call()) {
      for (const Node& item : node.items) (*this)(item);
      return;
    }
    if (node.problem) {
      problems_.add(ErrorKind::StackValidationFailed, *node.problem, node.call_path());
    } else if (node.function->role == FunctionRole::Choice) {
      branches(node);
    } else {
      const FunctionRole role = node.function->role;
      (*this)(node.argument());
      if (what_ != CheckFor::Calls && role == FunctionRole::Attribute) evaluate(node);
      if (what_ == CheckFor::Resource && role == FunctionRole::Reference) evaluate(node);
    }
  }

 private:
  void branches(const Node& call) {
    (*this)(call.argument().items[0]);
    try {
      if (const Node* taken = Evaluation(scope_, missing_).branch(call)) (*this)(*taken);
    } catch (const Error& error) {
      add(error, call);
    }
  }

  /// The scope knows whether what the call names is there.
  void evaluate(const Node& call) {
    try {
      Evaluation(scope_, missing_).evaluate(call);
    } catch (const Error& error) {
      add(error, call);
    }
  }

  void add(const Error& error, const Node& call) {
    const bool reference =
        what_ == CheckFor::Resource && error.kind() == ErrorKind::InvalidTemplateReference;
    problems_.add_further(reference || error.kind() == ErrorKind::UserParameterMissing
                              ? error.kind()
                              : ErrorKind::StackValidationFailed,
                          error.message(), error.path().empty() ? call.call_path() : error.path());
  }

  const Scope& scope_;
  CheckFor what_;
  Diagnostics& problems_;
  Missing missing_;
};

}  // namespace

void Expression::check(const Scope& scope, CheckFor what, Diagnostics& problems) const {
  SnippetCheck(scope, what, problems)(*node_);
}

}  // namespace heat
