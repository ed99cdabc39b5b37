#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/value.h"

namespace heat::twin {

/// Compares answers with recorded ones, whose ids, addresses and URLs are placeholders: the first
/// time that one is met it is bound to what stands there, after that it must be the same.
class Contract {
 public:
  /// Where the first difference is, and what it is; empty where there is none.
  std::string difference(const Value& recorded, const Value& actual);
  /// The text with its placeholders filled in; one that is not bound yet gets an id of nothing.
  std::string fill(std::string_view text);
  Value fill(const Value& value);
  void bind(std::string placeholder, std::string text) { bound_[std::move(placeholder)] = text; }

 private:
  using Bindings = std::map<std::string, std::string, std::less<>>;

  static std::string compare(const Value& recorded, const Value& actual, Bindings& bound,
                             const std::string& where);
  static bool same_text(std::string_view recorded, std::string_view actual, Bindings& bound);
  static std::string compare_lists(const List& recorded, const List& actual, Bindings& bound,
                                   const std::string& where);

  Bindings bound_;
  int unbound_ = 0;
};

}  // namespace heat::twin
