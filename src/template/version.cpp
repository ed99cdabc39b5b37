#include "template/version.h"

#include <algorithm>

#include "text/write.h"

namespace heat {

namespace {

/// The version that the section `key` means with `written`; null where there is none.
const Version* find_version(std::string_view key, std::string_view written) {
  if (written.empty()) return nullptr;
  for (const Version& version : kVersions)
    if (version.key == key && (written == version.date || written == version.name)) return &version;
  return nullptr;
}

/// The sections of `root` that name a version in words.
std::vector<std::string> keys_in(const Value& root) {
  std::vector<std::string> keys;
  for (const Version& version : kVersions) {
    const Value* written = root.find(version.key);
    if (written && written->is_string() && std::ranges::find(keys, version.key) == keys.end())
      keys.emplace_back(version.key);
  }
  return keys;
}

/// "2013-05-23, 2016-10-14 (newton)"
std::string known_under(std::string_view key) {
  std::string known;
  for (const Version& version : kVersions) {
    if (version.key != key) continue;
    known += (known.empty() ? "" : ", ") + std::string(version.date);
    if (!version.name.empty()) known += " (" + std::string(version.name) + ")";
  }
  return known;
}

[[noreturn]] void no_version(const Document& document) {
  for (const Version& version : kVersions)
    if (const Value* written = document.root().find(version.key))
      throw Error(ErrorKind::InvalidTemplateVersion,
                  "The version of a template must be text, not " + to_json(*written) +
                      "; there are: " + known_under(version.key) + ".",
                  {std::string(version.key)});
  // The original refuses a text while it reads it, and an object when it looks for its format.
  throw Error(document.position({}) ? ErrorKind::HTTPBadRequest : ErrorKind::InvalidTemplateVersion,
              "The template has no version: it must begin with heat_template_version, or be one of "
              "CloudFormation with AWSTemplateFormatVersion or HeatTemplateFormatVersion.");
}

const Version& read_version(const Document& document) {
  const Value& root = document.root();
  if (!root.is_map())
    throw Error(ErrorKind::HTTPBadRequest, "A template must be a map of sections, not a " +
                                               std::string(root.kind_name()) + ".");
  const std::vector<std::string> keys = keys_in(root);
  if (keys.empty()) no_version(document);
  if (keys.size() > 1)
    throw Error(ErrorKind::InvalidTemplateVersion,
                "The template has two versions: " + keys[0] + " and " + keys[1] + ".", {keys[1]});
  const std::string& written = root[keys[0]].as_string();
  if (const Version* version = find_version(keys[0], written)) return *version;
  throw Error(ErrorKind::InvalidTemplateVersion,
              "There is no template version " + to_json(written) +
                  "; there are: " + known_under(keys[0]) + ".",
              {keys[0]});
}

}  // namespace

std::string_view to_string(Language language) { return language == Language::Hot ? "hot" : "cfn"; }

std::string Version::str() const { return std::string(key) + "." + std::string(date); }

const Version* find_version(std::string_view full_name) {
  const std::size_t point = full_name.find('.');
  if (point == std::string_view::npos) return nullptr;
  return find_version(full_name.substr(0, point), full_name.substr(point + 1));
}

const Version& version_of(const Document& document) {
  try {
    return read_version(document);
  } catch (Error& error) {
    if (const auto position = document.position(error.path())) error.at(*position);
    throw;
  }
}

}  // namespace heat
