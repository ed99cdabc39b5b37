#include "main/serve_settings.h"

#include <unistd.h>

#include <algorithm>
#include <thread>

#include "base/error.h"

namespace heat {

namespace {

/// [clients_<name>] by what the service is called here.
constexpr std::pair<const char*, const char*> kServices[] = {
    {"aodh", "alarming"},         {"barbican", "key-manager"},   {"cinder", "volumev3"},
    {"designate", "dns"},         {"glance", "image"},           {"heat", "orchestration"},
    {"keystone", "identity"},     {"magnum", "container-infra"}, {"manila", "sharev2"},
    {"mistral", "workflowv2"},    {"neutron", "network"},        {"nova", "compute"},
    {"octavia", "load-balancer"}, {"swift", "object-store"},     {"trove", "database"},
    {"zaqar", "messaging"}};

const std::string& first(const std::string& wanted, const std::string& otherwise) {
  return wanted.empty() ? otherwise : wanted;
}

Account account(const AuthSettings& auth) {
  Account account;
  account.auth_url = auth.auth_url;
  Credentials& user = account.user;
  user.user_name = auth.username;
  user.user_id = auth.user_id;
  user.password = auth.password;
  user.user_domain_id = auth.user_domain_id;
  user.user_domain_name = auth.user_domain_name;
  user.project_id = auth.project_id;
  user.project_name = auth.project_name;
  user.project_domain_id = auth.project_domain_id;
  user.project_domain_name = auth.project_domain_name;
  return account;
}

ServiceAccess access(const ClientSettings& client) {
  return {client.endpoint_type,
          {client.ca_file, client.cert_file, client.key_file, client.insecure}};
}

/// Keystone is one, though two sections may tell how its certificate is checked: where only one of
/// them does, it counts for both.
void share_identity_tls(CloudSettings& cloud) {
  TlsOptions& service = cloud.service.tls;
  TlsOptions& stacks = cloud.session.access_of.at("identity").tls;
  if (service == TlsOptions()) service = stacks;
  if (stacks == TlsOptions()) stacks = service;
}

CloudSettings cloud_settings(const Settings& settings) {
  const AuthTokenSettings& auth = settings.keystone_authtoken;
  CloudSettings cloud;
  cloud.auth_url = first(settings.keystone_auth_uri, auth.auth_url);
  cloud.public_auth_url = first(auth.www_authenticate_uri, cloud.auth_url);
  cloud.session.region = settings.region_name_for_services;
  cloud.session.patience.tries = settings.client_retry_limit + 1;
  cloud.session.access = access(settings.clients);
  for (const auto& [name, service] : kServices)
    cloud.session.access_of[service] = access(settings.client(name));

  cloud.service = account(auth);
  cloud.service.region = auth.region_name;
  cloud.service.tls = {auth.cafile, auth.certfile, auth.keyfile, auth.insecure};
  share_identity_tls(cloud);
  const bool own_trustee = !settings.trustee.username.empty() || !settings.trustee.user_id.empty();
  cloud.trustee = own_trustee ? account(settings.trustee) : cloud.service;
  cloud.trustee.auth_url = first(settings.trustee.auth_url, cloud.auth_url);
  cloud.trustee.tls = cloud.session.access_of.at("identity").tls;

  if (settings.deferred_auth_method == "password") cloud.deferred_auth = DeferredAuth::Password;
  cloud.trusts_delegated_roles = settings.trusts_delegated_roles;
  cloud.allow_trusts_redelegation = settings.allow_trusts_redelegation;
  return cloud;
}

std::string machine_name() {
  char name[256] = "localhost";
  gethostname(name, sizeof name - 1);
  return name;
}

EngineSettings engine_settings(const Settings& settings) {
  EngineSettings engine;
  engine.max_stacks_per_tenant = settings.max_stacks_per_tenant;
  engine.max_resources_per_stack = settings.max_resources_per_stack;
  engine.max_template_size = static_cast<std::size_t>(settings.max_template_size);
  engine.max_nested_stack_depth = settings.max_nested_stack_depth;
  engine.template_fetch_timeout = std::chrono::seconds(settings.template_fetch_timeout);
  engine.max_events_per_stack = settings.max_events_per_stack;
  engine.stack_action_timeout = std::chrono::seconds(settings.stack_action_timeout);
  engine.region = settings.region_name_for_services;
  engine.host = settings.host.empty() ? machine_name() : settings.host;
  engine.report_interval = std::chrono::seconds(settings.periodic_interval);
  engine.revision = settings.heat_revision;
  return engine;
}

TypeSettings type_settings(const Settings& settings) {
  TypeSettings types;
  types.server.metadata_server_url = settings.heat_metadata_server_url;
  types.server.is_secure = settings.instance_connection_is_secure == "1";
  types.server.validate_certificates =
      settings.instance_connection_https_validate_certificates == "1";
  types.volume_backups = settings.backups_enabled;
  return types;
}

/// A worker is a thread that hardly waits; more of them than processors gain nothing.
std::size_t workers(const Settings& settings) {
  if (settings.num_engine_workers > 0) return static_cast<std::size_t>(settings.num_engine_workers);
  return std::max(1u, std::thread::hardware_concurrency());
}

void listen_by_tls(const ListenSettings& api, ServeSettings& serve) {
  if (api.cert_file.empty())
    throw Error(ErrorKind::ValueError, "[heat_api] key_file is of no use without cert_file.");
  serve.listen.certificate_file = api.cert_file;
  serve.listen.key_file = api.key_file;
  serve.rest.scheme = "https";
}

}  // namespace

ServeSettings serve_settings(const Settings& settings) {
  const ListenSettings& api = settings.heat_api;
  ServeSettings serve;
  serve.log.level = settings.debug ? log::Level::Debug : log::Level::Info;
  serve.log.format = settings.use_json ? log::Format::Json : log::Format::Text;
  serve.log.file = settings.log_path();
  serve.listen.address = api.bind_host;
  serve.listen.port = static_cast<std::uint16_t>(api.bind_port);
  if (!api.cert_file.empty() || !api.key_file.empty()) listen_by_tls(api, serve);
  serve.rest.max_json_body_size = static_cast<std::size_t>(settings.max_json_body_size);
  serve.rest.trust_proxy_headers = settings.enable_proxy_headers_parsing;
  serve.engine = engine_settings(settings);
  serve.engine_workers = workers(settings);
  serve.cloud = cloud_settings(settings);
  serve.types = type_settings(settings);
  serve.query_limits.items = settings.yaql_limit_iterators;
  serve.query_limits.memory = settings.yaql_memory_quota;
  serve.database = settings.database_file();
  serve.plugin_dirs = settings.plugin_dirs;
  serve.environment_dir = settings.environment_dir;
  serve.encryption_keys = settings.auth_encryption_key;
  return serve;
}

}  // namespace heat
