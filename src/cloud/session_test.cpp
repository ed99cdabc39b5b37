#include <gtest/gtest.h>

#include "async/virtual_loop.h"
#include "cloud/fake_cloud.h"
#include "cloud/interruptible_session.h"
#include "cloud/token_validator.h"
#include "cloud/trust.h"

namespace heat {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

class SessionTest : public testing::Test {
 protected:
  SessionTest() {
    cloud.answer = [](const HttpRequest&) { return HttpResponse{200, {}, "{}"}; };
    who.user_name = "demo";
    who.password = "secret";
    who.project_name = "demo";
    session = sync_wait(loop, KeystoneSession::open(keystone, who));
  }

  /// Answers with these, one after the other; the last stays.
  void script(std::vector<HttpResponse> answers) {
    auto next = std::make_shared<std::size_t>(0);
    cloud.answer = [answers, next](const HttpRequest&) {
      return answers[std::min((*next)++, answers.size() - 1)];
    };
  }
  /// No answer to the first `times` requests.
  void lose(int times, bool sent) {
    cloud.answer = [times, sent](const HttpRequest&) mutable {
      if (times-- > 0) throw HttpNoAnswer("connection refused", sent);
      return HttpResponse{200, {}, "{}"};
    };
  }
  static CloudRequest request(std::string method, std::string service = "network",
                              std::string path = "/v2.0/x") {
    CloudRequest request;
    request.service = std::move(service);
    request.method = std::move(method);
    request.path = std::move(path);
    return request;
  }
  CloudResponse call(std::string method) { return sync_wait(loop, session->call(request(method))); }
  Error fail(std::string method) {
    try {
      sync_wait(loop, session->send(request(method)));
    } catch (const Error& error) {
      return error;
    }
    ADD_FAILURE() << "nothing was thrown";
    return Error(ErrorKind::Error, "");
  }
  std::string find(Finder finder, std::string name) {
    return sync_wait(loop, session->find_id(std::move(finder), std::move(name)));
  }

  VirtualLoop loop;
  FakeCloud cloud{loop};
  ServiceLimits limits{loop};
  Keystone keystone{loop, cloud, limits, "http://keystone:5000"};
  Credentials who;
  std::unique_ptr<KeystoneSession> session;
};

TEST_F(SessionTest, KnowsWhoseItIs) {
  EXPECT_EQ(session->project_id(), "p1");
  EXPECT_EQ(session->user_id(), "u1");
  EXPECT_EQ(session->token().roles, (std::vector<Role>{{"r1", "member"}}));
  EXPECT_EQ(sync_wait(loop, session->endpoint("compute")), "http://nova/v2.1");
  EXPECT_TRUE(sync_wait(loop, session->has_service("volumev3")));
  EXPECT_FALSE(sync_wait(loop, session->has_service("dns")));
  EXPECT_THROW(sync_wait(loop, session->endpoint("dns")), Error);
}

class CancelledCall : public SessionTest {
 protected:
  /// What becomes of a call that is cancelled a second after it began.
  std::string cancelled(std::string method, Session& by) {
    std::string end = "it goes on";
    TaskGroup group(loop);
    group.spawn(note(request(std::move(method)), by, end));
    loop.run_for(seconds(1));
    cancel.request();
    loop.run_for(milliseconds(1));
    const std::string at_once = end;
    sync_wait(loop, group.join());
    return at_once;
  }
  Task<> note(CloudRequest request, Session& by, std::string& end) {
    try {
      const CloudResponse response = co_await by.call(std::move(request));
      end = std::to_string(response.status);
    } catch (const Cancelled&) {
      end = "cancelled";
    } catch (const Error& error) {
      end = error.kind_name();
    }
  }
  std::string cancelled(std::string method) {
    InterruptibleSession interruptible(*session, cancel);
    return cancelled(std::move(method), interruptible);
  }

