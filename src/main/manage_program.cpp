#include "main/programs.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <map>

#include "base/error.h"
#include "cli/table.h"
#include "engine/service_report.h"
#include "main/program_options.h"
#include "main/settings.h"
#include "net/asio_loop.h"
#include "store/database.h"
#include "store/migrations.h"
#include "store/sqlite_store.h"

namespace heat {

namespace {

struct Options {
  std::string config_file = default_config_file();
  std::string granularity = "days";
  std::int64_t age = 90;
  std::string project;
  int batch = 20;
};

/// The database that the configuration names.
struct Named {
  explicit Named(const Options& options)
      : settings(load_settings(options.config_file, process_environment())),
        file(settings.database_file()) {
    if (file.empty())
      throw Error(ErrorKind::ValueError,
                  "Which database? Set connection in [database] of heat.conf (--config-file).");
  }
  const std::string& existing() const {
    if (!std::filesystem::exists(file))
      throw Error(ErrorKind::NotFound, "There is no database " + file +
                                           " yet; heat serve or heat manage db-sync makes it.");
    return file;
  }

  Settings settings;
  std::string file;
};

/// The store of an existing database, for one question after the other.
class OpenStore {
 public:
  explicit OpenStore(const Named& named)
      : database_({named.existing(), named.settings.auth_encryption_key}),
        store_(database_.for_loop(loop_)) {}

  Store& operator*() { return *store_; }
  template <class T>
  T wait(Task<T> task) {
    return sync_wait(loop_, std::move(task));
  }
  Time now() const { return loop_.now(); }

 private:
  SqliteStore database_;
  AsioLoop loop_;
  std::unique_ptr<Store> store_;
};

void show_version(const Options& options) {
  const Named named(options);
  Database database(named.existing(), named.settings.auth_encryption_key);
  std::printf("%d\n", migration_of(database.connection()));
}

void sync(const Options& options) {
  const Named named(options);
  Database(named.file, named.settings.auth_encryption_key).prepare();
  std::printf("%s is at version %d\n", named.file.c_str(), latest_migration());
}

void purge(const Options& options) {
  static const std::map<std::string, Duration> kUnits{{"days", std::chrono::hours(24)},
                                                      {"hours", std::chrono::hours(1)},
                                                      {"minutes", std::chrono::minutes(1)},
                                                      {"seconds", std::chrono::seconds(1)}};
  OpenStore store{Named(options)};
  const Time before = store.now() - kUnits.at(options.granularity) * options.age;
  Store::ProjectScope project;
  if (!options.project.empty()) project = options.project;
  const int purged = store.wait((*store).purge(to_micros(before), project, options.batch));
  std::printf("%d deleted stacks purged\n", purged);
}

void list_services(const Options& options) {
  OpenStore store{Named(options)};
  List shown;
  for (const ServiceRow& row : store.wait((*store).services()))
    shown.push_back(shown_service(row, store.now()));
  std::fputs(cli::show_list(shown,
                            {{"Hostname", "hostname"},
                             {"Binary", "binary"},
                             {"Engine Id", "engine_id"},
                             {"Host", "host"},
                             {"Topic", "topic"},
                             {"Status", "status"},
                             {"Updated At", "updated_at"}},
                            cli::Format::Table)
                 .c_str(),
             stdout);
}

void clean_services(const Options& options) {
  OpenStore store{Named(options)};
  Changes gone;
  for (const ServiceRow& row : store.wait((*store).services()))
    if (is_down(row, store.now())) gone.erase(row);
  const std::size_t count = gone.operations.size();
  if (count > 0) store.wait((*store).commit(std::move(gone)));
  std::printf("%zu workers that are down taken off the list\n", count);
}

using Run = void (*)(const Options&);

CLI::App* add(CLI::App& app, const std::string& name, const std::string& summary,
              const std::string& example, Options& options, Run& chosen, Run run) {
  CLI::App* command = app.add_subcommand(name, summary);
  command->footer("Example:\n  heat manage " + example);
  command->add_option("--config-file", options.config_file, "heat.conf")->capture_default_str();
  command->final_callback([&chosen, run] { chosen = run; });
  return command;
}

void add_commands(CLI::App& app, Options& options, Run& chosen) {
  add(app, "db-version", "Tell the version of the database's tables", "db-version", options, chosen,
      show_version)
      ->alias("db_version");
  add(app, "db-sync", "Make the tables, or bring them up to date", "db-sync", options, chosen, sync)
      ->alias("db_sync");

  CLI::App* command = add(app, "purge-deleted", "Remove what is left of stacks deleted long ago",
                          "purge-deleted --granularity days 30", options, chosen, purge);
  command->alias("purge_deleted");
  command->add_option("age", options.age, "How long deleted stacks are kept")
      ->check(CLI::Range(std::int64_t{0}, std::int64_t{100'000'000}))
      ->capture_default_str();
  command->add_option("-g,--granularity", options.granularity, "Unit of the age")
      ->check(CLI::IsMember({"days", "hours", "minutes", "seconds"}))
      ->capture_default_str();
  command->add_option("-p,--project-id,project", options.project, "Only stacks of this project");
  command->add_option("-b,--batch_size", options.batch, "Stacks to remove in one transaction")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();

  CLI::App* services = app.add_subcommand("service", "Engine workers");
  services->require_subcommand(1);
  add(*services, "list", "List the engine's workers", "service list", options, chosen,
      list_services);
  add(*services, "clean", "Take workers that are down off the list", "service clean", options,
      chosen, clean_services);
}

}  // namespace

int manage_program(const std::vector<std::string>& arguments) {
  CLI::App app("Look after the database. Exit codes: 0 done, 1 failed, 2 wrong usage.");
  app.name("heat manage");
  app.footer("Example:\n  heat manage purge-deleted --granularity days 30");
  app.require_subcommand(1);
  Options options;
  Run chosen = nullptr;
  add_commands(app, options, chosen);
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& problem) {
    std::fprintf(stderr, "heat manage: %s\nSee --help.\n", problem.what());
    return 2;
  }
  chosen(options);
  return 0;
}

}  // namespace heat
