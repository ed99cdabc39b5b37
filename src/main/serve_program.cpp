#include "main/programs.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>

#include "base/log.h"
#include "main/heat_all.h"
#include "main/program_options.h"
#include "main/settings.h"
#include "main/twin_thread.h"

namespace heat {

namespace fs = std::filesystem;

namespace {

constexpr const char* kServeHelp =
    "Serve the orchestration API and run the engine in one process, until SIGTERM or SIGINT.\n"
    "Usage: heat serve [--config-file FILE] [--port PORT] [--state FOLDER] [--twin]\n\n"
    "  --config-file FILE  heat.conf, or else /etc/heat/heat.conf where it is there;\n"
    "                      HEAT_<GROUP>_<NAME> variables go over it\n"
    "  --port PORT         listen here in place of [heat_api] bind_port; 0: any free port\n"
    "  --state FOLDER      keep database, log, pid file and clouds.yaml there\n"
    "  --twin              with a simulated cloud in this process\n"
    "  --twin-port PORT    where it listens; else any free port\n"
    "  --latency NAME=MS   how long it takes for something: server.build=2000\n"
    "  --nova 2.N          the newest microversion of its Nova; else 2.93\n\n"
    "Example:\n  heat serve --twin --state /var/tmp/heat --port 0\n";

/// The simulated cloud's own service user, in place of what heat.conf says.
CloudSettings twin_cloud(const TwinThread& twin) {
  CloudSettings cloud;
  cloud.auth_url = cloud.public_auth_url = cloud.service.auth_url = twin.auth_url();
  Credentials& user = cloud.service.user;
  user.user_name = "heat";
  user.password = "secret";
  user.user_domain_id = user.project_domain_id = "default";
  user.project_name = "service";
  cloud.trustee = cloud.service;
  return cloud;
}

/// What clients need to talk to the simulated cloud, in the form they read.
void write_clouds_yaml(const fs::path& file, const std::string& auth_url) {
  const fs::path unfinished = file.string() + ".new";
  std::ofstream(unfinished) << "clouds:\n  heat-demo:\n    region_name: RegionOne\n"
                               "    identity_api_version: 3\n    auth:\n      auth_url: "
                            << auth_url
                            << "\n      username: demo\n      password: secret\n"
                               "      project_name: demo\n      user_domain_id: default\n"
                               "      project_domain_id: default\n";
  fs::rename(unfinished, file);  // who waits for the file finds all of it
}

/// What of the settings a state folder takes the place of where they say nothing.
void keep_in(const fs::path& state, ServeSettings& serve) {
  fs::create_directories(state);
  if (serve.database.empty()) serve.database = state / "heat.sqlite";
  if (serve.log.file.empty()) serve.log.file = state / "heat.log";
}

}  // namespace

int serve_program(const std::vector<std::string>& arguments) {
  const auto options = ProgramOptions::read(
      arguments,
      {"--config-file", "--port", "--state", "--twin", "--twin-port", "--latency", "--nova"});
  if (options.help) {
    std::fputs(kServeHelp, stdout);
    return 0;
  }
  std::string file = options.config_file;
  if (file.empty() && !options.twin) file = default_config_file();
  const Settings settings = load_settings(file, process_environment());
  ServeSettings serve = serve_settings(settings);
  if (!options.state.empty()) keep_in(options.state, serve);
  if (serve.database.empty()) serve.database = "heat.sqlite";
  log::configure(serve.log.level, serve.log.format, serve.log.file);
  if (options.port) serve.listen.port = *options.port;

  hold_signals();
  std::optional<TwinThread> twin;
  if (options.twin) {
    serve.listen.address = "127.0.0.1";
    if (serve.listen.port == 0) serve.listen.port = free_port();
    TwinOptions twin_options;
    twin_options.latencies = options.latencies;
    twin_options.newest_nova = options.nova;
    twin_options.endpoints = {{"orchestration", "heat",
                               serve.rest.scheme + "://127.0.0.1:" +
                                   std::to_string(serve.listen.port) + "/v1/{project}"}};
    twin.emplace(std::move(twin_options), options.twin_port);
    serve.cloud = twin_cloud(*twin);
  }
  if (serve.cloud.auth_url.empty())
    throw Error(ErrorKind::MissingCredentialError,
                "Which cloud? Set auth_url in [keystone_authtoken] of heat.conf (--config-file), "
                "or start with --twin for a simulated one.");
  HeatAll heat(serve);
  if (twin && !options.state.empty())
    write_clouds_yaml(fs::path(options.state) / "clouds.yaml", twin->auth_url());
  std::printf("Heat serves at %s\n", heat.url().c_str());
  if (twin) std::printf("The simulated cloud's Keystone is at %s\n", twin->auth_url().c_str());
  std::fflush(stdout);
  wait_for_end();
  log::info("ending: what is in flight ends; the rest is carried on at the next start");
  return 0;
}

}  // namespace heat
