#pragma once

#include <set>
#include <string>

/// The words that resource types are declared with; docs/resource-types.md explains them.
namespace heat::words {

/// Of a type's file.
inline const std::set<std::string> kType{
    "type",    "doc",        "support",    "service",      "name_limit", "effect_free", "can",
    "path",    "collection", "wrap",       "id",           "create",     "read",        "update",
    "remove",  "poll",       "gone",       "busy",         "mark",       "links",       "rules",
    "depends", "properties", "attributes", "microversion", "extension",  "also",
};

/// Of a family's file: what the types of one service share, and how its objects are found.
inline const std::set<std::string> kFamily{
    "family", "service", "name_limit", "can",  "id",    "create", "read",         "update",
    "remove", "poll",    "gone",       "busy", "links", "mark",   "microversion", "finders",
};

/// Of a property, of a member of one, of the items of one.
inline const std::set<std::string> kProperty{
    "type",  "doc",    "default", "required", "update", "immutable", "support",
    "range", "length", "allowed", "pattern",  "modulo", "custom",    "members",
    "items", "find",   "rename",  "wire",     "absent", "cleared",   "send",
};

/// Of an attribute.
inline const std::set<std::string> kAttribute{"type", "doc", "live", "support", "wire"};

}  // namespace heat::words
