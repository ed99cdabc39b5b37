#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "schema/schema.h"
#include "yaql/budget.h"

namespace heat {

class Behaviour;
struct Finder;

struct AttributeSchema {
  std::string type;  ///< String, Map, List, Integer, Boolean; empty: not said
  std::string description;
  bool live = false;  ///< never cached: asked of the cloud each time
  std::string support_status, support_message, support_version;
};

/// How one written property becomes the one the behaviour reads, before anything is compared.
struct Translation {
  enum class Rule { Replace, Resolve, Add, Delete };
  Rule rule;
  std::vector<std::string> path = {};        ///< of the property; a list on the way means each item
  std::vector<std::string> value_path = {};  ///< Replace: the (deprecated) property to take it from
  std::string value_name = {};               ///< … or its sibling of that name in the same map
  std::string finder = {};  ///< Resolve: its name in the Registry: "neutron.network"
};

/// A resource type as data: what templates may say of it and what it can do. Two resources of a
/// type share it; it never changes.
struct ResourceType {
  std::string name;  ///< "OS::Neutron::Net"
  std::string description;
  std::string service;    ///< catalogue type it needs; empty: none
  std::string extension;  ///< that this service must have, by its alias; empty: none
  std::string support_status = "SUPPORTED", support_message, support_version;
  Schema properties = Schema::of(Type::Map);  ///< its members
  std::vector<std::pair<std::string, AttributeSchema>> attributes;
  std::vector<Translation> translations;
  /// Keys that an update_policy may have; nothing: that is not known.
  std::optional<std::set<std::string>> update_policies = std::set<std::string>();
  std::set<std::string> can;  ///< suspend, resume, check, snapshot_on_delete …
  /// What it could by itself, and the configuration takes away: a word of `can`, and why.
  std::map<std::string, std::string> cannot;
  std::size_t name_limit = 255;  ///< of the physical name
  bool effect_free = false;      ///< nothing outside: its steps need not wait for the disk
  std::shared_ptr<Behaviour> behaviour;

  const Schema* property(std::string_view property_name) const {
    return properties.member(property_name);
  }
  const AttributeSchema* attribute(std::string_view attribute_name) const;
};

/// What the definitions of stacks are read against, filled once by `main`: all types this process
/// knows, by name, their data files parsed at the first look-up of the type.
class Registry {
 public:
  void add(std::string name, std::function<std::shared_ptr<const ResourceType>()> load);
  /// Null where there is none.
  std::shared_ptr<const ResourceType> find(const std::string& name) const;
  std::vector<std::string> names() const;  ///< sorted

  /// What the operator's environments map to other types: a resource_registry, behind everybody's
  /// own.
  void set_mappings(Value mappings) { mappings_ = std::move(mappings); }
  const Value& mappings() const { return mappings_; }
  /// Bounds of yaql in templates.
  void set_query_limits(yaql::Limits limits) { query_limits_ = limits; }
  const yaql::Limits& query_limits() const { return query_limits_; }

  /// How names of cloud objects become ids, by the name that `find` and custom constraints use
  /// ("neutron.network"). Loaded at the first question.
  void add_finders(std::function<std::map<std::string, Finder>()> load);
  /// Null where there is none of that name.
  const Finder* finder(const std::string& name) const;

 private:
  struct Slot;
  struct Finders;
  std::map<std::string, std::shared_ptr<Slot>> slots_;
  std::shared_ptr<Finders> finders_;
  Value mappings_;
  yaql::Limits query_limits_;
};

}  // namespace heat
