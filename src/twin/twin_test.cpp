// What tests set on the twin: faults, delays, hooks, failures; and what it tells of itself.
#include "twin/twin.h"

#include <gtest/gtest.h>

#include "async/sync_wait.h"
#include "async/virtual_loop.h"
#include "net/asio_loop.h"
#include "net/curl_http.h"
#include "net/server.h"
#include "text/write.h"
#include "twin/twin_http.h"

namespace heat {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A simulated cloud, and the user demo in it.
class TwinTest : public testing::Test {
 protected:
  HttpResponse send(std::string method, std::string path, const Value& body = {},
                    Duration timeout = seconds(60)) {
    HttpRequest request;
    request.method = std::move(method);
    request.url = "http://twin.test" + path;
    request.timeout = timeout;
    if (!token_.empty()) request.headers.set("X-Auth-Token", token_);
    if (!body.is_null()) request.body = to_json(body);
    return sync_wait(loop_, http_.fetch(std::move(request)));
  }

  Value ask(std::string method, std::string path, const Value& body = {}) {
    const HttpResponse answer = send(std::move(method), std::move(path), body);
    EXPECT_LT(answer.status, 300) << answer.body;
    return answer.body.empty() ? Value() : from_json(answer.body);
  }

  void log_in(std::string user) {
    const Map domain{{"name", "Default"}};
    const Map password{{"user", Map{{"name", user}, {"domain", domain}, {"password", "secret"}}}};
    const Map identity{{"methods", List{"password"}}, {"password", password}};
    const Map scope{{"project", Map{{"name", user}, {"domain", domain}}}};
    token_ = send("POST", "/identity/v3/auth/tokens",
                  Map{{"auth", Map{{"identity", identity}, {"scope", scope}}}})
                 .headers.get("X-Subject-Token");
  }

  void SetUp() override { log_in("demo"); }

  std::size_t networks() {
    return ask("GET", "/network/v2.0/networks?name=mine")["networks"].as_list().size();
  }
  static Value network() { return Map{{"network", Map{{"name", "mine"}}}}; }

  Value make_server() {
    const Value image = ask("GET", "/image/v2/images?name=cirros")["images"][0]["id"];
    const Value net = ask("GET", "/network/v2.0/networks?name=private")["networks"][0]["id"];
    return ask("POST", "/compute/v2.1/servers",
               Map{{"server", Map{{"name", "s"},
                                  {"flavorRef", "1"},
                                  {"imageRef", image},
                                  {"networks", List{Map{{"uuid", net}}}}}}})["server"]["id"];
  }
  Value server(const Value& id) {
    return ask("GET", "/compute/v2.1/servers/" + id.as_string())["server"];
  }

