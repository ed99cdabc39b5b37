#include "store/table.h"

namespace heat {

namespace {

// A name is unique among the live root stacks of a project; NULLs are never equal.
std::optional<std::string> live_name(const StackRow& stack) {
  if (!stack.live || !stack.parent_id.empty()) return std::nullopt;
  return stack.name;
}

}  // namespace

template <>
const Table<DefinitionRow>& table() {
  using Row = DefinitionRow;
  using Shared = Column<Row>::Shared;
  static const Table<Row> description{"definition",
                                      1,
                                      {{"id", &Row::id},
                                       {"template_source", Shared{&Row::template_source}},
                                       {"environment", Shared{&Row::environment}},
                                       {"files", Shared{&Row::files}},
                                       {"parameters", &Row::parameters}}};
  return description;
}

template <>
const Table<StackRow>& table() {
  using Row = StackRow;
  static const Table<Row> description{"stack",
                                      1,
                                      {{"id", &Row::id},
                                       {"root_id", &Row::root_id},
                                       {"parent_id", &Row::parent_id},
                                       {"parent_resource", &Row::parent_resource},
                                       {"project_id", &Row::project_id},
                                       {"name", &Row::name},
                                       {"live", &Row::live},
                                       {"live_name", &live_name},
                                       {"action", &Row::action},
                                       {"status", &Row::status},
                                       {"status_reason", &Row::status_reason},
                                       {"definition_id", &Row::definition_id},
                                       {"previous_definition_id", &Row::previous_definition_id},
                                       {"credential_id", &Row::credential_id},
                                       {"owner_name", &Row::owner_name},
                                       {"stack_user_project_id", &Row::stack_user_project_id},
                                       {"outputs", &Row::outputs},
                                       {"tags", &Row::tags},
                                       {"disable_rollback", &Row::disable_rollback},
                                       {"timeout_minutes", &Row::timeout_minutes},
                                       {"created_at", &Row::created_at},
                                       {"updated_at", &Row::updated_at},
                                       {"deleted_at", &Row::deleted_at},
                                       {"deadline", &Row::deadline},
                                       {"version", &Row::version},
                                       {"request_id", &Row::request_id, 4}}};
  return description;
}

template <>
const Table<TreeRow>& table() {
  using Row = TreeRow;
  static const Table<Row> description{"tree",
                                      1,
                                      {{"root_id", &Row::root_id},
                                       {"owner", &Row::owner},
                                       {"epoch", &Row::epoch},
                                       {"lease_until", &Row::lease_until},
                                       {"next_sequence", &Row::next_sequence}}};
  return description;
}

template <>
const Table<ResourceRow>& table() {
  using Row = ResourceRow;
  static const Table<Row> description{"resource",
                                      1,
                                      {{"id", &Row::id},
                                       {"stack_id", &Row::stack_id},
                                       {"name", &Row::name},
                                       {"type", &Row::type},
                                       {"action", &Row::action},
                                       {"status", &Row::status},
                                       {"status_reason", &Row::status_reason},
                                       {"physical_id", &Row::physical_id},
                                       {"definition_id", &Row::definition_id},
                                       {"replaces", &Row::replaces},
                                       {"replaced_by", &Row::replaced_by},
                                       {"requires_ids", &Row::requires_ids},
                                       {"properties", &Row::properties},
                                       {"target", &Row::target},
                                       {"attributes", &Row::attributes},
                                       {"data", &Row::data},
                                       {"metadata", &Row::metadata},
                                       {"deletion_policy", &Row::deletion_policy},
                                       {"created_at", &Row::created_at},
                                       {"updated_at", &Row::updated_at},
                                       {"version", &Row::version},
                                       {"named_type", &Row::named_type, 3},
                                       {"external_id", &Row::external_id, 4}}};
  return description;
}

template <>
const Table<StepRow>& table() {
  using Row = StepRow;
  static const Table<Row> description{"step",
                                      2,
                                      {{"resource_id", &Row::resource_id},
                                       {"name", &Row::name},
                                       {"done", &Row::done},
                                       {"result", &Row::result},
                                       {"begun_at", &Row::begun_at},
                                       {"looks", &Row::looks, 5}}};
  return description;
}

template <>
const Table<InboxRow>& table() {
  using Row = InboxRow;
  static const Table<Row> description{"inbox",
                                      1,
                                      {{"id", &Row::id},
                                       {"root_id", &Row::root_id},
                                       {"stack_id", &Row::stack_id},
                                       {"kind", &Row::kind},
                                       {"content", &Row::content},
                                       {"created_at", &Row::created_at},
                                       {"sequence", &Row::sequence}}};
  return description;
}

template <>
const Table<EventRow>& table() {
  using Row = EventRow;
  static const Table<Row> description{"event",
                                      1,
                                      {{"id", &Row::id},
                                       {"stack_id", &Row::stack_id},
                                       {"root_id", &Row::root_id},
                                       {"sequence", &Row::sequence},
                                       {"resource_name", &Row::resource_name},
                                       {"resource_id", &Row::resource_id},
                                       {"physical_id", &Row::physical_id},
                                       {"resource_type", &Row::resource_type},
                                       {"action", &Row::action},
                                       {"status", &Row::status},
                                       {"reason", &Row::reason},
                                       {"properties", &Row::properties},
                                       {"created_at", &Row::created_at}}};
  return description;
}

template <>
const Table<CredentialRow>& table() {
  using Row = CredentialRow;
  static const Table<Row> description{"credential",
                                      1,
                                      {{"id", &Row::id},
                                       {"kind", &Row::kind},
                                       {"user_id", &Row::user_id},
                                       {"user_name", &Row::user_name},
                                       {"project_id", &Row::project_id},
                                       {"trust_id", &Row::trust_id},
                                       {"trustor_id", &Row::trustor_id},
                                       {"region", &Row::region},
                                       {"auth_url", &Row::auth_url},
                                       {"secret", &Row::secret},
                                       {"root_id", &Row::root_id, 2},
                                       {"state", &Row::state, 2},
                                       {"created_at", &Row::created_at, 2}}};
  return description;
}

template <>
const Table<ServiceRow>& table() {
  using Row = ServiceRow;
  static const Table<Row> description{"service",
                                      1,
                                      {{"id", &Row::id, 4},
                                       {"owner", &Row::owner, 4},
                                       {"binary_name", &Row::binary, 4},
                                       {"host", &Row::host, 4},
                                       {"hostname", &Row::hostname, 4},
                                       {"topic", &Row::topic, 4},
                                       {"report_interval", &Row::report_interval, 4},
                                       {"created_at", &Row::created_at, 4},
                                       {"updated_at", &Row::updated_at, 4}}};
  return description;
}

}  // namespace heat
