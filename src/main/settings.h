#pragma once

#include <map>
#include <string>
#include <vector>

namespace heat {

/// A user of our own, and its Keystone: [keystone_authtoken] and [trustee].
struct AuthSettings {
  std::string auth_type = "password";
  std::string auth_url;
  std::string username, user_id, password;
  std::string user_domain_id, user_domain_name;
  std::string project_name, project_id;
  std::string project_domain_id, project_domain_name;
};

/// How the tokens of requests are checked: [keystone_authtoken].
struct AuthTokenSettings : AuthSettings {
  std::string www_authenticate_uri;  ///< for clients; empty: auth_url
  std::string region_name;
  std::string cafile, certfile, keyfile;
  bool insecure = false;
};

/// How the cloud's services are called: [clients], and [clients_nova] … where one differs.
struct ClientSettings {
  std::string endpoint_type = "public";
  std::string ca_file, cert_file, key_file;
  bool insecure = false;
};

struct ListenSettings {
  std::string bind_host = "0.0.0.0";
  int bind_port = 0;
  std::string cert_file = {}, key_file = {};  ///< given: HTTPS
};

/// The configuration of a program: heat.conf and the environment over it. Made once, never changed;
/// each part of the program is handed the part it needs. Names and defaults are the original's.
struct Settings {
  // [DEFAULT]: limits; -1 is none
  int max_resources_per_stack = 1000;
  int max_stacks_per_tenant = 512;
  int max_events_per_stack = 1000;
  int max_template_size = 524288;  ///< characters
  int max_nested_stack_depth = 5;
  int template_fetch_timeout = 60;  ///< seconds
  int stack_action_timeout = 3600;  ///< seconds
  int client_retry_limit = 2;

  // [DEFAULT]: what stacks act as
  std::string auth_encryption_key = "notgood but just long enough i t";
  std::string deferred_auth_method = "trusts";
  std::vector<std::string> trusts_delegated_roles;
  std::vector<std::string> plugin_dirs{"/usr/lib64/heat", "/usr/lib/heat", "/usr/local/lib/heat",
                                       "/usr/local/lib64/heat"};
  bool allow_trusts_redelegation = false;
  std::string region_name_for_services;

  // [DEFAULT]: what servers are told
  std::string heat_metadata_server_url;
  std::string instance_connection_is_secure = "0";
  std::string instance_connection_https_validate_certificates = "1";

  // [DEFAULT]: this program
  std::string host;  ///< empty: the machine's name
  std::string environment_dir = "/etc/heat/environment.d";
  int num_engine_workers = 0;        ///< 0: as many as there are processors
  int periodic_interval = 60;        ///< seconds
  int max_json_body_size = 1048576;  ///< bytes
  bool debug = false;
  std::string log_file, log_dir;  ///< both empty: standard error
  bool use_json = false;

  // [yaql]
  int yaql_limit_iterators = 200;
  int yaql_memory_quota = 10000;

  bool backups_enabled = true;                ///< [volumes]
  std::string heat_revision = "unknown";      ///< [revision]
  std::string database_connection;            ///< [database] connection: sqlite:///PATH
  bool enable_proxy_headers_parsing = false;  ///< [oslo_middleware]
  ListenSettings heat_api{.bind_port = 8004};
  AuthTokenSettings keystone_authtoken;
  AuthSettings trustee;
  ClientSettings clients;
  std::string keystone_auth_uri;  ///< [clients_keystone] auth_uri

  /// As [clients_<service>] says, and [clients] where it says nothing: "nova", "neutron" …
  const ClientSettings& client(const std::string& service) const;
  std::map<std::string, ClientSettings> client_of;

  /// The file that [database] connection names; empty where it says nothing. Throws Error where it
  /// names no SQLite file.
  std::string database_file() const;
  /// The file that log_dir and log_file name; empty: standard error.
  std::string log_path() const;
};

using Variables = std::map<std::string, std::string>;
Variables process_environment();

/// Reads `file` (empty: none), and over it the variables HEAT_<GROUP>_<NAME>. Options that it does
/// not know are logged as warnings; a value of a wrong type or range is an Error with its place.
Settings load_settings(const std::string& file, const Variables& environment);

/// A heat.conf of all options with their defaults and what they mean.
std::string sample_settings();

}  // namespace heat
