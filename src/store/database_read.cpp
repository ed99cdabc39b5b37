#include <algorithm>

#include "store/database.h"
#include "store/table_access.h"

namespace heat {

namespace {

using Parameters = std::vector<Value>;

void bind_all(sqlite::Run& run, const Parameters& parameters) {
  for (const Value& parameter : parameters) {
    if (parameter.is_int())
      run.bind(parameter.as_int());
    else
      run.bind(parameter.as_string());
  }
}

/// The WHERE of a filter, grown word by word with its parameters.
struct Where {
  std::string sql = "WHERE 1 = 1";
  Parameters parameters;

  void is(const std::string& column, const std::string& value) {
    sql += " AND " + column + " = ?";
    parameters.emplace_back(value);
  }
  void among(const std::string& column, const std::vector<std::string>& values) {
    if (values.empty()) return;
    sql += " AND " + column + " IN (";
    for (std::size_t i = 0; i < values.size(); ++i) sql += i ? ", ?" : "?";
    sql += ")";
    parameters.insert(parameters.end(), values.begin(), values.end());
  }
};

Where where(const StackFilter& filter) {
  Where where;
  if (filter.project_id) where.is("project_id", *filter.project_id);
  // Live names have an index.
  if (!filter.name.empty()) where.is(filter.show_deleted ? "name" : "live_name", filter.name);
  where.among("status", filter.statuses);
  where.among("action", filter.actions);
  where.among("id", filter.ids);
  where.among("name", filter.names);
  if (!filter.show_nested) where.sql += " AND parent_id = ''";
  if (!filter.show_deleted) where.sql += " AND live = 1";
  return where;
}

/// The columns that order a list; with the id, which decides at last.
std::vector<std::string> sort_keys(const StackFilter& filter) {
  constexpr std::string_view sortable[] = {"created_at", "updated_at", "name", "status", "action"};
  std::vector<std::string> keys = filter.sort_keys;
  if (keys.empty()) keys.push_back("created_at");
  for (const std::string& key : keys)
    if (std::ranges::count(sortable, key) == 0)
      throw Error(ErrorKind::HTTPBadRequest, "Stacks can't be sorted by \"" + key + "\".");
  keys.push_back("id");
  return keys;
}

/// "a, b", or "a DESC, b" with " DESC" between.
std::string joined(const std::vector<std::string>& words, const std::string& between = "") {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between + ", ") + word;
  return text;
}

bool has_tags(const StackRow& stack, const std::vector<std::string>& tags) {
  return std::ranges::all_of(tags, [&](const std::string& tag) {
    return stack.tags.is_list() && std::ranges::count(stack.tags.as_list(), Value(tag)) > 0;
  });
}

}  // namespace

template <class Row>
std::vector<Row> Database::all(const std::string& tail, const Parameters& parameters) {
  TableAccess<Row> access(connection_, sealer_);
  auto run = connection_.run(access.select() + tail);
  bind_all(run, parameters);
  std::vector<Row> rows;
  while (run.next()) rows.push_back(access.read(run));
  return rows;
}

