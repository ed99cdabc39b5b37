#include "cli/plan_view.h"

#include <algorithm>
#include <map>

#include "text/write.h"

namespace heat::cli {

namespace {

std::string changed_properties(const Value& changes) {
  std::string text;
  if (changes.is_map())
    for (const auto& [name, value, kind] : changes.as_map())
      text += (text.empty() ? "" : ", ") + name;
  if (changes.is_list())
    for (const Value& name : changes.as_list())
      text += (text.empty() ? "" : ", ") + one_line(name.is_map() ? name["name"] : name);
  return text;
}

}  // namespace

std::string show_plan(const Value& plan, Format format) {
  if (format == Format::Json) return to_pretty_json(plan) + "\n";
  std::map<std::string, int> counts;
  Table table({"Action", "Resource", "Type", "Properties", "Why"});
  for (const Value& entry : plan.as_list()) {
    const std::string action = entry["action"].string_or("");
    ++counts[action];
    if (action != "keep")
      table.add({action, one_line(entry["resource_name"]), one_line(entry["resource_type"]),
                 changed_properties(entry["changes"]), one_line(entry["reason"])});
  }
  std::string summary;
  for (const auto& [action, count] : counts)
    summary += (summary.empty() ? "" : ", ") + std::to_string(count) + " " + action;
  return (table.empty() ? "" : table.str() + "\n") +
         "Plan: " + (summary.empty() ? "nothing to do" : summary) + "\n";
}

}  // namespace heat::cli
