#include <cstdio>

#include "base/error.h"
#include "cli/table.h"
#include "main/option.h"
#include "main/program_options.h"
#include "main/programs.h"
#include "main/serve_settings.h"

namespace heat {

namespace {

constexpr const char* kHelp =
    "Tell what may stand in heat.conf.\n"
    "Usage: heat config list | sample | check [--config-file FILE]\n\n"
    "  list    every option with its default\n"
    "  sample  a heat.conf of them all, each as a comment\n"
    "  check   whether a heat.conf and the HEAT_… variables over it are right\n\n"
    "Example:\n  heat config sample > /etc/heat/heat.conf\n";

void list() {
  Settings defaults;
  cli::Table table({"Group", "Option", "Default", "Type", "Meaning"});
  for (const Option& option : options(defaults))
    table.add({option.group, option.name, option.text(), option.type(), option.doc});
  std::fputs(table.str().c_str(), stdout);
}

void check(const std::string& file) {
  serve_settings(load_settings(file, process_environment()));
  std::printf("%s is right\n", file.empty() ? "the environment" : file.c_str());
}

}  // namespace

int config_program(const std::vector<std::string>& arguments) {
  const std::string what = arguments.empty() ? "" : arguments.front();
  if (what == "list" && arguments.size() == 1) {
    list();
  } else if (what == "sample" && arguments.size() == 1) {
    std::fputs(sample_settings().c_str(), stdout);
  } else if (what == "check") {
    const auto given =
        ProgramOptions::read({arguments.begin() + 1, arguments.end()}, {"--config-file"});
    check(given.config_file.empty() ? default_config_file() : given.config_file);
  } else {
    const bool asked = what == "--help" || what == "-h";
    std::fputs(kHelp, asked ? stdout : stderr);
    return asked ? 0 : 2;
  }
  return 0;
}

}  // namespace heat