template <class Row>
std::optional<Row> Database::one(const std::string& tail, const Parameters& parameters) {
  std::vector<Row> rows = all<Row>(tail, parameters);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

std::optional<StackRow> Database::stack(const Store::ProjectScope& project, const std::string& id) {
  if (!project) return one<StackRow>("WHERE id = ?", {id});
  return one<StackRow>("WHERE id = ? AND project_id = ?", {id, *project});
}

std::optional<StackRow> Database::stack_named(const Store::ProjectScope& project,
                                              const std::string& name) {
  if (!project) return one<StackRow>("WHERE live_name = ? ORDER BY created_at, id", {name});
  return one<StackRow>("WHERE live_name = ? AND project_id = ?", {name, *project});
}

std::vector<StackRow> Database::stacks(const StackFilter& filter) {
  const std::vector<std::string> keys = sort_keys(filter);
  const std::string names = joined(keys);
  Where asked = where(filter);
  auto marker = connection_.run("SELECT " + names + " FROM stack WHERE id = ?");
  if (!filter.marker.empty() && marker.bind(filter.marker).next()) {
    std::vector<std::string> places;
    for (const std::string& key : keys) {
      asked.parameters.push_back(key.ends_with("_at") ? Value(marker.integer())
                                                      : Value(marker.text()));
      places.push_back("?");
    }
    asked.sql +=
        " AND (" + names + ")" + (filter.ascending ? " > " : " < ") + "(" + joined(places) + ")";
  }
  const std::string order = filter.ascending ? " ASC" : " DESC";
  asked.sql += " ORDER BY " + joined(keys, order) + order;
  // Tags are sealed: what SQL can't see can't be counted by its LIMIT.
  if (filter.limit > 0 && filter.tags.empty()) {
    asked.sql += " LIMIT ?";
    asked.parameters.emplace_back(filter.limit);
  }
  std::vector<StackRow> rows = all<StackRow>(asked.sql, asked.parameters);
  if (filter.tags.empty()) return rows;
  std::erase_if(rows, [&](const StackRow& row) { return !has_tags(row, filter.tags); });
  if (filter.limit > 0 && rows.size() > static_cast<std::size_t>(filter.limit))
    rows.erase(rows.begin() + filter.limit, rows.end());
  return rows;
}

std::vector<StackAndInbox> Database::stacks_and_inboxes(const StackFilter& filter) {
  const sqlite::Snapshot one_moment(connection_);
  std::vector<StackAndInbox> found;
  for (StackRow& row : stacks(filter)) {
    std::vector<InboxRow> waiting = inbox(row.root_id);
    found.push_back({std::move(row), std::move(waiting)});
  }
  return found;
}

std::int64_t Database::count_stacks(const StackFilter& filter) {
  const Where asked = where(filter);
  if (!filter.tags.empty())
    return std::ranges::count_if(all<StackRow>(asked.sql, asked.parameters),
                                 [&](const StackRow& row) { return has_tags(row, filter.tags); });
  auto run = connection_.run("SELECT COUNT(*) FROM stack " + asked.sql);
  bind_all(run, asked.parameters);
  return run.next() ? run.integer() : 0;
}

std::vector<StackRow> Database::tree_stacks(const std::string& root_id) {
  return all<StackRow>("WHERE root_id = ? AND live = 1 ORDER BY created_at, id", {root_id});
}

std::optional<DefinitionRow> Database::definition(const std::string& id) {
  return one<DefinitionRow>("WHERE id = ?", {id});
}

std::vector<ResourceRow> Database::resources(const std::string& stack_id) {
  return all<ResourceRow>("WHERE stack_id = ? ORDER BY created_at, id", {stack_id});
}

bool Database::is_claimed(const std::string& physical_id, const std::string& resource_id) {
  auto run = connection_.run("SELECT 1 FROM resource WHERE physical_id = ? AND id <> ? LIMIT 1");
  run.bind(physical_id);
  run.bind(resource_id);
  return run.next();
}

std::vector<StepRow> Database::steps(const std::string& resource_id) {
  return all<StepRow>("WHERE resource_id = ? ORDER BY begun_at, name", {resource_id});
}

bool Database::is_preceded(const std::string& resource_id, const std::string& step) {
  // Of the rows that are there, a later one has the higher rowid.
  auto run = connection_.run(
      "SELECT 1 FROM step AS mine JOIN resource AS me ON me.id = mine.resource_id "
      "JOIN step AS other ON other.looks = mine.looks AND other.looks <> 0 AND other.done = 0 "
      "JOIN resource AS its ON its.id = other.resource_id AND its.status = 'IN_PROGRESS' AND "
      "its.stack_id <> me.stack_id "
      "WHERE mine.resource_id = ? AND mine.name = ? AND "
      "(other.rowid < mine.rowid OR me.status <> 'IN_PROGRESS') LIMIT 1");
  return run.bind(resource_id).bind(step).next();
}

std::vector<StepRow> Database::stack_steps(const std::string& stack_id) {
  return all<StepRow>(
      "WHERE resource_id IN (SELECT id FROM resource WHERE stack_id = ?) "
      "ORDER BY resource_id, begun_at, name",
      {stack_id});
}

std::vector<EventRow> Database::events(const std::string& stack_id) {
  return all<EventRow>("WHERE stack_id = ? ORDER BY sequence", {stack_id});
}

std::vector<InboxRow> Database::inbox(const std::string& root_id) {
  return all<InboxRow>("WHERE root_id = ? ORDER BY sequence", {root_id});
}

std::optional<TreeRow> Database::tree(const std::string& root_id) {
  return one<TreeRow>("WHERE root_id = ?", {root_id});
}

std::vector<TreeRow> Database::unowned_trees(std::int64_t now) {
  return all<TreeRow>(
      "WHERE (owner = '' OR lease_until <= ?) AND "
      "(root_id IN (SELECT root_id FROM inbox) OR "
      "root_id IN (SELECT root_id FROM stack WHERE status = 'IN_PROGRESS' AND live = 1)) "
      "ORDER BY root_id",
      {now});
}

std::vector<std::string> Database::tree_owners() {
  std::vector<std::string> owners;
  auto run = connection_.run("SELECT DISTINCT owner FROM tree WHERE owner <> '' ORDER BY owner");
  while (run.next()) owners.push_back(run.text());
  return owners;
}

std::optional<CredentialRow> Database::credential(const std::string& id) {
  return one<CredentialRow>("WHERE id = ?", {id});
}

std::vector<CredentialRow> Database::credentials(const std::string& root_id) {
  return all<CredentialRow>("WHERE root_id = ? ORDER BY created_at, id", {root_id});
}

std::vector<ServiceRow> Database::services() {
  return all<ServiceRow>("ORDER BY hostname, created_at, id", {});
}

}  // namespace heat
