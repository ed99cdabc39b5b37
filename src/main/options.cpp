#include <algorithm>
#include <iterator>

#include "main/option.h"

namespace heat {

namespace {

// In the order they are applied: [clients] before what it is the default of.
constexpr const char* kServices[] = {
    "aodh",   "barbican", "cinder",  "designate", "glance",  "heat",  "keystone", "magnum",
    "manila", "mistral",  "neutron", "nova",      "octavia", "swift", "trove",    "zaqar"};
const std::vector<std::string> kEndpointTypes{"public",    "internal",    "admin",
                                              "publicURL", "internalURL", "adminURL"};

void append(std::vector<Option>& all, std::vector<Option> more) {
  std::ranges::move(more, std::back_inserter(all));
}

void add_auth(std::vector<Option>& all, const std::string& group, AuthSettings& auth) {
  append(
      all,
      {
          {group, "auth_type", &auth.auth_type, "How to authenticate.", {"password", "v3password"}},
          {group, "auth_url", &auth.auth_url, "URL of Keystone."},
          {group, "username", &auth.username, "Name of the user."},
          {group, "user_id", &auth.user_id, "Id of the user, in place of its name."},
          {group, "password", &auth.password, "Password of the user."},
          {group, "user_domain_id", &auth.user_domain_id, "Domain of the user."},
          {group, "user_domain_name", &auth.user_domain_name, "The same by name."},
          {group, "project_name", &auth.project_name, "Project of the user."},
          {group, "project_id", &auth.project_id, "The same by id."},
          {group, "project_domain_id", &auth.project_domain_id, "Domain of that project."},
          {group, "project_domain_name", &auth.project_domain_name, "The same by name."},
      });
}

void add_auth_token(std::vector<Option>& all, AuthTokenSettings& auth) {
  const std::string group = "keystone_authtoken";
  add_auth(all, group, auth);
  append(all,
         {
             {group, "www_authenticate_uri", &auth.www_authenticate_uri,
              "URL of Keystone that clients are told; empty: auth_url."},
             {group, "region_name", &auth.region_name, "Region of Keystone; empty: any."},
             {group, "cafile", &auth.cafile, "Certificates that Keystone's is checked against."},
             {group, "certfile", &auth.certfile, "Client certificate."},
             {group, "keyfile", &auth.keyfile, "Key of the client certificate."},
             {group, "insecure", &auth.insecure, "Don't check Keystone's certificate."},
         });
}

void add_client(std::vector<Option>& all, const std::string& group, ClientSettings& client) {
  append(all, {
                  {group, "endpoint_type", &client.endpoint_type,
                   "Which endpoint of the catalogue to call.", kEndpointTypes},
                  {group, "ca_file", &client.ca_file,
                   "Certificates that the service's is checked against."},
                  {group, "cert_file", &client.cert_file, "Client certificate."},
                  {group, "key_file", &client.key_file, "Key of the client certificate."},
                  {group, "insecure", &client.insecure, "Don't check the service's certificate."},
              });
}

/// [DEFAULT]: limits.
void add_limits(std::vector<Option>& all, Settings& s) {
  const std::string group = "DEFAULT";
  append(all,
         {
             {group, "max_resources_per_stack", &s.max_resources_per_stack,
              "Resources in a stack with all below it; -1: no limit."},
             {group, "max_stacks_per_tenant", &s.max_stacks_per_tenant,
              "Stacks of a project; -1: no limit."},
             {group, "max_events_per_stack", &s.max_events_per_stack,
              "Events that are kept of a stack; -1: all."},
             {group, "max_template_size", &s.max_template_size, "Characters in a template.", {}, 1},
             {group, "max_nested_stack_depth", &s.max_nested_stack_depth,
              "Levels of stacks within stacks."},
             {group,
              "template_fetch_timeout",
              &s.template_fetch_timeout,
              "Seconds until a template that is named by URL must be there.",
              {},
              1},
             {group,
              "stack_action_timeout",
              &s.stack_action_timeout,
              "Seconds an action may take where the request doesn't say.",
              {},
              1},
             {group,
              "client_retry_limit",
              &s.client_retry_limit,
              "How often a request to the cloud is repeated after a passing trouble.",
              {},
              0},
         });
}

/// [DEFAULT]: what stacks act as, and what they are made of.
void add_acting(std::vector<Option>& all, Settings& s) {
  const std::string group = "DEFAULT";
  append(all, {
                  {group, "plugin_dirs", &s.plugin_dirs,
                   "Folders with resource types of your own, one a *.yaml file."},
                  {group, "environment_dir", &s.environment_dir,
                   "Folder of the operator's environments: what their resource_registry maps, it "
                   "maps in all "
                   "stacks."},
                  {group, "auth_encryption_key", &s.auth_encryption_key,
                   "Key of the secrets in the database, 16 characters or more. To rotate it, put "
                   "the new one "
                   "in front, with a comma between."},
                  {group,
                   "deferred_auth_method",
                   &s.deferred_auth_method,
                   "What a stack acts by when its user is away.",
                   {"trusts", "password"}},
                  {group, "trusts_delegated_roles", &s.trusts_delegated_roles,
                   "Roles of the user that a trust passes on; empty: all."},
                  {group, "allow_trusts_redelegation", &s.allow_trusts_redelegation,
                   "Whether trusts may be passed on."},
                  {group, "region_name_for_services", &s.region_name_for_services,
                   "Region of the services that stacks use; empty: any."},
              });
}

/// [DEFAULT]: what servers are told.
void add_servers(std::vector<Option>& all, Settings& s) {
  const std::string group = "DEFAULT";
  append(all, {
                  {group, "heat_metadata_server_url", &s.heat_metadata_server_url,
                   "URL of the CloudFormation API as servers reach it; empty: the catalogue's."},
                  {group,
                   "instance_connection_is_secure",
                   &s.instance_connection_is_secure,
                   "Whether servers call it by HTTPS.",
                   {"0", "1"}},
                  {group,
                   "instance_connection_https_validate_certificates",
                   &s.instance_connection_https_validate_certificates,
                   "Whether they check its certificate.",
                   {"0", "1"}},
              });
}

/// [DEFAULT]: this program.
void add_process(std::vector<Option>& all, Settings& s) {
  const std::string group = "DEFAULT";
  append(
      all,
      {
          {group, "host", &s.host, "Name of this engine in lists; empty: the machine's."},
          {group,
           "num_engine_workers",
           &s.num_engine_workers,
           "Engine workers; 0: as many as there are processors.",
           {},
           0},
          {group,
           "periodic_interval",
           &s.periodic_interval,
           "Seconds between the signs of life of an engine worker, by which it is listed as up.",
           {},
           1},
          {group, "max_json_body_size", &s.max_json_body_size, "Bytes in a request's body.", {}, 1},
          {group, "debug", &s.debug, "Log more."},
          {group, "log_file", &s.log_file,
           "File of the log; empty: heat.log in log_dir, or standard error. SIGHUP opens it anew."},
          {group, "log_dir", &s.log_dir, "Folder of the log file."},
          {group, "use_json", &s.use_json, "Log lines of JSON."},
      });
}

}  // namespace

std::vector<Option> options(Settings& settings) {
  std::vector<Option> all;
  add_limits(all, settings);
  add_acting(all, settings);
  add_servers(all, settings);
  add_process(all, settings);
  all.push_back({"revision", "heat_revision", &settings.heat_revision,
                 "What the API tells as the build's revision."});
  all.push_back({"database", "connection", &settings.database_connection,
                 "The database: sqlite:///relative/path or sqlite:////absolute/path."});
  all.push_back({"volumes", "backups_enabled", &settings.backups_enabled,
                 "Whether the cloud backs volumes up; else none can have the deletion policy "
                 "Snapshot."});
  all.push_back({"oslo_middleware", "enable_proxy_headers_parsing",
                 &settings.enable_proxy_headers_parsing,
                 "Whether X-Forwarded-… headers make the links in answers."});
  all.push_back({"yaql", "limit_iterators", &settings.yaql_limit_iterators,
                 "Items that a collection in a yaql expression may have; -1: no limit."});
  all.push_back({"yaql", "memory_quota", &settings.yaql_memory_quota,
                 "Bytes that one value in a yaql expression may take; -1: no limit."});
  ListenSettings& api = settings.heat_api;
  all.push_back({"heat_api", "bind_host", &api.bind_host, "Address that the API listens at."});
  all.push_back({"heat_api", "bind_port", &api.bind_port, "Its port.", {}, 0, 65535});
  all.push_back(
      {"heat_api", "cert_file", &api.cert_file, "Certificate with its chain, PEM; given: HTTPS."});
  all.push_back({"heat_api", "key_file", &api.key_file, "Its key, PEM; empty: in cert_file."});
  add_auth_token(all, settings.keystone_authtoken);
  add_auth(all, "trustee", settings.trustee);
  add_client(all, "clients", settings.clients);
  for (const std::string service : kServices) {
    add_client(all, "clients_" + service, settings.client_of[service]);
    if (service == "keystone")
      all.push_back({"clients_keystone", "auth_uri", &settings.keystone_auth_uri,
                     "URL of Keystone for what stacks do; empty: [keystone_authtoken] auth_url."});
  }
  return all;
}

}  // namespace heat
