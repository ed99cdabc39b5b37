#include "twin/twin.h"

#include "async/cancel.h"
#include "net/url.h"
#include "text/write.h"
#include "twin/cinder/cinder.h"
#include "twin/glance/glance.h"
#include "twin/keystone/keystone.h"
#include "twin/neutron/neutron.h"
#include "twin/nova/nova.h"
#include "twin/seed.h"

namespace heat {

using namespace twin;

namespace {

std::string_view without_origin(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == url.npos) return url;
  const std::size_t path = url.find('/', scheme + 3);
  return path == url.npos ? std::string_view("/") : url.substr(path);
}

Call call_of(const HttpRequest& request, std::string_view below) {
  Call call;
  call.method = request.method;
  call.headers = request.headers;
  const std::size_t question = below.find('?');
  call.target = below.substr(0, question);
  if (question != below.npos) call.query = twin::Query(below.substr(question + 1));
  std::string_view rest = call.target;
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const std::string_view part = rest.substr(0, rest.find('/'));
    rest.remove_prefix(part.size());
    if (!part.empty()) call.path.push_back(percent_decode(part).value_or(std::string(part)));
  }
  return call;
}

HttpResponse response_of(Reply reply) {
  HttpResponse response;
  response.status = reply.status;
  response.headers = std::move(reply.headers);
  if (reply.body.is_null()) return response;
  response.body = to_json(reply.body);
  response.headers.set("Content-Type", "application/json");
  return response;
}

Duration latency_of(const TwinOptions& options, std::string_view service) {
  const auto known = options.latencies.find(service);
  return known == options.latencies.end() ? Duration{} : known->second;
}

/// Ids in the order in which they are met, so that two runs can be compared.
class Anonymous {
 public:
  Value of(const Value& value) {
    if (value.is_string()) return of_text(value.as_string());
    if (value.is_list()) {
      List list;
      for (const Value& each : value.as_list()) list.push_back(of(each));
      return list;
    }
    if (!value.is_map()) return value;
    Map map;
    for (const auto& [key, member, kind] : value.as_map())
      if (!key.ends_with("_at") && !incidental(key)) map.set(of_text(key), of(member));
    return map;
  }

 private:
  /// What differs from run to run besides ids.
  static bool incidental(std::string_view member) {
    constexpr std::string_view kMembers[] = {"revision_number", "created",     "updated",
                                             "hostId",          "mac_address", "fingerprint",
                                             "public_key"};
    return std::find(std::begin(kMembers), std::end(kMembers), member) != std::end(kMembers);
  }

  std::string of_text(std::string_view text) {
    std::string out;
    while (!text.empty()) {
      const std::size_t length = id_at(text);
      if (length > 0) {
        const auto number = "#" + std::to_string(ids_.size() + 1);
        out += ids_.try_emplace(std::string(text.substr(0, length)), number).first->second;
      } else {
        out += text.front();
      }
      text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
  }

  /// How long the id is that the text begins with; 0 where it begins with none.
  static std::size_t id_at(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    const std::size_t digits = std::min(text.find_first_not_of(kDigits), text.size());
    if (digits >= 32) return 32;
    const bool uuid = digits == 8 && text.size() >= 36 && text[8] == '-' && text[13] == '-' &&
                      text.substr(0, 36).find_first_not_of("0123456789abcdef-") == text.npos;
    return uuid ? 36 : 0;
  }

  std::map<std::string, std::string> ids_;
};

}  // namespace

struct Twin::Services {
  Services(Loop& loop, Random& random, TwinOptions options)
      : world(loop, random, std::move(options)),
        keystone(world),
        neutron(world),
        glance(world),
        cinder(world, glance),
        nova(world, neutron, cinder, glance) {
    seed_identity(world, keystone);
    seed_network(keystone, neutron);
    seed_compute(keystone, nova, cinder, glance);
  }

  Service* named(std::string_view name) {
    if (name == "identity") return &keystone;
    if (name == "network") return &neutron;
    if (name == "compute") return &nova;
    if (name == "volume") return &cinder;
    if (name == "image") return &glance;
    return nullptr;
  }

  World world;
  Keystone keystone;
  Neutron neutron;
  Glance glance;
  Cinder cinder;
  Nova nova;
};

