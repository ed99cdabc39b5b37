#pragma once

#include <deque>
#include <memory>
#include <string>

#include "stack/definition.h"
#include "store/rows.h"

namespace heat {

/// A definition as the store has it, and as it is understood.
struct KnownDefinition {
  DefinitionRow row;
  std::shared_ptr<const StackDefinition> definition;
};

/// The definitions that were read last. They never change, and a client that waits for a stack
/// asks for the same one many times.
class KnownDefinitions {
 public:
  /// Null where it was not read lately.
  std::shared_ptr<const KnownDefinition> find(const std::string& id);
  void add(std::shared_ptr<const KnownDefinition> definition);

 private:
  std::deque<std::shared_ptr<const KnownDefinition>> newest_first_;
};

}  // namespace heat
