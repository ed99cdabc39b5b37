#include <gtest/gtest.h>

#include "async/virtual_loop.h"
#include "cloud/fake_cloud.h"
#include "cloud/token_validator.h"

// What waits for the cloud when the process is to end.

namespace heat {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class ClosingTest : public testing::Test {
 protected:
  ClosingTest() {
    Credentials who;
    who.user_name = "demo";
    who.password = "secret";
    who.project_name = "demo";
    session = sync_wait(loop, KeystoneSession::open(keystone, who));
  }

  Task<> call(std::string method) {
    CloudRequest request;
    request.service = "network";
    request.method = std::move(method);
    request.path = "/v2.0/x";
    try {
      const CloudResponse response = co_await session->call(std::move(request));
      ended.push_back(std::to_string(response.status));
    } catch (const Error& error) {
      ended.emplace_back(error.kind_name());
    }
  }

  VirtualLoop loop;
  FakeCloud cloud{loop};
  ServiceLimits limits{loop};
  Keystone keystone{loop, cloud, limits, "http://keystone:5000"};
  std::unique_ptr<KeystoneSession> session;
  std::vector<std::string> ended;
};

TEST_F(ClosingTest, NothingIsTriedAgain) {
  cloud.answer = [](const HttpRequest&) -> HttpResponse {
    throw HttpNoAnswer("connection refused", false);
  };
  TaskGroup group(loop);
  group.spawn(call("GET"));
  loop.run_for(milliseconds(100));  // the first try failed; the second comes later
  EXPECT_TRUE(ended.empty());
  limits.close();
  loop.run_for(milliseconds(1));
  EXPECT_EQ(ended, std::vector<std::string>{"ServiceUnavailable"});
  EXPECT_EQ(cloud.requests.size(), 1u);
}

TEST_F(ClosingTest, AnAnswerThatIsThereIsGiven) {
  cloud.answer = [](const HttpRequest&) { return HttpResponse{429, {{"Retry-After", "20"}}, ""}; };
  TaskGroup group(loop);
  group.spawn(call("POST"));
  loop.run_for(seconds(1));
  limits.close();
  loop.run_for(milliseconds(1));
  EXPECT_EQ(ended, std::vector<std::string>{"429"});
}

TEST_F(ClosingTest, AnEffectOnItsWayEndsAndNothingNewIsSent) {
  cloud.answer = [](const HttpRequest&) { return HttpResponse{200, {}, "{}"}; };
  TaskGroup group(loop);
  group.spawn(call("POST"));
  loop.run_for(milliseconds(5));
  limits.close();
  group.spawn(call("POST"));
  loop.run_for(milliseconds(1));
  EXPECT_EQ(ended, std::vector<std::string>{"ServiceUnavailable"});
  loop.run_for(milliseconds(10));
  EXPECT_EQ(ended, (std::vector<std::string>{"ServiceUnavailable", "200"}));
  EXPECT_EQ(cloud.requests.size(), 1u);
}

TEST_F(ClosingTest, AHangingServiceHoldsNobodyForLong) {
  cloud.latency = seconds(60);
  TaskGroup group(loop);
  for (const char* method : {"POST", "DELETE", "GET"}) group.spawn(call(method));
  loop.run_for(seconds(1));
  limits.close();
  loop.run_for(milliseconds(1));
  EXPECT_EQ(ended, std::vector<std::string>{"Timeout"}) << "of the reading one nothing is lost";
  loop.run_for(seconds(6));
  EXPECT_EQ(ended.size(), 3u);
}

Task<> validate(TokenValidator& validator, std::string token, int& valid) {
  if (co_await validator.validate(std::move(token))) ++valid;
}

TEST_F(ClosingTest, SimultaneousQuestionsForATokenAreOne) {
  cloud.answer = [&](const HttpRequest& request) {
    if (request.headers.get("X-Subject-Token") != "theirs") return HttpResponse{404, {}, ""};
    const auto expires = iso_seconds(loop.now() + std::chrono::minutes(10));
    return HttpResponse{
        200, {}, R"({"token": {"user": {"id": "u"}, "expires_at": ")" + expires + "\"}}"};
  };
  TokenValidator validator(loop, *session);
  int valid = 0;
  TaskGroup group(loop);
  for (int i = 0; i < 20; ++i) group.spawn(validate(validator, i < 15 ? "theirs" : "other", valid));
  sync_wait(loop, group.join());
  EXPECT_EQ(valid, 15);
  EXPECT_EQ(cloud.requests.size(), 2u);
}

}  // namespace
}  // namespace heat