Twin::Twin(Loop& loop, Random& random, TwinOptions options)
    : loop_(loop), services_(std::make_unique<Services>(loop, random, std::move(options))) {}

Twin::~Twin() = default;

TwinOptions& Twin::options() noexcept { return services_->world.options(); }
void Twin::set_base_url(std::string url) { options().base_url = std::move(url); }
void Twin::fail_next(std::string change, std::string reason) {
  services_->world.fail_next(std::move(change), std::move(reason));
}

Task<HttpResponse> Twin::handle(HttpRequest request) {
  TwinRequest seen;
  seen.number = ++count_;
  seen.method = request.method;
  seen.target = without_origin(request.url);
  seen.at = loop_.now();
  const std::string version = request.headers.get("OpenStack-API-Version");
  seen.microversion = version.substr(version.find(' ') + 1);
  if (options().log_bodies) seen.body = request.body;
  log_.push_back(seen);
  if (log_.size() > options().log_limit) log_.pop_front();
  if (hook_) hook_(seen, Moment::BeforeEffect);
  const auto fault = faults_.next(seen.method + " " + seen.target);
  using Fault = TwinFault::Kind;
  if (fault && fault->kind == Fault::Unreachable)
    throw HttpNoAnswer("the simulated cloud can't be reached", false);

  const std::string service = seen.target.substr(1, seen.target.find('/', 1) - 1);
  const Duration delay = latency_of(options(), service) +
                         (fault && fault->kind == Fault::Slow ? fault->delay : Duration{});
  const bool too_slow = delay >= request.timeout;
  if (fault && fault->kind == Fault::LateEffect)
    services_->world.after(fault->delay,
                           [this, request, target = seen.target] { answer(request, target); });
  if (fault && (fault->kind == Fault::LostRequest || fault->kind == Fault::LateEffect))
    throw HttpNoAnswer("the connection to the simulated cloud broke", true);

  HttpResponse response;
  if (fault && fault->kind == Fault::Status) {
    response.status = fault->status;
    if (fault->status == 429) response.headers.set("Retry-After", "1");
  } else {
    response = answer(request, seen.target);
  }
  seen.status = response.status;
  if (!log_.empty() && log_.back().number == seen.number) log_.back() = seen;
  if (hook_) hook_(seen, Moment::AfterEffect);
  if (delay > Duration{}) co_await sleep_for(loop_, std::min(delay, request.timeout), Cancel());
  if (too_slow) throw HttpNoAnswer("the simulated cloud did not answer in time", true);
  if (fault && fault->kind == Fault::LostAnswer)
    throw HttpNoAnswer("the connection to the simulated cloud broke", true);
  co_return response;
}

HttpResponse Twin::answer(const HttpRequest& request, std::string_view target) {
  services_->world.settle();
  const std::size_t end = std::min(target.find_first_of("/?", 1), target.size());
  const std::string_view name = target.substr(1, end - 1);
  Service* service = services_->named(name);
  if (!service)
    return response_of(
        {404,
         Map{{"error", "The simulated cloud has no service at /" + std::string(name) + "."}},
         {}});
  Call call = call_of(request, target.substr(end));
  try {
    if (!request.body.empty()) call.body = from_json(request.body);
  } catch (const Error& problem) {
    return response_of(service->refuse({400, problem.message(), "HTTPBadRequest"}, call));
  }
  try {
    if (const auto caller = services_->keystone.caller(call.headers.get("X-Auth-Token")))
      call.caller = *caller;
    else if (!service->open(call))
      throw Refusal{401, "The request you have made requires authentication.", "Unauthorized"};
    return response_of(service->serve(call));
  } catch (const Refusal& refusal) {
    return response_of(service->refuse(refusal, call));
  }
}

Value Twin::snapshot() {
  services_->world.settle();
  Map all;
  for (const auto& [name, objects] : services_->world.collections()) {
    if (name == "identity/tokens" || name == "identity/passwords" || objects.size() == 0) continue;
    Map rows;
    for (const auto& [order, row] : objects.rows()) rows.set(row.id, row.object);
    all.set(name, rows);
  }
  return all;
}

std::string Twin::digest() { return to_pretty_json(Anonymous().of(snapshot())); }

}  // namespace heat
