#include "template/part_reader.h"

#include <algorithm>

#include "template/words.h"

namespace heat {

PartReader::PartReader(Template::Content& content, Diagnostics& problems)
    : content_(content),
      problems_(problems),
      resources_(content.document.root()[spelled("resources", content.version->language)]) {}

std::string PartReader::word(std::string_view hot) const {
  return spelled(hot, content_.version->language);
}

void PartReader::problem(std::string message, Path path, ErrorKind kind) {
  problems_.add(kind, std::move(message), std::move(path));
}

std::map<std::string, std::string> PartReader::check_keys(const Map& map,
                                                          const std::vector<std::string>& known,
                                                          const Path& path, ErrorKind kind,
                                                          const std::string& what) {
  const bool as_known = content_.version->language == Language::Hot;
  std::vector<std::string> others;
  if (!as_known)
    for (const std::string& hot : known) others.push_back(word(hot));
  const std::vector<std::string>& words = as_known ? known : others;
  std::map<std::string, std::string> meant;
  for (const auto& [key, value, key_kind] : map) {
    if (key_kind == Value::Kind::String && std::ranges::find(words, key) != words.end()) continue;
    Path place = path;
    place.push_back(key);
    problem("'" + key + "' " + what + "." + did_you_mean(key, words), std::move(place), kind);
    const auto near = std::ranges::find(words, nearest(key, words));
    if (near != words.end() && !map.contains(*near))
      meant.emplace(known[static_cast<std::size_t>(near - words.begin())], key);
  }
  return meant;
}

Path PartReader::below(const Path& path, std::string key) {
  Path longer;
  longer.reserve(path.size() + 1);
  longer = path;
  longer.push_back(std::move(key));
  return longer;
}

Expression PartReader::compiled(const Value& snippet, Path path, Place place) const {
  return compile(snippet, {*content_.version, resources_}, place, std::move(path));
}

}  // namespace heat
