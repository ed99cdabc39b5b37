#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "base/value.h"
#include "stack/decide.h"
#include "store/rows.h"

namespace heat {

/// The arguments of a create or update, read and checked; `before` fills in what an update leaves
/// out.
struct StackArguments {
  bool disable_rollback = true;
  int timeout_minutes = 0;
  Value tags;

  /// Throws Error{ValueError}.
  static StackArguments read(const Value& args);
  static StackArguments read(const Value& args, const StackRow& before);

  void apply(StackRow& row) const;
  Duration timeout(Duration otherwise) const;
  Value to_value() const;
};

/// Throws Error{StackValidationFailed} for a name that a stack can't have.
void check_stack_name(const std::string& name);

/// Which list of a preview a decision belongs to: unchanged, updated, replaced, added, deleted.
std::string_view preview_list(Decision::Kind kind);

}  // namespace heat
