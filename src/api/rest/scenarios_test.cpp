#include <sstream>

#include "api/rest/fake_operations.h"
#include "api/rest/rest_api.h"
#include "async/virtual_loop.h"
#include "base/error.h"
#include "scenarios/story_file.h"
#include "text/write.h"

// Runs the stories of test/scenarios/api: a title, a request as it goes over the wire, "----", what
// the engine was asked, and the answer. UPDATE=1 in the environment rewrites what is expected.

namespace heat {
namespace {

/// Tokens of the stories: "demo" may read and write in project p1, "reader" only read; "stranger"
/// belongs to p2; "admin" administers from p1; with "outage" the identity service is away.
class FakeTokens final : public TokenCheck {
 public:
  Task<std::optional<Context>> check(std::string token) override {
    Context context;
    context.project_id = token == "stranger" ? "p2" : "p1";
    context.user_name = token;
    context.token = token;
    if (token == "outage")
      throw Error(ErrorKind::ServiceUnavailable, "Keystone does not answer; try again later.");
    if (token == "demo" || token == "stranger") context.roles = {"member"};
    if (token == "reader") context.roles = {"reader"};
    if (token == "server") context.roles = {"heat_stack_user"};
    if (token == "admin") context.roles = {"admin"};
    context.is_admin = token == "admin";
    if (context.roles.empty()) co_return std::nullopt;
    co_return context;
  }
  std::string identity_url() const override { return "http://keystone/v3"; }
};

/// "METHOD target", header fields, and a body after an empty line.
HttpRequest parse_request(const std::string& text) {
  HttpRequest request;
  std::istringstream in(text);
  in >> request.method >> request.url;
  request.headers.set("Host", "heat:8004");
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line) && !line.empty()) {
    const std::size_t colon = line.find(": ");
    request.headers.add(line.substr(0, colon), line.substr(colon + 2));
  }
  std::ostringstream body;
  body << in.rdbuf();
  request.body = body.str();
  return request;
}

std::string told(const HttpResponse& response, const std::vector<std::string>& asked) {
  std::string text;
  for (const std::string& line : asked) text += "engine: " + line + "\n";
  text += std::to_string(response.status) + "\n";
  for (const auto& [name, value] : response.headers)
    if (name != "Content-Type" && name != "X-Openstack-Request-Id")
      text += name + ": " + value + "\n";
  const std::string type = response.headers.get("Content-Type");
  if (type == "application/json")
    text += to_pretty_json(from_json(response.body)) + "\n";
  else if (!response.body.empty())
    text += response.body + "\n";
  return text;
}

std::string play(const stories::Story& story) {
  VirtualLoop loop;
  FakeOperations operations;
  FakeTokens tokens;
  SeededRandom random(1);
  RestSettings settings;
  settings.max_json_body_size = 400;
  RestApi api(operations, tokens, random, settings);
  const HttpResponse response = sync_wait(loop, api.handle(parse_request(story.text)));
  return told(response, operations.take_asked());
}

class RestScenarios : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(RestScenarios, EndAsTold) { stories::expect_as_told(GetParam(), play); }

INSTANTIATE_TEST_SUITE_P(Stories, RestScenarios,
                         testing::ValuesIn(stories::files_in(HEAT_SCENARIOS)), stories::name_of);

}  // namespace
}  // namespace heat
