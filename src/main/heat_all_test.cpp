#include "main/heat_all.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>

#include "async/sync_wait.h"
#include "cloud/keystone_session.h"
#include "cloud/trust.h"
#include "main/program_options.h"
#include "main/twin_thread.h"
#include "net/asio_loop.h"
#include "net/curl_http.h"
#include "store/database.h"

namespace heat {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* kSlow =
    "heat_template_version: 2021-04-16\nresources:\n"
    "  a: {type: OS::Heat::TestResource, properties: {wait_secs: 2}}\n";

/// heat-all on real threads and ports, with the simulated cloud.
class HeatAllTest : public testing::Test {
 protected:
  HeatAllTest() {
    std::string pattern = testing::TempDir() + "heat-all-XXXXXX";
    folder_ = mkdtemp(pattern.data());
    TwinOptions options;
    const std::uint16_t port = free_port();
    options.endpoints = {
        {"orchestration", "heat", "http://127.0.0.1:" + std::to_string(port) + "/v1/{project}"}};
    twin_.emplace(std::move(options));
    settings_.listen.port = port;
    settings_.database = folder_ / "heat.sqlite";
    settings_.encryption_keys = "a key of thirty-two characters..";
    CloudSettings& cloud = settings_.cloud;
    cloud.auth_url = cloud.service.auth_url = twin_->auth_url();
    cloud.service.user = user("heat", "service");
    cloud.trustee = cloud.service;
  }
  ~HeatAllTest() override { std::filesystem::remove_all(folder_); }

  static Credentials user(const std::string& name, const std::string& project) {
    Credentials user;
    user.user_name = name;
    user.password = "secret";
    user.project_name = project;
    user.user_domain_id = user.project_domain_id = "default";
    return user;
  }

  KeystoneSession& session() {
    if (!session_) {
      keystone_.emplace(loop_, http_, limits_, twin_->auth_url());
      session_ = log_in("admin");
    }
    return *session_;
  }
  std::unique_ptr<KeystoneSession> log_in(const std::string& who) {
    return sync_wait(loop_, KeystoneSession::open(*keystone_, user(who, who)));
  }
  Value ask(const std::string& method, const std::string& path, Value body = {},
            const std::string& service = "orchestration") {
    CloudRequest request;
    request.service = service;
    request.method = method;
    request.path = path;
    request.body = std::move(body);
    if (!password_.empty()) request.headers.add("X-Auth-Key", password_);
    return sync_wait(loop_, session().send(std::move(request)));
  }
  void create(const std::string& name, const std::string& text) {
    ask("POST", "/stacks", Map{{"stack_name", name}, {"template", text}});
  }
  std::set<std::string> states() {
    std::set<std::string> states;
    const Value stacks = ask("GET", "/stacks");
    for (const Value& stack : stacks["stacks"].as_list())
      states.insert(stack["stack_status"].as_string());
    return states;
  }
  bool wait_until(const std::function<bool()>& holds) {
    for (int i = 0; i < 300; ++i) {
      if (holds()) return true;
      sync_wait(loop_, sleep_for(loop_, milliseconds(100), Cancel()));
    }
    return false;
  }

  std::filesystem::path folder_;
  std::optional<TwinThread> twin_;
  ServeSettings settings_;
  AsioLoop loop_;
  CurlHttp http_{loop_};
  ServiceLimits limits_{loop_};
  std::optional<Keystone> keystone_;
  std::unique_ptr<KeystoneSession> session_;
  std::string password_;  // that is sent along
};

TEST_F(HeatAllTest, SeveralWorkersShareTheStacks) {
  settings_.engine_workers = 3;
  const HeatAll heat(settings_);
  constexpr int kStacks = 24;  // chance gives each worker some
  for (int i = 0; i < kStacks; ++i) create("s" + std::to_string(i), kSlow);
  Database database(settings_.database, settings_.encryption_keys);
  std::set<std::string> owners;
  EXPECT_TRUE(wait_until([&] {
    for (std::string& owner : database.tree_owners()) owners.insert(std::move(owner));
    return states() == std::set<std::string>{"CREATE_COMPLETE"};
  }));
  EXPECT_EQ(owners.size(), 3u);
  const Value services = ask("GET", "/services")["services"];
  EXPECT_EQ(services.as_list().size(), 3u);
  for (const Value& service : services.as_list()) {
    EXPECT_EQ(service["status"], Value("up"));
    EXPECT_TRUE(std::ranges::any_of(owners, [&](const std::string& owner) {
      return owner.ends_with(service["engine_id"].as_string());
    }));
  }
}

TEST_F(HeatAllTest, ADeadCloudDoesNotHoldTheEnd) {
  std::optional<HeatAll> heat(settings_);
  create("net",
         "heat_template_version: 2021-04-16\nresources:\n"
         "  a: {type: OS::Heat::TestResource, properties: {wait_secs: 1}}\n"
         "  b: {type: OS::Neutron::Net, depends_on: a}\n");
  ASSERT_TRUE(wait_until([&] { return states() == std::set<std::string>{"CREATE_IN_PROGRESS"}; }));
  twin_.reset();
  sync_wait(loop_, sleep_for(loop_, milliseconds(1500), Cancel()));  // now it tries and tries again
  const auto begun = std::chrono::steady_clock::now();
  heat.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, seconds(3));
  Database database(settings_.database, settings_.encryption_keys);
  EXPECT_TRUE(database.tree_owners().empty());
  EXPECT_EQ(database.stacks({}).at(0).status, "IN_PROGRESS") << "it is carried on";
  EXPECT_TRUE(database.services().empty());
}

