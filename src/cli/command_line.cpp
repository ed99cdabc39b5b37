#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <map>

#include "base/diagnostics.h"
#include "cli/commands.h"
#include "cli/report.h"

namespace heat::cli {

namespace {

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  std::istringstream in{std::string(text)};
  for (std::string word; in >> word;) result.push_back(word);
  return result;
}

/// The options a command's table entry names by one word.
void add_options(CLI::App& app, const std::string& word, Options& options) {
  if (word == "template")
    app.add_option("-t,--template", options.template_file, "The template's file");
  if (word == "environment")
    app.add_option("-e,--environment", options.environment_files,
                   "An environment's file; may be repeated, the later wins")
        ->allow_extra_args(false);
  if (word == "parameter") {
    app.add_option("-P,--parameter", options.parameters, "NAME=VALUE; may be repeated")
        ->allow_extra_args(false);
    app.add_option("--parameter-file", options.parameter_files,
                   "NAME=FILE: the value is the file's text")
        ->allow_extra_args(false);
  }
  if (word == "tags") app.add_option("--tags", options.tags, "Tags, separated by commas");
  if (word == "timeout")
    app.add_option("--timeout", options.timeout, "Give up after so many minutes")
        ->check(CLI::PositiveNumber);
  if (word == "rollback")
    app.add_flag("--enable-rollback", options.enable_rollback, "Undo everything where it fails");
  if (word == "existing")
    app.add_flag("--existing", options.existing,
                 "Keep the present template and parameters where none are given");
  if (word == "wait") app.add_flag("--wait", options.wait, "Show progress until it is done");
  if (word == "offline")
    app.add_flag("--offline", options.offline, "Answer from the built-in data, without a server");
  if (word == "evaluation") {
    app.add_flag("--resources", options.with_resources, "With each resource's properties");
    app.add_flag("--graph", options.with_graph,
                 "With what each resource needs; -f dot draws it for Graphviz");
  }
  if (word == "description")
    app.add_flag("--with-description", options.with_description, "With descriptions");
  if (word == "nested") app.add_flag("--nested", options.nested, "With the stacks inside stacks");
  if (word == "depth")
    app.add_option("-n,--nested-depth", options.nested_depth, "So many levels of nested stacks")
        ->check(CLI::NonNegativeNumber);
  if (word == "filter")
    app.add_option("--filter", options.filters, "KEY=VALUE; may be repeated")
        ->allow_extra_args(false);
  if (word == "page") {
    app.add_option("--limit", options.limit, "At most so many")->check(CLI::PositiveNumber);
    app.add_option("--marker", options.marker, "Begin after the one with this id");
  }
}

void add_command(CLI::App& app, const Command& command, Options& options, const Command*& chosen) {
  app.description(std::string(command.summary));
  app.footer("Example:\n  " + std::string(command.example));
  const bool draws = command.options.ends_with("evaluation");
  std::map<std::string, Format> formats = {
      {"table", Format::Table}, {"json", Format::Json}, {"value", Format::Value}};
  if (draws) formats.emplace("dot", Format::Dot);
  app.add_option("-f,--format", options.format,
                 draws ? "table, json, value or dot" : "table, json or value")
      ->transform(CLI::CheckedTransformer(formats, CLI::ignore_case).description(""));
  app.add_option("--os-cloud", options.cloud, "A cloud of clouds.yaml");
  for (const std::string& word : words(command.options)) add_options(app, word, options);
  const std::vector<std::string> arguments = words(command.arguments);
  options.arguments.resize(std::max(options.arguments.size(), arguments.size()));
  for (std::size_t i = 0; i < arguments.size(); ++i)
    app.add_option(arguments[i], options.arguments[i], "")->required();
  app.final_callback([&chosen, &command] { chosen = &command; });
}

/// The word on the command line that is no command, with the nearest that is.
std::string unknown_command(const CLI::App& app, const std::vector<std::string>& given) {
  const CLI::App* level = &app;
  std::string path;
  for (const std::string& word : given) {
    std::vector<std::string> known;
    const CLI::App* next = nullptr;
    for (const CLI::App* sub : level->get_subcommands({})) {
      known.push_back(sub->get_name());
      if (sub->get_name() == word) next = sub;
    }
    if (known.empty() || word.starts_with('-')) return "";
    if (!next)
      return "There is no command '" + path + word + "'." + did_you_mean(word, known) +
             " See heat --help.";
    path += word + " ";
    level = next;
  }
  return "";
}

}  // namespace

int run_command_line(int argc, const char* const* argv, const std::vector<Program>& programs,
                     void (*add_types)(Registry& registry)) {
  const std::vector<std::string> given(argv + 1, argv + argc);
  for (const Program& program : programs)
    if (!given.empty() && given.front() == program.name)
      return program.run({given.begin() + 1, given.end()});

  CLI::App app("Heat orchestrates clouds: it makes what a template describes, and keeps it so.");
  app.name("heat");
  app.footer(
      "Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no answer, 4 not found.\n"
      "Example:\n  heat stack create -t app.yaml web --wait");
  app.require_subcommand(1);
  app.set_version_flag("--version", "heat " HEAT_VERSION);
  Options options;
  options.add_types = add_types;
  options.arguments.reserve(8);  // CLI11 keeps references to its elements
  const Command* chosen = nullptr;
  std::map<std::string, CLI::App*> groups;
  for (const Command& command : commands()) {
    const std::vector<std::string> name = words(command.name);
    if (name.size() == 1) {
      add_command(*app.add_subcommand(name[0]), command, options, chosen);
      continue;
    }
    CLI::App*& group = groups[name[0]];
    if (!group) {
      group = app.add_subcommand(name[0], "");
      group->require_subcommand(1);
    }
    std::string summary = group->get_description();
    group->description(summary + (summary.empty() ? "" : ", ") + name[1]);
    add_command(*group->add_subcommand(name[1]), command, options, chosen);
  }
  for (const Program& program : programs) app.add_subcommand(program.name, program.summary);

  try {
    app.parse(argc, const_cast<char**>(argv));
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::CallForVersion& version) {
    return app.exit(version);
  } catch (const CLI::ParseError& problem) {
    std::string message = unknown_command(app, given);
    if (message.empty()) message = std::string(problem.what()) + "\nSee --help of the command.";
    std::fprintf(stderr, "heat: %s\n", message.c_str());
    return WrongUsage;
  }
  return reporting([&] { return chosen->run(options); });
}

}  // namespace heat::cli
