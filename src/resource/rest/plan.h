#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "resource/type_file.h"

namespace heat::rest {

struct WireMember;

/// How one value of a property travels: its name on the wire, and what stands for its absence.
struct Wire {
  std::string name;  ///< empty: the property's own
  enum class Send { Always, Create, Never, Merge } send = Send::Always;
  enum class Absent { Drop, Null, Name } absent = Absent::Drop;  ///< at creation
  Value cleared;  ///< what an update sends where nothing is left
  std::vector<WireMember> members;
  std::vector<Wire> item;  ///< none or one
};

struct WireMember {
  std::string property;
  Wire wire;
};

/// One call: method, path with {placeholders}, and the body where it is not made of the properties.
struct Call {
  std::string method;
  std::string path;
  std::optional<Value> body;
};

/// When an object is ready, by one field of it.
struct Poll {
  std::string field;
  std::set<std::string> wait, done, fail;  ///< `done` empty: whatever is in neither of the others
};

/// A property that is no field of the object but a set of things tied to it, by calls of their own.
/// What is tied is named by its id, or is a map with the field `item_id`.
struct Link {
  std::optional<Call> list;           ///< those that are tied now
  std::string items, item_id = "id";  ///< the list in that answer, and what names each of it
  std::optional<Call> add, remove;    ///< one at a time: {item}
  std::optional<Call> replace;        ///< or all at once: {items}
};

/// A sibling that must come first: one of this type, where its property equals one of ours.
struct Dependency {
  std::string type;
  std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> where;
};

/// Something that must hold between properties.
struct Rule {
  std::map<std::string, Value> when;  ///< property → the value it must have; null: any
  std::vector<std::string> require;   ///< all must be given
  std::vector<std::string> conflict;  ///< at most one may be given
  std::vector<std::string> one_of;    ///< exactly one must be given
  std::vector<std::string> forbid;    ///< none may be given
};

/// All that a type's file says of how it is carried out.
struct Plan {
  std::string service, microversion;
  std::string path;       ///< of the collection, or of the object's parent
  std::string wrap;       ///< name of the object in bodies; empty: the body itself
  std::string id = "id";  ///< field of the answer, or a text with {placeholders}
  Call create, read, update, remove;
  bool readable = true, updatable = true;
  std::vector<std::string> update_always;  ///< sent with every update, changed or not
  bool update_whole = false;               ///< an update sends every property
  Map also;                                ///< sent at creation besides the properties
  Poll poll;
  std::set<std::string> gone;     ///< states in which an object counts as deleted
  std::set<std::string> busy;     ///< calls repeated while the service answers 409
  std::vector<std::string> mark;  ///< fields that recognise an object just made
  std::string collection;         ///< name of the list in the answer to GET `path`
  std::vector<WireMember> properties;
  std::map<std::string, Link> links;                            ///< by property
  std::vector<std::pair<std::string, std::string>> attributes;  ///< name → field of the object
  std::vector<Rule> rules;
  std::vector<Dependency> depends;

  const Wire* property(std::string_view name) const;
};

/// Throws Error{InvalidSchemaError} with file, line and key.
Plan read_plan(const TypeFile& file, const ResourceType& type);

}  // namespace heat::rest
