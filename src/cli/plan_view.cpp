#include "cli/plan_view.h"

#include <algorithm>
#include <map>

#include "text/write.h"

namespace heat::cli {

namespace {

/// "size → 2, name → web"
std::string told_changes(const Value& changes) {
  std::string text;
  if (changes.is_map())
    for (const auto& [name, value, kind] : changes.as_map())
      text += (text.empty() ? "" : ", ") + name + " → " + fitted(one_line(value), 30);
  return text;
}

}  // namespace

std::string show_plan(const Value& plan, Format format) {
  if (format == Format::Json) return to_pretty_json(plan) + "\n";
  std::map<std::string, int> counts;
  Table table({"Action", "Resource", "Changes", "Why"});
  for (const Value& entry : plan.as_list()) {
    const std::string action = entry["action"].string_or("");
    ++counts[action];
    if (action != "keep")
      table.add({action, one_line(entry["resource_name"]), told_changes(entry["changes"]),
                 one_line(entry["why"])});
  }
  std::string summary;
  for (const auto& [action, count] : counts)
    summary += (summary.empty() ? "" : ", ") + std::to_string(count) + " " + action;
  return (table.empty() ? "" : table.str() + "\n") +
         "Plan: " + (summary.empty() ? "nothing to do" : summary) + "\n";
}

}  // namespace heat::cli