TEST_F(HeatAllTest, EveryLineOfAStacksWorkNamesItAndWhoAsked) {
  const std::string file = folder_ / "heat.log";
  log::configure(log::Level::Debug, log::Format::Text, file);
  {
    const HeatAll heat(settings_);
    create("logged", kSlow);
    EXPECT_TRUE(wait_until([&] { return states() == std::set<std::string>{"CREATE_COMPLETE"}; }));
  }
  log::configure(log::Level::Warning, log::Format::Text, "");
  std::ifstream stream(file);
  int of_stack = 0, of_cloud = 0;
  for (std::string line; std::getline(stream, line);) {
    EXPECT_EQ(line.find("secret"), std::string::npos) << line;
    EXPECT_EQ(line.find(session_->token().id), std::string::npos) << line;
    if (line.find("CREATE") == std::string::npos) continue;
    ++of_stack;
    EXPECT_NE(line.find(" stack="), std::string::npos) << line;
    EXPECT_NE(line.find(" request_id=req-"), std::string::npos) << line;
    of_cloud += line.find("resource=a") != std::string::npos;
  }
  EXPECT_GE(of_stack, 3);
  EXPECT_GE(of_cloud, 2);
}

TEST_F(HeatAllTest, TheOperatorsEnvironmentsMapToLocalTemplates) {
  settings_.environment_dir = folder_ / "environment.d";
  std::filesystem::create_directory(settings_.environment_dir);
  const std::string url = "file://" + (folder_ / "alarm.yaml").string();
  std::ofstream(settings_.environment_dir + "/default.yaml")
      << "resource_registry:\n  My::Alarm: " << url << "\n";
  std::ofstream(folder_ / "alarm.yaml")
      << "heat_template_version: 2021-04-16\nparameters: {limit: {type: number}}\n";
  const HeatAll heat(settings_);
  const auto answer = [&](const std::string& type, const std::string& limit) {
    const Value body{
        Map{{"template", "heat_template_version: 2021-04-16\nresources:\n  a: {type: '" + type +
                             "', properties: {limit: " + limit + "}}\n"}}};
    try {
      ask("POST", "/validate", body);
    } catch (const Error& error) {
      return error.message();
    }
    return std::string("valid");
  };
  EXPECT_EQ(answer("My::Alarm", "3"), "valid");
  EXPECT_NE(answer("My::Alarm", "many").find("many"), std::string::npos);
  EXPECT_NE(answer(url, "3").find("There is no template"), std::string::npos)
      << "others can't name the machine's files";
}

TEST_F(HeatAllTest, WithoutBackupsNoVolumeIsSavedByOne) {
  settings_.types.volume_backups = false;
  const HeatAll heat(settings_);
  try {
    create("kept",
           "heat_template_version: 2021-04-16\nresources:\n"
           "  a: {type: OS::Cinder::Volume, deletion_policy: Snapshot, properties: {size: 1}}\n");
    FAIL() << "it was accepted";
  } catch (const Error& error) {
    EXPECT_NE(error.message().find("\"Snapshot\" deletion policy not supported - volume backup "
                                   "service is not enabled."),
              std::string::npos)
        << error.message();
  }
}

constexpr const char* kNet =
    "heat_template_version: 2021-04-16\nresources: {n: {type: OS::Neutron::Net}}\n";

TEST_F(HeatAllTest, ATrustIsGivenToTheTrustee) {
  settings_.cloud.trustee.user = user("alt_demo", "alt_demo");
  const HeatAll heat(settings_);
  create("net", kNet);
  EXPECT_TRUE(wait_until([&] { return states() == std::set<std::string>{"CREATE_COMPLETE"}; }));
  const Value trusts = ask("GET", "/OS-TRUST/trusts?trustor_user_id=" + session().user_id(), {},
                           "identity")["trusts"];
  ASSERT_EQ(trusts.as_list().size(), 1u);
  EXPECT_EQ(trusts[0]["trustee_user_id"], Value(log_in("alt_demo")->user_id()));
}

