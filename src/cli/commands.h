#pragma once

#include <string_view>
#include <vector>

#include "cli/options.h"

namespace heat::cli {

/// Exit codes of the program.
enum Exit { Done = 0, Failed = 1, WrongUsage = 2, NoAnswer = 3, NotThere = 4 };

struct Command {
  std::string_view name;       ///< "stack create"
  std::string_view arguments;  ///< "STACK RESOURCE": all of them required
  std::string_view options;    ///< words of command_line.cpp: "template wait"
  std::string_view summary;
  std::string_view example;
  int (*run)(const Options& options);
};

/// All commands that talk to a server or to nobody; the servers themselves are added by main.
const std::vector<Command>& commands();

int create_stack(const Options& options);
int update_stack(const Options& options);
int delete_stack(const Options& options);
int list_stacks(const Options& options);
int show_stack(const Options& options);
int plan_stack(const Options& options);
int list_resources(const Options& options);
int show_resource(const Options& options);
int list_events(const Options& options);
int list_outputs(const Options& options);
int show_output(const Options& options);
int validate_template(const Options& options);
int evaluate_template(const Options& options);
int list_resource_types(const Options& options);
int show_resource_type(const Options& options);
int list_services(const Options& options);
int run_yaql(const Options& options);

}  // namespace heat::cli