  Cancel cancel;
};

TEST_F(CancelledCall, DoesNotWaitForItsNextTry) {
  script({{503, {{"Retry-After", "30"}}, ""}});
  for (const char* method : {"GET", "PUT", "DELETE"}) {
    cancel = Cancel();
    EXPECT_EQ(cancelled(method), "cancelled") << method;
  }
  script({{429, {{"Retry-After", "30"}}, ""}});
  cancel = Cancel();
  EXPECT_EQ(cancelled("POST"), "cancelled");
}

TEST_F(CancelledCall, WaitsForAnEffectOnItsWayOnly) {
  cloud.latency = seconds(10);
  for (const char* method : {"POST", "PUT", "DELETE"}) {
    cancel = Cancel();
    EXPECT_EQ(cancelled(method), "it goes on") << method;
  }
  cancel = Cancel();
  EXPECT_EQ(cancelled("GET"), "cancelled");
}

TEST_F(CancelledCall, WhatIsAskedAfterwardsHasItsTime) {
  lose(2, true);
  cancel.request();
  InterruptibleSession late(*session, cancel);
  EXPECT_EQ(sync_wait(loop, late.call(request("GET"))).status, 200);
  EXPECT_EQ(cloud.requests.size(), 3u);
}

TEST_F(SessionTest, WrongCredentialsAreRefused) {
  who.password = "wrong";
  try {
    sync_wait(loop, KeystoneSession::open(keystone, who));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::AuthorizationFailure);
    EXPECT_EQ(error.message().find("wrong"), std::string::npos);
  }
}

TEST_F(SessionTest, AReadIsRepeatedWithGrowingPauses) {
  script({{503, {}, ""}, {502, {}, ""}, {504, {}, ""}, {200, {}, "{\"a\": 1}"}});
  const auto start = loop.now();
  EXPECT_EQ(call("GET").body["a"], Value(1));
  EXPECT_EQ(cloud.requests.size(), 4u);
  EXPECT_EQ(loop.now() - start, milliseconds(500 + 1000 + 2000 + 4 * 10));
}

TEST_F(SessionTest, PatienceEnds) {
  script({{503, {}, "busy"}});
  const auto error = fail("DELETE");
  EXPECT_EQ(error.kind(), ErrorKind::ServiceUnavailable);
  EXPECT_EQ(error.message(), "busy (HTTP 503)");
  EXPECT_EQ(cloud.requests.size(), 5u);
}

TEST_F(SessionTest, RetryAfterIsHeardWithinReason) {
  script({{429, {{"Retry-After", "7"}}, ""}, {429, {{"Retry-After", "99999"}}, ""}, {200, {}, ""}});
  const auto start = loop.now();
  EXPECT_EQ(call("POST").status, 200);  // a request refused by a limit had no effect
  EXPECT_EQ(loop.now() - start, seconds(7 + 30) + milliseconds(30));
}

TEST_F(SessionTest, A429ThatStaysIsTheAnswer) {
  script({{429, {}, ""}});
  EXPECT_EQ(call("GET").status, 429);
}

TEST_F(SessionTest, APostThatMayHaveHadItsEffectIsNotRepeated) {
  for (const auto* method : {"POST", "PATCH"}) {
    cloud.requests.clear();
    script({{503, {}, ""}, {200, {}, ""}});
    EXPECT_EQ(fail(method).kind(), ErrorKind::ServiceUnavailable);
    lose(1, true);
    EXPECT_EQ(fail(method).kind(), ErrorKind::Timeout);
    EXPECT_EQ(cloud.requests.size(), 2u);
  }
}

TEST_F(SessionTest, APostThatWasNotSentIsRepeated) {
  lose(2, false);
  EXPECT_EQ(call("POST").status, 200);
  EXPECT_EQ(cloud.requests.size(), 3u);
  lose(99, false);
  const auto error = fail("POST");
  EXPECT_EQ(error.kind(), ErrorKind::ServiceUnavailable);
  EXPECT_EQ(error.message(),
            "The network service can't be reached for POST http://net/v2.0/x: connection refused.");
}

