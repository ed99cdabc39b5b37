#include "sim/cloud.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "async/cancel.h"
#include "async/virtual_loop.h"
#include "main/cloud_access.h"
#include "sim/neutral.h"
#include "text/write.h"

namespace heat {

namespace {

/// Thrown by the twin's hook: the machine that asked has no power any more.
struct PowerCut : std::exception {};

/// The way to the twin from one machine: who is cut off never hears an answer.
class Line final : public Http {
 public:
  Line(Loop& loop, Twin& twin) : loop_(loop), twin_(twin) {}

  Task<HttpResponse> fetch(HttpRequest request) override {
    std::exception_ptr problem;
    HttpResponse response;
    try {
      response = co_await twin_.handle(std::move(request));
    } catch (...) {
      problem = std::current_exception();
    }
    if (loop_.dropped()) co_await sleep_for(loop_, std::chrono::hours(1), Cancel());
    if (problem) std::rethrow_exception(problem);
    co_return response;
  }

 private:
  Loop& loop_;
  Twin& twin_;
};

CloudSettings settings_for(const std::string& url) {
  CloudSettings settings;
  settings.auth_url = settings.public_auth_url = settings.service.auth_url = url + "/identity/v3";
  Credentials& user = settings.service.user;
  user.user_name = "heat";
  user.password = "secret";
  user.user_domain_id = user.project_domain_id = "default";
  user.project_name = "service";
  settings.trustee = settings.service;
  return settings;
}

TwinOptions usual_delays() {
  using std::chrono::milliseconds;
  TwinOptions options;
  options.latencies = {{"identity", milliseconds(10)}, {"image", milliseconds(10)},
                       {"network", milliseconds(30)},  {"compute", milliseconds(40)},
                       {"volume", milliseconds(30)},   {"server.build", milliseconds(900)}};
  return options;
}

}  // namespace

/// The loop of whichever machine there is now.
class Cloud::Clock final : public Loop {
 public:
  Time now() const override { return loop_ == nullptr ? now_ : loop_->now(); }
  void post(std::function<void()> work) override { loop_->post(std::move(work)); }
  TimerId call_after(Duration delay, std::function<void()> work) override {
    return loop_->call_after(delay, std::move(work));
  }
  void cancel_timer(TimerId timer) override {
    if (loop_ != nullptr) loop_->cancel_timer(timer);
  }
  bool dropped() const noexcept override { return loop_ == nullptr || loop_->dropped(); }

  void follow(Loop* loop) {
    now_ = now();
    loop_ = loop;
  }

 private:
  Loop* loop_ = nullptr;
  Time now_ = VirtualLoop().now();
};

/// One machine's access, with its line. While there is none the cloud's clock stands still.
class Cloud::Access final : public SessionSource {
 public:
  Access(Loop& loop, Twin& twin, Clock& clock)
      : clock_(clock),
        line_(loop, twin),
        access_(loop, line_, settings_for(twin.options().base_url)) {
    clock_.follow(&loop);
  }
  ~Access() override { clock_.follow(nullptr); }

  std::shared_ptr<Session> of_caller(const Context& context) override {
    return access_.of_caller(context);
  }
  CredentialRow intent_of(const Context& context) override { return access_.intent_of(context); }
  Task<bool> serves(CredentialRow made, CredentialRow intent) override {
    return access_.serves(std::move(made), std::move(intent));
  }
  Task<CredentialRow> delegate(CredentialRow intent, bool again) override {
    return access_.delegate(std::move(intent), again);
  }
  std::shared_ptr<Session> of_credential(const CredentialRow& credential) override {
    return access_.of_credential(credential);
  }
  Task<> revoke(CredentialRow credential) override { return access_.revoke(std::move(credential)); }

 private:
  Clock& clock_;
  Line line_;
  CloudAccess access_;
};

Cloud::Cloud(std::uint64_t seed)
    : clock_(std::make_unique<Clock>()),
      random_(std::make_unique<SeededRandom>(seed)),
      twin_(std::make_unique<Twin>(*clock_, *random_, usual_delays())) {
  make_default_group();
  const Value all = twin_->snapshot();
  for (const auto& [collection, objects, kind] : all.as_map())
    for (const auto& [id, object, its_kind] : objects.as_map()) seeded_.insert(id);
  twin_->set_hook([this](const TwinRequest& request, Twin::Moment moment) {
    const auto& hook = moment == Twin::Moment::BeforeEffect ? before_effect : after_effect;
    if (hook && !hook(request)) throw PowerCut();
  });
}

Cloud::~Cloud() = default;

/// Neutron makes a project's default security group when first asked for any.
void Cloud::make_default_group() {
  const Context user = log_in();
  HttpRequest request;
  request.url = twin_->options().base_url + "/network/v2.0/security-groups";
  request.headers.set("X-Auth-Token", user.token);
  VirtualLoop loop(clock_->now());
  const Duration delay = std::exchange(twin_->options().latencies["network"], Duration{});
  sync_wait(loop, twin_->handle(std::move(request)));
  twin_->options().latencies["network"] = delay;
}

Twin& Cloud::twin() { return *twin_; }
int Cloud::requests() const { return static_cast<int>(twin_->requests()); }

std::unique_ptr<SessionSource> Cloud::connect(Loop& loop) {
  return std::make_unique<Access>(loop, *twin_, *clock_);
}

Context Cloud::log_in() {
  // A client of its own, at a moment when no machine is asked anything.
  VirtualLoop loop(clock_->now());
  Line line(loop, *twin_);
  Twin& twin = *twin_;
  const TwinOptions options = twin.options();
  twin.options().latencies.clear();
  ServiceLimits limits(loop);
  const CloudSettings settings = settings_for(options.base_url);
  Keystone keystone(loop, line, limits, settings.auth_url);
  Credentials user = settings.service.user;
  user.user_name = user.project_name = "demo";
  const Token token = sync_wait(loop, keystone.authenticate(user));
  twin.options() = options;
  Context context;
  context.token = token.id;
  context.user_id = token.user_id;
  context.user_name = token.user_name;
  context.project_id = token.project_id;
  context.project_name = token.project_name;
  for (const Role& role : token.roles) context.roles.push_back(role.name);
  return context;
}

/// Its kind and name, and where that is not enough, what it refers to.
std::map<std::string, std::string> Cloud::labels() {
  const Value all = twin_->snapshot();
  std::map<std::string, std::string> labels;
  for (const auto& [collection, objects, kind] : all.as_map())
    for (const auto& [id, object, its_kind] : objects.as_map()) {
      const std::string name = neutral_text(object["name"].string_or(""), {});
      labels[id] = collection + "(" + name + ")";
    }
  auto finer = labels;
  for (const auto& [collection, objects, kind] : all.as_map())
    for (const auto& [id, object, its_kind] : objects.as_map())
      if (!seeded_.contains(id) && object["name"].string_or("").empty()) {
        const auto hash = std::hash<std::string>()(to_json(heat::neutral(object, labels)));
        finer[id] += "#" + std::to_string(hash % 10000);
      }
  return finer;
}

std::string Cloud::view() {
  const auto names = labels();
  const Value all = twin_->snapshot();
  std::vector<std::string> lines;
  for (const auto& [collection, objects, kind] : all.as_map())
    for (const auto& [id, object, its_kind] : objects.as_map())
      if (!seeded_.contains(id))
        lines.push_back(collection + " " + to_json(heat::neutral(object, names)) + "\n");
  std::ranges::sort(lines);
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

}  // namespace heat
