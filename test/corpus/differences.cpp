#include "differences.h"

#include <fnmatch.h>

#include <fstream>

#include "base/error.h"

namespace heat::corpus {

Differences::Differences(const std::string& file) {
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.front() == '#') continue;
    const std::size_t space = line.find(' '), colon = line.find(": ");
    if (space == std::string::npos || colon == std::string::npos || colon < space)
      throw Error(ErrorKind::ValueError, file + ": not 'DEPTH PATTERN: REASON': " + line);
    Entry entry{line.substr(0, space), line.substr(space + 1, colon - space - 1),
                line.substr(colon + 2)};
    entry.skip = entry.reason.starts_with("not judged");
    entries_.push_back(std::move(entry));
  }
}

Differences::Entry* Differences::fitting(const std::string& depth, const std::string& name,
                                         bool skip) {
  for (Entry& entry : entries_)
    if (entry.skip == skip && entry.depth == depth &&
        fnmatch(entry.pattern.c_str(), name.c_str(), FNM_NOESCAPE) == 0)
      return &entry;
  return nullptr;
}

bool Differences::skips(const std::string& depth, const std::string& name) {
  Entry* entry = fitting(depth, name, true);
  if (entry != nullptr) ++entry->uses;
  return entry != nullptr;
}

bool Differences::explains(const std::string& depth, const std::string& name) {
  Entry* entry = fitting(depth, name, false);
  if (entry != nullptr) ++entry->uses;
  return entry != nullptr;
}

std::vector<std::string> Differences::unused() const {
  std::vector<std::string> lines;
  for (const Entry& entry : entries_)
    if (entry.uses == 0) lines.push_back(entry.depth + " " + entry.pattern);
  return lines;
}

}  // namespace heat::corpus