TEST_F(SessionTest, AReadWhoseAnswerWasLostIsRepeated) {
  lose(1, true);
  EXPECT_EQ(call("GET").status, 200);
}

TEST_F(SessionTest, OtherFailuresAreAnswersOrThrown) {
  script({{500, {}, "{\"computeFault\": {\"message\": \"Unexpected\"}}"}});
  EXPECT_EQ(fail("POST").kind(), ErrorKind::InternalError);
  script({{409, {}, ""}});
  EXPECT_EQ(call("PUT").status, 409);
  script({{404, {}, ""}});
  EXPECT_EQ(sync_wait(loop, session->find(request("GET"))), std::nullopt);
  EXPECT_EQ(fail("GET").kind(), ErrorKind::NotFound);
}

Task<> call_once(Session& session, CloudRequest request) { co_await session.call(request); }

TEST_F(SessionTest, ARefusedTokenIsRenewedOnceForAll) {
  cloud.answer = [](const HttpRequest& request) {
    const bool fresh = request.headers.get("X-Auth-Token") != "token1";
    return HttpResponse{fresh ? 200 : 401, {}, ""};
  };
  TaskGroup group(loop);
  for (int i = 0; i < 10; ++i) group.spawn(call_once(*session, request("POST")));
  sync_wait(loop, group.join());
  EXPECT_EQ(cloud.logins.size(), 2u);
  EXPECT_EQ(cloud.requests.size(), 20u);
  cloud.answer = [](const HttpRequest&) { return HttpResponse{401, {}, ""}; };
  EXPECT_EQ(call("GET").status, 401);
  EXPECT_EQ(cloud.logins.size(), 3u);
}

TEST_F(SessionTest, ATokenIsRenewedBeforeItExpires) {
  loop.run_for(minutes(57));
  call("GET");
  EXPECT_EQ(cloud.logins.size(), 1u);
  loop.run_for(minutes(2));
  call("GET");
  EXPECT_EQ(cloud.logins.size(), 2u);
}

TEST_F(SessionTest, GoesOnWithATrustAfterTheUsersTokenExpired) {
  KeystoneSession users(keystone, session->token(), {});
  Credentials trust;
  trust.user_name = "heat";
  trust.password = "secret";
  trust.trust_id = "t1";
  users.renew_with(trust);
  sync_wait(loop, users.call(request("GET")));
  EXPECT_EQ(cloud.logins.size(), 1u);
  loop.run_for(minutes(61));
  sync_wait(loop, users.call(request("GET")));
  ASSERT_EQ(cloud.logins.size(), 2u);
  EXPECT_EQ(cloud.logins[1]["auth"]["scope"]["OS-TRUST:trust"]["id"], Value("t1"));
  EXPECT_EQ(cloud.requests.back().headers.get("X-Auth-Token"), "token2");
}

TEST_F(SessionTest, ATokenForAnotherProjectIsRefused) {
  cloud.project = "p2";
  loop.run_for(minutes(61));
  EXPECT_EQ(fail("GET").kind(), ErrorKind::AuthorizationFailure);
}

TEST_F(SessionTest, RequestsInFlightAreLimitedByServiceAndProject) {
  TaskGroup group(loop);
  for (int i = 0; i < 40; ++i) group.spawn(call_once(*session, request("GET")));
  sync_wait(loop, group.join());
  EXPECT_EQ(cloud.most_in_flight, 16);
  for (int i = 0; i < 40; ++i) {
    group.spawn(call_once(*session, request("GET", i % 2 ? "network" : "compute")));
  }
  sync_wait(loop, group.join());
  EXPECT_EQ(cloud.most_in_flight, 32);
}

