#pragma once

#include <initializer_list>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/value.h"
#include "text/document.h"

namespace heat {

/// One part of a data file, which knows where it stands: every complaint about it names file, line
/// and key. A part that is not there can be asked all the same and gives what it is asked
/// `otherwise`.
class Part {
 public:
  Part() = default;
  explicit Part(std::shared_ptr<const Document> document);

  bool present() const { return document_ != nullptr; }
  const Value& value() const { return value_; }
  const Path& path() const { return path_; }

  Part operator[](std::string_view key) const;  ///< of a map; one that isn't present where missing
  std::vector<std::pair<std::string, Part>> entries() const;  ///< of a map, in order
  std::vector<Part> items() const;                            ///< of a list; a single value is one

  std::string text(std::string_view otherwise = {}) const;
  bool flag(bool otherwise = false) const;
  std::int64_t number(std::int64_t otherwise) const;
  std::vector<std::string> words() const;  ///< items(), each a text
  /// One of `choices`.
  std::string choice(std::initializer_list<std::string_view> choices,
                     std::string_view otherwise) const;

  /// Complains of the first key that is none of these, with the nearest right one.
  void only(const std::set<std::string>& keys) const;
  /// Throws Error{InvalidSchemaError} with this part's place.
  [[noreturn]] void fail(const std::string& what) const;

 private:
  Part(std::shared_ptr<const Document> document, Path path, Value value);

  std::shared_ptr<const Document> document_;
  Path path_;
  Value value_;
};

}  // namespace heat
