#include "cli/commands.h"

namespace heat::cli {

const std::vector<Command>& commands() {
  static const std::vector<Command> table = {
      {"stack create", "STACK", "template environment parameter tags timeout rollback wait",
       "Create a stack from a template",
       "heat stack create -t app.yaml -P flavor=m1.small web --wait", create_stack},
      {"stack update", "STACK",
       "template environment parameter tags timeout rollback existing wait",
       "Change a stack to a new template or new parameters",
       "heat stack update --existing -P flavor=m1.large web --wait", update_stack},
      {"stack plan", "STACK", "template environment parameter existing",
       "Show what an update would do, and do nothing",
       "heat stack plan --existing -P flavor=m1.large web", plan_stack},
      {"stack delete", "STACK", "wait", "Delete a stack and all it made",
       "heat stack delete web --wait", delete_stack},
      {"stack list", "", "filter nested page", "List the project's stacks",
       "heat stack list --filter status=FAILED", list_stacks},
      {"stack show", "STACK", "", "Show a stack: state, parameters, outputs", "heat stack show web",
       show_stack},
      {"resource list", "STACK", "filter depth", "List the resources of a stack",
       "heat resource list web -f json", list_resources},
      {"resource show", "STACK RESOURCE", "", "Show a resource with its attributes",
       "heat resource show web server", show_resource},
      {"event list", "STACK", "depth page", "List what happened to a stack, oldest first",
       "heat event list web", list_events},
      {"output list", "STACK", "", "List the outputs of a stack with their values",
       "heat output list web", list_outputs},
      {"output show", "STACK OUTPUT", "", "Show the value of one output",
       "heat output show web url -f value", show_output},
      {"template validate", "", "template environment parameter offline",
       "Check a template; problems are shown with their line",
       "heat template validate -t app.yaml -e env.yaml --offline", validate_template},
      {"template eval", "", "template environment parameter evaluation",
       "Evaluate a template without a server: what hangs on the cloud stays unknown",
       "heat template eval -t app.yaml -P release=2.0 --resources", evaluate_template},
      {"resource-type list", "", "filter description offline", "List the resource types there are",
       "heat resource-type list --offline", list_resource_types},
      {"resource-type show", "TYPE", "description offline",
       "Show the properties and attributes of a resource type",
       "heat resource-type show OS::Nova::Server --offline", show_resource_type},
      {"service list", "", "", "List the engine's workers; for administrators", "heat service list",
       list_services},
      {"yaql", "EXPRESSION", "", "Evaluate a yaql expression; standard input is JSON, its $.data",
       "heat yaql '$.data.where($ > 1)' < numbers.json", run_yaql},
  };
  return table;
}

}  // namespace heat::cli
