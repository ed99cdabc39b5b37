// Replays what the real services were asked and compares the twin's answers with theirs.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "async/sync_wait.h"
#include "async/virtual_loop.h"
#include "text/write.h"
#include "twin/contract.h"
#include "twin/twin_http.h"

namespace heat {
namespace {

const std::filesystem::path kContracts = std::filesystem::path(HEAT_SOURCE_DIR) / "test/contracts";

std::vector<std::string> stories() {
  std::vector<std::string> found;
  for (const char* service : {"compute", "identity", "image", "network", "volume"})
    for (const auto& file : std::filesystem::directory_iterator(kContracts / service))
      if (file.path().extension() == ".jsonl")
        found.push_back(std::string(service) + "/" + file.path().stem().string());
  std::sort(found.begin(), found.end());
  return found;
}

std::string place_of(const std::string& service) {
  return "/" + (service == "volumev3" || service == "block-storage" ? "volume" : service);
}

class Contracts : public testing::TestWithParam<std::string> {
 protected:
  Contracts() {
    for (const char* service :
         {"identity", "network", "compute", "image", "volumev3", "block-storage"})
      contract_.bind(service, "http://twin.test" + place_of(service));
  }

  HttpResponse fetch(HttpRequest request) {
    request.url.insert(0, "http://twin.test");
    return sync_wait(loop_, http_.fetch(std::move(request)));
  }

  std::string token(const std::string& user) {
    if (tokens_.contains(user)) return tokens_[user];
    const Map domain{{"name", "Default"}};
    const Map password{{"user", Map{{"name", user}, {"domain", domain}, {"password", "secret"}}}};
    const Map scope{{"project", Map{{"name", user}, {"domain", domain}}}};
    HttpRequest request;
    request.method = "POST";
    request.url = "/identity/v3/auth/tokens";
    request.body = to_json(
        Map{{"auth", Map{{"identity", Map{{"methods", List{"password"}}, {"password", password}}},
                         {"scope", scope}}}});
    const HttpResponse answer = fetch(std::move(request));
    const Value body = from_json(answer.body);
    contract_.bind(user + "-project", body["token"]["project"]["id"].as_string());
    contract_.bind(user + "-user", body["token"]["user"]["id"].as_string());
    return tokens_[user] = answer.headers.get("X-Subject-Token");
  }

  HttpResponse play(const Value& record) {
    const std::string user = record["as"].as_string();
    const std::string own = token(user == "nobody" ? "demo" : user);
    HttpRequest request;
    request.method = record["method"].as_string();
    request.url = place_of(record["service"].as_string()) +
                  contract_.fill(std::string_view(record["path"].as_string()));
    contract_.bind("token", own);
    if (user != "nobody") request.headers.set("X-Auth-Token", own);
    if (record["path"] == Value("/v3/auth/tokens")) request.headers.set("X-Subject-Token", own);
    if (const Value* headers = record.find("headers"))
      for (const auto& [name, value, kind] : headers->as_map())
        request.headers.set(name, value.as_string());
    if (const Value* body = record.find("body")) request.body = to_json(contract_.fill(*body));
    return fetch(std::move(request));
  }

  static bool reached(const HttpResponse& response, const Value& until) {
    if (!until.is_list()) return true;
    if (until.as_list().size() == 1) return std::to_string(response.status) == until[0].as_string();
    Value member = response.body.empty() ? Value() : from_json(response.body);
    std::string path = until[0].as_string();
    while (!path.empty()) {
      const std::string step = path.substr(0, path.find('.'));
      path.erase(0, step.size() + 1);
      const bool index = std::isdigit(static_cast<unsigned char>(step[0]));
      member = Value(index ? member[std::stoul(step)] : member[step]);
    }
    return member == until[1] || (member.is_null() && until[1] == Value("None"));
  }

  VirtualLoop loop_;
  SeededRandom random_{7};
  Twin twin_{loop_, random_};
  TwinHttp http_{twin_};
  twin::Contract contract_;
  std::map<std::string, std::string> tokens_;
};

TEST_P(Contracts, AreKept) {
  std::ifstream file(kContracts / (GetParam() + ".jsonl"));
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const Value record = from_json(line);
    SCOPED_TRACE(GetParam() + ".jsonl:" + std::to_string(number) + ": " +
                 record["method"].as_string() + " " + record["path"].as_string() + " " +
                 to_json(record["body"]));
    HttpResponse answer = play(record);
    for (int tries = 0; tries < 100 && !reached(answer, record["until"]); ++tries) {
      loop_.run_for(std::chrono::milliseconds(100));
      answer = play(record);
    }
    const Value& recorded = record["answer"];
    EXPECT_EQ(answer.status, recorded["status"].as_int()) << answer.body;
    if (answer.status != recorded["status"].as_int()) continue;
    if (const Value* headers = recorded.find("headers"))
      for (const auto& [name, value, kind] : headers->as_map())
        EXPECT_EQ(contract_.difference(value, answer.headers.get(name)), "") << name;
    const Value body = answer.body.empty() ? Value() : from_json(answer.body);
    const std::string difference = contract_.difference(recorded["body"], body);
    if (!difference.empty()) ADD_FAILURE() << difference;
  }
}

INSTANTIATE_TEST_SUITE_P(Stories, Contracts, testing::ValuesIn(stories()), [](const auto& info) {
  std::string name = info.param;
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
});

}  // namespace
}  // namespace heat