class TrustTest : public HeatAllTest {
 protected:
  TrustTest() {
    who_ = "demo";
    session_ = (session(), log_in(who_));
  }
  void update(const std::string& text) {
    ask("PUT", path(), Map{{"template", text}});
    EXPECT_TRUE(wait_until([&] { return states() == std::set<std::string>{"UPDATE_COMPLETE"}; }));
  }
  std::string path() {
    return "/stacks/net/" + ask("GET", "/stacks?limit=1")["stacks"][0]["id"].as_string();
  }
  std::vector<std::string> trusts() {
    std::vector<std::string> ids;
    const Value all = ask("GET", "/OS-TRUST/trusts", {}, "identity")["trusts"];
    for (const Value& trust : all.as_list())
      if (trust["trustor_user_id"] == Value(session().user_id()))
        ids.push_back(trust["id"].as_string());
    return ids;
  }
  /// PUT gives demo a role, DELETE takes it away.
  void change_role(const std::string& method, const std::string& name) {
    const auto admin = log_in("admin");
    const std::string role = sync_wait(loop_, list_roles(*admin, name)).at(0).id;
    CloudRequest request;
    request.service = "identity";
    request.method = method;
    request.path =
        "/projects/" + session().project_id() + "/users/" + session().user_id() + "/roles/" + role;
    sync_wait(loop_, admin->send(std::move(request)));
    session_ = log_in(who_);
  }

  std::string who_;
};

constexpr const char* kTwoNets =
    "heat_template_version: 2021-04-16\n"
    "resources: {n: {type: OS::Neutron::Net}, m: {type: OS::Neutron::Net}}\n";

TEST_F(TrustTest, StaysWhileItIsGoodAndIsMadeAnewWhenNot) {
  const HeatAll heat(settings_);
  create("net", kNet);
  EXPECT_TRUE(wait_until([&] { return states() == std::set<std::string>{"CREATE_COMPLETE"}; }));
  const auto first = trusts();
  ASSERT_EQ(first.size(), 1u);
  update(kTwoNets);
  EXPECT_EQ(trusts(), first);

  ask("DELETE", "/OS-TRUST/trusts/" + first[0], {}, "identity");
  update(kNet);
  const auto second = trusts();
  ASSERT_EQ(second.size(), 1u);
  EXPECT_NE(second, first);

  change_role("DELETE", "reader");
  update(kTwoNets);
  const auto third = trusts();
  ASSERT_EQ(third.size(), 1u);
  EXPECT_NE(third, second);

  change_role("PUT", "reader");
  ask("DELETE", path());
  EXPECT_TRUE(wait_until([&] { return states().empty(); }));
  EXPECT_TRUE(trusts().empty());
}

TEST_F(TrustTest, AStackWhoseTrustLendsARoleThatWasTakenAwayCanBeDeleted) {
  const HeatAll heat(settings_);
  create("net", kNet);
  EXPECT_TRUE(wait_until([&] { return states() == std::set<std::string>{"CREATE_COMPLETE"}; }));
  change_role("DELETE", "reader");
  ask("DELETE", path());
  EXPECT_TRUE(wait_until([&] { return states().empty(); }));
  EXPECT_TRUE(trusts().empty());
}

TEST_F(HeatAllTest, AStackCanActByThePasswordThatIsSentAlong) {
  settings_.cloud.deferred_auth = DeferredAuth::Password;
  const HeatAll heat(settings_);
  try {
    create("net", kNet);
    FAIL() << "no password was asked for";
  } catch (const Error& error) {
    EXPECT_NE(error.message().find("X-Auth-Key"), std::string::npos) << error.message();
  }
  password_ = "secret";
  create("net", kNet);
  EXPECT_TRUE(wait_until([&] { return states() == std::set<std::string>{"CREATE_COMPLETE"}; }));
  const Value trusts = ask("GET", "/OS-TRUST/trusts?trustor_user_id=" + session().user_id(), {},
                           "identity")["trusts"];
  EXPECT_TRUE(trusts.as_list().empty());
  Database database(settings_.database, settings_.encryption_keys);
  const std::string id = database.stacks({}).at(0).id;
  EXPECT_EQ(database.credentials(id).at(0).kind, "password");
  const Value location = ask("GET", "/stacks?limit=1")["stacks"][0];
  ask("DELETE", "/stacks/net/" + location["id"].as_string());
  EXPECT_TRUE(wait_until([&] { return states().empty(); }));
  EXPECT_TRUE(database.credentials(id).empty());
}

TEST_F(HeatAllTest, TheOperatorsEnvironmentsMapTypes) {
  settings_.environment_dir = folder_ / "environment.d";
  std::filesystem::create_directory(settings_.environment_dir);
  std::ofstream(settings_.environment_dir + "/default.yaml")
      << "resource_registry:\n  'Old::*': 'OS::Heat::*'\n";
  const HeatAll heat(settings_);
  create("old",
         "heat_template_version: 2021-04-16\nresources:\n"
         "  a: {type: 'Old::Value', properties: {value: 7}}\n"
         "outputs: {seven: {value: {get_attr: [a, value]}}}\n");
  EXPECT_TRUE(wait_until([&] { return states() == std::set<std::string>{"CREATE_COMPLETE"}; }));
}

}  // namespace
}  // namespace heat
