#pragma once

#include <optional>
#include <string>
#include <vector>

#include "async/task.h"
#include "base/value.h"

namespace heat {

/// Who asks, as the API established it.
struct Context {
  std::string project_id;
  std::string project_name;
  std::string user_id;
  std::string user_name;
  std::string user_domain_id;
  std::string token;
  std::string password;  ///< where the client sent it along; never logged
  std::string trust_id;
  std::vector<std::string> roles;
  std::string auth_url;
  std::string region;
  std::string request_id;
  bool is_admin = false;
};

/// As the original's stack_identity: {tenant, stack_name, stack_id, path}.
struct StackIdentity {
  std::string project_id, stack_name, stack_id, path;
  Value to_value() const;
};

/// What a stack is made of, as a client gives it.
struct StackRequest {
  std::string name;
  Value template_source;          ///< text or an object; null in a PATCH that keeps the template
  std::string template_url = {};  ///< where it is to be fetched; empty: it is given
  Value environment;              ///< text or an object; null: none
  Value files;                    ///< map
  std::vector<std::string> environment_files;  ///< names in `files`, merged in this order
  Value parameters;  ///< map, over the environment's, but under those of the files
  /// The original's `args`: timeout_mins, disable_rollback, adopt_stack_data, tags, existing
  /// (PATCH), clear_parameters, converge.
  Value args;
};

/// The engine as both APIs see it: named and cut like the original's RPC methods, and answering
/// with the same maps (keys of heat/rpc/api.py: stack_name, stack_action, …), so that a wire is a
/// translation only. Errors are thrown as Error. Everything takes the caller's Context.
class Operations {
 public:
  virtual ~Operations() = default;

  virtual Task<StackIdentity> create_stack(Context context, StackRequest request) = 0;
  virtual Task<StackIdentity> update_stack(Context context, std::string stack,
                                           StackRequest request) = 0;
  /// What create_stack would make: the stack's map with its resources.
  virtual Task<Value> preview_stack(Context context, StackRequest request) = 0;
  virtual Task<Value> preview_update_stack(Context context, std::string stack,
                                           StackRequest request) = 0;
  /// Completes when the deletion is durable, not when it is done.
  virtual Task<> delete_stack(Context context, std::string stack) = 0;
  virtual Task<Value> validate_template(Context context, StackRequest request) = 0;

  /// By name, "name/id" or id. Throws Error EntityNotFound.
  virtual Task<StackIdentity> identify_stack(Context context, std::string stack) = 0;
  /// `stack` empty: all of the project. A list.
  virtual Task<Value> show_stack(Context context, std::string stack, bool resolve_outputs) = 0;
  /// `filters`: the original's arguments limit, marker, sort_keys, sort_dir, filters, show_deleted,
  /// show_nested, global_tenant, tags, tags_any …
  virtual Task<Value> list_stacks(Context context, Value filters) = 0;
  virtual Task<std::int64_t> count_stacks(Context context, Value filters) = 0;
  virtual Task<Value> get_template(Context context, std::string stack) = 0;
  virtual Task<Value> get_environment(Context context, std::string stack) = 0;
  virtual Task<Value> get_files(Context context, std::string stack) = 0;
  virtual Task<Value> list_outputs(Context context, std::string stack) = 0;
  virtual Task<Value> show_output(Context context, std::string stack, std::string key) = 0;

  virtual Task<Value> list_stack_resources(Context context, std::string stack, int nested_depth,
                                           bool with_detail, Value filters) = 0;
  virtual Task<Value> describe_stack_resource(Context context, std::string stack,
                                              std::string resource,
                                              std::vector<std::string> with_attributes) = 0;
  virtual Task<Value> list_events(Context context, std::string stack, Value filters) = 0;

  virtual Task<> stack_cancel_update(Context context, std::string stack, bool rollback) = 0;
  virtual Task<Value> list_resource_types(Context context, Value filters) = 0;
  virtual Task<Value> resource_schema(Context context, std::string type, bool with_description) = 0;
  virtual Task<Value> generate_template(Context context, std::string type,
                                        std::string template_type) = 0;
  virtual Task<Value> list_template_versions(Context context) = 0;
  virtual Task<Value> list_template_functions(Context context, std::string version,
                                              bool with_conditions) = 0;
  virtual Task<Value> list_services(Context context) = 0;
  virtual Task<std::string> get_revision(Context context) = 0;

  // Ours, beyond the original's.
  /// The plan of an update: one entry a resource with the action, the properties that change and
  /// why.
  virtual Task<Value> plan_update(Context context, std::string stack, StackRequest request) = 0;
};

}  // namespace heat
