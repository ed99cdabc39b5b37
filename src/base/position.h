#pragma once

#include <cstddef>
#include <string>

namespace heat {

/// A place in text, counted from 1; columns are characters.
struct Position {
  std::string file = {};
  int line = 0;
  int column = 0;
  std::string text = {};  ///< the line, or what stands about the place in a long one; or empty
  std::size_t caret = 0;  ///< bytes of `text` before the place

  std::string str() const;  ///< "app.yaml:3:7"
  /// For people: "  --> app.yaml:3:7", and below it the line with a caret where it is known.
  std::string picture() const;
  friend bool operator==(const Position& a, const Position& b) {
    return a.line == b.line && a.column == b.column && a.file == b.file;
  }
};

}  // namespace heat
