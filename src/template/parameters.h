#pragma once

#include <string>
#include <string_view>

#include "base/diagnostics.h"
#include "template/environment.h"
#include "template/template.h"

namespace heat {

/// The values of a template's parameters: given, from the environment, or default; converted.
class Parameters {
 public:
  struct Pseudo {
    std::string stack_name, stack_id, project_id, region;
  };

  /// Whether every parameter must have a value, or a template is looked at without.
  enum class Values { Required, Optional };

  /// Converts and checks. Problems (missing, unknown, of the wrong type) go to `problems`;
  /// custom constraints to `questions`.
  static Parameters resolve(const Template& tmpl, const Environment& environment,
                            const Pseudo& pseudo, Diagnostics& problems, Questions& questions,
                            Values values = Values::Required);

  /// Typed, pseudo parameters included.
  const Value* find(std::string_view name) const { return values_.find(name); }
  const Map& all() const { return values_; }
  /// Each as text, as the API shows them, in the template's order: hidden ones as "******".
  const Map& shown() const { return shown_; }

 private:
  Map values_;
  Map shown_;
};

}  // namespace heat
