#pragma once

#include <string>
#include <vector>

#include "base/value.h"

namespace heat::oracle {

/// One recorded case: a template and what the original made of it.
struct Case {
  std::string topic;  ///< "functions/if"
  std::string id;
  Value data;

  const Value& expect() const { return data["expect"]; }
  const Value& error() const { return data["expect"]["error"]; }
  std::string text(std::string_view key) const { return data[key].string_or(""); }
  /// The template, padded as the case says.
  std::string template_text() const;
};

/// All cases of the .jsonl files at or under `path`, in order.
std::vector<Case> read_cases(const std::string& path);

/// A recorded value: what JSON can't spell is tagged there ($float, $map …).
Value decode(const Value& recorded);
/// Equal with kinds: 1 is neither 1.0 nor true. Maps are unordered.
bool same(const Value& a, const Value& b);

}  // namespace heat::oracle
