#include <utility>

#include "engine/definition_request.h"
#include "engine/engine.h"
#include "engine/local_template.h"
#include "engine/stack_arguments.h"
#include "engine/views.h"
#include "net/download.h"

namespace heat {

namespace {

bool refuses_update(const StackRow& row) { return row.action == "DELETE"; }

Error too_many_stacks(int limit) {
  return {ErrorKind::RequestLimitExceeded, "You have reached the maximum stacks per tenant, " +
                                               std::to_string(limit) +
                                               ". Please delete some stacks."};
}

void refuse_nested(const StackDefinition& definition) {
  for (const auto& member : definition.members()) {
    const std::string& name = member.definition->name;
    if (const NestedTemplate* nested = definition.nested(name))
      throw Error(ErrorKind::NotSupported,
                  "The resource " + name + " would be a stack of its own, made from the template " +
                      nested->file + ": stacks within stacks can be validated, but not made yet.",
                  {"resources", name});
  }
}

void check_immutable(const StackDefinition& before, const StackDefinition& after) {
  std::string names;
  for (const auto& [name, parameter] : after.tmpl().parameters()) {
    const Value* old = before.parameters().find(name);
    const Value* now = after.parameters().find(name);
    if (parameter.immutable && old != nullptr && now != nullptr && *old != *now)
      names += (names.empty() ? "" : ", ") + name;
  }
  if (!names.empty())
    throw Error(ErrorKind::ImmutableParameterModified,
                "The following parameters are immutable and may not be updated: " + names);
}

}  // namespace

std::shared_ptr<Session> Engine::session_of(const Context& context) const {
  return parts_.sessions == nullptr ? nullptr : parts_.sessions->of_caller(context);
}

Reach Engine::reach(Session* session) const {
  Reach reach{.session = session};
  reach.limits = {parts_.settings.max_nested_stack_depth, parts_.settings.max_resources_per_stack,
                  parts_.settings.max_template_size};
  if (parts_.downloads != nullptr)
    reach.fetch = [this](std::string url) { return fetch_template(std::move(url)); };
  return reach;
}

Task<std::string> Engine::fetch_template(std::string url) const {
  if (!is_local_file(url)) co_return co_await fetch(std::move(url));
  co_return read_local_template(url, 4 * parts_.settings.max_template_size);
}

Task<std::string> Engine::fetch(std::string url) const {
  return download(*parts_.downloads, parts_.loop, std::move(url),
                  {.bytes = 4 * parts_.settings.max_template_size,
                   .time = parts_.settings.template_fetch_timeout});
}

Task<StackRequest> Engine::with_template(StackRequest request) const {
  if (request.template_url.empty() || !request.template_source.is_null()) co_return request;
  if (parts_.downloads == nullptr)
    throw Error(ErrorKind::HTTPBadRequest,
                "Nothing can be fetched from here: send the template itself as 'template'.");
  request.template_source = co_await fetch(request.template_url);
  co_return request;
}

Parameters::Pseudo Engine::pseudo(const StackRow& row) const {
  return {row.name, row.id, row.project_id, parts_.settings.region};
}

Task<> Engine::refuse_taken_name(const Context& context, const std::string& name) {
  if (co_await parts_.store.stack_named(context.project_id, name))
    throw Error(ErrorKind::StackExists, "The Stack (" + name + ") already exists.");
}

Task<StackIdentity> Engine::create_stack(Context context, StackRequest request) {
  check_stack_name(request.name);
  const StackArguments arguments = StackArguments::read(request.args);
  co_await refuse_taken_name(context, request.name);
  const int limit = parts_.settings.max_stacks_per_tenant;
  const bool limited = !context.is_admin && limit >= 0;
  if (limited) {
    StackFilter all;
    all.project_id = context.project_id;
    if (co_await parts_.store.count_stacks(all) >= limit) throw too_many_stacks(limit);
  }
  StackRow row;
  row.id = row.root_id = parts_.random.uuid();
  row.project_id = context.project_id;
  row.name = request.name;
  row.owner_name = context.user_name;
  row.request_id = context.request_id;
  DefinitionRow definition = definition_of(co_await with_template(std::move(request)), nullptr,
                                           parts_.random.uuid(), parts_.settings);
  const auto session = session_of(context);
  const auto accepted = co_await accept(definition, pseudo(row), parts_.registry, Members(),
                                        reach(session.get()), parts_.loop);
  refuse_nested(*accepted);
  definition.files = accepted->files();

  Changes changes;
  if (auto credential = credential_of(context, row)) changes.insert(std::move(*credential));
  arguments.apply(row);
  const auto now = parts_.loop.now();
  row.definition_id = definition.id;
  row.action = "CREATE";
  row.status = "IN_PROGRESS";
  row.status_reason = "Stack CREATE started";
  row.created_at = to_micros(now);
  row.deadline = to_micros(now + arguments.timeout(parts_.settings.stack_action_timeout));
  TreeRow tree;
  tree.root_id = row.id;
  tree.next_sequence = 2;
  EventRow event = stack_event(row);
  event.id = parts_.random.uuid();
  event.root_id = row.id;
  event.sequence = 1;
  event.created_at = row.created_at;
  changes.insert(definition).insert(row).insert(tree).insert(event);
  if (limited) changes.stack_limit = Changes::StackLimit{row.project_id, limit};
  const CommitResult result = co_await parts_.store.commit(std::move(changes));
  if (result == CommitResult::NameTaken)
    throw Error(ErrorKind::StackExists, "The Stack (" + row.name + ") already exists.");
  if (result == CommitResult::OverLimit) throw too_many_stacks(limit);
  check(result == CommitResult::Done, "a new stack's rows were refused");
  parts_.wake(row.id);
  co_return identity_of(row);
}

std::optional<CredentialRow> Engine::credential_of(const Context& context, const StackRow& row) {
  if (parts_.sessions == nullptr) return std::nullopt;
  // An administrator of another project can lend no rights in this one; what the stack has stays.
  if (context.project_id != row.project_id) return std::nullopt;
  CredentialRow credential = parts_.sessions->intent_of(context);
  credential.id = parts_.random.uuid();
  credential.root_id = row.root_id;
  credential.created_at = to_micros(parts_.loop.now());
  return credential;
}

Task<> Engine::post(const Context& context, const StackRow& row, std::string kind, Map content,
                    Changes changes) {
  content.set("request_id", context.request_id);
  InboxRow message;
  message.id = parts_.random.uuid();
  message.root_id = row.root_id;
  message.stack_id = row.id;
  message.kind = std::move(kind);
  message.content = std::move(content);
  message.created_at = to_micros(parts_.loop.now());
  changes.insert(std::move(message));
  const std::string root = row.root_id;
  const CommitResult result = co_await parts_.store.commit(std::move(changes));
  check(result == CommitResult::Done, "a new message's row was refused");
  parts_.wake(root);
}

Task<Engine::Update> Engine::prepare_update(const Context& context, StackRow row,
                                            StackRequest request) {
  if (refuses_update(row))
    throw Error(ErrorKind::NotSupported, "Updating a stack when it is deleting is not supported.");
  Update update;
  update.before = co_await read(std::move(row));
  const StackRow& stack = update.before->row;
  const bool patch = request.args["existing"].truthy();
  request = co_await with_template(std::move(request));
  update.row = definition_of(request, patch ? &update.before->definition_row : nullptr,
                             parts_.random.uuid(), parts_.settings);
  update.session = session_of(context);
  update.definition =
      co_await accept(update.row, pseudo(stack), parts_.registry, update.before->members,
                      reach(update.session.get()), parts_.loop);
  update.row.files = update.definition->files();
  if (update.before->definition != nullptr)
    check_immutable(*update.before->definition, *update.definition);
  co_return update;
}

Task<StackIdentity> Engine::update_stack(Context context, std::string stack, StackRequest request) {
  const StackRow row = co_await find_live(context, std::move(stack));
  const StackArguments arguments = StackArguments::read(request.args, row);
  const Update update = co_await prepare_update(context, row, std::move(request));
  refuse_nested(*update.definition);
  Map content = arguments.to_value().as_map();
  content.set("definition_id", update.row.id);
  Changes changes;
  changes.insert(update.row);
  if (auto credential = credential_of(context, row)) changes.insert(std::move(*credential));
  co_await post(context, row, "update", std::move(content), std::move(changes));
  co_return identity_of(row);
}

std::optional<CredentialRow> Engine::deletion_credential(const Context& context,
                                                         const StackRow& row) {
  try {
    auto credential = credential_of(context, row);
    if (credential && credential->state == "intended") return credential;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::MissingCredentialError) throw;
  }
  return std::nullopt;
}

Task<> Engine::delete_stack(Context context, std::string stack) {
  const StackRow row = co_await find_live(context, std::move(stack));
  Changes changes;
  // For where what the stack has is of no use any more. Without a trust it goes by that alone.
  if (auto credential = deletion_credential(context, row)) changes.insert(std::move(*credential));
  co_await post(context, row, "delete", Map(), std::move(changes));
}

Task<> Engine::stack_cancel_update(Context context, std::string stack, bool rollback) {
  const StackRow row = co_await find_live(context, std::move(stack));
  const bool allowed = row.action == "UPDATE" || (!rollback && row.action == "CREATE");
  if (row.status != "IN_PROGRESS" || !allowed)
    throw Error(ErrorKind::NotSupported, "Cancelling update when stack is " + row.action + "_" +
                                             row.status + " is not supported.");
  co_await post(context, row, "cancel", Map{{"rollback", rollback}});
}

}  // namespace heat