TEST_F(SessionTest, AnOverloadedServiceGetsHalfAndSlowlyMore) {
  auto& limit = limits.of("network", "p1");
  bool overloaded = true;
  cloud.answer = [&](const HttpRequest&) { return HttpResponse{overloaded ? 503 : 200, {}, ""}; };
  TaskGroup group(loop);
  for (int i = 0; i < 16; ++i) group.spawn(call_once(*session, request("GET")));
  loop.run_for(milliseconds(100));
  EXPECT_EQ(limit.limit(), 8u);  // halved once for all that were in flight
  loop.run_for(milliseconds(500));
  EXPECT_EQ(limit.limit(), 1u);  // the repetitions came in rounds of 8, 4, 2, 1 and 1
  overloaded = false;
  sync_wait(loop, group.join());
  for (int i = 0; i < 200; ++i) group.spawn(call_once(*session, request("GET")));
  sync_wait(loop, group.join());
  EXPECT_EQ(limit.limit(), 16u);
}

Finder networks() {
  Finder finder;
  finder.service = "network";
  finder.collection = "/v2.0/networks";
  finder.key = "networks";
  finder.entity = "Network";
  return finder;
}
constexpr auto kUuid = "3fa85f64-5717-4562-b3fc-2c963f66afa6";

TEST_F(SessionTest, FindsByName) {
  script(
      {{200, {}, R"({"networks": [{"id": "1", "name": "a b"}, {"id": "2", "name": "a b c"}]})"}});
  EXPECT_EQ(find(networks(), "a b"), "1");
  EXPECT_EQ(cloud.requests[0].url, "http://net/v2.0/networks?name=a%20b");
  EXPECT_EQ(find(networks(), "a b"), "1");
  EXPECT_EQ(cloud.requests.size(), 1u);  // remembered
}

TEST_F(SessionTest, FindsByIdFirst) {
  script({{200, {}, std::string(R"({"network": {"id": ")") + kUuid + R"("}})"}});
  EXPECT_EQ(find(networks(), kUuid), kUuid);
  EXPECT_EQ(cloud.requests[0].url, std::string("http://net/v2.0/networks/") + kUuid);
  EXPECT_EQ(cloud.requests.size(), 1u);
}

TEST_F(SessionTest, AnAdministratorMeansTheOwnOneOfSeveral) {
  Finder groups = networks();
  groups.own_first = true;
  const std::string foreign = R"({"id": "1", "name": "a", "tenant_id": "p2"})";
  script({{200,
           {},
           R"({"networks": [)" + foreign + R"(, {"id": "2", "name": "a", "tenant_id": "p1"}]})"},
          {200, {}, R"({"networks": [{"id": "3", "name": "b", "project_id": "p2"}]})"}});
  EXPECT_EQ(find(groups, "a"), "2");
  EXPECT_EQ(find(groups, "b"), "3");
}

TEST_F(SessionTest, ANameMayLookLikeAUuid) {
  script({{404, {}, ""},
          {200, {}, std::string(R"({"networks": [{"id": "1", "name": ")") + kUuid + R"("}]})"}});
  EXPECT_EQ(find(networks(), kUuid), "1");
}

TEST_F(SessionTest, FlavorsHaveAnyIdAndNoFilter) {
  auto flavors = networks();
  flavors.service = "compute";
  flavors.collection = "/flavors";
  flavors.key = "flavors";
  flavors.any_id = true;
  flavors.name_filter = false;
  flavors.filters = {{"is_public", "None"}};
  const std::string more = R"(, "flavors_links": [{"rel": "next", "href": "x"}]})";
  script({{404, {}, ""},
          {200, {}, R"({"flavors": [{"id": "1", "name": "m1.nano"}])" + more},
          {200, {}, R"({"flavors": [{"id": "2", "name": "m1.tiny"}]})"}});
  EXPECT_EQ(find(flavors, "m1.tiny"), "2");
  EXPECT_EQ(cloud.requests[0].url, "http://nova/v2.1/flavors/m1.tiny");
  EXPECT_EQ(cloud.requests[1].url, "http://nova/v2.1/flavors?is_public=None");
  EXPECT_EQ(cloud.requests[2].url, "http://nova/v2.1/flavors?is_public=None&marker=1");
}

TEST_F(SessionTest, NoneAndSeveralAreErrors) {
  script({{200, {}, R"({"networks": []})"},
          {200, {}, R"({"networks": [{"id": "1", "name": "a"}, {"id": "2", "name": "a"}]})"}});
  try {
    find(networks(), "a");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::EntityNotFound);
    EXPECT_EQ(error.message(), "The Network (a) could not be found.");
  }
  try {
    find(networks(), "a");  // a failure is not remembered
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::PhysicalResourceNameAmbiguity);
  }
}

