#pragma once

#include <map>
#include <string>
#include <vector>

#include "template/compile.h"
#include "template/content.h"

namespace heat {

/// What reading each part of a template takes: its language's words, compiling, and problems.
class PartReader {
 public:
  PartReader(Template::Content& content, Diagnostics& problems);

 protected:
  bool has(const Versions& feature) const { return feature.contains(*content_.version); }
  /// A word of HOT as this template spells it.
  std::string word(std::string_view hot) const;
  /// The same in quotes, for messages.
  std::string quoted(std::string_view hot) const { return "'" + word(hot) + "'"; }
  /// What an entry says under a word of HOT; null where nothing.
  const Value* find(const Value& entry, std::string_view hot) const {
    return entry.find(word(hot));
  }
  const Value& at(const Value& entry, std::string_view hot) const { return entry[word(hot)]; }

  Diagnostics& problems() { return problems_; }
  void enter(Stage stage) { problems_.enter(stage); }
  void problem(std::string message, Path path, ErrorKind kind = ErrorKind::StackValidationFailed);
  /// Notes that a part was written, but not understood. Paths are in HOT's words.
  void unread(Path part) { content_.unread.insert(std::move(part)); }
  /// A problem for every key that is none of `known`, which are HOT's words. Gives those of them
  /// that were meant by unknown keys, with the key.
  std::map<std::string, std::string> check_keys(const Map& map,
                                                const std::vector<std::string>& known,
                                                const Path& path, ErrorKind kind,
                                                const std::string& what);
  Expression compiled(const Value& snippet, Path path, Place place = Place::Value) const;
  static Path below(const Path& path, std::string key);

  Template::Content& content_;

 private:
  Diagnostics& problems_;
  const Value& resources_;
};

/// Reads the entries of the section of resources, one by one.
class ResourceReader : PartReader {
 public:
  ResourceReader(Template::Content& content, Diagnostics& problems);
  void read(const std::string& name, const Value& entry, Value::Kind kind);

 private:
  bool read_type(const Value& entry, const Path& path, ResourceDefinition& definition);
  void map_part(const Value& entry, const char* key, const Path& path, Expression& into);
  void depends_on(const Value& entry, const Path& path, ResourceDefinition& definition);
  void deletion_policy(const Value& entry, const Path& path, ResourceDefinition& definition);
  void external_id(const Value& entry, const Path& path, ResourceDefinition& definition);
  void condition(const Value& entry, const Path& path, ResourceDefinition& definition);

  std::vector<std::string> keys_;
};

}  // namespace heat
