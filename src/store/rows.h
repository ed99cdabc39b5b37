#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "base/value.h"

// What is kept, as plain structs, one a table. A column that can hold a user's value is a Value and
// is sealed (encrypted) by the store. Ids are uuids unless said otherwise; empty means none.
namespace heat {

/// Template, environment, files and parameters as given: immutable, shared by the rows that name
/// it.
struct DefinitionRow {
  std::string id;
  Value template_source;  ///< string (text) or map (posted as an object)
  Value environment;      ///< map
  Value files;            ///< map name → content
  Value parameters;       ///< map: the environment's parameters merged with those of the request

  bool operator==(const DefinitionRow&) const = default;
};

struct StackRow {
  std::string id;
  std::string root_id;    ///< its own id for a root stack
  std::string parent_id;  ///< the stack that holds the resource this one is the template of
  std::string parent_resource;
  std::string project_id;
  std::string name;
  bool live = true;    ///< false once deleted: the name is free again
  std::string action;  ///< CREATE, UPDATE, DELETE, ROLLBACK …
  std::string status;  ///< IN_PROGRESS, COMPLETE, FAILED
  std::string status_reason;
  std::string definition_id;
  std::string previous_definition_id;  ///< what a rollback returns to
  std::string credential_id;
  std::string owner_name;  ///< user name of the creator
  std::string stack_user_project_id;
  Value outputs;  ///< null until first complete
  Value tags;     ///< list of strings
  bool disable_rollback = true;
  int timeout_minutes = 0;      ///< 0: none
  std::int64_t created_at = 0;  ///< µs UTC, as all times in rows
  std::int64_t updated_at = 0;  ///< 0: never
  std::int64_t deleted_at = 0;
  std::int64_t deadline = 0;    ///< of the action in progress; 0: none
  std::int64_t version = 0;     ///< counts writes; a precondition of each
  std::string request_id = {};  ///< of the API's request that began the action; for the log

  bool operator==(const StackRow&) const = default;
};

/// Who owns a tree of stacks. Every write by an engine names the epoch it owns the tree with.
struct TreeRow {
  std::string root_id;
  std::string owner;  ///< engine worker id; empty: nobody
  std::int64_t epoch = 0;
  std::int64_t lease_until = 0;
  std::int64_t next_sequence = 1;  ///< of events

  bool operator==(const TreeRow&) const = default;
};

struct ResourceRow {
  std::string id;
  std::string stack_id;
  std::string name;
  std::string type;
  std::string action;  ///< INIT, CREATE, UPDATE, DELETE …
  std::string status;  ///< COMPLETE, IN_PROGRESS, FAILED
  std::string status_reason;
  std::string physical_id;
  std::string definition_id;              ///< the definition it was last made by
  std::string replaces;                   ///< resource id
  std::string replaced_by;                ///< resource id; the row is to be deleted
  std::vector<std::string> requires_ids;  ///< resource ids that must outlive it
  Value properties;                       ///< applied, resolved, ids found; null before create
  Value target;                           ///< properties of the action in progress
  Value attributes;                       ///< map, stored when the action completed
  Value data;                             ///< map of strings, the behaviour's own
  Value metadata;                         ///< map
  std::string deletion_policy = "Delete";
  std::int64_t created_at = 0;
  std::int64_t updated_at = 0;
  std::int64_t version = 0;
  std::string named_type = {};  ///< where the template's name for `type` is another
  /// Physical id of something that is not the stack's: only looked at. Empty: the stack made it.
  std::string external_id = {};

  const std::string& shown_type() const { return named_type.empty() ? type : named_type; }
  bool operator==(const ResourceRow&) const = default;
};

/// A durable step of a resource's action: begun (result null, done false) before its effect.
struct StepRow {
  std::string resource_id;
  std::string name;
  bool done = false;
  Value result;
  std::int64_t begun_at = 0;
  /// A number for what the object looks like that it is to make, where that is no proof of whose it
  /// is; 0: it is.
  std::int64_t looks = 0;

  bool operator==(const StepRow&) const = default;
};

/// What changes a tree and is not yet taken by its owner, in order.
struct InboxRow {
  std::string id;
  std::string root_id;
  std::string stack_id;
  std::string kind;  ///< create, update, delete, cancel, signal …
  Value content;
  std::int64_t created_at = 0;
  std::int64_t sequence = 0;  ///< set by the store when inserted, never used twice

  bool operator==(const InboxRow&) const = default;
};

struct EventRow {
  std::string id;
  std::string stack_id;
  std::string root_id;
  std::int64_t sequence = 0;  ///< gap-free in a root stack
  std::string resource_name;
  std::string resource_id;
  std::string physical_id;
  std::string resource_type;
  std::string action;
  std::string status;
  std::string reason;
  Value properties;
  std::int64_t created_at = 0;

  bool operator==(const EventRow&) const = default;
};

/// What the engine acts with for a tree of stacks when the token of its caller is over. It comes
/// with a request, as an intent; the tree's owner makes it.
struct CredentialRow {
  std::string id;
  std::string kind;  ///< trust; lent: somebody else's trust, which is not ours to end; password
  std::string user_id, user_name, project_id, trust_id, trustor_id, region, auth_url;
  Value secret;         ///< map: what is needed to make it, null once it is made; the password
  std::string root_id;  ///< of the tree that it is for
  std::string state;    ///< intended, begun (it may be there), made
  std::int64_t created_at = 0;

  bool operator==(const CredentialRow&) const = default;
};

/// An engine's worker that runs, or is thought to: one that ends takes its row away.
struct ServiceRow {
  std::string id;
  std::string owner;  ///< what it owns trees as; see engine/owner_id.h
  std::string binary, host, hostname, topic;
  int report_interval = 0;  ///< seconds
  std::int64_t created_at = 0;
  std::int64_t updated_at = 0;  ///< its last sign of life; 0: none since it began

  bool operator==(const ServiceRow&) const = default;
};

}  // namespace heat
