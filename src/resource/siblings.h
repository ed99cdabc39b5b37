#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/value.h"

namespace heat {

/// Properties, each of them worked out when it is first looked at: most never are.
class DeferredProperties {
 public:
  using Work = std::function<Value(const std::string& property)>;
  DeferredProperties(Map known);
  DeferredProperties(Work work) : work_(std::move(work)) {}

  const Value& operator[](const std::string& property) const;

 private:
  Work work_;
  mutable std::map<std::string, Value> known_;
};

/// A resource of the same stack as seen by its neighbours while the graph is made: properties are
/// evaluated as far as they can be; a reference to a resource that does not exist yet is its name.
struct Sibling {
  std::string name;
  std::string type;
  DeferredProperties properties;
  std::string reference;  ///< what get_resource gives: its name until it exists
};

/// Some of them; they live as long as the Siblings.
using Neighbours = std::vector<const Sibling*>;

/// All resources of a stack, found by their types.
class Siblings {
 public:
  explicit Siblings(std::vector<Sibling> all);
  Siblings(const Siblings&) = delete;

  const std::vector<Sibling>& all() const { return all_; }
  /// In the order of all.
  const Neighbours& of_type(const std::string& type) const;
  /// The one of that type that a reference means; null where none does.
  const Sibling* referred_to(const Value& reference, const std::string& type) const;
  /// Its place among all.
  std::size_t index_of(const Sibling& sibling) const;

 private:
  std::vector<Sibling> all_;
  std::map<std::string, Neighbours> by_type_;
};

}  // namespace heat