  VirtualLoop loop_;
  SeededRandom random_{1};
  Twin twin_{loop_, random_};
  TwinHttp http_{twin_};
  std::string token_;
};

TEST_F(TwinTest, ALostRequestHasNoEffectALostAnswerHas) {
  twin_.faults().plan({.kind = TwinFault::Kind::LostRequest, .about = "POST /network"});
  EXPECT_THROW(send("POST", "/network/v2.0/networks", network()), HttpNoAnswer);
  EXPECT_EQ(networks(), 0U);
  twin_.faults().plan({.kind = TwinFault::Kind::LostAnswer, .about = "POST /network"});
  EXPECT_THROW(send("POST", "/network/v2.0/networks", network()), HttpNoAnswer);
  EXPECT_EQ(networks(), 1U);
}

TEST_F(TwinTest, ALateEffectComesAfterTheConnectionBroke) {
  twin_.faults().plan(
      {.kind = TwinFault::Kind::LateEffect, .about = "POST", .delay = std::chrono::seconds(2)});
  EXPECT_THROW(send("POST", "/network/v2.0/networks", network()), HttpNoAnswer);
  EXPECT_EQ(networks(), 0U);
  sync_wait(loop_, sleep_for(loop_, std::chrono::seconds(2), Cancel()));
  EXPECT_EQ(networks(), 1U);
}

TEST_F(TwinTest, AFaultComesAtItsRequestAndGoes) {
  twin_.faults().plan(
      {.kind = TwinFault::Kind::Status, .at = 2, .about = "GET", .status = 503, .times = 2});
  std::vector<int> statuses;
  for (int i = 0; i < 4; ++i) statuses.push_back(send("GET", "/network/v2.0/networks").status);
  EXPECT_EQ(statuses, (std::vector<int>{200, 503, 503, 200}));
}

TEST_F(TwinTest, AnUnreachableCloudIsCertainlyUntouched) {
  twin_.faults().plan({.kind = TwinFault::Kind::Unreachable});
  try {
    send("POST", "/network/v2.0/networks", network());
    FAIL() << "it answered";
  } catch (const HttpNoAnswer& none) {
    EXPECT_FALSE(none.sent);
  }
  EXPECT_EQ(networks(), 0U);
}

TEST_F(TwinTest, AnswersTakeTheTimeTheyAreGiven) {
  twin_.options().latencies["network"] = seconds(3);
  const Time before = loop_.now();
  EXPECT_EQ(send("GET", "/network/v2.0/networks").status, 200);
  EXPECT_EQ(loop_.now() - before, seconds(3));
  EXPECT_THROW(send("POST", "/network/v2.0/networks", network(), seconds(1)), HttpNoAnswer);
  EXPECT_EQ(loop_.now() - before, seconds(4));
  EXPECT_EQ(networks(), 1U) << "a request that timed out took effect";
}

TEST_F(TwinTest, ServersBuildAndGoInTheirTime) {
  twin_.options().latencies["server.build"] = seconds(10);
  twin_.options().latencies["server.delete"] = seconds(5);
  const std::string before = twin_.digest();
  const Value id = make_server();
  loop_.run_for(seconds(9));
  EXPECT_EQ(server(id)["status"], Value("BUILD"));
  loop_.run_for(seconds(1));
  EXPECT_EQ(server(id)["status"], Value("ACTIVE"));
  EXPECT_EQ(server(id)["addresses"]["private"].as_list().size(), 1U);
  EXPECT_NE(twin_.digest(), before);
  ask("DELETE", "/compute/v2.1/servers/" + id.as_string());
  EXPECT_EQ(server(id)["OS-EXT-STS:task_state"], Value("deleting"));
  loop_.run_for(seconds(5));
  EXPECT_EQ(send("GET", "/compute/v2.1/servers/" + id.as_string()).status, 404);
}

TEST_F(TwinTest, AServerCanFailToBuildAndStillGoes) {
  twin_.fail_next("server.build", "No valid host was found.");
  const Value id = make_server();
  loop_.run_for(seconds(1));
  EXPECT_EQ(server(id)["status"], Value("ERROR"));
  EXPECT_EQ(server(id)["fault"]["message"], Value("No valid host was found."));
  ask("DELETE", "/compute/v2.1/servers/" + id.as_string());
  loop_.run_for(seconds(1));
  EXPECT_EQ(twin_.snapshot()["compute/servers"], Value());
}

TEST_F(TwinTest, TheHookSeesEachRequestBeforeAndAfterItsEffect) {
  std::vector<std::string> seen;
  twin_.set_hook([&](const TwinRequest& request, Twin::Moment moment) {
    const bool before = moment == Twin::Moment::BeforeEffect;
    seen.push_back((before ? "before " : "after ") + request.method + " " +
                   std::to_string(request.status));
  });
  send("POST", "/network/v2.0/networks", network());
  EXPECT_EQ(seen, (std::vector<std::string>{"before POST 0", "after POST 201"}));
  EXPECT_EQ(twin_.log().back().target, "/network/v2.0/networks");
}

TEST_F(TwinTest, QuotasHoldAndBulkIsAllOrNothing) {
  twin_.options().quotas["network"] = 4;  // two are there from the start
  const List three{Map{{"name", "mine"}}, Map{{"name", "mine"}}, Map{{"name", "mine"}}};
  EXPECT_EQ(send("POST", "/network/v2.0/networks", Map{{"networks", three}}).status, 409);
  EXPECT_EQ(networks(), 0U);
}

TEST_F(TwinTest, AnotherProjectSeesNothingOfIt) {
  const Value id = ask("POST", "/network/v2.0/networks", network())["network"]["id"];
  log_in("alt_demo");
  EXPECT_EQ(networks(), 0U);
  EXPECT_EQ(send("GET", "/network/v2.0/networks/" + id.as_string()).status, 404);
  EXPECT_EQ(send("DELETE", "/network/v2.0/networks/" + id.as_string()).status, 404);
}

TEST_F(TwinTest, TokensExpire) {
  loop_.run_for(std::chrono::hours(1));
  EXPECT_EQ(send("GET", "/network/v2.0/networks").status, 401);
}

TEST_F(TwinTest, TheSameSeedMakesTheSameCloud) {
  VirtualLoop loop;
  SeededRandom random(1);
  Twin other(loop, random);
  VirtualLoop third_loop;
  SeededRandom third_random(2);
  Twin third(third_loop, third_random);
  EXPECT_EQ(other.digest(), third.digest()) << "ids do not matter";
  EXPECT_NE(to_json(other.snapshot()), to_json(third.snapshot()));
}

TEST(TwinOverHttp, ServesOverHttpAndClosesWhereAnAnswerIsLost) {
  AsioLoop loop;
  SeededRandom random(1);
  Twin twin(loop, random);
  HttpServer server(loop, [&twin](HttpRequest request) { return twin.handle(std::move(request)); });
  twin.set_base_url(server.url());
  const std::string auth_url = server.url() + "/identity/v3";
  {
    CurlHttp http(loop);
    HttpRequest request;
    request.url = auth_url;
    const Value version = from_json(sync_wait(loop, http.fetch(request)).body);
    EXPECT_EQ(version["version"]["links"][0]["href"], Value(auth_url + "/"));
    twin.faults().plan({.kind = TwinFault::Kind::LostAnswer, .about = "POST"});
    request.method = "POST";
    request.url += "/auth/tokens";
    EXPECT_THROW(sync_wait(loop, http.fetch(request)), HttpNoAnswer);
  }
  sync_wait(loop, server.stop());
}

}  // namespace
}  // namespace heat
