#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/value.h"
#include "net/url.h"

namespace heat::api {

/// The parameters of a request, read with the checks they share.
class Query {
 public:
  explicit Query(heat::Query fields) : fields_(std::move(fields)) {}

  bool empty() const noexcept { return fields_.empty(); }
  bool contains(std::string_view name) const { return find(name) != nullptr; }
  /// The last value of that name, or null: what the original's clients count on.
  const std::string* find(std::string_view name) const;
  std::vector<std::string> all(std::string_view name) const;
  std::vector<std::string> names() const;  ///< each once, in order

  // These throw Error{HTTPBadRequest} where the value can't be understood.
  bool boolean(std::string_view name, bool otherwise) const;
  std::optional<std::int64_t> count(std::string_view name) const;  ///< not negative
  std::vector<std::string> tags(std::string_view name) const;      ///< separated by commas

  /// A filter: one value as a string, several as a list, null where there is none.
  Value filter(std::string_view name) const;
  void set(std::string_view name, std::string value);
  const heat::Query& fields() const noexcept { return fields_; }

 private:
  heat::Query fields_;
};

/// "true" or "false" in any case, or the value itself. Throws Error{HTTPBadRequest} naming `name`.
bool read_boolean(std::string_view name, const Value& value);
/// A number that is not negative, also as text. Throws Error{HTTPBadRequest} naming `name`.
std::int64_t read_count(std::string_view name, const Value& value);
/// Tags separated by commas, each of at most 80 characters.
std::vector<std::string> read_tags(std::string_view text);

}  // namespace heat::api