Task<> find_into(Session& session, Finder finder, std::string name, std::string& id) {
  try {
    id = co_await session.find_id(finder, name);
  } catch (const Error& error) {
    id = error.kind_name();
  }
}

TEST_F(SessionTest, ManyWhoAskForOneNameAskOnce) {
  script({{200, {}, R"({"networks": [{"id": "1", "name": "a"}]})"}});
  std::vector<std::string> ids(20);
  TaskGroup group(loop);
  for (auto& id : ids) group.spawn(find_into(*session, networks(), "a", id));
  for (auto& id : ids) group.spawn(find_into(*session, networks(), "a", id));
  sync_wait(loop, group.join());
  EXPECT_EQ(ids, std::vector<std::string>(20, "1"));
  for (auto& id : ids) group.spawn(find_into(*session, networks(), "b", id));
  sync_wait(loop, group.join());
  EXPECT_EQ(ids, std::vector<std::string>(20, "EntityNotFound"));
  EXPECT_EQ(cloud.requests.size(), 2u);
}

TEST_F(SessionTest, ATrustNamesItsRoles) {
  script({{201, {}, R"({"trust": {"id": "t1"}})"}, {404, {}, ""}, {404, {}, ""}});
  EXPECT_EQ(sync_wait(loop, create_trust(*session, "heat", session->token().roles, "mark")), "t1");
  EXPECT_EQ(cloud.requests[0].url, "http://keystone:5000/v3/OS-TRUST/trusts");
  EXPECT_EQ(to_json(from_json(cloud.requests[0].body)["trust"]["roles"]), R"([{"id":"r1"}])");
  EXPECT_EQ(from_json(cloud.requests[0].body)["trust"]["heat_credential"], Value("mark"));
  try {
    sync_wait(loop, create_trust(*session, "heat", {{"", "owner"}}));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::MissingCredentialError);
  }
  sync_wait(loop, delete_trust(*session, "t1"));
  EXPECT_EQ(cloud.requests.back().method, "DELETE");
}

TEST_F(SessionTest, AUsersTokenIsValidatedAndRememberedForAWhile) {
  cloud.answer = [&](const HttpRequest& request) {
    if (request.headers.get("X-Subject-Token") != "theirs") return HttpResponse{404, {}, ""};
    const auto expires = iso_seconds(loop.now() + minutes(10));
    return HttpResponse{200,
                        {},
                        R"({"token": {"user": {"id": "u2"}, "project": {"id": "p2"}, "roles":
                           [{"id": "r", "name": "admin"}], "expires_at": ")" +
                            expires + "\"}}"};
  };
  TokenValidator validator(loop, *session);
  const auto token = sync_wait(loop, validator.validate("theirs"));
  ASSERT_TRUE(token);
  EXPECT_EQ(token->user_id, "u2");
  EXPECT_EQ(token->project_id, "p2");
  EXPECT_TRUE(sync_wait(loop, validator.validate("theirs")));
  EXPECT_EQ(cloud.requests.size(), 1u);
  loop.run_for(minutes(6));
  EXPECT_TRUE(sync_wait(loop, validator.validate("theirs")));
  EXPECT_EQ(cloud.requests.size(), 2u);
  EXPECT_FALSE(sync_wait(loop, validator.validate("other")));
  EXPECT_FALSE(sync_wait(loop, validator.validate("")));
  EXPECT_FALSE(sync_wait(loop, validator.validate("a\r\nb")));
  EXPECT_EQ(cloud.requests.size(), 3u);
}

}  // namespace
}  // namespace heat
