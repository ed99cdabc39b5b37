#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "async/loop.h"
#include "base/random.h"
#include "engine/definition_request.h"
#include "engine/engine_settings.h"
#include "engine/known_definitions.h"
#include "engine/operations.h"
#include "engine/session_source.h"
#include "net/http.h"
#include "stack/decide.h"
#include "stack/stack.h"
#include "store/store.h"

namespace heat {

/// The operations behind both APIs. Reads come from the store; what changes a stack is a row before
/// it is answered, and `wake` tells the worker that owns the tree, or any.
class Engine final : public Operations {
 public:
  struct Parts {
    Loop& loop;
    Store& store;
    Random& random;
    const Registry& registry;
    SessionSource* sessions = nullptr;  ///< null: offline
    EngineSettings settings = {};
    std::function<void(const std::string& root_id)> wake;
    Http* downloads = nullptr;  ///< for templates that are named by URL; null: they can't be had
  };
  explicit Engine(Parts parts) : parts_(std::move(parts)) {}

  Task<StackIdentity> create_stack(Context context, StackRequest request) override;
  Task<StackIdentity> update_stack(Context context, std::string stack,
                                   StackRequest request) override;
  Task<Value> preview_stack(Context context, StackRequest request) override;
  Task<Value> preview_update_stack(Context context, std::string stack,
                                   StackRequest request) override;
  Task<> delete_stack(Context context, std::string stack) override;
  Task<Value> validate_template(Context context, StackRequest request) override;

  Task<StackIdentity> identify_stack(Context context, std::string stack) override;
  Task<Value> show_stack(Context context, std::string stack, bool resolve_outputs) override;
  Task<Value> list_stacks(Context context, Value filters) override;
  Task<std::int64_t> count_stacks(Context context, Value filters) override;
  Task<Value> get_template(Context context, std::string stack) override;
  Task<Value> get_environment(Context context, std::string stack) override;
  Task<Value> get_files(Context context, std::string stack) override;
  Task<Value> list_outputs(Context context, std::string stack) override;
  Task<Value> show_output(Context context, std::string stack, std::string key) override;

  Task<Value> list_stack_resources(Context context, std::string stack, int nested_depth,
                                   bool with_detail, Value filters) override;
  Task<Value> describe_stack_resource(Context context, std::string stack, std::string resource,
                                      std::vector<std::string> with_attributes) override;
  Task<Value> list_events(Context context, std::string stack, Value filters) override;

  Task<> stack_cancel_update(Context context, std::string stack, bool rollback) override;
  Task<Value> list_resource_types(Context context, Value filters) override;
  Task<Value> resource_schema(Context context, std::string type, bool with_description) override;
  Task<Value> generate_template(Context context, std::string type,
                                std::string template_type) override;
  Task<Value> list_template_versions(Context context) override;
  Task<Value> list_template_functions(Context context, std::string version,
                                      bool with_conditions) override;
  Task<Value> list_services(Context context) override;
  Task<std::string> get_revision(Context context) override;
  Task<Value> plan_update(Context context, std::string stack, StackRequest request) override;

 private:
  using Definition = std::shared_ptr<const StackDefinition>;

  /// A stack as the store has it, for reading.
  struct Reading {
    StackRow row;
    Members members;
    DefinitionRow definition_row;
    Definition definition;
  };

  /// Throws EntityNotFound. Deleted ones are found by id only.
  Task<StackRow> find(Context context, std::string stack);
  Task<StackRow> find_live(Context context, std::string stack);
  /// What waits in the inbox counts as begun.
  Task<std::vector<StackRow>> stacks(StackFilter filter);
  Task<std::shared_ptr<Reading>> read(StackRow row);
  /// Attributes that are never cached, as far as outputs use them.
  Task<> refresh(Reading& reading, Session* session);
  /// Adds description, metadata and the attributes as they are now. What it is given outlives it.
  Task<> add_details(Value& shown, Member& member, const Reading& reading, Session* session,
                     std::vector<std::string> with_attributes = {});
  Task<DefinitionRow> definition_row(const std::string& id);
  /// What the stack is to be. Throws where there are problems in it by now.
  Task<std::shared_ptr<const KnownDefinition>> definition(const StackRow& stack);
  /// An update as far as it can be told before it is carried out.
  struct Update {
    std::shared_ptr<Reading> before;
    DefinitionRow row;
    Definition definition;
    std::shared_ptr<Session> session;
  };
  Task<Update> prepare_update(const Context& context, StackRow row, StackRequest request);
  /// What an update would do with each resource, were it asked for now.
  struct Foreseen {
    Stack before;
    Definition definition;
    std::vector<std::pair<std::string, Decision>> decisions;
  };
  Task<Foreseen> foresee_update(Context context, std::string stack, StackRequest request);
  /// `changes` go with the message.
  Task<> post(const Context& context, const StackRow& row, std::string kind, Map content,
              Changes changes = {});
  /// What the caller leaves for the work on the tree; nothing offline.
  std::optional<CredentialRow> credential_of(const Context& context, const StackRow& row);
  std::optional<CredentialRow> deletion_credential(const Context& context, const StackRow& row);
  /// Throws StackExists.
  Task<> refuse_taken_name(const Context& context, const std::string& name);
  Task<std::vector<StackRow>> stacks_like(const Context& context, const Value& arguments);
  std::shared_ptr<Session> session_of(const Context& context) const;
  Reach reach(Session* session) const;
  /// What users name: of remote places only.
  Task<std::string> fetch(std::string url) const;
  /// A template that is a type: a local one is the operator's, as the examination saw to.
  Task<std::string> fetch_template(std::string url) const;
  /// The request with its template, fetched where it is named by URL.
  Task<StackRequest> with_template(StackRequest request) const;
  Parameters::Pseudo pseudo(const StackRow& row) const;

  const Parts parts_;
  KnownDefinitions known_;
};

}  // namespace heat
