#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/value.h"

namespace heat {

/// Bounds on what a reader accepts, so that no text takes unbounded memory or time.
struct ReadLimits {
  std::size_t depth = 100;
  std::size_t nodes = 1'000'000;  ///< after aliases are expanded
};

/// A parsed YAML or JSON text: its value, and where each part of it stood.
class Document {
 public:
  /// As the original reads templates: JSON where the text is JSON, else YAML 1.1 (dates stay
  /// strings, merge keys, no tags of one's own). An empty text is null.
  /// Throws Error{HTTPBadRequest} with the position.
  static Document read(std::string_view text, std::string file, ReadLimits limits = {});
  /// YAML only, as the original reads environments: there `1e3` is a string in braces, too.
  static Document read_yaml(std::string_view text, std::string file, ReadLimits limits = {});
  /// A value that came without text: no positions.
  static Document of(Value value);

  const Value& root() const noexcept { return root_; }
  const std::string& file() const noexcept { return file_; }

  /// Where the value at `path` begins (the key's place for a map member), or of its nearest
  /// ancestor that has a place, with the line; nothing where there was no text.
  std::optional<Position> position(const Path& path) const;
  /// Whether what is at `a` stands before what is at `b`, also where there was no text. A part that
  /// is not there counts as the last of its container.
  bool before(const Path& a, const Path& b) const;

 private:
  struct Origin;  // the text and its marks
  Value root_;
  std::string file_;
  std::shared_ptr<const Origin> origin_;
};

/// The place of a byte of a text, with its line.
Position position_in(std::string_view text, std::size_t byte, std::string name);

}  // namespace heat
