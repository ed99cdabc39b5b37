#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "async/cancel.h"
#include "cloud/keystone_session.h"
#include "text/write.h"

namespace heat {

/// For tests: a cloud of one Keystone and whatever else `answer` says, in simulated time.
class FakeCloud final : public Http {
 public:
  explicit FakeCloud(Loop& loop) : loop_(loop) {}

  /// May throw HttpNoAnswer.
  std::function<HttpResponse(const HttpRequest&)> answer;
  Duration latency = std::chrono::milliseconds(10);
  Duration token_life = std::chrono::hours(1);
  std::string project = "p1";
  std::vector<HttpRequest> requests;  ///< all but those for tokens
  std::vector<Value> logins;          ///< the bodies of those
  int in_flight = 0;
  int most_in_flight = 0;

  Task<HttpResponse> fetch(HttpRequest request) override {
    ++in_flight;
    most_in_flight = std::max(most_in_flight, in_flight);
    try {
      co_await sleep_for(loop_, latency, request.give_up.value_or(Cancel()));
    } catch (const Cancelled&) {
      --in_flight;
      throw HttpNoAnswer("it was given up", true);
    }
    --in_flight;
    if (request.method == "POST" && request.url.ends_with("/v3/auth/tokens")) {
      co_return login(request);
    }
    requests.push_back(request);
    co_return answer(request);
  }

 private:
  HttpResponse login(const HttpRequest& request) {
    logins.push_back(from_json(request.body));
    const auto& password = logins.back()["auth"]["identity"]["password"]["user"]["password"];
    if (password.string_or("") == "wrong") {
      return {401, {}, R"({"error": {"message": "The request requires authentication."}})"};
    }
    const auto endpoint = [](std::string type, std::string url) -> Value {
      return Map{
          {"type", type},
          {"endpoints", List{Map{{"interface", "public"}, {"region_id", "one"}, {"url", url}}}}};
    };
    const Value body =
        Map{{"token",
             Map{{"expires_at", iso_seconds(loop_.now() + token_life)},
                 {"user", Map{{"id", "u1"}, {"name", "demo"}, {"domain", Map{{"id", "default"}}}}},
                 {"project", Map{{"id", project}, {"name", "demo"}}},
                 {"roles", List{Map{{"id", "r1"}, {"name", "member"}}}},
                 {"catalog",
                  List{endpoint("network", "http://net"), endpoint("compute", "http://nova/v2"),
                       endpoint("block-storage", "http://cinder/v3/p1")}}}}};
    return {201, {{"X-Subject-Token", "token" + std::to_string(logins.size())}}, to_json(body)};
  }

  Loop& loop_;
};

}  // namespace heat
