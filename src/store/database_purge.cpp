#include <set>

#include "store/database.h"

namespace heat {

namespace {

// "?" is the id of a stack, in all of these.
constexpr const char* kNamedDefinitions[] = {
    "SELECT definition_id FROM stack WHERE id = ?",
    "SELECT previous_definition_id FROM stack WHERE id = ?",
    "SELECT definition_id FROM resource WHERE stack_id = ?",
};
constexpr const char* kNamedCredentials = "SELECT credential_id FROM stack WHERE id = ?";
constexpr const char* kOfStack[] = {
    "DELETE FROM step WHERE resource_id IN (SELECT id FROM resource WHERE stack_id = ?)",
    "DELETE FROM resource WHERE stack_id = ?",
    "DELETE FROM event WHERE stack_id = ?",
    "DELETE FROM inbox WHERE root_id = ?",
    "DELETE FROM credential WHERE root_id = ?",
    "DELETE FROM tree WHERE root_id = ?",
    "DELETE FROM stack WHERE id = ?",
};

// Only what a purged stack named is looked at: a row that nobody names may be about to be named.
constexpr const char* kUnusedDefinition =
    "DELETE FROM definition WHERE id = ? AND "
    "id NOT IN (SELECT definition_id FROM stack) AND "
    "id NOT IN (SELECT previous_definition_id FROM stack) AND "
    "id NOT IN (SELECT definition_id FROM resource)";
constexpr const char* kUnusedCredential =
    "DELETE FROM credential WHERE id = ? AND id NOT IN (SELECT credential_id FROM stack)";
constexpr const char* kUnusedContent =
    "DELETE FROM blob WHERE name <> 'key_check' AND "
    "name NOT IN (SELECT template_source FROM definition WHERE template_source IS NOT NULL) AND "
    "name NOT IN (SELECT environment FROM definition WHERE environment IS NOT NULL) AND "
    "name NOT IN (SELECT files FROM definition WHERE files IS NOT NULL)";

void collect(sqlite::Run run, const std::string& stack_id, std::set<std::string>& ids) {
  for (run.bind(stack_id); run.next();) ids.insert(run.text());
}

}  // namespace

int Database::purge(std::int64_t before, const Store::ProjectScope& project, int most) {
  std::set<std::string> stacks, definitions, credentials;
  {
    auto run = connection_.run(
        "SELECT id FROM stack WHERE live = 0 AND deleted_at > 0 AND deleted_at < ? " +
        std::string(project ? "AND project_id = ? " : "") + "ORDER BY deleted_at, id LIMIT ?");
    run.bind(before);
    if (project) run.bind(*project);
    for (run.bind(most); run.next();) stacks.insert(run.text());
  }
  if (stacks.empty()) return 0;
  for (const std::string& id : stacks) {
    for (const char* sql : kNamedDefinitions) collect(connection_.run(sql), id, definitions);
    collect(connection_.run(kNamedCredentials), id, credentials);
    for (const char* sql : kOfStack) connection_.run(sql).bind(id).change();
  }
  for (const std::string& id : definitions) connection_.run(kUnusedDefinition).bind(id).change();
  for (const std::string& id : credentials) connection_.run(kUnusedCredential).bind(id).change();
  connection_.execute(kUnusedContent);
  return static_cast<int>(stacks.size());
}

}  // namespace heat
