#include "main/programs.h"

#include <unistd.h>

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
    "  --config-file FILE  heat.conf; HEAT_<GROUP>_<NAME> variables go over it\n"
    "  --port PORT         listen here in place of [heat_api] bind_port; 0: any free port\n"
    "  --state FOLDER      keep database, log, pid file and clouds.yaml there\n"
    "  --twin              with a simulated cloud in this process\n"
    "  --twin-port PORT    where it listens; else any free port\n"
    "  --latency NAME=MS   how long it takes for something: server.build=2000\n\n"
    "Example:\n  heat serve --twin --state /var/tmp/heat --port 0\n";

Credentials service_user(const AuthSettings& auth) {
  Credentials credentials;
  credentials.user_name = auth.username;
  credentials.user_id = auth.user_id;
  credentials.password = auth.password;
  credentials.user_domain_id = auth.user_domain_id;
  credentials.user_domain_name = auth.user_domain_name;
  credentials.project_id = auth.project_id;
  credentials.project_name = auth.project_name;
  credentials.project_domain_id = auth.project_domain_id;
  credentials.project_domain_name = auth.project_domain_name;
  return credentials;
}

CloudSettings cloud_settings(const Settings& settings) {
  const AuthSettings& auth = settings.keystone_authtoken;
  CloudSettings cloud;
  cloud.auth_url = auth.auth_url;
  cloud.public_auth_url =
      auth.www_authenticate_uri.empty() ? auth.auth_url : auth.www_authenticate_uri;
  cloud.service = service_user(auth);
  cloud.session.region = settings.region_name_for_services;
  cloud.session.interface = settings.clients.endpoint_type;
  cloud.session.patience.tries = settings.client_retry_limit + 1;
  // One transport serves Keystone and all services: what [keystone_authtoken] leaves open,
  // [clients] says.
  const ClientSettings& clients = settings.clients;
  const auto first = [](const std::string& a, const std::string& b) { return a.empty() ? b : a; };
  cloud.transport.ca_file = first(auth.cafile, clients.ca_file);
  cloud.transport.client_certificate = first(auth.certfile, clients.cert_file);
  cloud.transport.client_key = first(auth.keyfile, clients.key_file);
  cloud.transport.insecure = auth.insecure || clients.insecure;
  cloud.trusts_delegated_roles = settings.trusts_delegated_roles;
  return cloud;
}

EngineSettings engine_settings(const Settings& settings) {
  EngineSettings engine;
  engine.max_stacks_per_tenant = settings.max_stacks_per_tenant;
  engine.max_resources_per_stack = settings.max_resources_per_stack;
  engine.max_template_size = static_cast<std::size_t>(settings.max_template_size);
  engine.max_events_per_stack = settings.max_events_per_stack;
  engine.stack_action_timeout = std::chrono::seconds(settings.stack_action_timeout);
  engine.region = settings.region_name_for_services;
  char host[256] = "localhost";
  gethostname(host, sizeof host - 1);
  engine.host = host;
  return engine;
}

/// What heat.conf may say and this program can't do is refused, not passed over.
void refuse_unsupported(const Settings& settings) {
  if (!settings.heat_api.cert_file.empty())
    throw Error(ErrorKind::NotSupported,
                "[heat_api] cert_file: the API does not speak HTTPS itself; put a proxy such as "
                "nginx or HAProxy before it, and set [oslo_middleware] "
                "enable_proxy_headers_parsing.");
  if (settings.deferred_auth_method != "trusts")
    throw Error(ErrorKind::NotSupported, "[DEFAULT] deferred_auth_method: '" +
                                             settings.deferred_auth_method +
                                             "' is not supported; use trusts.");
}

TypeSettings type_settings(const Settings& settings) {
  const auto flag = [](const std::string& text) { return text == "1" || text == "true"; };
  TypeSettings types;
  types.server.metadata_server_url = settings.heat_metadata_server_url;
  types.server.is_secure = flag(settings.instance_connection_is_secure);
  types.server.validate_certificates =
      flag(settings.instance_connection_https_validate_certificates);
  return types;
}

ServeSettings serve_settings(const Settings& settings) {
  refuse_unsupported(settings);
  ServeSettings serve;
  serve.types = type_settings(settings);
  serve.rest.max_json_body_size = static_cast<std::size_t>(settings.max_json_body_size);
  serve.rest.trust_proxy_headers = settings.enable_proxy_headers_parsing;
  serve.listen.address = settings.heat_api.bind_host;
  serve.listen.port = static_cast<std::uint16_t>(settings.heat_api.bind_port);
  serve.engine = engine_settings(settings);
  serve.cloud = cloud_settings(settings);
  serve.plugin_dirs = settings.plugin_dirs;
  serve.encryption_keys = settings.auth_encryption_key;
  return serve;
}

/// The simulated cloud's own service user, in place of what heat.conf says.
CloudSettings twin_cloud(const TwinThread& twin) {
  CloudSettings cloud;
  cloud.auth_url = cloud.public_auth_url = twin.auth_url();
  cloud.service.user_name = "heat";
  cloud.service.password = "secret";
  cloud.service.user_domain_id = cloud.service.project_domain_id = "default";
  cloud.service.project_name = "service";
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

std::string database_of(const Settings& settings, const std::string& state) {
  if (!settings.database_connection.empty()) return settings.database_file();
  return (fs::path(state.empty() ? "." : state) / "heat.sqlite").string();
}

void configure_log(const Settings& settings, const std::string& state) {
  std::string file = settings.log_file;
  if (file.empty() && !state.empty()) file = (fs::path(state) / "heat.log").string();
  log::configure(settings.debug ? log::Level::Debug : log::Level::Info,
                 settings.use_json ? log::Format::Json : log::Format::Text, file);
}

}  // namespace

int serve_program(const std::vector<std::string>& arguments) {
  const auto options = ProgramOptions::read(
      arguments, {"--config-file", "--port", "--state", "--twin", "--twin-port", "--latency"});
  if (options.help) {
    std::fputs(kServeHelp, stdout);
    return 0;
  }
  const Settings settings = load_settings(options.config_file, process_environment());
  if (!options.state.empty()) fs::create_directories(options.state);
  configure_log(settings, options.state);
  ServeSettings serve = serve_settings(settings);
  serve.database = database_of(settings, options.state);
  if (options.port) serve.listen.port = *options.port;

  hold_signals();
  std::optional<TwinThread> twin;
  if (options.twin) {
    serve.listen.address = "127.0.0.1";
    if (serve.listen.port == 0) serve.listen.port = free_port();
    TwinOptions twin_options;
    twin_options.latencies = options.latencies;
    twin_options.endpoints = {
        {"orchestration", "heat",
         "http://127.0.0.1:" + std::to_string(serve.listen.port) + "/v1/{project}"}};
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
  wait_for_signal();
  log::info("ending", {});
  return 0;
}

}  // namespace heat
