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
      if (what_ == CheckFor::Attributes) return;
      const bool late = node.function != nullptr && node.function->checked_late;
      problems_.add({ErrorKind::StackValidationFailed,
                     *node.problem,
                     node.call_path(),
                     {},
                     stage(late ? Stage::Contents : Stage::Definitions)});
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
      add(error, call, Stage::Definitions);
    }
  }

  /// The scope knows whether what the call names is there.
  void evaluate(const Node& call) {
    try {
      Evaluation(scope_, missing_).evaluate(call);
    } catch (const Error& error) {
      const bool attribute = error.kind() == ErrorKind::InvalidTemplateAttribute;
      add(error, call, attribute ? Stage::Contents : Stage::Needs);
    }
  }

  void add(const Error& error, const Node& call, Stage stage) {
    const bool attribute = error.kind() == ErrorKind::InvalidTemplateAttribute;
    if (what_ == CheckFor::Attributes && !attribute) return;
    const bool read = stage == Stage::Definitions || what_ == CheckFor::Resource;
    const bool named = (read && error.kind() == ErrorKind::InvalidTemplateReference) ||
                       error.kind() == ErrorKind::UserParameterMissing;
    problems_.add_further({named ? error.kind() : ErrorKind::StackValidationFailed,
                           error.message(),
                           error.path().empty() ? call.call_path() : error.path(),
                           {},
                           this->stage(stage)});
  }

  /// What would be `of_resource` in one.
  Stage stage(Stage of_resource) const {
    if (what_ != CheckFor::Output) return of_resource;
    return of_resource == Stage::Definitions ? Stage::OutputDefinitions : Stage::Outputs;
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
