#include "cli/client.h"

#include "async/cancel.h"
#include "async/sync_wait.h"
#include "base/error.h"
#include "cli/cloud_config.h"
#include "cli/report.h"
#include "cloud/keystone_session.h"
#include "net/asio_loop.h"
#include "net/curl_http.h"
#include "net/url.h"

namespace heat::cli {

namespace {

TlsOptions tls(const CloudConfig& config) {
  return {config.get("cacert"), config.get("cert"), config.get("key"), config.insecure()};
}

Credentials credentials(const CloudConfig& config) {
  Credentials credentials;
  credentials.token = config.get("token");
  credentials.application_credential_id = config.get("application_credential_id");
  credentials.application_credential_name = config.get("application_credential_name");
  credentials.application_credential_secret = config.get("application_credential_secret");
  credentials.user_id = config.get("user_id");
  credentials.user_name = config.get("username");
  credentials.user_domain_id = config.get("user_domain_id");
  credentials.user_domain_name = config.get("user_domain_name");
  credentials.password = config.get("password");
  credentials.project_id = config.get("project_id");
  credentials.project_name = config.get("project_name");
  credentials.project_domain_id = config.get("project_domain_id");
  credentials.project_domain_name = config.get("project_domain_name");
  return credentials;
}

SessionOptions session_options(const CloudConfig& config) {
  SessionOptions options;
  options.region = config.get("region_name");
  options.access = {config.get("interface", "public"), tls(config)};
  return options;
}

}  // namespace

std::string segment(const std::string& name) { return percent_encode(name); }

struct Client::State {
  explicit State(const std::string& cloud)
      : config(CloudConfig::find(cloud)),
        http(loop),
        limits(loop),
        keystone(loop, http, limits, config.get("auth_url"), tls(config)),
        session(sync_wait(
            loop, KeystoneSession::open(keystone, credentials(config), session_options(config)))) {}

  CloudConfig config;
  AsioLoop loop;
  CurlHttp http;
  ServiceLimits limits;
  Keystone keystone;
  std::unique_ptr<KeystoneSession> session;
};

Client::Client(std::string cloud) : state_(std::make_unique<State>(cloud)) {}
Client::~Client() = default;

Value Client::get(std::string path) { return send("GET", std::move(path)); }

Value Client::send(std::string method, std::string path, Value body) {
  CloudRequest request;
  request.service = "orchestration";
  request.method = std::move(method);
  request.path = std::move(path);
  request.body = std::move(body);
  const CloudResponse response = sync_wait(state_->loop, state_->session->call(request));
  if (response.status >= 400) throw refusal(response.body, response.status);
  return response.body;
}

std::string Client::stack_path(const std::string& stack) {
  CloudRequest request;
  request.service = "orchestration";
  request.path = "/stacks/" + segment(stack);
  const CloudResponse response = sync_wait(state_->loop, state_->session->call(request));
  if (response.status >= 400) throw refusal(response.body, response.status);
  const std::string location = response.headers.get("Location");
  const std::size_t begin = location.find("/stacks/");
  if (begin == location.npos)
    throw Error(ErrorKind::InternalError, "The server did not say where the stack is.");
  return location.substr(begin);
}

void Client::pause(Duration time) {
  sync_wait(state_->loop, sleep_for(state_->loop, time, Cancel()));
}

}  // namespace heat::cli
