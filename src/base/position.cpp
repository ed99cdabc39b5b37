#include "base/position.h"

#include <algorithm>

#include "base/display_width.h"

namespace heat {

namespace {

/// As wide as `text`, so that what follows stands right under what follows it.
std::string blank(std::string_view text) {
  std::string result;
  for (std::size_t tab; (tab = text.find('\t')) != text.npos; text.remove_prefix(tab + 1))
    result += std::string(display_width(text.substr(0, tab)), ' ') + '\t';
  return result + std::string(display_width(text), ' ');
}

}  // namespace

std::string Position::str() const {
  return file + ":" + std::to_string(line) + ":" + std::to_string(column);
}

std::string Position::picture() const {
  std::string picture = "  --> " + str() + "\n";
  if (text.empty()) return picture;
  const std::string number = std::to_string(line);
  const std::string margin = " " + std::string(number.size(), ' ') + " | ";
  picture += margin.substr(0, margin.size() - 1) + "\n";
  picture += " " + number + " | " + text + "\n";
  picture += margin + blank(std::string_view(text).substr(0, caret)) + "^\n";
  return picture;
}

}  // namespace heat
