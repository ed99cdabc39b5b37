#include "template/words.h"

#include <cctype>

namespace heat {

std::string spelled(std::string_view word, Language language) {
  if (language == Language::Hot) return std::string(word);
  std::string camel;
  bool capital = true;
  for (const char c : word) {
    if (c != '_') camel += capital ? static_cast<char>(std::toupper(c)) : c;
    capital = c == '_';
  }
  return camel;
}

Path spelled(Path path, const Value& root, Language language) {
  if (path.empty() || language == Language::Hot) return path;
  const std::string section = path[0];
  if (!root.find(path[0])) path[0] = spelled(path[0], language);
  // What stands under the name of an entry is a word again; the name itself is its author's.
  const bool has_entries =
      section == "resources" || section == "parameters" || section == "outputs";
  if (!has_entries || path.size() < 3) return path;
  if (!root[path[0]][path[1]].find(path[2])) path[2] = spelled(path[2], language);
  return path;
}

}  // namespace heat
