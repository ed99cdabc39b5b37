#pragma once

#include <optional>
#include <string>

#include "base/diagnostics.h"
#include "template/expression.h"
#include "template/kinds.h"

namespace heat {

/// What can be known of names before anything is carried out, whatever the conditions say. Nothing
/// for a name that there is not; any kind where nothing is known of it. What is wrong with a name
/// says `about`.
class Outlook {
 public:
  virtual ~Outlook() = default;
  virtual std::optional<Kinds> parameter(const std::string& name, std::string& about) const = 0;
  virtual std::optional<Kinds> reference(const std::string& resource, std::string& about) const = 0;
  virtual std::optional<Kinds> attribute(const std::string& resource, const std::string& attribute,
                                         std::string& about) const = 0;
  virtual std::optional<Kinds> file(const std::string& name, std::string& about) const = 0;
};

/// Looks at all of a snippet, both branches of every `if`, in time that grows with its size: calls
/// that can't be right, names that lead nowhere, functions that get another kind of value than they
/// take. With `schema`, also whether what the snippet gives is what a property takes. Findings are
/// for people: the branch may never be taken.
void check_kinds(const Expression& snippet, const Schema* schema, const Outlook& outlook,
                 Diagnostics& findings);

}  // namespace heat
