#include "refusals/roads.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "api/rest/rest_api.h"
#include "cli/bundle.h"
#include "cli/report.h"
#include "text/write.h"

namespace heat {

namespace {

EngineSettings small_limits() {
  EngineSettings settings;
  settings.max_template_size = 4000;
  settings.max_resources_per_stack = 20;
  return settings;
}

/// Every token is the user's.
class OneUser final : public TokenCheck {
 public:
  explicit OneUser(Context user) : user_(std::move(user)) { user_.roles = {"member"}; }
  Task<std::optional<Context>> check(std::string) override { co_return user_; }
  std::string identity_url() const override { return "http://keystone/v3"; }

 private:
  Context user_;
};

class Files {
 public:
  Files() : folder_(std::filesystem::path(testing::TempDir()) / "heat refusals") {
    std::filesystem::create_directories(folder_);
  }
  ~Files() { std::filesystem::remove_all(folder_); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }
  std::string folder() const { return folder_.string() + "/"; }

 private:
  std::filesystem::path folder_;
};

}  // namespace

Roads::Roads()
    : cloud_(7),
      machine_(7, small_limits(), [this](Loop& loop) { return cloud_.connect(loop); }),
      user_(cloud_.log_in()) {}

Roads::~Roads() = default;

Refusal Roads::send(const Asked& asked, Map body) {
  OneUser tokens(user_);
  SeededRandom random(1);
  RestApi api(machine_.engine(), tokens, random);
  body.set("stack_name", asked.stack);
  HttpRequest request;
  request.method = asked.update ? "PUT" : "POST";
  request.url = "/v1/" + user_.project_id + "/stacks" + (asked.update ? "/" + asked.stack : "");
  if (asked.update) {
    const auto stack = machine_.wait(machine_.engine().identify_stack(user_, asked.stack));
    request.url += "/" + stack->stack_id;
  }
  request.headers.set("X-Auth-Token", "token");
  request.headers.set("Content-Type", "application/json");
  request.body = to_json(body);
  const auto response = machine_.wait(api.handle(std::move(request)));
  const Value answer = response->body.empty() ? Value() : from_json(response->body);
  const Value& error = answer["error"];
  return {response->status, error["type"].string_or(""), error["message"].string_or(""),
          cli::problems_of(cli::refusal(answer, response->status), nullptr)};
}

Refusal Roads::as_text(const Asked& asked) {
  Map body{{"template", asked.tmpl}};
  if (!asked.environment.empty()) body.set("environment", asked.environment);
  return send(asked, std::move(body));
}

std::optional<Refusal> Roads::as_objects(const Asked& asked) {
  Map body;
  try {
    body.set("template", Document::read(asked.tmpl, "t").root());
    if (!body.find("template")->is_map()) return {};
    if (!asked.environment.empty())
      body.set("environment", Document::read(asked.environment, "e").root());
  } catch (const Error&) {
    return {};
  }
  return send(asked, std::move(body));
}

Refusal Roads::by_command_line(const Asked& asked) {
  const Files files;
  std::optional<cli::Bundle> bundle;
  Refusal refusal;
  try {
    std::vector<std::string> environments;
    const std::string tmpl = files.write("app.yaml", asked.tmpl);
    if (!asked.environment.empty())
      environments.push_back(files.write("env.yaml", asked.environment));
    bundle = cli::Bundle::read(tmpl, environments);
    Map body{{"template", bundle->template_value()}, {"files", bundle->files()}};
    const auto& names = bundle->environment_names();
    body.set("environment_files", List(names.begin(), names.end()));
    refusal = send(asked, std::move(body));
    for (Diagnostic& problem : refusal.problems) bundle->place(problem);
  } catch (const Error& error) {
    refusal = {400, std::string(error.kind_name()), error.what(), cli::problems_of(error, nullptr)};
  }
  refusal.message.clear();
  for (Diagnostic& problem : refusal.problems) {
    if (problem.position && problem.position->file.starts_with(files.folder()))
      problem.position->file.erase(0, files.folder().size());
    refusal.message += cli::told("error", problem, false);
  }
  return refusal;
}

void Roads::make(const std::string& name, const std::string& tmpl) {
  StackRequest request;
  request.name = name;
  request.template_source = tmpl;
  machine_.wait(machine_.engine().create_stack(user_, request));
  ASSERT_TRUE(machine_.run_until_idle());
}

std::string Roads::state() {
  std::string text = std::to_string(machine_.disk().commits()) + " commits\n" + cloud_.view();
  for (const TwinRequest& request : cloud_.twin().log())
    if (request.method != "GET" && request.method != "HEAD" &&
        !request.target.ends_with("/auth/tokens"))
      text += request.method + " " + request.target + "\n";
  return text;
}

}  // namespace heat
